"""All units of one level below a unit as one list: by what is kept of their committees, a page at a time."""

from datetime import datetime

from django.db.models import Case, F, FilteredRelation, FloatField, Q, Value, When

from committees import reports
from committees.days import day_of
from committees.models import Unit
from committees.querysets import UnitQuerySet
from committees.reports import Coverage

PAGE = 100
WORST = "worst"
SHOWN = {
    "empty": Q(own=None) | Q(own__empty=1),
    "headless": Q(own=None) | Q(own__headless=1),
    "gaps": Q(own__filled__lt=F("own__seats")),
}


def listed(here: Unit, *, level: str, show: str = "", sort: str = "", now: datetime) -> UnitQuerySet:
    """The units of ``level`` at or below ``here``; ``show`` is a word of ``SHOWN``, ``sort`` may be ``WORST``."""
    units = Unit.objects.under(here).on(day_of(now)).filter(level=level)
    units = units.annotate(own=FilteredRelation("tallies", condition=Q(tallies__level=level)))
    if show in SHOWN:
        units = units.filter(SHOWN[show])
    if sort != WORST:
        return units.order_by("path")
    share = F("own__filled") * Value(1.0) / F("own__seats")
    full = Case(When(own__seats__gt=0, then=share), default=Value(0.0), output_field=FloatField())
    return units.order_by(full, "path")


def covered(units: list[Unit], now: datetime) -> list[Coverage]:
    """One row for each of these units, in their order: the own committee counted now, what lies deeper as kept."""
    own = reports.own_of(units, now)
    rows = [own[unit.pk] for unit in units]
    reports.deepen(rows)
    return rows
