"""Who began and has not finished is reminded before it is too late."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from applications.domain import telling
from applications.models import Application, Draft, Drive
from portal import outbox
from portal.models import Notice


class Occasion(NamedTuple):
    """One reminder: how long before the end of something, and until how long before it still helps."""

    name: str
    before: timedelta
    useful_until: timedelta


OCCASIONS = [
    Occasion("48h", timedelta(hours=48), timedelta(hours=6)),
    Occasion("3h", timedelta(hours=3), timedelta(minutes=20)),
]
AT_ONCE = 500


def remind(*, now: datetime) -> dict[str, int]:
    """Promise each unfinished draft with a number its reminders. Safe to repeat: the key lets each in once."""
    done = {occasion.name: 0 for occasion in OCCASIONS}
    for occasion in OCCASIONS:
        for drive in Drive.objects.closing_within(occasion.before, now):
            if now < drive.closes_at - occasion.useful_until and not _told_of_more_time(drive, occasion):
                done[occasion.name] += _promise(drive, occasion)
    return done


def _told_of_more_time(drive: Drive, occasion: Occasion) -> bool:
    """Did the news of a later date come when the reminder would have? One message is enough."""
    return drive.extensions.agreed().filter(agreed_at__gt=drive.closes_at - occasion.before).exists()


def _promise(drive: Drive, occasion: Occasion) -> int:
    count = 0
    for notices in _batches(drive, occasion):
        outbox.queue(notices)
        count += len(notices)
    return count


def _batches(drive: Drive, occasion: Occasion) -> Iterator[list[Notice]]:
    """Gathered before they are queued, so that no cursor is open over our own writes."""
    drafts = list(_waiting(drive, occasion))
    notices = list({draft.phone: _notice(draft, drive, occasion) for draft in drafts}.values())
    for start in range(0, len(notices), AT_ONCE):
        yield notices[start : start + AT_ONCE]


def _stem(drive: Drive) -> str:
    return f"draft:{drive.pk}:"


def _tail(drive: Drive, occasion: Occasion) -> str:
    """Names the date too: when it moves, there is a new reminder to give."""
    return f":{occasion.name}:{int(drive.closes_at.timestamp())}"


def _waiting(drive: Drive, occasion: Occasion) -> QuerySet[Draft]:
    """Drafts left lying since before the occasion, of people who neither applied nor were reminded; newest last."""
    applied = Application.objects.filter(drive=drive, phone=OuterRef("phone"))
    key = Concat(Value(_stem(drive)), OuterRef("phone"), Value(_tail(drive, occasion)))
    reminded = Notice.objects.filter(key=key)
    lying = drive.drafts.unfinished().exclude(phone="").filter(saved_at__lte=drive.closes_at - occasion.before)
    return lying.filter(~Exists(applied), ~Exists(reminded)).order_by(F("saved_at").asc(), "pk")


def _notice(draft: Draft, drive: Drive, occasion: Occasion) -> Notice:
    return telling.notice(
        key=f"{_stem(drive)}{draft.phone}{_tail(drive, occasion)}",
        phone=draft.phone,
        language=draft.language,
        template=f"draft_{occasion.name}",
        drive=drive,
        due_at=drive.closes_at - occasion.before,
        useful_until=drive.closes_at - occasion.useful_until,
        name=draft.answers.get("name", {}).get("name", ""),
        deadline=telling.deadline(drive, draft.language),
        url=telling.resume_page(draft),
    )
