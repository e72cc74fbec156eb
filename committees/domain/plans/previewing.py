"""What a plan changes for places and people, before anybody agrees to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q, QuerySet

from committees.domain.plans.works import Altered, Work
from committees.levels import ANCESTORS, Role
from committees.models import Appointment, Unit

RENAMED, MOVED, NEW, GONE, MERGED = "renamed", "moved", "new", "gone", "merged"
SHOWN = 300


class Line(NamedTuple):
    """One unit: as it is, as it will be, and where it hangs then."""

    what: str
    before: str
    after: str
    place: str


class Reach(NamedTuple):
    """Somebody whose rights begin or end at what moves."""

    appointment: Appointment
    gains: bool


@dataclass
class Preview:
    """Everything a second person wants to see."""

    kept: int = 0
    lines: list[Line] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seats: list[Appointment] = field(default_factory=list)
    people: int = 0
    reach: list[Reach] = field(default_factory=list)

    @property
    def more(self) -> int:
        return sum(self.counts.values()) - len(self.lines)


def preview(work: Work, now: datetime) -> Preview:
    """Read what a work would change."""
    names = _names(work)
    lines = [*_ends(work, names), *_alterations(work, names)]
    lines += [Line(NEW, "", _shown(new.row.number, new.row.name_hi, new.row.name_en), names[new.row.parent])
              for new in work.new]  # fmt: skip
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.what] = counts.get(line.what, 0) + 1
    moving = [gone.unit for gone in work.gone if gone.into]
    sitting = Appointment.objects.filter(until=None)
    seats = sitting.filter(seat__unit__in=moving).for_list()
    touched = [*moving, *(row.unit for row in work.altered if row.to)]
    people = sitting.filter(_at_or_below(touched)).values("person").distinct().count() if touched else 0
    return Preview(work.kept, lines[:SHOWN], counts, list(seats), people, _reach(work, now))


def _ends(work: Work, names: dict[str, str]) -> Iterable[Line]:
    for unit, into in work.gone:
        yield Line(MERGED if into else GONE, _shown(unit.number, unit.name_hi, unit.name_en), names.get(into, ""), "")


def _alterations(work: Work, names: dict[str, str]) -> Iterable[Line]:
    ends = {gone.unit.pk for gone in work.gone}
    for unit, to, _slug, facts in work.altered:
        if unit.pk in ends:
            continue
        after = _shown(*_then(Altered(unit, facts=facts)))
        now = _shown(unit.number, unit.name_hi, unit.name_en)
        yield Line(MOVED if to else RENAMED, now, after if after != now else "", names.get(to, ""))


def _names(work: Work) -> dict[str, str]:
    """What the codes of a work stand for."""
    new = {row.code: _shown(row.number, row.name_hi, row.name_en) for row, _source in work.new}
    codes = {row.to for row in work.altered} | {gone.into for gone in work.gone} | {row.parent for row, _ in work.new}
    present = {unit.code: unit.title for unit in Unit.objects.filter(code__in=codes)}
    return present | {row.unit.code: _shown(*_then(row)) for row in work.altered} | new


def _then(row: Altered) -> tuple[int | None, str, str]:
    """Number and names of a unit after its change."""
    unit = row.unit
    then = {"number": unit.number, "name_hi": unit.name_hi, "name_en": unit.name_en} | row.facts
    return then["number"], then["name_hi"], then["name_en"]


def _shown(number: int | None, name_hi: str, name_en: str) -> str:
    name = Unit(name_hi=name_hi, name_en=name_en).name
    return f"{number} · {name}" if number else name


def _reach(work: Work, now: datetime) -> list[Reach]:
    """Who reaches what moves only before, or only afterwards. Rights are read from the tree, they move at once."""
    gains: set[int] = set()
    loses: set[int] = set()
    parents = Unit.objects.in_bulk({row.to for row in work.altered if row.to}, field_name="code")
    for row in work.altered:
        before, after = _above(row.unit, row.unit.parent), _above(row.unit, _goal(row, parents))
        loses |= before - after if row.to else set()
        gains |= after - before if row.to else set()
    return [Reach(holder, holder.seat.unit_id in gains) for holder in _holders(gains | loses, now)]


def _goal(row: Altered, parents: dict[str, Unit]) -> Unit | None:
    """The parent to come; of one that does not stand yet, everybody above is the same."""
    return parents.get(row.to) or (row.unit.parent.parent if row.unit.parent else None)


def _above(unit: Unit, parent: Unit | None) -> set[int]:
    return {pk for level in ANCESTORS if (pk := getattr(parent, f"{level}_id", None)) and pk != unit.pk}


def _holders(places: set[int], now: datetime) -> QuerySet[Appointment]:
    with_rights = Appointment.objects.current(now).filter(seat__unit__in=places)
    return with_rights.exclude(seat__post__role=Role.MEMBER).for_list()


def _at_or_below(units: Iterable[Unit]) -> Q:
    return reduce(or_, (unit.reach("seat__unit") for unit in units))
