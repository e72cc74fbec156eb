"""How many of those called will come: learned from closed days, and what that means for a plan. Writes nothing."""

from copy import copy
from typing import NamedTuple

from django.db.models import Count, Q

from interviews.domain import hours
from interviews.models import Interview, InterviewDay

USUAL, WORTH = 60, 40  # per cent that come when nothing is known; that guess weighs like 40 people called
SHORTEST = 5  # minutes; below that nobody can be heard


class Turnout(NamedTuple):
    """The share in percent, and from how many people called it was learned; 0 when the office said it."""

    percent: int
    learned_from: int
    is_said: bool = False


class Offer(NamedTuple):
    """One way to more times: its kind (``shorter panel day``), its number, and how many times there would be."""

    kind: str
    number: int
    times: int


def expected(day: InterviewDay) -> Turnout:
    """What the office said for this day, else what closed days showed, drawn towards 60 % while they are few.

    The mean of a beta distribution whose guess weighs like ``WORTH`` people.
    """
    if day.turnout:
        return Turnout(day.turnout, 0, is_said=True)
    rows = Interview.objects.filter(day__locked_at__isnull=False, day__date__lt=day.date, walked_in=False)
    called = rows.filter(called_version__gt=0).exclude(status="CANCELLED")
    sums = called.aggregate(all=Count("pk"), came=Count("pk", filter=Q(token__isnull=False)))
    percent = round(100 * (sums["came"] + USUAL / 100 * WORTH) / (sums["all"] + WORTH))
    return Turnout(percent, sums["all"])


def offers(day: InterviewDay, panels: int, times: int) -> list[Offer]:
    """What would give more times than there are: a minute less, a panel more, a second day."""
    found = []
    shorter = copy(day)
    shorter.slot_minutes = day.slot_minutes - 1
    if shorter.slot_minutes >= SHORTEST:
        found.append(Offer("shorter", shorter.slot_minutes, panels * hours.capacity(shorter)))
    each = hours.capacity(day)
    found.append(Offer("panel", panels + 1, times + each))
    if panels:
        found.append(Offer("day", 2, 2 * times))
    return found
