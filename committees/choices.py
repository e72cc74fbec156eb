"""Whom one may think of for a seat: applicants, those who sat here before, those who sit nearby."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from committees.models import Appointment, Unit
from portal.models import Person, User

SHOWN = 12  # of each kind: more is a list to search, not to choose from


class Hopeful(NamedTuple):
    """An applicant of a unit, as an app above tells of them. ``rank`` and ``band`` are of a frozen ranking."""

    key: str
    name: str
    phone: str
    share: int
    gender: str
    birth_year: int | None
    language: str
    place: str
    status: str
    rank: int | None
    band: str


@dataclass
class Choice:
    """One line to choose from: a person we know, and what they do or did."""

    person: Person
    appointment: Appointment

    @property
    def key(self) -> str:
        return f"p{self.person.pk}"


def hopefuls(*, user: User, unit: Unit, now: datetime) -> list[Hopeful]:
    """Applicants of this unit and below whom ``user`` may read, the best first."""
    return import_string(settings.HOPEFULS)(user=user, unit=unit, now=now)


def former(*, unit: Unit, without: Collection[int]) -> list[Choice]:
    """Who sat in this unit's committee and left it."""
    gone = Appointment.objects.filter(seat__unit=unit, seat__post__in_committee=True, until__isnull=False)
    return _chosen(gone.order_by("-until", "-pk"), without)


def sitting(*, unit: Unit, without: Collection[int], now: datetime) -> list[Choice]:
    """Who sits in a committee at or below this unit."""
    rows = Appointment.objects.current(now).under(unit).filter(seat__post__in_committee=True)
    rows = rows.filter(seat__unit__path__gte=unit.path)  # always so; who knows where the order begins need not sort all
    return _chosen(rows.order_by("seat__unit__path", "seat__post__order", "pk"), without)


def _chosen(rows, without: Collection[int]) -> list[Choice]:
    """Each person once; who is erased is nobody's choice."""
    rows = rows.filter(person__erased_at=None).exclude(person__in=without)
    found: dict[int, Choice] = {}
    for row in rows.select_related("person", "seat__post", "seat__unit")[: 3 * SHOWN]:
        found.setdefault(row.person_id, Choice(row.person, row))
    return list(found.values())[:SHOWN]
