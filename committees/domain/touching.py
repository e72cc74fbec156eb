"""Which committees somebody touched since a moment: by coming, answering and leaving, or by a word in the log."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from committees.levels import ANCESTORS
from committees.models import Appointment, Unit
from portal.models import Event

MANY = 2000  # committees; beyond it, all are counted
UNIT, SANCTION = "committees.unit", "committees.sanction"
WIDE = ("committees.post", "committees.plan")  # these reach anywhere


def touched_since(then: datetime) -> set[int] | None:
    """The units by key; ``None`` when it may be any of them."""
    came_or_left = Q(since__gte=then) | Q(accepted_at__gte=then) | Q(until__gte=then)
    touched = set(Appointment.objects.filter(came_or_left).values_list("seat__unit", flat=True))
    tops: set[int] = set()
    said = Event.objects.filter(at__gte=then, kind__in=(UNIT, SANCTION, *WIDE)).values_list("kind", "thing", "data")
    for kind, thing, data in said:
        if kind in WIDE:
            return None
        tops.add(int(data["unit"] if kind == SANCTION else thing))
        tops |= {data[name] for name in ("came_from", "to") if isinstance(data.get(name), int)}
    units = list(Unit.objects.filter(pk__in=tops))
    if any(unit.is_root for unit in units):
        return None
    if units:
        under = reduce(or_, [unit.reach() for unit in units])
        touched |= set(Unit.objects.filter(under).values_list("pk", flat=True)[: MANY + 1])
    return touched if len(touched) <= MANY else None


def ancestors(units: Collection[int]) -> dict[str, set[int]]:
    """By level, the deepest first, the units at or above these."""
    found: dict[str, set[int]] = {level: set() for level in reversed(ANCESTORS)}
    for chain in Unit.objects.filter(pk__in=units).values_list(*ANCESTORS):
        for level, unit in zip(ANCESTORS, chain, strict=True):
            if unit is not None:
                found[level].add(unit)
    return found
