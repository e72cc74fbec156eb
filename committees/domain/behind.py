"""Who among the in-charges is behind: what the state office asks each morning."""

from dataclasses import dataclass
from datetime import date, datetime

from committees.days import day_of
from committees.levels import ANCESTORS, Level
from committees.models import Appointment, Tally, Visit

LONG = 10**6  # days: nobody ever did anything


@dataclass
class Behind:
    """How one in-charge stands: days since anybody did anything, committees right below, visits."""

    appointment: Appointment
    formed: int
    all: int
    visits: int
    days: int | None
    left: int | None

    @property
    def is_late(self) -> bool:
        return self.formed < self.all and self.left is not None and self.left < 0


def behind(appointments: list[Appointment], now: datetime) -> list[Behind]:
    """The worst first: past the date, then by share of formed committees, then by silence.

    As many questions for one as for all.
    """
    units = [row.seat.unit_id for row in appointments]
    below = {level: Level(level).below for level in {row.seat.unit.level for row in appointments}}
    rows = Tally.objects.filter(unit__in=units)
    kept = {(tally.unit_id, tally.level): tally for tally in rows}
    visits = _visits(appointments, now)
    found = []
    for row in appointments:
        tally = kept.get((row.seat.unit_id, below[row.seat.unit.level]))
        acts = [one.last_act_at for (unit, _level), one in kept.items() if unit == row.seat.unit_id and one.last_act_at]
        count, last_visit = visits.get(row.pk, (0, None))
        days = [(day_of(now) - day).days for day in [*map(day_of, acts), last_visit] if day is not None]
        left = (row.form_by - day_of(now)).days if row.form_by else None
        numbers = (tally.formed, tally.units) if tally else (0, 0)
        found.append(Behind(row, *numbers, visits=count, days=max(0, min(days)) if days else None, left=left))
    return sorted(found, key=_worst)


def _worst(one: Behind) -> tuple[bool, float, int]:
    silent = LONG if one.days is None else one.days
    return not one.is_late, one.formed / one.all if one.all else 0, -silent


def _visits(appointments: list[Appointment], now: datetime) -> dict[int, tuple[int, date]]:
    """By appointment: how many visits its person made in its unit and below, and the last day."""
    places = ["unit_id", *(f"unit__{level}_id" for level in ANCESTORS)]
    made = Visit.objects.filter(person__in=[row.person_id for row in appointments], on__lte=day_of(now))
    by_person: dict[int, list[tuple[date, set[int]]]] = {}
    for person, day, *units in made.values_list("person_id", "on", *places):
        by_person.setdefault(person, []).append((day, set(units)))
    found = {}
    for row in appointments:
        days = [day for day, units in by_person.get(row.person_id, []) if row.seat.unit_id in units]
        if days:
            found[row.pk] = (len(days), max(days))
    return found
