"""Counts over the tree, each from one GROUP BY."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from committees.days import day_of
from committees.levels import Role
from committees.models import Appointment, Post, Seat, Tally, Unit
from committees.querysets import SeatQuerySet, UnitQuerySet
from portal import names
from portal.models.people import Gender

HEAT = 4  # shades above the palest
YOUNG = 35  # up to this age
MIDDLE = 55


class Formed(models.TextChoices):
    """How far a committee is; derived from its seats, never stored."""

    NONE = "none", _("not formed")
    PROPOSED = "proposed", _("proposed")
    ANNOUNCED = "announced", _("announced")


def formed(*, seats: int, filled: int, accepted: int) -> Formed:
    """Announced: at least half of the seats are held by people who said yes."""
    if seats and 2 * accepted >= seats:
        return Formed.ANNOUNCED
    return Formed.PROPOSED if filled else Formed.NONE


def heat(accepted: int, seats: int) -> int:
    """The shade of a cell, 0 to 4."""
    return accepted * HEAT // seats if seats else 0


@dataclass
class Coverage:
    """The committee of one unit in numbers, and how many committees right below it stand.

    ``deeper`` holds the kept counts of all levels below, see ``deepen``; ``waiting`` the applications that wait,
    ``desk`` the filter that shows them; ``trained`` those who sit here and below and hold a certificate.
    """

    unit: Unit
    seats: int = 0
    filled: int = 0
    accepted: int = 0
    women: int = 0
    last_act_at: datetime | None = None
    below: int = 0
    below_formed: int = 0
    incharge: Appointment | None = field(default=None, repr=False)
    deeper: dict[str, Tally] = field(default_factory=dict, repr=False)
    waiting: int | None = None
    desk: str = ""
    trained: int = 0

    @property
    def vacant(self) -> int:
        return self.seats - self.filled

    @property
    def formed(self) -> Formed:
        return formed(seats=self.seats, filled=self.filled, accepted=self.accepted)

    @property
    def heat(self) -> int:
        """The shade of the cell, 0 to 4: a seat counts as filled when its person said yes."""
        return heat(self.accepted, self.seats)

    @property
    def all_seats(self) -> int:
        """The unit's own and all below it."""
        return self.seats + sum(tally.seats for tally in self.deeper.values())

    @property
    def all_filled(self) -> int:
        return self.filled + sum(tally.filled for tally in self.deeper.values())

    @property
    def all_accepted(self) -> int:
        return self.accepted + sum(tally.accepted for tally in self.deeper.values())

    @property
    def all_heat(self) -> int:
        return heat(self.all_accepted, self.all_seats)

    @property
    def percent(self) -> int:
        """Of all seats here and below, how many of a hundred are held by people who said yes."""
        return self.all_accepted * 100 // self.all_seats if self.all_seats else 0

    @property
    def women_percent(self) -> int | None:
        """Women among all who sit here and below; ``None`` where nobody sits."""
        women = self.women + sum(tally.women for tally in self.deeper.values())
        return round(women * 100 / self.all_filled) if self.all_filled else None

    @property
    def trained_percent(self) -> int | None:
        """Of all who sit here and below; ``None`` where nobody sits."""
        return min(100, 100 * self.trained // self.all_filled) if self.all_filled else None

    @property
    def booths(self) -> Tally | None:
        """The booths below, when there are any."""
        return self.deeper.get("booth")


def _in_order(units: UnitQuerySet) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.number or 0, names.sort_key(unit.name)))


def coverage(unit: Unit, now: datetime, *, codes: Collection[str] | None = None) -> list[Coverage]:
    """One row for each unit right below, or those of ``codes``, by number, else as in a Hindi dictionary."""
    below = unit.children.on(day_of(now))
    children = _in_order(below if codes is None else below.filter(code__in=codes))
    rows = {child.pk: Coverage(child) for child in children}
    two_levels = [*rows, *Unit.objects.filter(parent__in=rows).values_list("pk", flat=True)]
    for counts in grouped(Seat.objects.filter(unit__in=two_levels), now):
        _note(rows, unit, counts)
    for appointment in _incharges(Q(seat__unit__parent=unit), now):
        if appointment.seat.unit_id in rows:
            rows[appointment.seat.unit_id].incharge = appointment
    return list(rows.values())


