"""A called person chooses a free time, where the office lets people choose."""

from datetime import datetime

from django.db import transaction

from interviews.domain import facts, openings, replying, seating
from interviews.domain.scheduling import SlotTaken
from interviews.models import Interview
from interviews.states import Status


class NotNow(Exception):
    """The office does not let people choose, or not any more."""


def is_open(interview: Interview, now: datetime) -> bool:
    """May this person choose a time now? Ask with ``day`` selected."""
    day = interview.day
    in_time = day.choose_until is None or now < day.choose_until
    may = day.lets_choose and in_time and day.locked_at is None and day.cancelled_at is None
    called = interview.status == Status.CALLED and interview.called_for is not None and interview.called_for > now
    return may and called and not interview.is_locked


def times(interview: Interview, now: datetime) -> list[datetime]:
    """The beginnings at which a panel is free that may see this person, in order."""
    found = openings.for_one(interview.day, interview.application, now)
    return sorted({one.slot.starts_at for one in found} - {interview.called_for})


@transaction.atomic
def choose(*, interview: Interview, at: datetime, now: datetime) -> None:
    """The person takes the time that begins ``at``, before the panel that the soft rules prefer.

    The first to write it has it; the person is told with a new call, and
    counts as coming. Raises ``NotNow``, ``SlotTaken`` when every panel is
    taken at this time, and ``Stale`` when the office moved the person meanwhile.
    """
    if not is_open(interview, now):
        raise NotNow(str(interview.pk))
    day, application = interview.day, interview.application
    found = openings.for_one(day, application, now)
    free = {one.slot.pk: one.slot for one in found if one.slot.starts_at == at}
    [guest] = [facts.at_any_hour(one) for one in facts.guests([day], [application])]
    while free:
        seated = seating.seat([guest], facts.places(free.values()), facts.met([day]))
        slot = free.pop(seated.at[guest.key])
        because = [["chosen"], *(one for one in seated.because[guest.key] if one != ["turn"])]
        try:
            replying.move_to(interview=interview, slot=slot, because=because, now=now)
        except SlotTaken:
            continue
        return
    raise SlotTaken(at.isoformat())
