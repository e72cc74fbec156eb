"""Counts over the tree, each from one GROUP BY."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from committees.days import day_of
from committees.levels import Role
from committees.models import Appointment, Seat, Unit
from portal import names

HEAT = 4  # shades above the palest
YOUNG = 35  # up to this age


class Formed(models.TextChoices):
    """How far a committee is; derived from its seats, never stored."""

    NONE = "none", _("not formed")
    PROPOSED = "proposed", _("proposed")
    ANNOUNCED = "announced", _("announced")


@dataclass
class Coverage:
    """The committee of one unit in numbers, and how many committees right below it stand."""

    unit: Unit
    seats: int = 0
    filled: int = 0
    accepted: int = 0
    below: int = 0
    below_formed: int = 0
    incharge: Appointment | None = field(default=None, repr=False)

    @property
    def vacant(self) -> int:
        return self.seats - self.filled

    @property
    def formed(self) -> Formed:
        """Announced: at least half of the seats are held by people who said yes."""
        if self.seats and 2 * self.accepted >= self.seats:
            return Formed.ANNOUNCED
        return Formed.PROPOSED if self.filled else Formed.NONE

    @property
    def heat(self) -> int:
        """The shade of the cell, 0 to 4."""
        return self.filled * HEAT // self.seats if self.seats else 0


def coverage(unit: Unit, now: datetime) -> list[Coverage]:
    """One row for each unit right below, in the order people know: by number, else as in a Hindi dictionary."""
    children = list(unit.children.on(day_of(now)))
    children.sort(key=lambda child: (child.number or 0, names.sort_key(child.name)))
    rows = {child.pk: Coverage(child) for child in children}
    for counts in _grouped(Q(unit__parent=unit) | Q(unit__parent__parent=unit), now):
        _note(rows, unit, counts)
    for appointment in _incharges(Q(seat__unit__parent=unit), now):
        if appointment.seat.unit_id in rows:
            rows[appointment.seat.unit_id].incharge = appointment
    return list(rows.values())


def own(unit: Unit, now: datetime) -> Coverage:
    """The unit's own committee in numbers."""
    row = Coverage(unit)
    for counts in _grouped(Q(unit=unit), now):
        row.seats, row.filled, row.accepted = counts["seats"], counts["filled"], counts["accepted"]
    return row


def _grouped(where: Q, now: datetime):
    """Seats, holders and accepted holders of each unit: committee seats only."""
    open_ones = _in_term(now, "appointments__")
    accepted = open_ones & Q(appointments__accepted_at__isnull=False)
    return (
        Seat.objects.filter(where)
        .of_committee()
        .values("unit", "unit__parent")
        .annotate(
            seats=Count("pk", distinct=True),
            filled=Count("appointments", filter=open_ones, distinct=True),
            accepted=Count("appointments", filter=accepted, distinct=True),
        )
        .order_by()
    )


def _note(rows: dict[int, Coverage], unit: Unit, counts: dict[str, int]) -> None:
    """A child's own numbers, or one more committee below a child."""
    if counts["unit__parent"] == unit.pk:
        row = rows.get(counts["unit"])
        if row:
            row.seats, row.filled, row.accepted = counts["seats"], counts["filled"], counts["accepted"]
    elif counts["unit__parent"] in rows:
        row = rows[counts["unit__parent"]]
        row.below += 1
        row.below_formed += 2 * counts["accepted"] >= counts["seats"]


def _incharges(where: Q, now: datetime):
    open_ones = Appointment.objects.filter(where, _in_term(now), seat__post__role=Role.INCHARGE)
    return open_ones.select_related("person", "seat")


def incharge_of(unit: Unit, now: datetime) -> Appointment | None:
    """Who looks after this unit now."""
    return _incharges(Q(seat__unit=unit), now).first()


def _in_term(now: datetime, prefix: str = "") -> Q:
    """The open appointments whose term is not over."""
    in_term = Q(**{f"{prefix}term_ends": None}) | Q(**{f"{prefix}term_ends__gte": day_of(now)})
    return in_term & Q(**{f"{prefix}until": None, f"{prefix}pk__isnull": False})
