"""Who began and has not handed in: counts by place, never names. They hear of us by the reminders alone."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from applications.models import Draft, Drive
from applications.moments import DRAFTS
from committees.levels import Level
from committees.models import Unit

AT_A_TIME = 5000


class Line(NamedTuple):
    """One place: how many began, and how many of them left a number to which the reminder goes."""

    unit: Unit | None
    begun: int
    reached: int


def lines(drive: Drive, area: Unit) -> list[Line]:
    """A line for each place just below ``area`` where somebody began, by the place that the draft names.

    What names no place yet belongs to the drive as a whole: it stands last, where ``area`` is the drive's own.
    """
    drafts = Draft.objects.unfinished().filter(drive=drive).order_by()
    counts = drafts.values_list("answers__area__unit").annotate(n=Count("pk"), with_number=Count("pk", ~Q(phone="")))
    found = {place: (begun, reached) for place, begun, reached in counts}
    below = Level(area.level).below
    column = f"{below}_id" if below else "pk"
    begun: Counter[int] = Counter()
    reached: Counter[int] = Counter()
    places = sorted(place for place in found if isinstance(place, int))
    for start in range(0, len(places), AT_A_TIME):
        near = Unit.objects.filter(area.reach(), pk__in=places[start : start + AT_A_TIME])
        for place, above in near.values_list("pk", column):
            begun[above or area.pk] += found[place][0]
            reached[above or area.pk] += found[place][1]
    units = Unit.objects.in_bulk(list(begun))
    told = [Line(unit, begun[pk], reached[pk]) for pk, unit in units.items()]
    told.sort(key=lambda line: (-line.begun, line.unit.path))
    if area.pk == drive.unit_id and None in found:
        told.append(Line(None, *found[None]))
    return told


def reminders(drive: Drive) -> list[datetime]:
    """When those with a number are reminded; nothing else is sent to them."""
    return [reminder.due(drive.closes_at) for reminder in DRAFTS]
