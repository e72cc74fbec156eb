"""Who comes when: placed by hand, taken back, exchanged. What fills a whole day is in ``filling``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application
from applications.states import Status as Applied
from interviews.domain import facts, seating
from interviews.domain.conflicts import ConflictStands
from interviews.models import Interview, InterviewDay, Panel, Slot, TimeRequest
from interviews.states import MOVABLE, MOVES, Status
from portal import audit
from portal.models import User
from portal.transitions import Stale, move

NO_TIME: dict[str, Any] = {"slot": None, "panel": None, "from_at": None, "to_at": None, "placed_because": []}
BY_HAND = [["hand"]]


class SlotTaken(Exception):
    """Someone else has this time."""


class HasInterview(Exception):
    """This applicant has an interview on this day already."""


class NotShortlisted(Exception):
    """Only who stands on the interview list gets a time."""


class Locked(Exception):
    """The office fixed this person's time in the plan."""


class DayClosed(Exception):
    """The day is over and locked, or does not take place."""


class NotThen(Exception):
    """The person cannot come at this time."""


class ElsewhereThen(Exception):
    """The person has another interview at this time."""


class PanelAway(Exception):
    """The panel is not there at this time."""


class Moved(Stale):
    """The person has another time than the page showed."""


OBSTACLES = {"known": ConflictStands, "wish": NotThen, "busy": ElsewhereThen}


def unplaced(day: InterviewDay) -> QuerySet[Application]:
    """Shortlisted people of the day's drive and area who have no time on any of its days.

    Who did not come on another day may be given a time on this one.
    """
    return waiting_for([day])


def waiting_for(days: Sequence[InterviewDay]) -> QuerySet[Application]:
    """The same for days of one drive and area together."""
    drive, unit = days[0].drive_id, days[0].unit
    has_time = Interview.objects.in_plan().filter(application=OuterRef("pk"), day__drive=drive)
    elsewhere = has_time.exclude(day__in=days).exclude(status=Status.NO_SHOW)
    here = has_time.filter(Q(slot__isnull=False) | Q(token__isnull=False), day__in=days)
    listed = Application.objects.under(unit).filter(drive=drive, status=Applied.SHORTLISTED)
    return listed.filter(~Exists(here), ~Exists(elsewhere)).order_by("submitted_at", "pk")


def free_slots(day: InterviewDay) -> QuerySet[Slot]:
    """Times that nobody has and nobody is asked to say yes or no to, in order."""
    held = Interview.objects.filter(slot=OuterRef("pk")).exclude(status=Status.CANCELLED)
    offered = TimeRequest.objects.filter(offered=OuterRef("pk"), settled_at=None)
    rows = Slot.objects.filter(~Exists(held), ~Exists(offered), panel__day=day)
    return rows.select_related("panel").order_by("starts_at", "panel")


def is_held(slot: Slot) -> bool:
    """Has somebody this time?"""
    return Interview.objects.filter(slot=slot).exclude(status=Status.CANCELLED).exists()


@transaction.atomic
def add(*, day: InterviewDay, application: Application, slot: Slot, by: User | None, now: datetime) -> Interview:
    """Give one shortlisted person a time by hand.

    Raises ``NotShortlisted``, ``HasInterview``, ``SlotTaken``, ``DayClosed``,
    and what ``fits`` raises.
    """
    open_or_raise(day)
    release_void(day=day, by=by, now=now)
    if application.status != Applied.SHORTLISTED or application.drive_id != day.drive_id:
        raise NotShortlisted(application.ref)
    has = Interview.objects.of_day(day).in_plan().filter(application=application).first()
    if has and has.slot_id:
        raise HasInterview(application.ref)
    interview = has or Interview(day=day, application=application)
    fits(application=application, slot=slot)
    _put(interview, slot)
    audit.record("placed", interview, by=by, now=now, slot=slot.pk)
    return interview


@transaction.atomic
def place(
    *,
    interview: Interview,
    slot: Slot,
    is_agreed: bool = False,
    because: list[seating.Reason] = BY_HAND,
    by: User | None,
    now: datetime,
) -> None:
    """Move one person, who may have agreed to this very time, to a free time of the same day.

    Raises ``SlotTaken``, ``Locked``, ``DayClosed``, ``Stale``, and what ``fits`` raises.
    """
    open_or_raise(interview.day)
    if interview.is_locked:
        raise Locked(str(interview.pk))
    if slot.panel.day_id != interview.day_id:
        raise SlotTaken("a time of another day")
    release_void(day=interview.day, by=by, now=now)
    fits(application=interview.application, slot=slot, is_agreed=is_agreed)
    _put(interview, slot, because)
    audit.record("placed", interview, by=by, now=now, slot=slot.pk)


