"""Whom the reminders of drives will reach: for the calendar of the office. Writes nothing."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from applications.models import Application, Draft, Drive
from committees.levels import ANCESTORS, Role
from committees.models import Appointment
from portal import forecasts
from portal.moments import Reminder


def drafts(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """Drafts with a number that nobody handed in, by the closing date of their drive."""
    applied = Application.objects.filter(drive=OuterRef("drive"), phone=OuterRef("phone"))
    rows = Draft.objects.unfinished().exclude(phone="").filter(~Exists(applied))
    return forecasts.deadlines(rows, reminder, "drive__closes_at", now, until)


def closings(reminder: Reminder, now: datetime, until: datetime) -> QuerySet:
    """In-charges below the unit of a drive that closes."""
    below = reduce(or_, (Q(**{f"seat__unit__{level}": OuterRef("unit")}) for level in ANCESTORS))
    rows = Appointment.objects.current(now).with_role(Role.INCHARGE).filter(below).order_by()
    counted = rows.annotate(one=Value(1)).values("one").annotate(people=Count("pk")).values("people")
    drives = Drive.objects.annotate(reached=Coalesce(Subquery(counted), 0))
    return forecasts.deadlines(drives, reminder, "closes_at", now, until, people=Sum("reached"))
