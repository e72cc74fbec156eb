"""Reminders before their dates: say yes to the appointment, form the committees."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from committees import reports
from committees.days import day_of
from committees.domain import letters
from committees.levels import Role
from committees.models import Appointment
from committees.moments import ANSWER, FORM
from portal import addresses, outbox
from portal.models import Notice
from portal.moments import start_of


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due now. Safe to run as often as you like: the key lets each promise in once."""
    return {"answers": _ask_for_answers(now), "committees": _remind_to_form(now)}


def _ask_for_answers(now: datetime) -> int:
    """In-charges who have said nothing for two days, while their committees can still be formed in time."""
    silent = _incharges(now).filter(accepted_at=None, since__lte=now + ANSWER.before, since__gt=now + ANSWER.until)
    silent = silent.filter(Q(form_by=None) | Q(form_by__gte=day_of(now)))
    until = now + (ANSWER.before - ANSWER.until)  # later the question is stale
    told = [letters.notice(appointment=row, template=ANSWER.template, now=now, useful_until=until) for row in silent]
    outbox.queue(told)
    return len(told)


def _remind_to_form(now: datetime) -> int:
    """In-charges whose date is at most a week, or two days, away and whose committees are not all formed."""
    near = _incharges(now).filter(form_by__gte=day_of(now), form_by__lte=day_of(now) + FORM.before)
    wanted = {f"{FORM.template}:{row.pk}:{days}d": (row, days) for row in near if (days := _mark(row, now))}
    told_before = Notice.objects.filter(key__in=[f"{key}:sms" for key in wanted]).values_list("key", flat=True)
    for key in told_before:
        del wanted[key.removesuffix(":sms")]
    told = [_to_form(row, days, now) for row, days in wanted.values() if _lacks(row, now)]
    outbox.queue(told)
    return len(told)


def _mark(row: Appointment, now: datetime) -> int | None:
    """How many days before the date the last reminder came due, unless the appointment came later still."""
    came = [span for span in FORM.spans if day_of(now) >= _form_by(row) - span]
    if not came or row.since >= FORM.due(start_of(_form_by(row)), came[-1]):
        return None
    return came[-1].days


def _form_by(row: Appointment) -> date:
    """The row's date; the rows asked here have one."""
    return row.form_by or date.max - timedelta(days=1)


def _lacks(row: Appointment, now: datetime) -> bool:
    return any(child.formed != reports.Formed.ANNOUNCED for child in reports.coverage(row.seat.unit, now))


def _to_form(row: Appointment, days: int, now: datetime) -> Notice:
    due, until = FORM.due(now, timedelta()), FORM.useful_until(start_of(_form_by(row)))
    page = addresses.whole("committees:my", language=row.person.language)
    return letters.notice(
        appointment=row, template=FORM.template, now=due, useful_until=until, when=f"{days}d", page=page
    )


def _incharges(now: datetime) -> QuerySet[Appointment]:
    open_ones = Appointment.objects.current(now).with_role(Role.INCHARGE)
    return open_ones.select_related("person", "seat__post", "seat__unit")
