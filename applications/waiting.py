"""How many applications wait for somebody to look at them, unit by unit: for the pages of the tree."""

from collections.abc import Sequence

from django.core.cache import cache
from django.db.models import Count

from applications.models import Application
from applications.states import Status
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Unit
from portal.models import User

VERY_MANY, A_MINUTE = 20_000, 60


def counts(*, user: User, units: Sequence[Unit]) -> dict[int, int]:
    """From each of these units of one level and from below it, as many as this user may read.

    One GROUP BY; where very many wait, what it gave is remembered for a minute.
    """
    if not units:
        return {}
    level, keys = units[0].level, [unit.pk for unit in units]
    tops = [top.pk for top in access.tops(user, Right.REVIEW)]
    key = f"waiting:{user.pk}:{hash((*tops, 0, *keys))}"
    found = cache.get(key)
    if found is None:
        place = "unit" if level == Level.BOOTH else f"unit__{level}"
        rows = access.narrow(Application.objects.filter(status=Status.SUBMITTED), user=user, right=Right.REVIEW)
        found = dict(rows.filter(**{f"{place}__in": keys}).values_list(place).annotate(waiting=Count("pk")).order_by())
        if sum(found.values()) >= VERY_MANY:
            cache.set(key, found, A_MINUTE)
    return found
