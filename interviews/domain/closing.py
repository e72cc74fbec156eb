"""The doors close: everybody is in a final state. And open again, when two persons say so."""

from datetime import datetime

from django.db import IntegrityError, transaction

from interviews.domain.queueing import RoomBusy
from interviews.domain.scheduling import NO_TIME
from interviews.models import DayReopening, Interview, InterviewDay
from interviews.states import MOVES, Status
from portal import audit, names
from portal.models import User
from portal.transitions import Stale, move

INSIDE_OR_WAITING = [Status.IN_ROOM, Status.ARRIVED]


class NeedsReason(Exception):
    """A closed day is opened again only with a reason in words."""


class SamePerson(Exception):
    """Who asked cannot be the second person."""


@transaction.atomic
def close_day(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """Who was called and did not come is marked so, who was never called loses the time; no more sheets.

    Returns how many did not come. Raises ``RoomBusy`` while somebody is with
    a panel or waits, ``Stale`` when it is closed or cancelled.
    """
    rows = Interview.objects.of_day(day)
    if rows.in_plan().filter(status__in=INSIDE_OR_WAITING).exists():
        raise RoomBusy(str(day))
    if not InterviewDay.objects.filter(pk=day.pk, locked_at=None, cancelled_at=None).update(locked_at=now):
        raise Stale(str(day))
    day.locked_at = now
    for gone in rows.void().filter(status__in=[Status.CALLED, *INSIDE_OR_WAITING]):
        inside = gone.status == Status.IN_ROOM
        also = {"left_at": now} if inside else NO_TIME
        move(gone, to=Status.DONE if inside else Status.CANCELLED, table=MOVES, by=by, now=now, **also)
    for unsent in rows.filter(status=Status.PLANNED):
        move(unsent, to=Status.CANCELLED, table=MOVES, by=by, now=now, **NO_TIME)
    absent = list(rows.filter(status=Status.CALLED))
    for interview in absent:
        move(interview, to=Status.NO_SHOW, table=MOVES, by=by, now=now)
    audit.record("closed the day", day, by=by, now=now, absent=len(absent))
    return len(absent)


@transaction.atomic
def ask_to_reopen(*, day: InterviewDay, reason: str, by: User, now: datetime) -> DayReopening:
    """The first of two: says why. Raises ``NeedsReason`` or ``Stale``."""
    words = names.clean(reason)[:250]
    if not words:
        raise NeedsReason(str(day))
    if not InterviewDay.objects.filter(pk=day.pk, locked_at__isnull=False).exists():
        raise Stale(str(day))
    try:
        with transaction.atomic():
            row = DayReopening.objects.create(day=day, reason=words, asked_by=by, asked_at=now)
    except IntegrityError as problem:
        raise Stale(str(day)) from problem
    audit.record("asked to reopen the day", day, by=by, now=now)
    return row


def asked(day: InterviewDay) -> DayReopening | None:
    """The question that waits for a second person."""
    rows = DayReopening.objects.filter(day=day, agreed_at=None, dropped_at=None)
    return rows.select_related("asked_by__person").first()


@transaction.atomic
def agree_to_reopen(*, reopening: DayReopening, by: User, now: datetime) -> None:
    """The second: arrivals and sheets are taken again, results stand open again. Raises ``SamePerson`` or ``Stale``."""
    if reopening.asked_by_id == by.pk:
        raise SamePerson(str(reopening.day_id))
    rows = DayReopening.objects.filter(pk=reopening.pk, agreed_at=None, dropped_at=None)
    if not rows.update(agreed_by=by, agreed_at=now):
        raise Stale(str(reopening.pk))
    day = reopening.day
    if not InterviewDay.objects.filter(pk=day.pk, locked_at__isnull=False).update(locked_at=None, frozen_at=None):
        raise Stale(str(day))
    day.locked_at = day.frozen_at = None
    audit.record("reopened the day", day, by=by, now=now, asked_by=reopening.asked_by_id)


@transaction.atomic
def drop_reopening(*, reopening: DayReopening, by: User, now: datetime) -> None:
    """It stays closed: taken back, or refused. Raises ``Stale``."""
    rows = DayReopening.objects.filter(pk=reopening.pk, agreed_at=None, dropped_at=None)
    if not rows.update(dropped_at=now):
        raise Stale(str(reopening.pk))
    audit.record("left the day closed", reopening.day, by=by, now=now)
