"""A day that does not take place: everyone who was told hears of it, and waits for a time on another day."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import translation

from interviews.domain import calling, hours, telling
from interviews.domain.scheduling import NO_TIME, open_or_raise
from interviews.models import Interview, InterviewDay, PanelMember
from interviews.states import MOVABLE, MOVES, Status, WhyNot
from portal import audit, dates, names, outbox, wording
from portal.models import Notice, User
from portal.transitions import Stale, move_many

REMINDERS = ("interview_day_before", "interview_2h")
LONGEST = 80  # letters of a reason: it stands in each SMS


class HasBegun(Exception):
    """Somebody has arrived: such a day is closed, not cancelled."""


class NeedsWords(Exception):
    """Another reason than those of the list is told in words."""


class Concerned(NamedTuple):
    """Whom it concerns: those who know of a time, those who know that they stand by, panel members told."""

    people: list[Interview]
    standby: list[Interview]
    members: list[telling.Duty]


def concerned(day: InterviewDay) -> Concerned:
    """Who would hear that the day is cancelled."""
    rows = list(Interview.objects.of_day(day).in_plan().filter(status__in=MOVABLE).for_plan())
    called = [row for row in rows if row.called_for]
    standby = [row for row in rows if row.standby and row.called_at and not row.called_for]
    return Concerned(called, standby, [duty for duty in telling.duties(day) if duty.told])


def sample(found: Concerned, kind: str, words: str, now: datetime) -> str:
    """The SMS as the first of them would read it; empty when nobody would. Raises ``NeedsWords``."""
    notices = [_notices(interview, reason(kind, words), now) for interview in [*found.people, *found.standby][:1]]
    return wording.of(notices[0][0], wording.of_the_office()).text if any(notices) else ""


@transaction.atomic
def cancel_day(*, day: InterviewDay, kind: str, words: str = "", by: User | None, now: datetime) -> Concerned:
    """The day is off: all lose their times and stand among those without one; returns who was told.

    ``kind`` is one of ``WhyNot``; ``words`` take the place of its label in
    the messages and are needed for another reason. Raises ``HasBegun``,
    ``NeedsWords``, ``DayClosed``, and ``Stale`` when a colleague was quicker.
    """
    open_or_raise(day)
    off = {"cancelled_at": now, "cancelled_because": reason(kind, words, settings.LANGUAGE_CODE), "lets_choose": False}
    not_begun_or_raise(day)
    found = concerned(day)
    if not InterviewDay.objects.filter(pk=day.pk, locked_at=None, cancelled_at=None).update(**off):
        raise Stale(str(day))
    vars(day).update(off)
    notices = []
    for interview in [*found.people, *found.standby]:
        interview.day = day
        if not _unheard(interview):
            notices += _notices(interview, reason(kind, words, interview.application.language), now)
    gone = {"standby": None, "is_locked": False, **NO_TIME}
    rows = list(Interview.objects.of_day(day).exclude(status=Status.CANCELLED))
    if len(move_many(rows, to=Status.CANCELLED, table=MOVES, by=by, now=now, noted={}, **gone)) < len(rows):
        raise Stale(str(day))
    for duty in found.members:
        if not telling.withdraw(duty=duty):
            why = reason(kind, words, duty.person.language)
            notices += telling.notices_to(duty=duty, template="panel_day_off", now=now, why=why)
    anew = {"told_as": "", "comes": None, "answered_at": None}  # held after all, they are called and asked again
    PanelMember.objects.filter(panel__day=day).update(**anew)
    outbox.queue(notices)
    audit.record("cancelled the day", day, by=by, now=now, kind=kind, told=len(notices))
    return found


@transaction.atomic
def hold_after_all(*, day: InterviewDay, by: User | None, now: datetime) -> None:
    """The day takes place after all, with nobody in it yet. Raises ``Stale``."""
    off = InterviewDay.objects.filter(pk=day.pk, locked_at=None).exclude(cancelled_at=None)
    if not off.update(cancelled_at=None, cancelled_because=""):
        raise Stale(str(day))
    day.cancelled_at, day.cancelled_because = None, ""
    audit.record("holds the day after all", day, by=by, now=now)


def reason(kind: str, words: str, language: str | None = None) -> str:
    """Why, as the messages tell it, in their language or that of the page. Raises ``NeedsWords``."""
    own = names.clean(words)[:LONGEST]
    if kind == WhyNot.OTHER and not own:
        raise NeedsWords(kind)
    with translation.override(language or translation.get_language()):
        return own or str(WhyNot(kind).label)


def not_begun_or_raise(day: InterviewDay) -> None:
    """Raise ``HasBegun`` when somebody has come already, or was said not to have."""
    if Interview.objects.of_day(day).exclude(status__in=[*MOVABLE, Status.CANCELLED]).exists():
        raise HasBegun(str(day))


def _unheard(interview: Interview) -> bool:
    """Take back what has not left yet; True when the person knows of no time at all."""
    unheard = outbox.cancel(f"call:{interview.pk}:") > 0 and interview.called_version == 1
    unheard = outbox.cancel(f"standby:{interview.pk}") > 0 or unheard
    for template in ("call_changed", "call_cancelled", "standby_call", *REMINDERS):
        outbox.cancel(f"{template}:{interview.pk}")
    return unheard


def _notices(interview: Interview, why: str, now: datetime) -> list[Notice]:
    """To who knows of the day, as long as it is ahead."""
    day, language = interview.day, interview.application.language
    over = hours.moment(day.date, day.ends)
    if now >= over:
        return []
    return calling.notices_to(
        interview,
        "day_cancelled",
        key=f"day_cancelled:{interview.pk}:{interview.called_version}",
        due_at=now,
        useful_until=over,
        ics=calling.calendar_without if interview.called_for else None,
        date=dates.short_date(day.date, language),
        why=why,
    )
