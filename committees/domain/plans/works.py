"""What a plan would do, worked out against the tree of now: merging, splitting, moving."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from committees.domain import history
from committees.domain.tree import Row
from committees.levels import Level
from committees.models import Proposal, Unit, UnitChange
from committees.models.formation import OPEN
from committees.unitfile import Problem

Steps = dict[str, Any]


class Altered(NamedTuple):
    """A unit that stays: the code of its parent and its word from then on (empty: as before), other facts."""

    unit: Unit
    to: str = ""
    slug: str = ""
    facts: dict[str, Any] = {}


class New(NamedTuple):
    """A unit that begins; ``split_from`` is the code of the one it was a part of."""

    row: Row
    split_from: str = ""


class Gone(NamedTuple):
    """A unit that ends; who sits in it goes ``into`` another one, by code."""

    unit: Unit
    into: str = ""


@dataclass
class Work:
    """Everything one plan does, or the problems that forbid it."""

    altered: list[Altered] = field(default_factory=list)
    new: list[New] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    kept: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def units(self) -> dict[int, Unit]:
        """Every unit that is there and is touched, by key."""
        return {row.unit.pk: row.unit for rows in (self.altered, self.gone) for row in rows}

    @property
    def seen(self) -> str:
        """A digest of the units as they stand: what was agreed to is what was looked at."""
        units = self.units.values()
        rows = sorted(f"{unit.code} {sorted(history.told(unit).items())}" for unit in units)
        return sha256("\n".join(rows).encode()).hexdigest()[:32]


def merging(steps: Steps, day: date) -> Work:
    """Units of one level and parent become one: ``gone`` end, what is in and below them goes ``into`` another."""
    work, gone, into = Work(), _units(steps["gone"]), _unit(steps["into"])
    if not gone or into is None or into in gone:
        return _impossible(work, "into", _("Choose which units end, and another one that goes on."))
    if {(unit.parent_id, unit.level) for unit in gone} != {(into.parent_id, into.level)}:
        return _impossible(work, "into", _("Only units of one level below the same unit become one."))
    work.gone = [Gone(unit, into.code) for unit in gone]
    children = Unit.objects.filter(parent__in=gone, valid_to=None).select_related("parent").order_by("path")
    work.altered = [Altered(child, to=into.code) for child in children]
    return checked(work, day, [into])


def splitting(steps: Steps, day: date) -> Work:
    """A new unit beside an old one takes some of the units below it."""
    work, unit = Work(), _unit(steps["unit"])
    if unit is None or unit.parent is None:
        return _impossible(work, "unit", _("Choose the unit that is to be split."))
    if Unit.objects.filter(code=steps["code"]).exists():
        words = _("Another unit has the code %(code)s. Write one that is free.")
        return _impossible(work, "code", words % {"code": steps["code"]})
    children = _units(steps["children"])
    if any(child.parent_id != unit.pk for child in children):
        return _impossible(work, "children", _("Only units right below the one that is split can go to the new one."))
    if unit.level != Level.BOOTH and not children:
        return _impossible(work, "children", _("Choose what goes to the new unit."))
    row = Row(
        unit.level, steps["code"], unit.parent.code, steps["name_hi"], steps["name_en"], steps.get("number"),
        slug=steps.get("slug", ""), valid_from=day,
    )  # fmt: skip
    work.new = [New(row, unit.code)]
    work.altered = [Altered(child, to=row.code) for child in children]
    return checked(work, day, [unit])


def moving(steps: Steps, day: date) -> Work:
    """Units hang below another parent, with all that is below them."""
    work, units, to = Work(), _units(steps["units"]), _unit(steps["to"])
    if not units or to is None:
        return _impossible(work, "to", _("Choose what moves, and to which unit."))
    if any(Level(unit.level).above != to.level for unit in units):
        return _impossible(work, "to", _("The parent must be of the level right above."))
    if all(unit.parent_id == to.pk for unit in units):
        return _impossible(work, "to", _("It hangs there already. Choose another one."))
    work.altered = [Altered(unit, to=to.code) for unit in units if unit.parent_id != to.pk]
    return checked(work, day, [to])


def checked(work: Work, day: date, beside: Iterable[Unit] = ()) -> Work:
    """The same work, with what forbids any plan: units that ended, later changes, lists that are under way."""
    beside = list(beside)
    if not (work.altered or work.new or work.gone) and not work.problems:
        work.problems.append(Problem(0, "", _("Nothing would change.")))
    for unit in (*work.units.values(), *beside):
        if unit.valid_to is not None:
            work.problems.append(Problem(0, "", _("%(unit)s has ended already.") % {"unit": unit.title}))
    touched = [*work.units, *(unit.pk for unit in beside)]
    later = UnitChange.objects.filter(unit__in=touched, on__gt=day).order_by("-on").select_related("unit").first()
    if later is not None:
        words = _("%(unit)s was changed from %(day)s on. Choose that day or a later one.")
        told = {"unit": later.unit.title, "day": later.on.isoformat()}
        work.problems.append(Problem(0, "effective_on", words % told))
    for gone in work.gone:
        if gone.unit.valid_from is not None and gone.unit.valid_from >= day:
            words = _("%(unit)s begins on %(day)s only. Choose a later day.")
            told = {"unit": gone.unit.title, "day": gone.unit.valid_from.isoformat()}
            work.problems.append(Problem(0, "effective_on", words % told))
    under_way = Proposal.objects.filter(unit__in=[gone.unit for gone in work.gone], status__in=OPEN)
    for proposal in under_way.select_related("unit"):
        words = _("A list for %(unit)s is under way. Publish or drop it first.")
        work.problems.append(Problem(0, "", words % {"unit": proposal.unit.title}))
    return work


def _impossible(work: Work, column: str, message: str) -> Work:
    work.problems.append(Problem(0, column, message))
    return work


def _units(codes: list[str]) -> list[Unit]:
    return list(Unit.objects.with_chain().select_related("parent").filter(code__in=codes).order_by("path"))


def _unit(code: str) -> Unit | None:
    return Unit.objects.with_chain().select_related("parent").filter(code=code).first()
