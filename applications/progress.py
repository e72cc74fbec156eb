"""Where an application stands, in words: the timeline, and the next thing to do.

A decision of the office is shown when its news leaves, not before: until then
it can be undone, and nobody should read what is taken back.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
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
OFFERED = {S.SELECTED, S.APPOINTED, S.NOT_SELECTED}  # of whom an offer may be told
CALLED, CAME, STAYED_AWAY = "CALLED", "DONE", "NO_SHOW"
STANDS_BY = Q(status="PLANNED", standby__isnull=False, called_at__isnull=False)
ASKS, IS_OFFERED = "other", {"settled_at": None, "outcome": "offered"}  # another time
LOOK, LISTED, INTERVIEW, RESULT, OFFER, LETTER, WORKSHOP = range(1, 8)


class Stop(NamedTuple):
    """One stop of the timeline: ``done``, ``now`` or ``next``, a word, and a line below it."""

    state: str
    label: str
    detail: str = ""


class Standing(NamedTuple):
    """What the applicant may know: the status without decisions of the last minutes, interview and offer, once told."""

    status: Status
    interview: Any = None
    offer: Any = None
    standby: Any = None  # an interview without a time, for which the person stands by

    @property
    def is_called(self) -> bool:
        return self.status == S.SHORTLISTED and self.interview is not None and self.interview.status == CALLED

    @property
    def is_asked(self) -> bool:
        """Does an offer wait for the answer?"""
        return self.status == S.SELECTED and self.offer is not None and self.offer.takes_it is None

    @property
    def word(self) -> str:
        """The status in a word; who was offered a place is not "not selected"."""
        return _("place not taken") if self.status == S.NOT_SELECTED and self.offer else str(self.status.label)


def standing(application: Application, now: datetime) -> Standing:
    """Where it stands for its applicant."""
    rows = application.interviews.filter(Q(status__in=TOLD) | STANDS_BY)
    rows = rows.prefetch_related("day", "decision__post", "decision__offer")  # most have none, so nothing is asked
    rows = sorted(rows, key=lambda row: (row.day.date, row.pk), reverse=True)  # here: so many columns are dear to order
    interview = next((row for row in rows if row.status in TOLD and (row.called_for or row.token)), None)
    standby = next((row for row in rows if row.status not in TOLD), None)
    status = shown(application, now)
    if application.status == S.SHORTLISTED and (standby or (interview and interview.status == CALLED)):
        status = S.SHORTLISTED  # the call has gone out: that is no secret any more
    offer = getattr(getattr(interview, "decision", None), "offer", None)
    if offer and (offer.lapsed_at or offer.takes_it is False):
        status = Status(application.status)  # it was the applicant's own doing
    return Standing(status, interview, offer if status in OFFERED else None, standby)


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
        stops = [stop for stop in stops if stop[0] <= at]
    states = {number: DONE if number < at else NOW if number == at else NEXT for number, _label, _detail in stops}
    return [received, *(Stop(states[number], label, detail) for number, label, detail in stops)]


def _stage(now_at):
    """The stop at which it is now."""
    if now_at.status == S.SHORTLISTED:
        if now_at.interview is None:
            return LISTED
        return RESULT if now_at.interview.status in (CAME, STAYED_AWAY) else INTERVIEW
    if now_at.is_asked or (now_at.status == S.NOT_SELECTED and now_at.offer):
        return OFFER
    return {S.SUBMITTED: LOOK, S.SELECTED: LETTER, S.APPOINTED: WORKSHOP}.get(now_at.status, RESULT)


def _stops(application, now_at):
    """The stops of this application's way; an interview that never was is left out once the result is there."""
    drive, at = application.drive, _stage(now_at)
    result = {S.WAITING: _("waiting list"), S.SELECTED: _("selected"), S.APPOINTED: _("selected")}
    result[S.NOT_SELECTED] = _("selected") if now_at.offer else _("not selected")
    if post := _post(now_at.interview):
        result[S.SELECTED] = _("selected for: %(post)s") % {"post": post.name}
    by = _("by %(day)s") % {"day": dates.long_date(drive.result_on)} if drive.result_on else ""
    training = _("from %(day)s") % {"day": dates.long_date(drive.training_on)} if drive.training_on else ""
    stops = [
        (LOOK, _("Being looked at") if at == LOOK else _("Looked at"), ""),
        (LISTED, _("Interview list"), ""),
        (INTERVIEW, _("Interview"), _interview(drive, now_at.interview)),
        (RESULT, _("Result"), result.get(now_at.status, by)),
        (OFFER, _("The place offered"), _answered(now_at.offer)),
        (LETTER, _("Appointment letter"), ""),
        (WORKSHOP, _("Training workshop"), training),
    ]
    asks = drive.interviews and (now_at.interview is not None or at < RESULT)
    left_out = {*([] if asks else [LISTED, INTERVIEW]), *([] if now_at.offer else [OFFER])}
    return [stop for stop in stops if stop[0] not in left_out]


