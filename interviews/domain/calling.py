"""The call to the interview: sent with date, time and place; changed, taken back, answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from applications.models import Application
from interviews.domain.scheduling import DayClosed, release_void
from interviews.models import Interview, InterviewDay
from interviews.states import MOVABLE, MOVES, Answer, Status
from portal import addresses, audit, calendars, codes, dates, names, organisation, outbox, wording
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
    """How many were told what."""

    new: int
    changed: int
    cancelled: int


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

    Raises ``DayClosed``, and ``Stale`` when a colleague released meanwhile.
    """
    if day.locked_at:
        raise DayClosed(str(day))
    rows = InterviewDay.objects.filter(pk=day.pk, released_at=day.released_at, locked_at=None)
    if not rows.update(released_at=now):
        raise Stale(str(day))
    day.released_at = now
    release_void(day=day, by=by, now=now)
    found = diff(day)
    notices = [notice for interview in found.new for notice in _call(interview, day, "call", by, now)]
    notices += [notice for interview in found.changed for notice in _call(interview, day, "call_changed", by, now)]
    notices += [notice for interview in found.cancelled for notice in _take_back(interview, day, by, now)]
    outbox.queue(notices)
    done = Released(*map(len, found))
    audit.record("released", day, by=by, now=now, **done._asdict())
    return done


@transaction.atomic
def answer(*, interview: Interview, answer: str, note: str = "", now: datetime) -> None:
    """What the applicant says to the call; it may be changed until the interview begins. Raises ``Closed``."""
    rows = Interview.objects.in_plan().filter(pk=interview.pk, status=Status.CALLED, slot__starts_at__gt=now)
    words = names.clean(note)[:200]
    said = Answer(answer)
    # By key: an update cannot join the tables that say whether the interview is void.
    open_ones = Interview.objects.filter(pk__in=list(rows.values_list("pk", flat=True)), status=Status.CALLED)
    if not open_ones.update(answer=said, answer_note=words, answered_at=now):
        raise Closed(str(interview.pk))
    interview.answer, interview.answer_note, interview.answered_at = said, words, now
    audit.record(f"answered {said.value}", interview, by=None, now=now)


def calendar(*, interview: Interview, language: str, now: datetime) -> bytes:
    """The interview as a calendar file. Raises ``Closed`` when there is no time."""
    if interview.slot is None:
        raise Closed(str(interview.pk))
    with translation.override(language):
        title = _("Interview")
        number = _("Application number: %(ref)s") % {"ref": codes.pretty(interview.application.ref)}
    return calendars.event_ics(
        uid=f"interview-{interview.application.ref}@srijan",
        title=f"{title} · {organisation_name(language)}",
        starts=interview.slot.starts_at,
        ends=interview.slot.ends_at,
        place=spoken(interview.day, "place", language),
        description=number,
        url=call_url(interview.application),
        now=now,
    )


def call_url(application: Application) -> str:
    """The personal link to the call."""
    ref = codes.pretty(application.ref)
    return addresses.whole("interviews:call", ref, language=application.language, k=application.link_key)


def organisation_name(language: str) -> str:
    house = organisation.current()
    return spoken(house, "name", language)


def notices_to(
    interview: Interview, template: str, *, key: str, due_at: datetime, useful_until: datetime
) -> list[Notice]:
    """One promise by SMS, and by e-mail where the person has one. Needs slot, day, application and its person."""
    application = interview.application
    language = application.language
    zone = ZoneInfo(settings.TIME_ZONE)
    moment = (interview.slot.starts_at if interview.slot else interview.called_for or due_at).astimezone(zone)
    context = {
        "organisation": organisation_name(language),
        "date": dates.short_date(moment, language),
        "time": dates.clock(moment, language),
        "place": spoken(interview.day, "place", language),
        "url": call_url(application),
    }
    common = {"language": language, "template": template, "context": context, "due_at": due_at}
    sms = Notice(key=key, phone=application.phone, useful_until=useful_until, **common)
    email = application.person.email if application.person else ""
    if not email:
        return [sms]
    return [sms, Notice(key=f"{key}:email", channel="email", email=email, useful_until=useful_until, **common)]


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
    )


def _take_back(interview: Interview, day: InterviewDay, by: User | None, now: datetime) -> list[Notice]:
    interview.day = day
    told = interview.called_for
    unheard = outbox.cancel(f"call:{interview.pk}:") and interview.called_version == 1
    outbox.cancel(f"call_changed:{interview.pk}:")
    notices: Iterable[Notice] = ()
    if told and told > now and not unheard:
        key = f"call_cancelled:{interview.pk}:{interview.called_version}"
        notices = notices_to(interview, "call_cancelled", key=key, due_at=now, useful_until=told)
    move(interview, to=Status.PLANNED, table=MOVES, by=by, now=now, called_for=None, answer="", answer_note="")
    return list(notices)


def _update(interview: Interview, values: dict[str, object]) -> None:
    rows = Interview.objects.filter(pk=interview.pk, status=interview.status)
    if not rows.update(**values):
        raise Stale(str(interview.pk))
    for field, value in values.items():
        setattr(interview, field, value)
