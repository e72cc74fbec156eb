"""The tree as a file, with codes: one row a unit. No number of a phone stands in it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from committees import listing, reports
from committees.levels import Role
from committees.models import Appointment, Unit
from committees.reports import Coverage
from portal import dates

AT_A_TIME = 500


class Line(NamedTuple):
    """One unit with all that its row tells."""

    row: Coverage
    chair: str
    incharge: str

    @property
    def unit(self) -> Unit:
        return self.row.unit


class Column(NamedTuple):
    """Its heading, how wide, and what stands in it."""

    title: str
    width: int
    value: Callable[[Line], object]


def columns(*, named: bool) -> list[Column]:
    """In the order of the file; the first four are those of a file that can be loaded again."""
    who = [Column(_("Chair"), 26, lambda line: line.chair), Column(_("In-charge"), 26, lambda line: line.incharge)]
    return [
        Column(_("Level"), 14, lambda line: line.unit.get_level_display()),
        Column(_("Code"), 18, lambda line: line.unit.code),
        Column(_("Code of the unit above"), 18, lambda line: line.unit.parent_code),
        Column(_("Number"), 10, lambda line: line.unit.number or ""),
        Column(_("Name"), 30, lambda line: line.unit.name),
        Column(_("District"), 20, lambda line: _title(line.unit.district)),
        Column(_("Assembly constituency"), 22, lambda line: _title(line.unit.assembly)),
        Column(_("Block"), 20, lambda line: _title(line.unit.block)),
        Column(_("Mandal"), 20, lambda line: _title(line.unit.mandal)),
        Column(_("Committee"), 16, lambda line: line.row.formed.label),
        Column(_("Posts"), 10, lambda line: line.row.seats),
        Column(_("Filled"), 10, lambda line: line.row.accepted),
        Column(_("In post"), 10, lambda line: line.row.filled),
        Column(_("Vacant"), 10, lambda line: line.row.vacant),
        Column(_("Women"), 10, lambda line: line.row.women),
        Column(_("Booths"), 10, lambda line: line.row.booths.units if line.row.booths else ""),
        Column(_("Booths with an announced committee"), 14, lambda line: _formed(line.row)),
        *(who if named else []),
        Column(_("Last act"), 20, lambda line: _day(line.row.last_act_at)),
    ]


def values(lines: Iterable[Line], told: list[Column]) -> Iterator[list[str]]:
    """The rows of the file, as text."""
    for line in lines:
        yield [str(column.value(line)) for column in told]


def lines(keys: list[int], now: datetime) -> list[Line]:
    """A few hundred units, counted at this moment, in the order of ``keys``."""
    found = (
        Unit.objects.filter(pk__in=keys).select_related("parent", "district", "assembly", "block", "mandal").in_bulk()
    )
    units = [found[key] for key in keys if key in found]
    chairs, incharges = _holders(keys, Q(seat__post__in=reports.chairs()), now), {}
    if any(unit.level == "district" for unit in units):
        incharges = _holders(keys, Q(seat__post__role=Role.INCHARGE), now)
    rows = listing.covered(units, now)
    return [Line(row, chairs.get(row.unit.pk, ""), incharges.get(row.unit.pk, "")) for row in rows]


def _holders(keys: list[int], who: Q, now: datetime) -> dict[int, str]:
    rows = Appointment.objects.current(now).filter(who, seat__unit__in=keys)
    return dict(rows.values_list("seat__unit", "person__name"))


def _title(unit: Unit | None) -> str:
    return unit.title if unit else ""


def _formed(row: Coverage) -> int | str:
    return row.booths.formed if row.booths else ""


def _day(when: datetime | None) -> str:
    return dates.short_date(when) if when else ""
