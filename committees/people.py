"""Finds who sits where: by a part of the name, or by the last digits of the number for those who may read numbers."""

import unicodedata

from django.db.models import Q

from committees import access
from committees.access import Right
from committees.levels import Role
from committees.models import Appointment, Unit
from portal import folding
from portal.models import Person, User

MOST = 8
DIGITS = 4  # of a number; fewer find nobody
LETTERS = 2
FEW = 300


def find(text: str, *, user: User, within: Unit) -> list[Appointment]:
    """Current appointments below ``within`` that this user may see, by the order of the tree."""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())
    key = folding.key(text)
    if not any(sign.isalpha() for sign in text):
        enough = len(digits) >= DIGITS
        return _listed("phone__endswith", digits[-10:], user, Right.READ_NUMBERS, within) if enough else []
    return _listed("name_key__contains", key, user, Right.VIEW, within) if len(key) >= LETTERS else []


def _listed(what: str, text: str, user: User, right: Right, within: Unit) -> list[Appointment]:
    """A few people are looked up by their keys; of many, the first of the tree are soon found."""
    rows = access.narrow(Appointment.objects.current(), user=user, right=right, unit="seat__unit").under(within)
    keys = list(Person.objects.filter(**{what: text}).values_list("pk", flat=True)[: FEW + 1])
    who = Q(person__in=keys) if len(keys) <= FEW else Q(**{f"person__{what}": text})
    rows = rows.filter(who).select_related("person", "seat__post", "seat__unit")
    return list(rows.order_by("seat__unit__path")[:MOST])


def office_numbers() -> frozenset[str]:
    """The numbers of those who sit in the state office now."""
    holders = Appointment.objects.current().with_role(Role.STATE_OFFICE)
    return frozenset(holders.values_list("person__phone", flat=True))
