"""A day of interviews: its window, its place, its boards. Its panels are in ``panels``, its times in ``hours``."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from applications.models import Drive
from committees.models import Unit
from interviews.domain import hours
from interviews.models import Board, InterviewDay, Panel, Slot
from portal import audit
from portal.models import User
from portal.transitions import Stale

BOARD_LIVES = timedelta(days=7)
WINDOW = {"starts", "ends", "break_starts", "break_ends", "slot_minutes", "gap_minutes"}
WORDS = {
    "place_hi",
    "place_en",
    "held_in",
    "turnout",
    "woman_on_panel",
    "lets_choose",
    "choose_until",
    "takes_walk_ins",
}
HOURS = {"starts": time(11), "ends": time(17)}


class DayTaken(Exception):
    """The drive has a day of interviews on this date already."""


class BadWindow(Exception):
    """The break lies outside the day, or nothing fits into it."""


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
def change_day(*, day: InterviewDay, by: User | None, now: datetime, version: int | None = None, **values: Any) -> int:
    """Other hours or another place; unused times are made anew. Returns how many times there are now.

    ``version`` is the one the page showed; without it, the one ``day`` was
    read with. Raises ``Stale`` when a colleague saved meanwhile,
    ``BadWindow``, and ``TypeError`` for a field that is not to be changed here.
    """
    if stray := set(values) - WINDOW - WORDS:
        raise TypeError(sorted(stray))
    changed = sorted(field for field, value in values.items() if getattr(day, field) != value)
    for field in changed:
        setattr(day, field, values[field])
    check(day)
    if changed:
        seen = day.version if version is None else version
        new = {field: getattr(day, field) for field in changed} | {"version": seen + 1}
        if not InterviewDay.objects.filter(pk=day.pk, version=seen).update(**new):
            raise Stale(str(day))
        day.version = seen + 1
        Panel.objects.filter(day=day).update(place=day.place_hi)
        audit.record("changed", day, by=by, now=now, fields=changed)
    if WINDOW & set(changed):
        return hours.make_slots(day=day, by=by, now=now)
    return Slot.objects.filter(panel__day=day).count()


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
    if not hours.times(day):
        raise BadWindow("the window")
