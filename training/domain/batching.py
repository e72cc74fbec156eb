"""Batches of a series, district by district, for those who sit and are not trained: looked at, then made at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from committees.levels import Level
from committees.models import Appointment, Unit
from portal.models import Person, User
from training.domain import planning, qualifying
from training.domain.sessions import Part
from training.models import Series, Workshop


class Ended(Exception):
    """The series is taught no longer."""


@dataclass(frozen=True)
class Need:
    """A district: how many are to be trained, how many seats lie ahead, and the batches that are lacking."""

    unit: Unit
    people: int
    seats: int
    batches: int

    @property
    def lacking(self) -> int:
        """People for whom there is no seat yet."""
        return max(0, self.people - self.seats)


@dataclass(frozen=True)
class Batch:
    """One workshop to make: where, when, and who teaches."""

    unit: Unit
    parts: Sequence[Part]
    place_hi: str
    place_en: str = ""
    trainers: Sequence[Person] = field(default_factory=tuple)


def needs(*, series: Series, units: Iterable[Unit], capacity: int, level: str = "", now: datetime) -> list[Need]:
    """What each of these districts needs with so many seats a batch, in the order given; three questions for all.

    ``level``: for those who sit on this level alone. Seats of batches that lie ahead count as filled by those who are
    to be trained, so that what was made once is not made again; whoever is invited to one of them is counted too.
    """
    sitting = Appointment.objects.current(now)
    waiting = _count(
        qualifying.lacking(
            sitting=sitting.filter(seat__unit__level=level) if level else sitting, series=series, now=now
        )
    )
    ahead = Workshop.objects.ahead(now).filter(series=series, level=level).values_list("unit__district").order_by()
    invited = dict(ahead.filter(enrolments__batch_of=series).annotate(people=Count("enrolments")))
    seats = dict(ahead.annotate(seats=Sum("capacity")))
    found = []
    for unit in units:
        people = waiting.get(unit.pk, 0) + invited.get(unit.pk, 0)
        lacking = max(0, people - seats.get(unit.pk, 0))
        found.append(Need(unit, people, seats.get(unit.pk, 0), ceil(lacking / capacity)))
    return found


def districts(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Of these units, the districts, in the order of their names."""
    return units.filter(level=Level.DISTRICT).order_by("name_hi", "pk")


@transaction.atomic
def plan_all(
    *, series: Series, batches: Sequence[Batch], capacity: int, level: str = "", by: User, now: datetime, **details: int
) -> list[Workshop]:
    """Make all of them or none. Invitations go out by the sweep that invites to every workshop, from now on.

    ``details`` are columns of each. A district that needs fewer by now, as a colleague was quicker, gets fewer.
    Raises ``Ended``.
    """
    if not list(Series.objects.taught().filter(pk=series.pk).select_for_update(no_key=True)):  # one colleague at a time
        raise Ended(series.slug)
    units = list({batch.unit.pk: batch.unit for batch in batches}.values())
    lacking = needs(series=series, units=units, capacity=capacity, level=level, now=now)
    left = {need.unit.pk: need.batches for need in lacking}
    made = []
    for batch in batches:
        if left[batch.unit.pk] <= 0:
            continue
        left[batch.unit.pk] -= 1
        told = {"capacity": capacity, "level": level, "invites_from": now, "by": by, "now": now, **details}
        made.append(_plan(series, batch, **told))
    return made


def _plan(series: Series, batch: Batch, **told: Any) -> Workshop:
    return planning.plan(
        unit=batch.unit,
        series=series,
        title_hi=series.title_hi,
        title_en=series.title_en,
        place_hi=batch.place_hi,
        place_en=batch.place_en,
        parts=batch.parts,
        trainers=batch.trainers,
        **told,
    )


def _count(sitting: QuerySet[Appointment]) -> dict[int, int]:
    """People by the district they sit in, or under."""
    rows = sitting.filter(seat__unit__district__isnull=False).values_list("seat__unit__district").order_by()
    return dict(rows.annotate(people=Count("person", distinct=True)))
