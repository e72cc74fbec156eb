"""How many of those who sit hold a valid certificate, unit by unit: for the pages of the tree and of training.

Who sits is what the clock keeps (``Tally``); counted is only from the certificates, which are few beside the seats.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Sum

from committees.days import day_of
from committees.levels import Level
from committees.models import Appointment, Tally, Unit
from committees.querysets import AppointmentQuerySet
from training.models import Enrolment, Series
from training.querysets import EnrolmentQuerySet

VERY_MANY, TEN_MINUTES = 20_000, 600


class Trained(NamedTuple):
    """Of the seats of all committees at and below a unit: how many holders are trained, how many are held."""

    trained: int
    sitting: int

    @property
    def percent(self) -> int | None:
        """Of a hundred; nothing where nobody sits."""
        return min(100, 100 * self.trained // self.sitting) if self.sitting else None


class Row(NamedTuple):
    """One unit: in any series, and series by series in their order."""

    unit: Unit
    all: Trained
    each: list[tuple[Series, Trained]]


def counts(*, units: Sequence[Unit], now: datetime) -> dict[int, int]:
    """The trained at and below each of these units of one level, by key, whatever the series: one question.

    Where very many are trained, what came is remembered for ten minutes.
    """
    if not units:
        return {}
    keys = [unit.pk for unit in units]
    remembered = f"trained:{day_of(now)}:{hash((units[0].level, *keys))}"
    found = cache.get(remembered)
    if found is None:
        place = _place(units)
        # IN, not a join: so both databases begin with the certificates, and not with all who sit in the state.
        holders = Enrolment.objects.certified(now).values("person")
        rows = _sit(keys, place, now).filter(person__in=holders)
        found = dict(rows.values_list(place).annotate(n=Count("pk")).order_by())
        if sum(found.values()) >= VERY_MANY:
            cache.set(remembered, found, TEN_MINUTES)
    return {key: found.get(key, 0) for key in keys}


def by_series(*, units: Sequence[Unit], series: Sequence[Series], now: datetime) -> list[Row]:
    """The units, the worst first: by the one series, or by any where there are several. Three questions."""
    if not units:
        return []
    keys, place, in_any = [unit.pk for unit in units], _place(units), counts(units=units, now=now)
    sitting = _sitting(keys)
    numbers: dict[int, dict[int, int]] = defaultdict(dict)
    of_series = "person__enrolments__workshop__series"
    rows = _sit(keys, place, now).filter(person__enrolments__in=_certified(series, now))
    for key, which, number in rows.values_list(place, of_series).annotate(n=Count("pk", distinct=True)).order_by():
        numbers[key][which] = number
    found = []
    for unit in units:
        sit, known = sitting.get(unit.pk, 0), numbers[unit.pk]
        each = [(one, Trained(known.get(one.pk, 0), sit)) for one in series]
        found.append(Row(unit, Trained(in_any[unit.pk], sit), each))
    return sorted(found, key=lambda row: _worst(row.each[0][1] if len(series) == 1 else row.all))


def _worst(trained: Trained) -> tuple[float, int]:
    """Where nobody sits there is nobody to train: last. Of equals, where more sit."""
    return (trained.trained / trained.sitting if trained.sitting else 2, -trained.sitting)


def _place(units: Sequence[Unit]) -> str:
    level = units[0].level
    return "seat__unit" if level == Level.BOOTH else f"seat__unit__{level}"


def _certified(series: Sequence[Series], now: datetime) -> EnrolmentQuerySet:
    return Enrolment.objects.certified(now).filter(workshop__series__in=[one.pk for one in series])


def _sit(keys: list[int], place: str, now: datetime) -> AppointmentQuerySet:
    """Who sits in a committee at or below these units."""
    return Appointment.objects.current(now).filter(seat__post__in_committee=True, **{f"{place}__in": keys})


def _sitting(keys: list[int]) -> dict[int, int]:
    rows = Tally.objects.filter(unit__in=keys).values_list("unit").annotate(filled=Sum("filled"))
    return dict(rows.order_by())
