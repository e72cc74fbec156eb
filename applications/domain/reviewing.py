"""Decisions about applications: one by one, many at once, and taken back.

News of a result waits ``UNDO_FOR`` before it leaves, so that an undone
decision reaches nobody.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.crypto import get_random_string

from applications.domain import telling
from applications.models import Application
from applications.states import MOVES, Status
from portal import codes, names, outbox, transitions, wording
from portal.models import Event, Notice, User
from portal.models.notices import NoticeStatus
from portal.transitions import NotAllowed, Stale

UNDO_FOR = timedelta(minutes=10)
USEFUL_FOR = timedelta(days=7)
NEWS = {  # shortlisting is told with the date, by the call to the interview
    Status.SELECTED: "result_selected",
    Status.WAITING: "result_waiting",
    Status.NOT_SELECTED: "result_not_selected",
}
NEEDS_A_REASON = {Status.NOT_SELECTED}
DECISIONS = {Status.SUBMITTED, Status.SHORTLISTED, Status.WAITING, Status.SELECTED, Status.NOT_SELECTED}


class ReasonMissing(Exception):
    """A "not selected" without a reason."""


class TooLate(Exception):
    """The ten minutes are over, or nothing of this batch is left as it was."""


class Done(NamedTuple):
    """What became of many: ``left`` were not allowed to go there, or someone was quicker."""

    moved: list[Application]
    left: list[Application]
    batch: str  # what ``undo`` asks for


def shortlist(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """To the interviews. Raises as ``move_one``."""
    return move_one(application=application, to=Status.SHORTLISTED, by=by, now=now, reason=reason)


def wait(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """To the waiting list. Raises as ``move_one``."""
    return move_one(application=application, to=Status.WAITING, by=by, now=now, reason=reason)


def select(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """Selected; where a drive has no interviews, straight from the pile. Raises as ``move_one``."""
    return move_one(application=application, to=Status.SELECTED, by=by, now=now, reason=reason)


def reject(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """Not selected, for a reason. Raises as ``move_one``."""
    return move_one(application=application, to=Status.NOT_SELECTED, by=by, now=now, reason=reason)


def put_back(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """Back to the pile. Raises as ``move_one``."""
    return move_one(application=application, to=Status.SUBMITTED, by=by, now=now, reason=reason)


@transaction.atomic
def move_one(*, application: Application, to: str, by: User | None, now: datetime, reason: str = "") -> Done:
    """Decide about one. Raises ``ReasonMissing``, ``transitions.NotAllowed`` or ``transitions.Stale``."""
    if to not in DECISIONS or to not in MOVES[application.status]:
        raise NotAllowed(f"{application.status} → {to}")
    done = move_many(applications=[application], to=to, by=by, now=now, reason=reason)
    if done.left:
        raise Stale(application.ref)
    return done


@transaction.atomic
def move_many(
    *, applications: Iterable[Application], to: str, by: User | None, now: datetime, reason: str = ""
) -> Done:
    """Decide the same about many; what may not go there or was moved meanwhile is left and given back.

    Needs ``drive`` with each application. Raises ``ReasonMissing`` and, for a
    status that is no decision of a reviewer, ``transitions.NotAllowed``.
    """
    if to not in DECISIONS:
        raise NotAllowed(to)
    if to in NEEDS_A_REASON and not reason.strip():
        raise ReasonMissing(to)
    rows = list(applications)
    batch = get_random_string(16)
    also = {"reason": names.clean(reason)} if reason else {}
    moved = transitions.move_many(rows, to=to, table=MOVES, by=by, now=now, noted={"batch": batch}, **also)
    take_back_news(applications=moved, now=now)
    if to in NEWS:
        outbox.queue(_news(application, NEWS[Status(to)], batch, now) for application in moved)
    won = {application.pk for application in moved}
    return Done(moved, [application for application in rows if application.pk not in won], batch)


@transaction.atomic
def undo(*, batch: str, by: User, now: datetime) -> int:
    """Put back what this person moved in this batch, as far as nobody moved it on; how many.

    Raises ``TooLate`` when there is nothing to put back.
    """
    recent = Event.objects.filter(at__gt=now - UNDO_FOR, by=by, kind=Application._meta.label_lower)
    came_from: dict[tuple[str, str], list[int]] = {}
    for event in recent.filter(data__batch=batch):
        was, _arrow, to = event.verb.upper().partition(" → ")
        came_from.setdefault((was, to), []).append(int(event.thing))
    back = 0
    for (was, to), keys in came_from.items():
        rows = Application.objects.filter(pk__in=keys, status=to)
        moved = transitions.move_many(rows, to=was, table=MOVES, by=by, now=now, noted={"undo": batch}, reason="")
        take_back_news(applications=moved, now=now)
        back += len(moved)
    if not back:
        raise TooLate(batch)
    return back


def told(*, application: Application, to: str) -> str:
    """What the applicant will read, without the secret of the link; nothing when no news goes out."""
    if to not in NEWS:
        return ""
    url = telling.address("status", codes.pretty(application.ref), language=application.language)
    return wording.of(_notice(application, NEWS[Status(to)], key="", url=url)).text


def take_back_news(*, applications: list[Application], now: datetime) -> None:
    """Cancel the news of earlier results that has not left yet."""
    waiting = Notice.objects.filter(template__in=NEWS.values(), status=NoticeStatus.QUEUED, due_at__gt=now - UNDO_FOR)
    ours = {str(application.pk) for application in applications}
    batches: dict[str, list[str]] = {}
    for key in waiting.values_list("key", flat=True):
        batch, application, _channel = key.rsplit(":", 2)
        batches.setdefault(batch, []).append(application)
    for batch, told in batches.items():
        if ours.issuperset(told):
            outbox.cancel(f"{batch}:")
        else:
            for application in ours.intersection(told):
                outbox.cancel(f"{batch}:{application}:")


def _news(application: Application, template: str, batch: str, now: datetime) -> Notice:
    return _notice(
        application,
        template,
        key=f"{template}:{batch}:{application.pk}:sms",
        url=telling.own_page(application),
        due_at=now + UNDO_FOR,
        useful_until=now + USEFUL_FOR,
    )


def _notice(application: Application, template: str, **values: Any) -> Notice:
    return telling.notice(
        phone=application.phone,
        language=application.language,
        template=template,
        drive=application.drive,
        ref=codes.pretty(application.ref),
        **values,
    )
