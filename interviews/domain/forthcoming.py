"""Whom the reminders of interviews and offers will reach: for the calendar of the office. Writes nothing."""

from datetime import datetime

from django.db.models import QuerySet

from applications.states import Status as ApplicationStatus
from interviews.models import Interview, Offer
from interviews.states import Answer, Status
from portal import forecasts
from portal.moments import Reminder


def interviews(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Who was called and did not say no."""
    called = Interview.objects.in_plan().filter(status=Status.CALLED, day__locked_at=None).exclude(answer=Answer.NO)
    return forecasts.deadlines(called, reminder, "slot__starts_at", now, until)


def offers(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Who has not answered yet."""
    still = {"decision__interview__application__status": ApplicationStatus.SELECTED}
    rows = Offer.objects.filter(takes_it=None, lapsed_at=None, **still)
    return forecasts.deadlines(rows, reminder, "expires_at", now, until)
