"""A day of interviews: its window, its panels and rooms, its times."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from applications.models import Drive
from committees.models import Unit
from interviews.models import Board, InterviewDay, Panel, PanelMember, Slot
from portal import audit, people
from portal.accounts import opening
from portal.models import Person, User

BOARD_LIVES = timedelta(days=7)
WINDOW = {"starts", "ends", "break_starts", "break_ends", "slot_minutes", "gap_minutes"}
WORDS = {"place_hi", "place_en", "held_in"}
HOURS = {"starts": time(11), "ends": time(17)}


class DayTaken(Exception):
    """The drive has a day of interviews on this date already."""


class BadWindow(Exception):
    """The break lies outside the day, or nothing fits into it."""


class RoomTaken(Exception):
    """Another panel of this day has the room or the name."""


class MemberTaken(Exception):
    """The person sits on another panel on this date."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.pk)
        self.person = person


class Span(NamedTuple):
    """A time with a panel."""

    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def plan_day(
    *, drive: Drive, unit: Unit, date: date, place_hi: str, by: User | None, now: datetime, **details: Any
) -> InterviewDay:
    """A new day. The seed of its lot is drawn now and stands in the log.

    ``details`` are further columns of ``InterviewDay`` (hours, break, minutes,
    place in English, where it is held); without hours it lasts from 11 to 17.
    Raises ``DayTaken`` or ``BadWindow``, and ``TypeError`` for a column that is not to be told here.
    """
    if stray := set(details) - WINDOW - WORDS:
        raise TypeError(sorted(stray))
    day = InterviewDay(drive=drive, unit=unit, date=date, place_hi=place_hi, **{**HOURS, **details})
    check(day)
    try:
        with transaction.atomic():
            day.save(force_insert=True)
    except IntegrityError as problem:
        if InterviewDay.objects.filter(drive=drive, date=date).exists():
            raise DayTaken(date.isoformat()) from problem
        raise
    audit.record("planned a day", day, by=by, now=now, date=date.isoformat(), lot=day.lot)
    return day


@transaction.atomic
def change_day(*, day: InterviewDay, by: User | None, now: datetime, **values: Any) -> int:
    """Other hours or another place; unused times are made anew. Returns how many times there are now.

    Raises ``BadWindow``, and ``TypeError`` for a field that is not to be changed here.
    """
    if stray := set(values) - WINDOW - WORDS:
        raise TypeError(sorted(stray))
    changed = sorted(field for field, value in values.items() if getattr(day, field) != value)
    for field in changed:
        setattr(day, field, values[field])
    check(day)
    if changed:
        day.save(update_fields=changed)
        Panel.objects.filter(day=day).update(place=day.place_hi)
        audit.record("changed", day, by=by, now=now, fields=changed)
    if WINDOW & set(changed):
        return make_slots(day=day, by=by, now=now)
    return Slot.objects.filter(panel__day=day).count()


@transaction.atomic
def add_panel(
    *, day: InterviewDay, name: str, room: str, members: Iterable[Person], by: User | None, now: datetime
) -> Panel:
    """A panel in a room with its times; each member can sign in from now on.

    Raises ``RoomTaken``, ``MemberTaken`` or ``opening.PhoneTaken``.
    """
    try:
        with transaction.atomic():
            panel = Panel.objects.create(day=day, name=name, room=room, date=day.date, place=day.place_hi)
    except IntegrityError as problem:
        raise RoomTaken(room) from problem
    for person in members:
        add_member(panel=panel, person=person, by=by, now=now)
    audit.record("added a panel", panel, by=by, now=now, room=room)
    make_slots(day=day, by=by, now=now)
    return panel


@transaction.atomic
def add_panel_of(
    *, day: InterviewDay, name: str, room: str, members: Iterable[tuple[str, str]], by: User | None, now: datetime
) -> Panel:
    """A panel of people told by phone and name, who need not be known yet.

    Raises ``phones.BadPhone``, ``people.AnotherName``, and what ``add_panel`` raises.
    """
    known = [people.know(phone=phone, name=called, now=now) for phone, called in members]
    return add_panel(day=day, name=name, room=room, members=known, by=by, now=now)


