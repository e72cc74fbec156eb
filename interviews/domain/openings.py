"""Times that are free for one person: nobody has them, and no hard rule of the day stands in the way."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from applications.models import Application
from interviews.domain import facts, seating
from interviews.domain.scheduling import free_slots
from interviews.models import InterviewDay, Slot


class Opening(NamedTuple):
    """A free time, and whether it lies within the hours the person spoke of last."""

    slot: Slot
    is_wished: bool


def for_each(day: InterviewDay, people: Sequence[Application], now: datetime) -> dict[int, list[Opening]]:
    """The times to come that each of these people could have, by application, in order.

    Hours that a person spoke of are a wish here: to a time outside them the
    person may still say yes. Ask with ``unit__district`` selected.
    """
    slots = {slot.pk: slot for slot in free_slots(day).filter(starts_at__gt=now).select_related("panel__day")}
    places = sorted(facts.places(slots.values()), key=lambda place: (place.at, place.panel))
    found: dict[int, list[Opening]] = {}
    for guest in facts.guests([day], people):
        any_hour = facts.at_any_hour(guest)
        found[guest.key] = [
            Opening(slots[place.key], not seating.why_not(guest, place))
            for place in places
            if not seating.why_not(any_hour, place)
        ]
    return found


def for_one(day: InterviewDay, application: Application, now: datetime) -> list[Opening]:
    """The same for one person."""
    return for_each(day, [application], now)[application.pk]
