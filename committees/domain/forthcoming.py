"""Whom the reminders of committees will reach: for the calendar of the office. Writes nothing."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, QuerySet

from committees import broadcasting
from committees.days import day_of
from committees.levels import Role
from committees.models import Appointment, Broadcast, Relay, Visit
from portal import forecasts
from portal.models.notices import Urgency
from portal.moments import Moment, Reminder


def answers(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """In-charges who have said nothing yet."""
    return forecasts.deadlines(_incharges(now).filter(accepted_at=None), reminder, "since", now, until)


def formations(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """In-charges with a date: at most so many, for whose committees all stand by then hears nothing."""
    return forecasts.deadlines(_incharges(now), reminder, "form_by", now, until)


def visits(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Planned visits."""
    return forecasts.deadlines(Visit.objects.filter(on__gt=day_of(now)), reminder, "on", now, until)


def terms(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Terms that end."""
    rows = Appointment.objects.current(now).filter(lent_by=None)
    return forecasts.deadlines(rows, reminder, "term_ends", now, until)


def unread(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Who has a message before them that still holds and was not reminded of it."""
    return forecasts.deadlines(_unread(now).filter(reminded_at=None), reminder, "told_at", now, until)


def unread_above(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Those who stand above people who have not read it."""
    rows = _unread(now).filter(escalated_at=None, above__isnull=False)
    people = Count("above", distinct=True)
    return forecasts.deadlines(rows, reminder, "told_at", now, until, people=people)


def messages(moment: Moment, now: datetime, until: datetime) -> Iterator[tuple[datetime, int]]:
    """Messages approved for a time ahead, with those whom they would reach now."""
    rows = Broadcast.objects.filter(approved_at__isnull=False, recalled_at=None, goes_at__gt=now, goes_at__lte=until)
    for row in rows.filter(is_urgent=moment.urgency == Urgency.NOW).select_related("unit").defer("picture"):
        yield row.goes_at, broadcasting.receivers(row, now).aggregate(n=Count("person", distinct=True))["n"]


def _unread(now: datetime) -> QuerySet[Relay]:
    return Relay.objects.filter(broadcast__in=broadcasting.live(now), acknowledged_at=None)


def _incharges(now: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.current(now).with_role(Role.INCHARGE)
