"""All units of one level below a unit as one list: by what is kept of their committees, a page at a time."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FilteredRelation, FloatField, Q, Value, When
from django.db.models.functions import Cast
from django.utils.functional import cached_property

from committees import reports
from committees.days import day_of
from committees.models import Unit
from committees.querysets import UnitQuerySet
from committees.reports import Coverage

PAGE = 50
HEAD = 20 * PAGE
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
    return units.order_by(_share("own__accepted"), _share("own__filled"), "path")


def _share(of: str) -> Case:
    """Of the committee's seats; nothing where none is sanctioned."""
    share = Cast(of, FloatField()) / F("own__seats")
    return Case(When(own__seats__gt=0, then=share), default=Value(0.0), output_field=FloatField())


class Pages(Paginator):
    """Pages of keys. Few rows are read at once and need no counting.

    A database reads all rows that it leaves out, so the later half of many is read from its end.
    """

    @cached_property
    def head(self) -> list[int]:
        """The keys of the first pages, and one more where there are others."""
        return list(self.object_list[: HEAD + 1])

    @cached_property
    def count(self) -> int:
        return len(self.head) if len(self.head) <= HEAD else super().count

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        if last <= HEAD:
            return self._get_page(self.head[first:last], number, self)
        if first <= self.count // 2:
            return super().page(number)
        keys = list(self.object_list.reverse()[self.count - last : self.count - first])
        return self._get_page(keys[::-1], number, self)


def pages(units: UnitQuerySet) -> Pages:
    """The keys of these units, ``PAGE`` a page."""
    return Pages(units.values_list("pk", flat=True), PAGE)


def covered(units: list[Unit], now: datetime) -> list[Coverage]:
    """One row for each of these units, in their order: the own committee counted now, what lies deeper as kept."""
    own = reports.own_of(units, now)
    rows = [own[unit.pk] for unit in units]
    reports.deepen(rows)
    return rows
