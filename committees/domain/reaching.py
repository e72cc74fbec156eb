"""Has somebody still the right they began with? Work in the background asks before it goes on."""

from committees.models import Appointment, Unit
from committees.rights import Right, reaches, rights_of
from portal.models import User


class RightEnded(Exception):
    """Who asked for this has the right there no more."""


def check(*, user: User, right: Right, unit: Unit) -> None:
    """Raises ``RightEnded`` unless this user has the right at this unit at this very moment."""
    held = Appointment.objects.current().filter(person=user.person_id, person__user__is_active=True)
    held = held.with_rights()
    if not any(reaches(row, unit) and right in rights_of(row) for row in held):
        raise RightEnded(str(unit.pk))
