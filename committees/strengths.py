"""Strength and vacancies in numbers: by level, by unit, week by week, with genders and ages as counts."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from committees.levels import Level
from committees.models import Tally, Unit, WeeklyTally
from committees.models.tallies import Counts
from portal import names

WEEKS = 26
ADDED = [field.name for field in Counts._meta.get_fields() if field.name != "level"]


class Numbers(dict[str, int]):
    """The numbers of some committees together, by the names of ``Counts``."""

    @property
    def vacant(self) -> int:
        return self["seats"] - self["filled"]

    @property
    def percent(self) -> int:
        """Of a hundred seats, how many are held by people who said yes."""
        return self["accepted"] * 100 // self["seats"] if self["seats"] else 0

    @property
    def of_other_gender(self) -> int:
        """Neither told as women nor as men: other, or not said."""
        return self["filled"] - self["women"] - self["men"]

    @property
    def of_unknown_age(self) -> int:
        return self["filled"] - self["young"] - self["middle"] - self["old"]

    @property
    def women_percent(self) -> int:
        return round(self["women"] * 100 / self["filled"]) if self["filled"] else 0


class ByLevel(NamedTuple):
    level: Level
    numbers: Numbers


class ByUnit(NamedTuple):
    unit: Unit
    numbers: Numbers


class Week(NamedTuple):
    """A week by the Sunday on which it ended."""

    ends: date
    numbers: Numbers


def by_level(unit: Unit) -> list[ByLevel]:
    """The committees at and below a unit, the highest level first."""
    rows = {row.level: _numbers([row]) for row in Tally.objects.filter(unit=unit)}
    return [ByLevel(level, rows[level]) for level in Level if level in rows]


def together(rows: Iterable[ByLevel]) -> Numbers:
    """All levels in one."""
    rows = list(rows)
    return Numbers({name: sum(row.numbers[name] for row in rows) for name in ADDED})


def by_unit(unit: Unit, level: str = "") -> list[ByUnit]:
    """Each unit right below with all that lies under it; of one level when ``level`` says so."""
    of_level = {"level": level} if level else {}
    children: dict[int, tuple[Unit, list[Tally]]] = {}
    for row in Tally.objects.filter(unit__parent=unit, **of_level).select_related("unit"):
        children.setdefault(row.unit_id, (row.unit, []))[1].append(row)
    found = [ByUnit(child, _numbers(rows)) for child, rows in children.values()]
    return sorted(found, key=lambda row: (row.unit.number or 0, names.sort_key(row.unit.name)))


def by_week(unit: Unit, level: str = "") -> list[Week]:
    """The last weeks, the oldest first."""
    rows = WeeklyTally.objects.filter(unit=unit, **({"level": level} if level else {}))
    sums = {f"sum_{name}": Sum(name) for name in ADDED}
    weeks = rows.values("week").annotate(**sums).order_by("-week")[:WEEKS]
    told = [Week(row["week"], Numbers({name: row[f"sum_{name}"] for name in ADDED})) for row in weeks]
    return told[::-1]


def _numbers(rows: list[Tally]) -> Numbers:
    return Numbers({name: sum(getattr(row, name) for row in rows) for name in ADDED})