def announced_below(unit: Unit, now: datetime) -> list[tuple[Unit, bool]]:
    """The units right below in their order, and whether the committee of each stands, by the kept counts."""
    children = _in_order(unit.children.on(day_of(now)))
    kept = Tally.objects.filter(unit__in=children, unit__level=F("level"), formed__gt=0)
    announced = set(kept.values_list("unit", flat=True))
    return [(child, child.pk in announced) for child in children]


def own(unit: Unit, now: datetime) -> Coverage:
    """The unit's own committee in numbers."""
    return own_of([unit], now)[unit.pk]


def own_of(units: list[Unit], now: datetime) -> dict[int, Coverage]:
    """The own committees of a few dozen units, by key."""
    rows = {unit.pk: Coverage(unit) for unit in units}
    for counts in grouped(Seat.objects.filter(unit__in=rows), now):
        _fill(rows[counts["unit"]], counts)
    return rows


def deepen(rows: list[Coverage]) -> None:
    """Add to each row what is kept about the levels below it, in one question."""
    by_unit = {row.unit.pk: row for row in rows}
    for tally in Tally.objects.filter(unit__in=by_unit).exclude(unit__level=F("level")):
        row = by_unit[tally.unit_id]
        row.deeper[tally.level] = tally
        row.last_act_at = max(filter(None, (row.last_act_at, tally.last_act_at)), default=None)


def grouped(seats: SeatQuerySet, now: datetime) -> QuerySet[Seat, dict[str, Any]]:
    """Committee seats, holders, who said yes, women among them, and the last coming and answer: by unit.

    A holder is joined where the term holds at ``now``, be it today or a day gone by: at most one a seat.
    """
    said_yes = Q(holder__accepted_at__lte=now)
    return (
        seats.of_committee()
        .annotate(holder=FilteredRelation("appointments", condition=holding(now, "appointments__")))
        .values("unit", "unit__parent")
        .annotate(
            seats=Count("pk"),
            filled=Count("holder"),
            accepted=Count("holder", filter=said_yes),
            women=Count("holder", filter=Q(holder__person__gender=Gender.WOMAN)),
            came=Max("holder__since"),
            answered=Max("holder__accepted_at"),
        )
        .order_by()
    )


def holding(now: datetime, prefix: str = "") -> Q:
    """The appointments that hold at ``now``: begun, not ended, term not over."""
    in_term = Q(**{f"{prefix}term_ends": None}) | Q(**{f"{prefix}term_ends__gte": day_of(now)})
    stays = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": now})
    return in_term & stays & Q(**{f"{prefix}since__lte": now})


def _fill(row: Coverage, counts: dict[str, Any]) -> None:
    row.seats, row.filled, row.accepted = counts["seats"], counts["filled"], counts["accepted"]
    row.women = counts["women"]
    row.last_act_at = max(filter(None, (counts["came"], counts["answered"])), default=None)


def _note(rows: dict[int, Coverage], unit: Unit, counts: dict[str, Any]) -> None:
    """A child's own numbers, or one more committee below a child."""
    if counts["unit__parent"] == unit.pk:
        row = rows.get(counts["unit"])
        if row:
            _fill(row, counts)
    elif counts["unit__parent"] in rows:
        row = rows[counts["unit__parent"]]
        row.below += 1
        row.below_formed += 2 * counts["accepted"] >= counts["seats"]


def _incharges(where: Q, now: datetime) -> QuerySet[Appointment]:
    open_ones = Appointment.objects.filter(where, seat__post__role=Role.INCHARGE).current(now)
    return open_ones.select_related("person", "seat")


def incharge_of(unit: Unit, now: datetime) -> Appointment | None:
    """Who looks after this unit now."""
    return _incharges(Q(seat__unit=unit), now).first()


def chairs() -> list[int]:
    """The first post of each level's committee, by key: who holds it presides."""
    first: dict[str, int] = {}
    for pk, level in Post.objects.filter(in_committee=True).order_by("order", "pk").values_list("pk", "level"):
        first.setdefault(level, pk)
    return list(first.values())


def next_gap(after: Unit, units: UnitQuerySet, now: datetime) -> Unit | None:
    """The next of ``units`` down the tree, then on, whose committee has nobody in the chair."""
    vacant = Seat.objects.vacant(now).filter(unit=OuterRef("pk"), post__in=chairs())
    units = units.on(day_of(now)).filter(Exists(vacant)).order_by("path")
    return units.filter(path__gt=after.path).first() or units.exclude(pk=after.pk).first()
