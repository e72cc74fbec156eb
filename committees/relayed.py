"""How far a message came, as it is shown: by level, by the units right below, by person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from committees import broadcasting
from committees.days import day_of
from committees.levels import Level
from committees.models import Broadcast, Relay, RelayTally, Tally, Unit
from portal import dates
from portal.models import Person

WORST = 3  # branches named
PEOPLE = 60
NUMBERS = ["told", "opened", "acknowledged", "passed_on", "clicks"]


@dataclass
class Branch:
    """One unit with all below it, or one level of it. ``headless``: units without anybody in the chair."""

    unit: Unit | None = None
    level: str = ""
    units: int = 0
    told: int = 0
    opened: int = 0
    acknowledged: int = 0
    passed_on: int = 0
    clicks: int = 0
    half_after: int | None = None
    headless: int = 0

    @property
    def unread(self) -> int:
        return self.told - self.acknowledged

    @property
    def percent(self) -> int:
        """Of those told, how many have read it."""
        return self.acknowledged * 100 // self.told if self.told else 0

    @property
    def heat(self) -> int:
        """The shade of the cell, 0 to 4."""
        return self.acknowledged * 4 // self.told if self.told else 0

    @property
    def half_words(self) -> str:
        """After how long half had read it; nothing while half has not."""
        return "" if self.half_after is None else dates.lasting(timedelta(seconds=self.half_after))

    @property
    def label(self) -> str:
        return str(Level(self.level).label)

    def add(self, tally: RelayTally) -> None:
        """One more level; the slowest of them says when half had read it, and only when all had."""
        slow = [self.half_after, tally.half_after] if self.told else [tally.half_after]
        self.half_after = None if None in slow else max(slow)
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(tally, name))


def by_level(broadcast: Broadcast, unit: Unit) -> list[Branch]:
    """The levels at and below the unit, from the top; with the chairs that are vacant there."""
    kept = {tally.level: tally for tally in RelayTally.objects.filter(broadcast=broadcast, unit=unit)}
    headless = dict(
        Tally.objects.filter(unit=unit, level__in=broadcast.levels).values_list("level", "headless").order_by()
    )
    shown = [level for level in Level if level in kept or level in headless]
    return [_of_level(level, kept.get(level), headless.get(level, 0)) for level in shown]


def _of_level(level: Level, tally: RelayTally | None, headless: int) -> Branch:
    row = Branch(level=level, headless=headless)
    if tally is not None:
        row.units = tally.units
        row.add(tally)
    return row


def whole(rows: Iterable[Branch]) -> Branch:
    """All levels together."""
    found = Branch()
    for row in rows:
        for name in NUMBERS:
            setattr(found, name, getattr(found, name) + getattr(row, name))
    return found


def branches(broadcast: Broadcast, unit: Unit, now: datetime) -> list[Branch]:
    """The units right below, the weakest first: the smallest share that has read it, then the slowest."""
    rows = {child.pk: Branch(child) for child in unit.children.on(day_of(now))}
    if unit.level == Level.MANDAL:
        _count_now(broadcast, unit, rows)
    else:
        for tally in RelayTally.objects.filter(broadcast=broadcast, unit__in=rows):
            rows[tally.unit_id].add(tally)
    return sorted(rows.values(), key=_weakness)


def weakest(rows: list[Branch], share: int) -> list[Branch]:
    """Those to name: the last of all, where they are behind ``share`` percent."""
    return [row for row in rows if row.told and row.percent < share][:WORST]


def people(broadcast: Broadcast, unit: Unit) -> QuerySet[Relay]:
    """Who got it for this very unit."""
    rows = Relay.objects.filter(broadcast=broadcast, unit=unit)
    return rows.select_related("person", "appointment__seat__post", "appointment__seat__unit").order_by("pk")[:PEOPLE]


def replies(broadcast: Broadcast, unit: Unit) -> QuerySet[Relay]:
    """What was answered from here and below, the newest first."""
    rows = Relay.objects.filter(unit.reach("unit"), broadcast=broadcast).exclude(reply="")
    return rows.select_related("person", "unit").order_by("-replied_at")


def unread_by(person: Person, now: datetime) -> QuerySet[Relay]:
    """What this person has still to read, the newest first: for their own pages."""
    rows = Relay.objects.filter(person=person, acknowledged_at=None, broadcast__in=broadcasting.live(now))
    return rows.select_related("broadcast").defer("broadcast__picture").order_by("-broadcast__number")


def _weakness(row: Branch) -> tuple[bool, float, float, int, str]:
    share = row.acknowledged / row.told if row.told else 0.0
    slow = -float("inf") if row.half_after is None else -row.half_after
    return not row.told, share, slow, -row.told, row.unit.path if row.unit else ""


def _count_now(broadcast: Broadcast, unit: Unit, rows: dict[int, Branch]) -> None:
    """Booths are few in a mandal: counted as the page is asked for."""
    found = Relay.objects.filter(broadcast=broadcast, unit__parent=unit, unit__in=rows)
    told: dict[int, Counter[str]] = {}
    for relay in found.only("unit", "told_at", "opened_at", "acknowledged_at", "passed_on_at", "clicks"):
        numbers = told.setdefault(relay.unit_id, Counter())
        numbers["clicks"] += relay.clicks
        for name in NUMBERS[:-1]:
            numbers[name] += getattr(relay, f"{name}_at") is not None
    for key, numbers in told.items():
        for name in NUMBERS:
            setattr(rows[key], name, numbers[name])
