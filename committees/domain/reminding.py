"""Reminders before their dates: say yes to the appointment, form the committees."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees import reports
from committees.days import day_of
from committees.domain import letters
from committees.levels import Role
from committees.models import Appointment
from portal import addresses, outbox
from portal.models import Notice

ANSWER_AFTER = timedelta(days=2)  # of silence we ask
ASK_FOR = timedelta(days=2)  # later the question is stale
BEFORE = (7, 2)  # days before the date of the committees
NOT_BEFORE = time(9)
ASK, TO_FORM = "appointed_reminder", "forming_reminder"


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due now. Safe to run as often as you like: the key lets each promise in once."""
    return {"answers": _ask_for_answers(now), "committees": _remind_to_form(now)}


def _ask_for_answers(now: datetime) -> int:
    """In-charges who have said nothing for two days, while their committees can still be formed in time."""
    silent = _incharges(now).filter(accepted_at=None, since__lte=now - ANSWER_AFTER)
    silent = silent.filter(since__gt=now - ANSWER_AFTER - ASK_FOR).filter(Q(form_by=None) | Q(form_by__gte=day_of(now)))
    told = [
        notice
        for row in silent
        for notice in letters.notices(appointment=row, template=ASK, now=now, useful_until=now + ASK_FOR)
    ]
    outbox.queue(told)
    return len(told)


def _remind_to_form(now: datetime) -> int:
    """In-charges whose date is at most a week, or two days, away and whose committees are not all formed."""
    near = _incharges(now).filter(form_by__gte=day_of(now), form_by__lte=day_of(now) + timedelta(days=BEFORE[0]))
    wanted = {f"{TO_FORM}:{row.pk}:{days}d": (row, days) for row in near if (days := _mark(row, now))}
    told_before = Notice.objects.filter(key__in=[f"{key}:sms" for key in wanted]).values_list("key", flat=True)
    for key in told_before:
        del wanted[key.removesuffix(":sms")]
    told = [notice for row, days in wanted.values() if _lacks(row, now) for notice in _to_form(row, days, now)]
    outbox.queue(told)
    return len(told)


def _mark(row: Appointment, now: datetime) -> int | None:
    """The last of the days in ``BEFORE`` that has come, unless the appointment came later still."""
    came = [days for days in BEFORE if day_of(now) >= _before(row, days)]
    if not came or row.since >= _morning(_before(row, came[-1])):
        return None
    return came[-1]


def _before(row: Appointment, days: int) -> date:
    """So many days before the row's date; the rows asked here have one."""
    return (row.form_by or date.max) - timedelta(days=days)


def _lacks(row: Appointment, now: datetime) -> bool:
    return any(child.formed != reports.Formed.ANNOUNCED for child in reports.coverage(row.seat.unit, now))


def _to_form(row: Appointment, days: int, now: datetime) -> list[Notice]:
    due, until = _morning(day_of(now)), _end_of(_before(row, 0))
    page = addresses.whole("committees:my", language=row.person.language)
    return letters.notices(appointment=row, template=TO_FORM, now=due, useful_until=until, when=f"{days}d", page=page)


def _incharges(now: datetime) -> QuerySet[Appointment]:
    open_ones = Appointment.objects.current(now).with_role(Role.INCHARGE)
    return open_ones.select_related("person", "seat__post", "seat__unit")


def _morning(day: date) -> datetime:
    """Nine o'clock: nobody is reminded at night."""
    return datetime.combine(day, NOT_BEFORE, tzinfo=timezone.get_default_timezone())


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())
