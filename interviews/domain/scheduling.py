"""Who comes when: placed by rules or by hand."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from applications.models import Application
from applications.models.answers import CanCome
from applications.states import Status as Applied
from interviews.domain import distances, seating
from interviews.models import Conflict, Interview, InterviewDay, Panel, PanelMember, Slot
from interviews.states import MOVABLE, MOVES, Status
from portal import audit
from portal.models import User
from portal.transitions import Stale, move

NO_TIME = {"slot": None, "panel": None, "from_at": None, "to_at": None}


class SlotTaken(Exception):
    """Someone else has this time."""


class HasInterview(Exception):
    """This applicant has an interview on this day already."""


class NotShortlisted(Exception):
    """Only who stands on the interview list gets a time."""


class Locked(Exception):
    """The office fixed this person's time in the plan."""


class DayClosed(Exception):
    """The day is over and locked."""


class Filled(NamedTuple):
    """What ``fill`` did: how many got a time, how many can come but found none."""

    placed: int
    left: int


def unplaced(day: InterviewDay) -> QuerySet[Application]:
    """Shortlisted people of the day's drive and area who have no time on any of its days."""
    has_time = Interview.objects.in_plan().filter(application=OuterRef("pk"), day__drive=day.drive_id)
    listed = Application.objects.under(day.unit).filter(drive=day.drive_id, status=Applied.SHORTLISTED)
    without = listed.filter(~Exists(has_time.filter(slot__isnull=False)), ~Exists(has_time.filter(token__isnull=False)))
    return without.filter(~Exists(has_time.exclude(day=day))).order_by("submitted_at", "pk")


def free_slots(day: InterviewDay) -> QuerySet[Slot]:
    """Times nobody has, in order."""
    held = Interview.objects.filter(slot=OuterRef("pk")).exclude(status=Status.CANCELLED)
    return Slot.objects.filter(~Exists(held), panel__day=day).select_related("panel").order_by("starts_at", "panel")


@transaction.atomic
def fill(*, day: InterviewDay, by: User | None, now: datetime) -> Filled:
    """Give a time to everyone who can come and has none; who has one keeps it.

    Safe to press again. Raises ``DayClosed``, and ``SlotTaken`` when a
    colleague placed someone meanwhile: then nothing has changed.
    """
    _open(day)
    release_void(day=day, by=by, now=now)
    people = list(unplaced(day).filter(can_come=CanCome.YES).select_related("unit__district", "link"))
    slots = {slot.pk: slot for slot in free_slots(day).filter(starts_at__gt=now)}
    guests = _guests(day, people)
    seated = seating.seat(guests, _places(day, slots.values()), _met(day))
    waiting = {row.application_id: row for row in Interview.objects.of_day(day).in_plan().filter(slot=None)}
    by_key = {person.pk: person for person in people}
    for key, slot in seated.items():
        interview = waiting.get(key) or Interview(day=day, application=by_key[key])
        _put(interview, slots[slot])
    if seated:
        audit.record("filled the day", day, by=by, now=now, placed=len(seated))
    return Filled(len(seated), len(people) - len(seated))


@transaction.atomic
def add(*, day: InterviewDay, application: Application, slot: Slot, by: User | None, now: datetime) -> Interview:
    """Give one shortlisted person a time by hand.

    Raises ``NotShortlisted``, ``HasInterview``, ``SlotTaken`` or ``DayClosed``.
    """
    _open(day)
    release_void(day=day, by=by, now=now)
    if application.status != Applied.SHORTLISTED or application.drive_id != day.drive_id:
        raise NotShortlisted(application.ref)
    has = Interview.objects.of_day(day).in_plan().filter(application=application).first()
    if has and has.slot_id:
        raise HasInterview(application.ref)
    interview = has or Interview(day=day, application=application)
    _put(interview, slot)
    audit.record("placed", interview, by=by, now=now, slot=slot.pk)
    return interview