@transaction.atomic
def swap(*, first: Interview, second: Interview, by: User | None, now: datetime) -> None:
    """Exchange the times of two people.

    Raises ``Locked``, ``DayClosed``, ``Stale``, and what ``fits`` raises.
    """
    open_or_raise(first.day)
    if first.is_locked or second.is_locked:
        raise Locked(str((first if first.is_locked else second).pk))
    one, other = first.slot, second.slot
    if one is None or other is None or first.day_id != second.day_id:
        raise Stale("nothing to exchange")
    fits(application=first.application, slot=other)
    fits(application=second.application, slot=one)
    unplace(interview=first, by=by, now=now)
    _put(second, one)
    _put(first, other)
    audit.record("exchanged", first, by=by, now=now, other=second.pk)


@transaction.atomic
def unplace(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Take the time back; who was called hears of it with the next release. Raises ``Locked`` or ``Stale``."""
    open_or_raise(interview.day)
    if interview.is_locked:
        raise Locked(str(interview.pk))
    rows = Interview.objects.filter(pk=interview.pk, slot=interview.slot_id, status__in=MOVABLE)
    if not rows.update(**NO_TIME):
        raise Stale(str(interview.pk))
    interview.slot = interview.panel = None
    audit.record("took the time back", interview, by=by, now=now)


@transaction.atomic
def lock(*, interview: Interview, locked: bool, by: User | None, now: datetime) -> None:
    """Fix a person's time, or let it be changed again."""
    if Interview.objects.filter(pk=interview.pk, is_locked=not locked).update(is_locked=locked):
        interview.is_locked = locked
        audit.record("fixed" if locked else "let go", interview, by=by, now=now)


def release_void(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """Free the times of those who withdrew or left the interview list. Returns how many."""
    void = list(Interview.objects.of_day(day).void().filter(status__in=MOVABLE))
    for interview in void:
        move(interview, to=Status.CANCELLED, table=MOVES, by=by, now=now, **NO_TIME)
    return len(void)


def panels_of(day: InterviewDay) -> QuerySet[Panel]:
    """The panels of a day with their members and pauses, by name."""
    return Panel.objects.filter(day=day).prefetch_related("memberships__person", "pauses__person").order_by("name")


def open_or_raise(day: InterviewDay) -> None:
    """Raise ``DayClosed`` for a day whose plan nobody changes any more."""
    if day.locked_at or day.cancelled_at:
        raise DayClosed(str(day))


def as_seen(interview: Interview, seen: int) -> None:
    """Raise ``Moved`` when the page showed another time (0: none) than the person has now.

    What is done with the same ``interview`` afterwards is refused as
    ``Stale`` when a colleague moves the person in between.
    """
    if seen != (interview.slot_id or 0):
        raise Moved(str(interview.pk))


def fits(*, application: Application, slot: Slot, is_agreed: bool = False) -> None:
    """The hard rules, for one person and one time; hours in which they can come do not bind who agreed to it.

    Raises ``ConflictStands``, ``NotThen``, ``ElsewhereThen`` or ``PanelAway``.
    """
    places = facts.places([slot])
    if not places:
        raise PanelAway(str(slot.pk))
    [guest] = facts.guests([slot.panel.day], [application])
    guest = facts.at_any_hour(guest) if is_agreed else guest
    if problem := seating.why_not(guest, places[0]):
        raise OBSTACLES[problem](str(slot.pk))


def times_of(application: Application, slot: Slot, because: list[seating.Reason]) -> dict[str, Any]:
    """What an interview holds while it has this time; ``who`` and the times let the database refuse a second one."""
    return {
        "slot": slot,
        "panel": slot.panel,
        "who": facts.who(application),
        "from_at": slot.starts_at,
        "to_at": slot.ends_at,
        "standby": None,
        "placed_because": because,
    }


def _put(interview: Interview, slot: Slot, because: list[seating.Reason] = BY_HAND) -> None:
    """Write the time; the database decides who was first."""
    values = times_of(interview.application, slot, because)
    try:
        with transaction.atomic():
            if interview.pk is None:
                for field, value in values.items():
                    setattr(interview, field, value)
                interview.save(force_insert=True)
                return
            rows = Interview.objects.filter(pk=interview.pk, slot=interview.slot_id, status__in=MOVABLE)
            if not rows.update(**values):
                raise Stale(str(interview.pk))
    except IntegrityError as problem:
        raise SlotTaken(str(slot.pk)) from problem
    interview.slot, interview.panel = slot, slot.panel
