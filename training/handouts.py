"""What may be read or watched for a workshop: its own materials and those of its series."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from training.models import Material, Workshop


def of(workshop: Workshop) -> QuerySet[Material]:
    """Without the content of the files; the series' own first."""
    theirs = Q(workshop=workshop)
    if workshop.series_id:
        theirs |= Q(series=workshop.series_id)
    return _in_order(theirs)


def of_many(workshops: Iterable[Workshop]) -> dict[int, list[Material]]:
    """The same for each of some workshops, by key, in one question."""
    workshops = list(workshops)
    series = {workshop.series_id for workshop in workshops if workshop.series_id}
    theirs = Q(workshop__in=workshops) | Q(series__in=series)
    found = list(_in_order(theirs))
    by_workshop = defaultdict(list)
    for workshop in workshops:
        for material in found:
            if material.workshop_id == workshop.pk or (workshop.series_id and material.series_id == workshop.series_id):
                by_workshop[workshop.pk].append(material)
    return by_workshop


def _in_order(which: Q) -> QuerySet[Material]:
    rows = Material.objects.filter(which).defer("content")
    return rows.order_by(F("workshop").asc(nulls_first=True), "added_at", "pk")
