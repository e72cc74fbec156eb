"""Silences: where nothing for many leaves, from when until when. The outbox asks ``held`` (``settings.HELD_BACK``)."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from committees.models import Silence, Unit
from portal.models.notices import Urgency

FOR_MANY = Q(urgency=Urgency.MANY) | Q(template="message_now")  # what is urgent may leave at night, not into a silence


def in_force(now: datetime, *, since: timedelta = timedelta(0)) -> QuerySet[Silence]:
    """Those that go on; with ``since``, also those that ended so lately."""
    rows = Silence.objects.filter(starts_at__lte=now, ends_at__gt=now - since)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=now - since)).select_related("unit")


def held(now: datetime) -> Q:
    """The notices that are for many and go to a place where silence is kept."""
    return FOR_MANY & where(now, "reach")


def where(now: datetime, path: str, *, since: timedelta = timedelta(0)) -> Q:
    """Rows whose ``path`` leads to a unit at or below an area that is silent."""
    areas = [silence.unit.reach() for silence in in_force(now, since=since)]
    if not areas:
        return Q(pk__in=[])
    return Q(**{f"{path}__in": Unit.objects.filter(reduce(or_, areas)).values("pk")})