@transaction.atomic
def add_member(*, panel: Panel, person: Person, by: User | None, now: datetime) -> PanelMember:
    """One more at the table. Raises ``MemberTaken`` or ``opening.PhoneTaken``."""
    opening.open_for(person=person, by=by, now=now)
    try:
        with transaction.atomic():
            member = PanelMember.objects.create(panel=panel, person=person, **_whole_date(panel.day.date))
    except IntegrityError as problem:
        raise MemberTaken(person) from problem
    audit.record("joined a panel", member, by=by, now=now, panel=panel.pk)
    return member


@transaction.atomic
def remove_member(*, member: PanelMember, by: User | None, now: datetime) -> None:
    """Off the panel; the right to score there ends at once, what was handed in stays."""
    audit.record("left a panel", member, by=by, now=now, panel=member.panel_id)
    member.delete()


@transaction.atomic
def make_slots(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """The times of every panel, by the day's window; those in use stay. Returns how many there are now."""
    Slot.objects.filter(panel__day=day, interviews=None).delete()
    used = list(Slot.objects.filter(panel__day=day))
    spans = times(day)
    new = [
        Slot(panel=panel, starts_at=span.starts_at, ends_at=span.ends_at)
        for panel in Panel.objects.filter(day=day)
        for span in spans
        if not any(slot.panel_id == panel.pk and _overlap(slot, span) for slot in used)
    ]
    Slot.objects.bulk_create(new)
    audit.record("made times", day, by=by, now=now, made=len(new), kept=len(used))
    return len(new) + len(used)


def times(day: InterviewDay) -> list[Span]:
    """The times of one panel.

    Who went in before the break is heard to the end; the break keeps its
    length, so that a day holds the same number wherever the break lies.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    at, end = (datetime.combine(day.date, clock, zone) for clock in (day.starts, day.ends))
    length, step = timedelta(minutes=day.slot_minutes), timedelta(minutes=day.slot_minutes + day.gap_minutes)
    rest_from = rest_for = None
    if day.break_starts and day.break_ends:
        rest_from = datetime.combine(day.date, day.break_starts, zone)
        rest_for = datetime.combine(day.date, day.break_ends, zone) - rest_from
    spans = []
    while at + length <= end:
        if rest_from and rest_for and at >= rest_from:
            at, rest_from = at + rest_for, None
            continue
        spans.append(Span(at, at + length))
        at += step
    return spans


def capacity(day: InterviewDay) -> int:
    """How many people one panel sees on this day."""
    return len(times(day))


@transaction.atomic
def open_board(*, day: InterviewDay, shows_names: bool = True, by: User | None, now: datetime) -> Board:
    """A key for a TV on the wall, good for a week."""
    board = Board.objects.create(day=day, shows_names=shows_names, made_at=now, expires_at=now + BOARD_LIVES)
    audit.record("made a board", board, by=by, now=now)
    return board


@transaction.atomic
def close_board(*, board: Board, by: User | None, now: datetime) -> None:
    """From now on the key opens nothing."""
    if Board.objects.filter(pk=board.pk, revoked_at=None).update(revoked_at=now):
        board.revoked_at = now
        audit.record("cancelled a board", board, by=by, now=now)


def living_boards(day: InterviewDay, now: datetime) -> list[Board]:
    """The keys that open the board of this day."""
    return list(day.boards.filter(Q(revoked_at=None, expires_at__gt=now)).order_by("made_at"))


def check(day: InterviewDay) -> None:
    """Raise ``BadWindow`` for a day into which nothing fits."""
    if day.slot_minutes < 3 or day.starts >= day.ends:
        raise BadWindow("the window")
    if day.break_starts or day.break_ends:
        inside = day.break_starts and day.break_ends and day.starts < day.break_starts < day.break_ends < day.ends
        if not inside:
            raise BadWindow("the break")
    if not times(day):
        raise BadWindow("the window")


def _whole_date(day: date) -> dict[str, datetime]:
    begins = datetime.combine(day, time(0), ZoneInfo(settings.TIME_ZONE))
    return {"starts_at": begins, "ends_at": begins + timedelta(days=1)}


def _overlap(slot: Slot, span: Span) -> bool:
    return slot.starts_at < span.ends_at and slot.ends_at > span.starts_at
