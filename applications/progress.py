"""Where an application stands, in words: the timeline, and the next thing to do.

A decision of the office is shown when its news leaves, not before: until then
it can be undone, and nobody should read what is taken back.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from applications.domain import reviewing
from applications.models import Application
from applications.states import Status
from portal import audit, dates

DONE, NOW, NEXT = "done", "now", "next"
S = Status
HELD_BACK = {S.SHORTLISTED, *reviewing.NEWS}
# Of an interview, which an app above keeps: what its applicant was told, and what came of it.
TOLD = {"CALLED", "ARRIVED", "IN_ROOM", "DONE", "NO_SHOW"}
CALLED, CAME, STAYED_AWAY = "CALLED", "DONE", "NO_SHOW"
LOOK, LISTED, INTERVIEW, RESULT, LETTER, WORKSHOP = range(1, 7)


class Stop(NamedTuple):
    """One stop of the timeline: ``done``, ``now`` or ``next``, a word, and a line below it."""

    state: str
    label: str
    detail: str = ""


class Standing(NamedTuple):
    """What the applicant may know: the status without decisions of the last minutes, and the interview, once told."""

    status: Status
    interview: Any = None

    @property
    def is_called(self) -> bool:
        return self.status == S.SHORTLISTED and self.interview is not None and self.interview.status == CALLED


def standing(application: Application, now: datetime) -> Standing:
    """Where it stands for its applicant."""
    rows = application.interviews.filter(status__in=TOLD).select_related("slot", "day")
    told = [row for row in rows.order_by("-day__date", "-pk") if row.slot or row.token]
    interview = told[0] if told else None
    status = shown(application, now)
    if application.status == S.SHORTLISTED and interview and interview.status == CALLED:
        status = S.SHORTLISTED  # the call has gone out: that is no secret any more
    return Standing(status, interview)


def shown(application: Application, now: datetime) -> Status:
    """The status without what may still be undone."""
    status = Status(application.status)
    if status not in HELD_BACK:
        return status
    recent = audit.history(application).filter(at__gt=now - reviewing.UNDO_FOR, verb__contains=" → ")
    for event in reversed(recent):
        was, _arrow, to = event.verb.upper().partition(" → ")
        if to != status or status not in HELD_BACK:
            break
        status = Status(was)
    return status


def timeline(application: Application, now_at: Standing) -> list[Stop]:
    """What was, what is, and what comes. An application that is over has no next stop."""
    received = Stop(DONE, _("Submitted"), dates.moment(application.submitted_at))
    over = dates.moment(application.changed_at)
    if now_at.status == S.WITHDRAWN:
        return [received, Stop(NOW, _("Withdrawn"), over)]
    if now_at.status == S.MERGED:
        return [received, Stop(NOW, _("Joined with another application"))]
    at = _stage(now_at)
    stops = _stops(application, now_at)
    if now_at.status == S.NOT_SELECTED:
        stops = [stop for stop in stops if stop[0] <= RESULT]
    states = {number: DONE if number < at else NOW if number == at else NEXT for number, _label, _detail in stops}
    return [received, *(Stop(states[number], label, detail) for number, label, detail in stops)]


def _stage(now_at):
    """The stop at which it is now."""
    if now_at.status == S.SHORTLISTED:
        if now_at.interview is None:
            return LISTED
        return RESULT if now_at.interview.status in (CAME, STAYED_AWAY) else INTERVIEW
    return {S.SUBMITTED: LOOK, S.SELECTED: LETTER, S.APPOINTED: WORKSHOP}.get(now_at.status, RESULT)


def _stops(application, now_at):
    """The stops of this application's way; an interview that never was is left out once the result is there."""
    drive, at = application.drive, _stage(now_at)
    result = {S.WAITING: _("waiting list"), S.SELECTED: _("selected"), S.APPOINTED: _("selected")}
    result[S.NOT_SELECTED] = _("not selected")
    by = _("by %(day)s") % {"day": dates.long_date(drive.result_on)} if drive.result_on else ""
    training = _("from %(day)s") % {"day": dates.long_date(drive.training_on)} if drive.training_on else ""
    stops = [
        (LOOK, _("Being looked at") if at == LOOK else _("Looked at"), ""),
        (LISTED, _("Interview list"), ""),
        (INTERVIEW, _("Interview"), _interview(drive, now_at.interview)),
        (RESULT, _("Result"), result.get(now_at.status, by)),
        (LETTER, _("Appointment letter"), ""),
        (WORKSHOP, _("Training workshop"), training),
    ]
    asks = drive.interviews and (now_at.interview is not None or at < RESULT)
    return stops if asks else [stop for stop in stops if stop[0] not in (LISTED, INTERVIEW)]


def _interview(drive, interview):
    """When and where, or how it went."""
    if interview is None:
        parts = [dates.long_date(drive.interview_on)] if drive.interview_on else []
        return ", ".join([*parts, drive.interview_place] if drive.interview_place else parts)
    if interview.status == STAYED_AWAY:
        return _("you were called and did not come")
    slot = interview.slot
    when = dates.moment(slot.starts_at) if slot else dates.long_date(interview.day.date)
    return ", ".join(part for part in (when, interview.day.place) if part)


def next_thing(application: Application, now_at: Standing, now: datetime) -> str:
    """One sentence: what to do now, with the date."""
    if now_at.status == S.SUBMITTED:
        return _while_received(application.drive, now)
    if now_at.status == S.SHORTLISTED:
        return _before_the_result(application.drive, now_at)
    return {
        S.WAITING: _("You are on the waiting list. We write to you as soon as a place is free."),
        S.SELECTED: _("You are selected. The appointment letter comes next."),
        S.APPOINTED: _("You are appointed. We will tell you of the training workshop."),
        S.WITHDRAWN: _("You have taken this application back."),
        S.MERGED: _("This application was joined with another one of yours; everything goes on there."),
        S.NOT_SELECTED: _("You are not selected this time."),
    }[now_at.status]


def _while_received(drive, now):
    if now >= drive.closes_at:
        return _answer_comes(drive)
    until = {"moment": dates.moment(drive.closes_at)}
    return _("Nothing to do now. You may change the application until %(moment)s.") % until


def _answer_comes(drive):
    if drive.result_on is None:
        return _("Nothing to do now. Everyone gets an answer on this mobile number.")
    return _("Nothing to do now. Everyone gets an answer by %(day)s.") % {"day": dates.long_date(drive.result_on)}


def _before_the_result(drive, now_at):
    """From the interview list to the last word of the panel."""
    interview = now_at.interview
    if interview is None:
        if drive.interview_on is None:
            return _("You are on the interview list. Day and time come by SMS.")
        day = {"day": dates.long_date(drive.interview_on)}
        return _("You are on the interview list. Keep %(day)s free; the time comes by SMS.") % day
    if interview.status in (CAME, STAYED_AWAY):
        return _answer_comes(drive)
    if not now_at.is_called or interview.slot is None:
        return _("You are at the interview. Watch the board for your token.")
    when = {"moment": dates.moment(interview.slot.starts_at)}
    if not interview.answer:
        return _("You are called to an interview on %(moment)s. Say whether you come.") % when
    return _("Be at the desk half an hour before %(moment)s, with this page.") % when
