"""Who leads what, and so who stands above whom on the way of a message."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from committees import broadcasting, reports, silences
from committees.levels import ANCESTORS, ORDER, Level, Role
from committees.models import Appointment, Broadcast, Relay, Unit


def ancestors(unit: Unit) -> list[int]:
    """The keys of the units above, the nearest first."""
    return [getattr(unit, f"{level}_id") for level in reversed(ANCESTORS[: Level(unit.level).depth])]


def relays(broadcast: Broadcast, units: Iterable[int] | None = None) -> dict[int, int]:
    """The unit that somebody leads → their relay of this message; the chair before the in-charge. All, or ``units``."""
    leads = Q(appointment__seat__post__in=reports.chairs()) | Q(appointment__seat__post__role=Role.INCHARGE)
    rows = Relay.objects.filter(leads, broadcast=broadcast)
    if units is not None:
        rows = rows.filter(appointment__seat__unit__in=units)
    return _chosen(rows.values_list("pk", "appointment__seat__unit", "appointment__seat__post__role"))


def leading_above(broadcast: Broadcast, level: Level, now: datetime) -> dict[int, int]:
    """Who leads the units of the message above this level: unit → appointment."""
    rows = Appointment.objects.current(now).accepted().under(broadcast.unit).filter(broadcasting.leads())
    rows = rows.filter(seat__unit__level__in=ORDER[: level.depth], person__erased_at=None)
    return _chosen(rows.values_list("pk", "seat__unit", "seat__post__role"))


def unled(broadcast: Broadcast, level: Level, now: datetime) -> Iterable[tuple[int, ...]]:
    """(unit, then those above from the nearest up) where nobody leads; silent areas are left out.

    The two lists are compared here: asked in one question, a database without statistics looks through all
    appointments for each of 61,000 booths.
    """
    sitting = Appointment.objects.current(now).accepted().under(broadcast.unit).filter(broadcasting.leads())
    led = set(sitting.filter(seat__unit__level=level).values_list("seat__unit", flat=True))
    line = [f"{name}_id" for name in reversed(ANCESTORS[: level.depth])]
    units = broadcasting.units_of(broadcast, now).filter(level=level).exclude(silences.where(now, "pk"))
    return (row for row in units.order_by("path").values_list("pk", *line) if row[0] not in led)


def _chosen(rows: Iterable[tuple[int, int, str]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for key, unit, role in rows:
        found[unit] = found.get(unit, key) if role == Role.INCHARGE else key
    return found