@transaction.atomic
def place(*, interview: Interview, slot: Slot, by: User | None, now: datetime) -> None:
    """Move one person to a free time of the same day.

    Raises ``SlotTaken``, ``Locked``, ``DayClosed`` or ``Stale``.
    """
    _open(interview.day)
    if interview.is_locked:
        raise Locked(str(interview.pk))
    if slot.panel.day_id != interview.day_id:
        raise SlotTaken("a time of another day")
    release_void(day=interview.day, by=by, now=now)
    _put(interview, slot)
    audit.record("placed", interview, by=by, now=now, slot=slot.pk)


@transaction.atomic
def swap(*, first: Interview, second: Interview, by: User | None, now: datetime) -> None:
    """Exchange the times of two people. Raises ``Locked``, ``DayClosed`` or ``Stale``."""
    _open(first.day)
    if first.is_locked or second.is_locked:
        raise Locked(str((first if first.is_locked else second).pk))
    one, other = first.slot, second.slot
    if one is None or other is None or first.day_id != second.day_id:
        raise Stale("nothing to exchange")
    unplace(interview=first, by=by, now=now)
    _put(second, one)
    _put(first, other)
    audit.record("exchanged", first, by=by, now=now, other=second.pk)


@transaction.atomic
def unplace(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Take the time back; who was called hears of it with the next release. Raises ``Locked`` or ``Stale``."""
    _open(interview.day)
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


def _open(day: InterviewDay) -> None:
    if day.locked_at:
        raise DayClosed(str(day))


def _put(interview: Interview, slot: Slot) -> None:
    """Write the time; the database decides who was first."""
    seen = interview.slot_id
    try:
        with transaction.atomic():
            values = {"slot": slot, "panel": slot.panel, **_times(interview.application, slot)}
            if interview.pk is None:
                for field, value in values.items():
                    setattr(interview, field, value)
                interview.save(force_insert=True)
                return
            rows = Interview.objects.filter(pk=interview.pk, slot=seen, status__in=MOVABLE)
            if not rows.update(**values):
                raise Stale(str(interview.pk))
    except IntegrityError as problem:
        raise SlotTaken(str(slot.pk)) from problem
    interview.slot, interview.panel = slot, slot.panel


def _times(application: Application, slot: Slot) -> dict[str, object]:
    """What the database needs to see that nobody has two times at once, whatever the drive."""
    return {"who": f"{application.phone}/{application.share}", "from_at": slot.starts_at, "to_at": slot.ends_at}


def _guests(day: InterviewDay, people: Iterable[Application]) -> list[seating.Guest]:
    """What the rules need to know; a panel with a member who brought the person, or shares the phone, is avoided."""
    origin = day.held_in or (day.unit.district if not day.unit.is_root else None)
    panels_of: dict[int, set[int]] = defaultdict(set)
    phones: dict[str, set[int]] = defaultdict(set)
    for member in PanelMember.objects.filter(panel__day=day).select_related("person"):
        panels_of[member.person_id].add(member.panel_id)
        phones[member.person.phone].add(member.panel_id)
    declared: dict[int, set[int]] = defaultdict(set)
    for conflict in Conflict.objects.filter(application__drive=day.drive_id):
        declared[conflict.application_id] |= panels_of[conflict.person_id]
    return [
        seating.Guest(
            key=person.pk,
            district=person.unit.district_id,
            km=distances.road_km(origin, person.unit.district),
            known_to=frozenset(
                declared[person.pk]
                | phones[person.phone]
                | (panels_of[person.link.person_id] if person.link and person.link.person_id else set())
            ),
        )
        for person in people
    ]


def _places(day: InterviewDay, slots: Iterable[Slot]) -> list[seating.Place]:
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.panel_id))
    first = min((slot.starts_at for slot in Slot.objects.filter(panel__day=day)[:1]), default=None)
    return [
        seating.Place(slot.pk, int((slot.starts_at - (first or slot.starts_at)).total_seconds() // 60), slot.panel_id)
        for slot in ordered
    ]


def _met(day: InterviewDay) -> list[tuple[int, int | None]]:
    placed = Interview.objects.of_day(day).in_plan().filter(slot__isnull=False)
    return list(placed.values_list("slot__panel", "application__unit__district"))


def panels_of(day: InterviewDay) -> QuerySet[Panel]:
    """The panels of a day with their members, by name."""
    return Panel.objects.filter(day=day).prefetch_related("memberships__person").order_by("name")
