"""Who is asked about a unit: the nearest in-charge at or above it, else the state office."""

from datetime import datetime

from committees.levels import ANCESTORS, Role
from committees.models import Appointment, Unit
from portal.models import Person


def incharges(unit: Unit, now: datetime) -> list[Appointment]:
    """The nearest in-charges at the unit or above it, who sit longest first."""
    line = [unit.pk, *(getattr(unit, f"{level}_id") for level in reversed(ANCESTORS))]
    rows = Appointment.objects.current(now).with_role(Role.INCHARGE).filter(seat__unit__in=[key for key in line if key])
    found = list(rows.select_related("person", "seat__post", "seat__unit").order_by("pk"))
    nearest = min((line.index(row.seat.unit_id) for row in found), default=None)
    return [row for row in found if line.index(row.seat.unit_id) == nearest]


def answerable(unit: Unit, now: datetime) -> list[Person]:
    """The nearest in-charges at the unit or above it; without any, all who sit in the state office."""
    return [row.person for row in incharges(unit, now)] or state_office(now)


def above(unit: Unit, now: datetime) -> list[Person]:
    """Who is asked when the unit's own in-charge did not heed something."""
    return answerable(unit.parent, now) if unit.parent else state_office(now)


def state_office(now: datetime) -> list[Person]:
    """All who sit there."""
    rows = Appointment.objects.current(now).with_role(Role.STATE_OFFICE)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("pk"))
