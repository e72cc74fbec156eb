"""Workshops do not slip people's minds: two days before, and three hours before."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal import outbox
from training.domain import telling
from training.models import Enrolment, Workshop

TWO_DAYS, THREE_HOURS = timedelta(days=2), timedelta(hours=3)
NO_LONGER_TWO_DAYS = timedelta(days=1)  # a day before, "in two days" would be late and wrong
JUST_INVITED = timedelta(hours=12)  # who was invited so lately needs no reminder yet


def remind(*, now: datetime) -> dict[str, int]:
    """Promise the reminders that are due. Safe to run as often as you like."""
    done = {"two_days": 0, "asked_again": 0, "three_hours": 0}
    for workshop in Workshop.objects.ahead(now).filter(starts_at__lte=now + TWO_DAYS):
        left = workshop.starts_at - now
        invited = workshop.enrolments.select_related("person", "workshop")
        if left <= THREE_HOURS:
            done["three_hours"] += _promise(invited.coming(), "workshop_3h", now, until=workshop.starts_at)
        elif left > NO_LONGER_TWO_DAYS:
            until = workshop.starts_at - NO_LONGER_TWO_DAYS
            known = invited.filter(invited_at__lte=now - JUST_INVITED)
            done["two_days"] += _promise(known.coming(), "workshop_2d", now, until=until)
            done["asked_again"] += _promise(known.silent(), "workshop_2d_ask", now, until=until)
    return done


def _promise(enrolments: Iterable[Enrolment], template: str, now: datetime, *, until: datetime) -> int:
    told = [
        telling.notices(enrolment=enrolment, template=template, now=now, useful_until=until) for enrolment in enrolments
    ]
    outbox.queue(notice for notices in told for notice in notices)
    return len(told)
