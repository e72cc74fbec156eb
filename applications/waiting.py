"""How many applications wait for somebody to look at them, unit by unit: for the pages of the tree."""

from collections.abc import Sequence

from django.db.models import Count

from applications.models import Application
from applications.states import Status
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Unit
from portal.models import User


def counts(*, user: User, units: Sequence[Unit]) -> dict[int, int]:
    """From each of these units of one level and from below it, as many as this user may read; one GROUP BY."""
    if not units:
        return {}
    level = units[0].level
    place = "unit" if level == Level.BOOTH else f"unit__{level}"
    rows = access.narrow(Application.objects.filter(status=Status.SUBMITTED), user=user, right=Right.REVIEW)
    rows = rows.filter(**{f"{place}__in": [unit.pk for unit in units]})
    return dict(rows.values_list(place).annotate(waiting=Count("pk", distinct=True)).order_by())
