"""Whom the reminders of trainings will reach: for the calendar of the office. Writes nothing."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from portal import forecasts
from portal.moments import Moment, Reminder
from training.domain import inviting
from training.models import Enrolment, Workshop
from training.querysets import EnrolmentQuerySet


def coming(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Who said to come to a workshop that stands."""
    return forecasts.deadlines(_standing().coming(), reminder, "workshop__starts_at", now, until)


def silent(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Who was invited and has said nothing."""
    return forecasts.deadlines(_standing().silent(), reminder, "workshop__starts_at", now, until)


def certificates(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Certificates that end."""
    rows = Enrolment.objects.filter(certificate__revoked_at=None)
    return forecasts.deadlines(rows, reminder, "certificate__valid_until", now, until)


def invitations(moment: Moment, now: datetime, until: datetime) -> Iterator[tuple[datetime, int]]:
    """Workshops that invite from a day ahead, with those whom they would invite now: at most so many."""
    later = Workshop.objects.ahead(now).filter(invites_from__gt=now, invites_from__lte=until)
    for workshop in later.select_related("unit", "series"):
        yield workshop.invites_from, len(inviting.whom(workshop=workshop, now=now))


def _standing() -> EnrolmentQuerySet:
    return Enrolment.objects.filter(workshop__cancelled_at=None)
