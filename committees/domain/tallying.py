"""Counts all committees and keeps the numbers, so that a page of the tree reads rows and counts no seats.

Never in the transaction of a write: the one row of the state would make all writers stand in line. The clock
counts each minute what was touched since, and everything anew in the first minute of a day.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from committees import reports
from committees.days import day_of
from committees.domain import touching
from committees.levels import ANCESTORS, ORDER, Level
from committees.models import Appointment, Seat, Tally, Unit, WeeklyTally
from committees.querysets import SeatQuerySet
from committees.reports import Formed
from portal import pulses
from portal.models import Pulse
from portal.models.people import Gender

COUNT = "count"  # the sign of life
OVERLAP = timedelta(minutes=2)  # a write that began before the last count may have come out after it
WEEKLY = [Level.STATE, Level.DISTRICT, Level.ASSEMBLY, Level.BLOCK]
BATCH = 1000
NUMBERS = [
    "units", "formed", "proposed", "empty", "headless", "seats", "filled", "accepted", "women", "men",
    "young", "middle", "old",
]  # fmt: skip

Key = tuple[int, str]  # the key of a unit, and the level whose committees are counted
Numbers = dict[str, Any]


def count_due(*, now: datetime) -> int:
    """Count the committees touched since the last count, and those above them. Returns how many rows changed.

    Safe to repeat. On a new day everything is counted: terms end, and people grow older.
    """
    last = Pulse.objects.filter(name=COUNT).first()
    if last is None or day_of(last.at) != day_of(now):
        return count_all(now=now)
    touched = touching.touched_since(last.at - OVERLAP)
    if touched is None:
        return count_all(now=now)
    changed = 0
    if touched:
        changed += _keep(_own(touched, now), Tally.objects.filter(unit__in=touched, unit__level=F("level")), now)
        for level, units in touching.ancestors(touched).items():
            there = Tally.objects.filter(unit__in=units).exclude(unit__level=F("level"))
            changed += _keep(_rolled(level, units), there, now)
    pulses.beat(name=COUNT, now=now)
    return changed


def count_all(*, now: datetime) -> int:
    """Count everything: one GROUP BY for the committees, one for each level above. Returns how many rows changed.

    ``now`` may lie in the past: then the committees are counted as they were. Also keeps the numbers of last Sunday.
    """
    changed = _keep(_own(None, now), Tally.objects.filter(unit__level=F("level")), now)
    for level in ANCESTORS:
        there = Tally.objects.filter(unit__level=level).exclude(unit__level=F("level"))
        changed += _keep(_rolled(level), there, now)
    _keep_week(now)
    pulses.beat(name=COUNT, now=now)
    return changed


def last_count() -> datetime | None:
    """How old the kept numbers are."""
    return Pulse.objects.filter(name=COUNT).values_list("at", flat=True).first()


def _own(keys: Iterable[int] | None, now: datetime) -> dict[Key, Numbers]:
    """The own committee of each unit that exists on the day; all units when ``keys`` is ``None``."""
    units, seats = Unit.objects.on(day_of(now)), Seat.objects.all()
    left = Appointment.objects.filter(until__lte=now, seat__post__in_committee=True)
    if keys is not None:
        units, seats, left = units.filter(pk__in=keys), seats.filter(unit__in=keys), left.filter(seat__unit__in=keys)
    levels = dict(units.values_list("pk", "level"))
    counted = {row["unit"]: row for row in _detailed(seats, now) if row["unit"] in levels}
    gone = dict(left.values_list("seat__unit").annotate(last=Max("until")).order_by())
    return {(pk, level): _as_one(counted.get(pk), gone.get(pk)) for pk, level in levels.items()}


def _detailed(seats: SeatQuerySet, now: datetime) -> QuerySet[Seat, dict[str, Any]]:
    """By unit, also men, ages and chairs that are held."""
    year, person = day_of(now).year, "holder__person__"
    middle, old = year - reports.YOUNG, year - reports.MIDDLE  # the first year of birth that is younger
    return reports.grouped(seats, now).annotate(
        men=Count("holder", filter=Q(**{f"{person}gender": Gender.MAN})),
        young=Count("holder", filter=Q(**{f"{person}birth_year__gte": middle})),
        middle=Count("holder", filter=Q(**{f"{person}birth_year__lt": middle, f"{person}birth_year__gte": old})),
        old=Count("holder", filter=Q(**{f"{person}birth_year__lt": old})),
        chaired=Count("holder", filter=Q(post__in=reports.chairs())),
    )


def _as_one(row: dict[str, Any] | None, left: datetime | None) -> Numbers:
    """One committee as the numbers of one."""
    counted = row or dict.fromkeys([*NUMBERS, "chaired", "came", "answered"], 0)
    stands = reports.formed(**{name: counted[name] for name in ("seats", "filled", "accepted")})
    numbers = {name: counted[name] for name in NUMBERS[5:]}
    return numbers | {
        "units": 1,
        "formed": int(stands == Formed.ANNOUNCED),
        "proposed": int(stands == Formed.PROPOSED),
        "empty": int(not counted["filled"]),
        "headless": int(not counted["chaired"]),
        "last_act_at": max(filter(None, (counted["came"], counted["answered"], left)), default=None),
    }


def _rolled(level: str, units: Iterable[int] | None = None) -> dict[Key, Numbers]:
    """The committees of each deeper level below the units of ``level``, from what is kept of each committee."""
    here, deeper = f"unit__{level}", ORDER[Level(level).depth + 1 :]
    rows = Tally.objects.filter(level__in=deeper, unit__level=F("level"), **{f"{here}__isnull": False})
    if units is not None:
        rows = rows.filter(**{f"{here}__in": units})
    sums = {f"sum_{name}": Sum(name) for name in NUMBERS}
    return {
        (row[here], row["level"]): {name: row[f"sum_{name}"] for name in NUMBERS} | {"last_act_at": row["last"]}
        for row in rows.values(here, "level").annotate(last=Max("last_act_at"), **sums).order_by()
    }


def _keep(wanted: dict[Key, Numbers], there: QuerySet[Tally], now: datetime) -> int:
    """Write what differs from what is ``there``, and take away what is wanted no more."""
    fields = [*NUMBERS, "last_act_at"]
    known = {(row[0], row[1]): row[2:] for row in there.values_list("unit_id", "level", *fields)}
    differs = [
        Tally(unit_id=key[0], level=key[1], counted_at=now, **numbers)
        for key, numbers in wanted.items()
        if known.get(key) != tuple(numbers[name] for name in fields)
    ]
    gone = {key[0] for key in known if key not in wanted}
    with transaction.atomic():
        if gone:
            stale = there.filter(unit__in=gone).values_list("pk", "unit_id", "level")
            Tally.objects.filter(pk__in=[pk for pk, *key in stale if tuple(key) not in wanted]).delete()
        Tally.objects.bulk_create(
            differs,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["unit", "level"],
            update_fields=[*fields, "counted_at"],
        )
    return len(differs) + len(gone)


def _keep_week(now: datetime) -> None:
    """The numbers with which the last Sunday ended; what is kept of it already stays."""
    week = last_sunday(day_of(now))
    if WeeklyTally.objects.filter(week=week).exists():
        return
    rows = Tally.objects.filter(unit__level__in=WEEKLY).values("unit_id", "level", *NUMBERS)
    WeeklyTally.objects.bulk_create(
        [WeeklyTally(week=week, **row) for row in rows], batch_size=BATCH, ignore_conflicts=True
    )


def last_sunday(day: date) -> date:
    """The Sunday that is over on this day."""
    return day - timedelta(days=day.isoweekday())
