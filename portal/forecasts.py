"""How many reminders the sweeps will promise: deadlines ahead with the number of people, in one question.

Each reminder names its own rows; ``deadlines`` shapes them alike, so that the
rows of all reminders are one union.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Aggregate, CharField, Count, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.module_loading import import_string

from portal import moments
from portal.models import DataRequest
from portal.models.privacy import RequestStatus

SHAPE = ("its_template", "its_span", "its_deadline", "its_people")


def deadlines(
    rows: QuerySet,
    reminder: moments.Reminder,
    field: str,
    now: datetime,
    until: datetime,
    *,
    people: Aggregate | None = None,
) -> QuerySet:
    """(template, span, deadline, how many) of the rows whose reminder falls between ``now`` and ``until``.

    ``field`` is the path to the deadline, a time or a day; ``people`` counts, where a row is not one person.
    """
    first, last = now + reminder.before, until + reminder.before
    if not isinstance(_column(rows, field), DateTimeField):
        first, last = timezone.localdate(first), timezone.localdate(last)
    near = rows.filter(**{f"{field}__gt": first, f"{field}__lte": last}).order_by()
    shaped = near.annotate(
        its_template=Value(reminder.template, output_field=CharField()),
        its_span=Value(int(reminder.before.total_seconds()), output_field=IntegerField()),
        its_deadline=Cast(F(field), DateTimeField()),
    )
    return shaped.values(*SHAPE[:3]).annotate(its_people=people or Count("pk")).values_list(*SHAPE)


def by_day(now: datetime, until: datetime) -> Counter[tuple[date, str]]:
    """(day, template) → how many will be promised between ``now`` and ``until``; one question for all reminders.

    And with them what is planned for a time ahead (``Moment.planned``).
    """
    found = _planned(now, until)
    for template, span, deadline, people in _all(now, until):
        due = moments.reminders()[template].due(deadline, timedelta(seconds=span))
        found[timezone.localdate(max(due, now)), template] += people
    return found


def _planned(now: datetime, until: datetime) -> Counter[tuple[date, str]]:
    """What is not told because of a deadline, but because somebody chose a time for it."""
    found: Counter[tuple[date, str]] = Counter()
    for moment in moments.every().values():
        if moment.planned:
            for when, people in import_string(moment.planned)(moment, now, until):
                found[timezone.localdate(when), moment.template] += people
    return found


def _all(now: datetime, until: datetime) -> Iterable[tuple[str, int, datetime, int]]:
    known = [replace(one, before=span) for one in moments.reminders().values() if one.upcoming for span in one.spans]
    asked = [import_string(reminder.upcoming)(reminder, now, until) for reminder in known]
    return asked[0].union(*asked[1:], all=True) if asked else []


def _column(rows: QuerySet, path: str) -> object:
    """The field at the end of a path."""
    model, found = rows.model, None
    for step in path.split("__"):
        found = model._meta.get_field(step)
        model = found.related_model
    return found


# --- the ground floor's own --------------------------------------------------------------------


def requests(reminder: moments.Reminder, now: datetime, until: datetime) -> QuerySet:
    """Requests about own data without an answer."""
    waiting = DataRequest.objects.filter(status__in=[RequestStatus.OPEN, RequestStatus.AGREED])
    return deadlines(waiting, reminder, "due_on", now, until)
