"""How a try went, noted in its row: never about a later try, even when it comes after the row was given up."""

import logging
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from portal.models import Notice
from portal.models.notices import Channel, NoticeStatus
from portal.outbox import promising

# One statement for all that left together. VALUES names its columns alike in both databases.
SENT = """
UPDATE portal_notice SET status = %s, sent_at = %s, error = '', reference = left_house.column2,
    parts = CAST(left_house.column3 AS smallint), cost = CAST(left_house.column4 AS integer),
    dlt_id = left_house.column5
FROM (VALUES {rows}) AS left_house
WHERE portal_notice.id = left_house.column1 AND portal_notice.claim = %s
"""
ROW = "(%s, %s, %s, %s, %s)"

log = logging.getLogger(__package__)


class Left(NamedTuple):
    """One notice that the provider took."""

    notice: Notice
    reference: str
    parts: int | None
    cost: int | None
    dlt_id: str


class Stayed(NamedTuple):
    """One that did not leave, or perhaps; ``word`` stands in the sweep's answer, ``again_at`` is the next try."""

    notice: Notice
    word: str
    error: str
    again_at: datetime | None = None


SPARE = ":email"  # after the key of the SMS, so that who takes that back takes this back too
STATUS = {"failed": NoticeStatus.FAILED, "unknown": NoticeStatus.UNKNOWN, "later": NoticeStatus.QUEUED}


def write(outcomes: list[Left | Stayed], *, claim: str, now: datetime) -> None:
    """Note all of them. Whose row bears another claim is no longer ours, and nothing is noted of it."""
    left = [outcome for outcome in outcomes if isinstance(outcome, Left)]
    if left:
        _left(left, claim, now)
    for outcome in outcomes:
        if isinstance(outcome, Stayed):
            _stayed(outcome, claim, now)


def _left(left: list[Left], claim: str, now: datetime) -> None:
    rows = [value for one in left for value in (one.notice.pk, one.reference, one.parts, one.cost, one.dlt_id)]
    values = [NoticeStatus.SENT.value, connection.ops.adapt_datetimefield_value(now), *rows, claim]
    with connection.cursor() as cursor:
        cursor.execute(SENT.format(rows=", ".join([ROW] * len(left))), values)


@transaction.atomic
def _stayed(one: Stayed, claim: str, now: datetime) -> None:
    columns = {"status": STATUS[one.word], "error": one.error[:300]}
    if one.again_at:
        columns |= {"due_at": one.again_at, "claim": ""}
    noted = Notice.objects.filter(pk=one.notice.pk, claim=claim).update(**columns)
    log.warning("notice %s %s: %s", one.notice.pk, one.word, one.error)
    if noted and one.word == "failed":
        promise_spare(one.notice, now)


def promise_spare(notice: Notice, now: datetime) -> None:
    """What an SMS could not tell is told by e-mail, once, where there is an address and it is still of use."""
    is_late = notice.useful_until is not None and notice.useful_until <= now
    if notice.channel != Channel.SMS or not notice.spare_email or is_late:
        return
    spare = Notice(
        key=f"{notice.key[: promising.LONGEST_KEY - len(SPARE)]}{SPARE}",
        channel=Channel.EMAIL,
        phone=notice.phone,
        email=notice.spare_email,
        instead_of=notice,
        reach=notice.reach,
        language=notice.language,
        template=notice.template,
        context=notice.context,
        due_at=now,
        useful_until=notice.useful_until,
    )
    promising.queue([spare])
