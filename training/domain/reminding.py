"""Workshops do not slip people's minds: two days before, and three hours before (``training.moments``)."""

from collections.abc import Iterable
from datetime import datetime

from portal import outbox
from portal.moments import Reminder
from training.domain import telling
from training.models import Enrolment, Workshop
from training.moments import ASKED_AGAIN, JUST_INVITED, THREE_HOURS, TWO_DAYS


def remind(*, now: datetime) -> dict[str, int]:
    """Promise the reminders that are due. Safe to run as often as you like."""
    done = {"two_days": 0, "asked_again": 0, "three_hours": 0}
    furthest = max(reminder.before for reminder in (TWO_DAYS, ASKED_AGAIN, THREE_HOURS))
    for workshop in Workshop.objects.ahead(now).filter(starts_at__lte=now + furthest):
        invited = workshop.enrolments.select_related("person", "workshop")
        known = invited.filter(invited_at__lte=now - JUST_INVITED)
        done["two_days"] += _promise(workshop, known.coming(), TWO_DAYS, now)
        done["asked_again"] += _promise(workshop, known.silent(), ASKED_AGAIN, now)
        done["three_hours"] += _promise(workshop, invited.coming(), THREE_HOURS, now)
    return done


def _promise(workshop: Workshop, enrolments: Iterable[Enrolment], reminder: Reminder, now: datetime) -> int:
    """While the reminder is due and of use; how many people were told."""
    until = reminder.useful_until(workshop.starts_at)
    if not reminder.due(workshop.starts_at) <= now < until:
        return 0
    told = [
        telling.notice(enrolment=enrolment, template=reminder.template, now=now, useful_until=until)
        for enrolment in enrolments
    ]
    outbox.queue(told)
    return len(told)
