"""The call to the interview: sent with date, time and place; changed, taken back; and its calendar file."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from applications.models import Application
from interviews.domain import telling
from interviews.domain.scheduling import open_or_raise, release_void
from interviews.models import Interview, InterviewDay, TimeRequest
from interviews.states import MOVABLE, MOVES, Settled, Status
from portal import addresses, audit, calendars, codes, dates, organisation, outbox, wording
from portal.bilingual import spoken
from portal.models import Notice, User
from portal.transitions import Stale, move


class Closed(Exception):
    """The interview has begun, is over, or was taken back: there is nothing to answer."""


class Diff(NamedTuple):
    """What the next release would send."""

    new: list[Interview]
    changed: list[Interview]
    cancelled: list[Interview]

    @property
    def is_empty(self) -> bool:
        return not any(self)


class Released(NamedTuple):
    """How many were told what; ``members`` are those of the panels."""

    new: int
    changed: int
    cancelled: int
    members: int


def diff(day: InterviewDay) -> Diff:
    """Whose time is new, other than in the last call (the place counts too), or gone."""
    found = Diff([], [], [])
    for interview in Interview.objects.of_day(day).in_plan().filter(status__in=MOVABLE).for_plan():
        if interview.slot is None:
            if interview.called_for:
                found.cancelled.append(interview)
        elif interview.called_for is None:
            found.new.append(interview)
        elif interview.called_for != interview.slot.starts_at or interview.called_place not in {"", day.place_hi}:
            found.changed.append(interview)
    return found


class Sample(NamedTuple):
    """A message as it will leave: for whom, its words, and how many SMS it takes."""

    name: str
    text: str
    parts: int


def samples(found: Diff, now: datetime) -> list[Sample]:
    """One message of each kind that the next release would send."""
    told = []
    for template, rows in zip(("call", "call_changed", "call_cancelled"), found, strict=True):
        for interview in rows[:1]:
            notice = notices_to(interview, template, key="sample", due_at=now, useful_until=now)[0]
            text = wording.of(notice, wording.of_the_office()).text
            told.append(Sample(interview.application.name, text, wording.segments(text)))
    return told


@transaction.atomic
def release(*, day: InterviewDay, by: User | None, now: datetime) -> Released:
    """Tell everyone whose time is new or changed since their last call, and those whose time is gone.

    Panel members hear of their day in the same way. Raises ``DayClosed``,
    and ``Stale`` when a colleague released meanwhile.
    """
    open_or_raise(day)
    rows = InterviewDay.objects.filter(pk=day.pk, released_at=day.released_at, locked_at=None, cancelled_at=None)
    if not rows.update(released_at=now):
        raise Stale(str(day))
    day.released_at = now
    release_void(day=day, by=by, now=now)
    done = _tell(day, diff(day), telling.diff(day), by, now)
    audit.record("released", day, by=by, now=now, **done._asdict())
    return done


@transaction.atomic
def tell_changes(*, day: InterviewDay, by: User | None, now: datetime) -> Released:
    """The same for those alone who were called before: what is a draft waits for ``release``."""
    found, news = diff(day), telling.diff(day)
    return _tell(day, found._replace(new=[]), news._replace(new=[]), by, now)


def _tell(day: InterviewDay, found: Diff, news: telling.News, by: User | None, now: datetime) -> Released:
    notices = [notice for interview in found.new for notice in _call(interview, day, "call", by, now)]
    notices += [notice for interview in found.changed for notice in _call(interview, day, "call_changed", by, now)]
    notices += [notice for interview in found.cancelled for notice in _take_back(interview, day, by, now)]
    outbox.queue(notices)
    members = telling.tell(day=day, news=news, now=now)
    return Released(len(found.new), len(found.changed), len(found.cancelled), members)


@transaction.atomic
def tell_one(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Tell this one person of the time they have now; what else is a draft waits for ``release``."""
    outbox.queue(_call(interview, interview.day, "call_changed" if interview.called_for else "call", by, now))


def calendar(*, interview: Interview, language: str, now: datetime) -> bytes:
    """The interview as it was told last, as a calendar file. Raises ``Closed`` when nothing is told."""
    if interview.called_for is None:
        raise Closed(str(interview.pk))
    with translation.override(language):
        number = _("Application number: %(ref)s") % {"ref": codes.pretty(interview.application.ref)}
    return calendars.event_ics(
        uid=_uid(interview),
        title=_title(language),
        starts=interview.called_for,
        ends=interview.called_for + timedelta(minutes=interview.day.slot_minutes),
        place=spoken(interview.day, "place", language),
        description=number,
        url=call_url(interview.application),
        sequence=_sequence(interview),
        now=now,
    )


def calendar_without(*, interview: Interview, language: str, now: datetime) -> bytes:
    """What takes an interview that was called off out of the calendar."""
    return calendars.cancelled_ics(
        uid=_uid(interview),
        title=_title(language),
        starts=interview.called_for or interview.day.date,
        sequence=_sequence(interview, is_off=True),
        now=now,
    )