def _answered(offer):
    """What came of an offer, or until when it may be answered."""
    if offer is None:
        return ""
    if offer.takes_it is None:
        by = {"moment": dates.moment(offer.expires_at)}
        return _("no answer came") if offer.lapsed_at else _("answer by %(moment)s") % by
    return _("you said yes") if offer.takes_it else _("you said no")


def _post(interview):
    """For which post somebody was selected, where it is known."""
    decision = getattr(interview, "decision", None)
    return decision.post if decision else None


def _interview(drive, interview):
    """When and where, or how it went."""
    if interview is None:
        parts = [dates.long_date(drive.interview_on)] if drive.interview_on else []
        return ", ".join([*parts, drive.interview_place] if drive.interview_place else parts)
    if interview.status == STAYED_AWAY:
        return _("you were called and did not come")
    told = interview.called_for
    when = dates.moment(told) if told else dates.long_date(interview.day.date)
    return ", ".join(part for part in (when, interview.day.place) if part)


def next_thing(application: Application, now_at: Standing, now: datetime) -> str:
    """One sentence: what to do now, with the date."""
    if now_at.offer and now_at.status in {S.SELECTED, S.NOT_SELECTED}:
        return _of_the_offer(now_at.offer)
    if now_at.status == S.SUBMITTED:
        return _while_received(application.drive, now)
    if now_at.status == S.SHORTLISTED:
        return _before_the_result(application.drive, now_at, now)
    return {
        S.WAITING: _("You are on the waiting list. We write to you as soon as a place is free."),
        S.SELECTED: _("You are selected. The appointment letter comes next."),
        S.APPOINTED: _("You are appointed. We will tell you of the training workshop."),
        S.WITHDRAWN: _("You have taken this application back."),
        S.MERGED: _("This application was joined with another one of yours; everything goes on there."),
        S.NOT_SELECTED: _("You are not selected this time."),
    }[now_at.status]


def _of_the_offer(offer):
    """The question, or what came of it."""
    if offer.takes_it is None:
        by = {"moment": dates.moment(offer.expires_at)}
        over = _("No answer came in time, so the place went to the next person.")
        return over if offer.lapsed_at else _("A place is offered to you. Say by %(moment)s whether you take it.") % by
    yes = _("You said yes. The appointment letter comes next.")
    return yes if offer.takes_it else _("You did not take the place. Thank you for saying so.")


def _while_received(drive, now):
    if now >= drive.closes_at:
        return _answer_comes(drive)
    until = {"moment": dates.moment(drive.closes_at)}
    return _("Nothing to do now. You may change the application until %(moment)s.") % until


def _answer_comes(drive):
    if drive.result_on is None:
        return _("Nothing to do now. Everyone gets an answer on this mobile number.")
    return _("Nothing to do now. Everyone gets an answer by %(day)s.") % {"day": dates.long_date(drive.result_on)}


def _before_the_result(drive, now_at, now):
    """From the interview list to the last word of the panel."""
    interview = now_at.interview
    if interview is None and now_at.standby:
        day = {"day": dates.long_date(now_at.standby.day.date)}
        return _("You are on the standby list for %(day)s. Keep your phone at hand on that day.") % day
    if interview is None:
        if drive.interview_on is None:
            return _("You are on the interview list. Day and time come by SMS.")
        day = {"day": dates.long_date(drive.interview_on)}
        return _("You are on the interview list. Keep %(day)s free; the time comes by SMS.") % day
    if interview.status in (CAME, STAYED_AWAY):
        return _answer_comes(drive)
    if not now_at.is_called:
        return _("You are at the interview. Watch the board for your token.")
    when = {"moment": dates.moment(interview.called_for)}
    if interview.called_for <= now:
        return _("Your time was %(moment)s. If you can still come, go to the desk.") % when
    if interview.answer == ASKS and interview.requests.filter(**IS_OFFERED).exists():
        return _("The office offers you another time: say yes or no. Until then %(moment)s stands.") % when
    if interview.answer == ASKS:
        return _("You asked for another time. Until you hear from us, %(moment)s stands.") % when
    if not interview.answer:
        return _("You are called to an interview on %(moment)s. Say whether you come.") % when
    return _("Be at the desk half an hour before %(moment)s, with this page.") % when
