"""Reminders of the interview day. A sweep over what is due; running it again promises nothing twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from committees import above
from interviews.domain import completeness, pace
from interviews.domain.calling import call_url, notices_to, organisation_name
from interviews.models import Interview, InterviewDay, Panel, PanelMember
from interviews.moments import DAY_BEFORE, SHEET, SHEETS_LATE, TURN, TWO_HOURS
from interviews.querysets import InterviewQuerySet
from interviews.states import Answer, Status
from portal import addresses, dates, outbox, personal
from portal.models import Notice, Person
from portal.moments import Reminder

ABOUT = timedelta(minutes=15)  # who arrived only now stands at the desk and was told there


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due now: the day before, two hours before, when the turn is near; and of missing sheets."""
    due = {
        "interview_day_before": list(_day_before(now)),
        "interview_2h": list(_two_hours(now)),
        "turn_soon": list(_soon(now)),
        "sheet_missing": list(_sheets(now)),
        "sheets_late": list(_sheets_late(now)),
    }
    for notices in due.values():
        outbox.queue(notices)
    return {template: len(notices) for template, notices in due.items()}


def _expected() -> QuerySet[Interview]:
    """Who was called for the time that still stands in the plan and did not say no."""
    called = Interview.objects.in_plan().filter(status=Status.CALLED, day__locked_at=None)
    return called.exclude(answer=Answer.NO).select_related("slot", "day", "application__person")


def _day_before(now: datetime) -> Iterator[Notice]:
    zone = ZoneInfo(settings.TIME_ZONE)
    today = now.astimezone(zone).date()
    for interview in _expected().filter(day__date__in=[today, today + timedelta(days=1)]).order_by("pk"):
        evening, until = DAY_BEFORE.due(_start(interview)), DAY_BEFORE.useful_until(_start(interview))
        if _told_before(interview, evening) and evening <= now < until:
            key = f"interview_day_before:{interview.pk}:{interview.called_version}"
            yield from notices_to(interview, "interview_day_before", key=key, due_at=evening, useful_until=until)


def _two_hours(now: datetime) -> Iterator[Notice]:
    soon = _expected().filter(slot__starts_at__gt=now + TWO_HOURS.until, slot__starts_at__lte=now + TWO_HOURS.before)
    for interview in soon.order_by("pk"):
        moment, until = TWO_HOURS.due(_start(interview)), TWO_HOURS.useful_until(_start(interview))
        if _told_before(interview, moment):
            key = f"interview_2h:{interview.pk}:{interview.called_version}"
            yield from notices_to(interview, "interview_2h", key=key, due_at=moment, useful_until=until)


def _soon(now: datetime) -> Iterator[Notice]:
    """Who waits in the corridor, or went for tea, and goes in within twenty minutes."""
    waits = Interview.objects.filter(status=Status.ARRIVED, arrived_at__lte=now - ABOUT)
    for day in InterviewDay.objects.filter(pk__in=waits.values("day"), locked_at=None).order_by("pk"):
        for line in pace.lines(day, list(Interview.objects.of_day(day).in_plan().for_queue()), now):
            for interview in line.waiting:
                turn = line.turns[interview.pk]
                if turn <= now + TURN.before and interview.arrived_at and interview.arrived_at <= now - ABOUT:
                    yield _soon_notice(interview, line.panel, turn, now)


def _soon_notice(interview: Interview, panel: Panel, turn: datetime, now: datetime) -> Notice:
    application, zone = interview.application, ZoneInfo(settings.TIME_ZONE)
    return Notice(
        key=f"turn_soon:{interview.pk}",
        phone=application.phone,
        language=application.language,
        template="turn_soon",
        context={
            "organisation": organisation_name(application.language),
            "token": str(interview.token),
            "time": dates.clock(turn.astimezone(zone), application.language),
            "room": panel.room,
            "url": call_url(application),
        },
        due_at=now,
        useful_until=max(turn, now + timedelta(minutes=5)),
    )


def _over(reminder: Reminder, now: datetime) -> InterviewQuerySet:
    """Interviews that ended so long ago that the reminder of their sheets is due and of use."""
    over = Interview.objects.in_plan().filter(status=Status.DONE, day__locked_at=None)
    return over.filter(left_at__lte=now + reminder.before, left_at__gt=now + reminder.until)


def _sheets(now: datetime) -> Iterator[Notice]:
    """One reminder an hour for a panel member, however many sheets are missing."""
    over = _over(SHEET, now)
    missing: dict[tuple[int, int], list[Interview]] = defaultdict(list)
    members: dict[int, PanelMember] = {}
    for interview in over.with_sheets().order_by("left_at", "pk"):
        for member in completeness.owing(interview):
            missing[interview.day_id, member.person_id].append(interview)
            members[member.person_id] = member
    for (day, person), interviews in missing.items():
        yield _sheet_notice(day, members[person], interviews)


def _sheet_notice(day: int, member: PanelMember, interviews: list[Interview]) -> Notice:
    """For the hour in which the latest of these became due."""
    left = interviews[-1].left_at or interviews[-1].arrived_at
    due = SHEET.due(left) if left else None
    if due is None:
        raise ValueError("an interview that is over has its end")
    language = member.person.language
    return Notice(
        key=f"sheet_missing:{day}:{member.person_id}:{due:%Y%m%d%H}",
        phone=member.person.phone,
        language=language,
        template="sheet_missing",
        context={
            "organisation": organisation_name(language),
            "tokens": ", ".join(str(interview.token) for interview in interviews[:6]),
            "count": str(len(interviews)),
            "url": addresses.whole("interviews:my-panels", language=language),
        },
        due_at=due,
        useful_until=due + (SHEET.before - SHEET.until),
    )


def _sheets_late(now: datetime) -> Iterator[Notice]:
    """Who answers for the place hears once a day how many sheets are missing for hours."""
    missing: dict[int, tuple[InterviewDay, int]] = {}
    for interview in _over(SHEETS_LATE, now).with_sheets().select_related("day__unit").order_by("pk"):
        if count := len(completeness.owing(interview)):
            day, before = missing.get(interview.day_id, (interview.day, 0))
            missing[day.pk] = day, before + count
    keys = {f"{SHEETS_LATE.template}:{pk}": found for pk, found in missing.items()}
    told = set(Notice.objects.filter(key__in=[f"{key}:0:sms" for key in keys]).values_list("key", flat=True))
    for key, (day, count) in keys.items():
        people = above.answerable(day.unit, now) if f"{key}:0:sms" not in told else []
        for number, person in enumerate(people):
            yield _late_notice(person, f"{key}:{number}", day, count, now)


def _late_notice(person: Person, occasion: str, day: InterviewDay, count: int, now: datetime) -> Notice:
    def words() -> dict[str, object]:
        page = addresses.whole("interviews:days", language=person.language)
        return {"date": dates.short_date(day.date), "count": count, "url": page}

    until = now + (SHEETS_LATE.before - SHEETS_LATE.until)
    return personal.sms(
        person, occasion=occasion, template=SHEETS_LATE.template, words=words, now=now, useful_until=until
    )


def _start(interview: Interview) -> datetime:
    if interview.slot is None:
        raise ValueError("who was called has a time")
    return interview.slot.starts_at


def _told_before(interview: Interview, moment: datetime) -> bool:
    """Was the call for this very time sent before the reminder would be? A call is its own reminder."""
    on_time = interview.called_at is not None and interview.called_at < moment
    return on_time and interview.called_for == _start(interview)