def _uid(interview: Interview) -> str:
    """One event for each application: on another day it is the same, moved."""
    return f"interview-{interview.application.ref}@srijan"


def _title(language: str) -> str:
    with translation.override(language):
        return f"{_('Interview')} · {organisation_name(language)}"


def _sequence(interview: Interview, *, is_off: bool = False) -> int:
    """Grows with each call of this application and with each that was taken back, over all days (RFC 5545, 3.8.7.4)."""
    rows = Interview.objects.filter(application=interview.application_id, called_version__gt=0)
    off = {row.pk for row in rows if row.called_for is None or row.status == Status.CANCELLED}
    return 2 * sum(row.called_version for row in rows) + len(off | {interview.pk} if is_off else off)


def call_url(application: Application) -> str:
    """The personal link to the call."""
    ref = codes.pretty(application.ref)
    return addresses.whole("interviews:call", ref, language=application.language, k=application.link_key)


def organisation_name(language: str) -> str:
    house = organisation.current()
    return spoken(house, "name", language)


def notices_to(
    interview: Interview,
    template: str,
    *,
    key: str,
    due_at: datetime,
    useful_until: datetime,
    moment: datetime | None = None,
    ics: Callable[..., bytes] | None = None,
    **also: str,
) -> list[Notice]:
    """One promise by SMS, with an e-mail in its place should it fail.

    With ``ics`` the e-mail leaves beside the SMS: it carries the calendar file that ``ics`` makes, which no SMS can.

    Tells of ``moment``; without one, of the time in the plan. Needs slot, day, application and its person.
    """
    application = interview.application
    language = application.language
    planned = interview.slot.starts_at if interview.slot else interview.called_for or due_at
    moment = (moment or planned).astimezone(ZoneInfo(settings.TIME_ZONE))
    context = {
        "organisation": organisation_name(language),
        "date": dates.short_date(moment, language),
        "time": dates.clock(moment, language),
        "place": spoken(interview.day, "place", language),
        "url": call_url(application),
        **also,
    }
    common = {"language": language, "template": template, "due_at": due_at, "useful_until": useful_until}
    email = application.person.email if application.person else ""
    sms = Notice(key=key, phone=application.phone, spare_email="" if ics else email, context=context, **common)
    if not email or ics is None:
        return [sms]
    file = {"ics": ics(interview=interview, language=language, now=due_at).decode()}
    return [sms, Notice(key=f"{key}:email", channel="email", email=email, context=context | file, **common)]


def _call(interview: Interview, day: InterviewDay, template: str, by: User | None, now: datetime) -> list[Notice]:
    if interview.slot is None:
        return []
    version = interview.called_version + 1
    also = {
        "called_version": version,
        "called_for": interview.slot.starts_at,
        "called_place": day.place_hi,
        "called_at": now,
    }
    outbox.cancel(f"call:{interview.pk}:")
    outbox.cancel(f"call_changed:{interview.pk}:")
    if interview.called_for is None or (interview.slot.starts_at - interview.called_for) % timedelta(days=1):
        # Who asked for another time has one; on another date at the same hour the question stands.
        for asked in TimeRequest.objects.filter(interview=interview, settled_at=None):
            outbox.cancel(f"time_offered:{asked.pk}")
            given = {"outcome": Settled.GIVEN, "settled_at": now, "settled_by": by}
            TimeRequest.objects.filter(pk=asked.pk, settled_at=None).update(**given)
    if interview.status == Status.PLANNED:
        move(interview, to=Status.CALLED, table=MOVES, by=by, now=now, **also)
    else:
        _update(interview, also | {"answer": "", "answer_note": "", "answered_at": None})
    if interview.slot.starts_at <= now:
        return []
    interview.day = day
    return notices_to(
        interview,
        template,
        key=f"{template}:{interview.pk}:{version}",
        due_at=now,
        useful_until=interview.slot.starts_at,
        ics=calendar,
    )


def _take_back(interview: Interview, day: InterviewDay, by: User | None, now: datetime) -> list[Notice]:
    interview.day = day
    told = interview.called_for
    unheard = outbox.cancel(f"call:{interview.pk}:") and interview.called_version == 1
    outbox.cancel(f"call_changed:{interview.pk}:")
    notices: Iterable[Notice] = ()
    if told and told > now and not unheard:
        key = f"call_cancelled:{interview.pk}:{interview.called_version}"
        notices = notices_to(interview, "call_cancelled", key=key, due_at=now, useful_until=told, ics=calendar_without)
    move(interview, to=Status.PLANNED, table=MOVES, by=by, now=now, called_for=None, answer="", answer_note="")
    return list(notices)


def _update(interview: Interview, values: dict[str, object]) -> None:
    rows = Interview.objects.filter(pk=interview.pk, status=interview.status)
    if not rows.update(**values):
        raise Stale(str(interview.pk))
    for field, value in values.items():
        setattr(interview, field, value)
