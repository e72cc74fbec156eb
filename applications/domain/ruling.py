"""By what rule a drive ranks, set before anybody is judged by it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from applications.models import Criterion, Drive
from portal import audit
from portal.models import User


class Fixed(Exception):
    """Somebody was scored by this drive: its rule stays."""


@transaction.atomic
def set_rule(*, drive: Drive, ranks_by: str, ties: Sequence[Criterion], by: User, now: datetime) -> None:
    """How sheets become a total, and which criteria decide between equal totals, the first one first.

    Raises ``Fixed`` once somebody was scored, and ``ValueError`` for a criterion of another drive or named twice.
    """
    there = Drive.objects.select_for_update().get(pk=drive.pk)
    if there.rubric_locked_at:
        raise Fixed(drive.slug)
    criteria = {criterion.pk: criterion for criterion in there.criteria.all()}
    places = {criterion.pk: place for place, criterion in enumerate(ties, start=1)}
    if len(places) != len(ties) or not set(places) <= set(criteria):
        raise ValueError([criterion.pk for criterion in ties])
    there.ranks_by = drive.ranks_by = ranks_by
    there.save(update_fields=["ranks_by"])
    for key, criterion in criteria.items():
        if criterion.tie_order != places.get(key):
            criterion.tie_order = places.get(key)
            criterion.save(update_fields=["tie_order"])
    orders = [criteria[key].order for key in places]
    audit.record("set the rule of the ranking", drive, by=by, now=now, ranks_by=ranks_by, ties=orders)


def tie_breakers(criteria: Iterable[Criterion]) -> list[Criterion]:
    """Those that decide between equal totals, the first one first."""
    named = [criterion for criterion in criteria if criterion.tie_order is not None]
    return sorted(named, key=lambda criterion: (criterion.tie_order, criterion.order))
