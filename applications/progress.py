"""Where an application stands, in words: the timeline, and the next thing to do."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import Status
from portal import dates

DONE, NOW, NEXT = "done", "now", "next"
S = Status
STAGE = {  # how far each status has come: received, looked at, interview, result, letter, workshop
    S.SUBMITTED: 1,
    S.SHORTLISTED: 2,
    S.WAITING: 3,
    S.SELECTED: 4,
    S.APPOINTED: 5,
}


class Stop(NamedTuple):
    """One stop of the timeline: ``done``, ``now`` or ``next``, a word, and a line below it."""

    state: str
    label: str
    detail: str = ""


def timeline(application: Application) -> list[Stop]:
    """What was, what is, and what comes. An application that is over has no next stop."""
    received = Stop(DONE, _("Submitted"), dates.moment(application.submitted_at))
    if application.status == S.WITHDRAWN:
        return [received, Stop(NOW, _("Withdrawn"), dates.moment(application.changed_at))]
    if application.status == S.NOT_SELECTED:
        return [received, Stop(DONE, _("Looked at")), Stop(NOW, _("Result"), _("not selected"))]
    stops = _stops(application)
    at = STAGE[Status(application.status)]
    stages = [
        Stop(DONE if number < at else NOW if number == at else NEXT, label, detail) for number, label, detail in stops
    ]
    return [received, *stages]


def _stops(application):
    drive = application.drive
    interview = [dates.long_date(drive.interview_on)] if drive.interview_on else []
    interview += [drive.interview_place] if drive.interview_place else []
    result = {S.WAITING: _("waiting list"), S.SELECTED: _("selected"), S.APPOINTED: _("selected")}
    by = _("by %(day)s") % {"day": dates.long_date(drive.result_on)} if drive.result_on else ""
    training = _("from %(day)s") % {"day": dates.long_date(drive.training_on)} if drive.training_on else ""
    stops = [
        (1, _("Being looked at"), ""),
        (2, _("Interview"), ", ".join(interview)),
        (3, _("Result"), result.get(Status(application.status), by)),
        (4, _("Appointment letter"), ""),
        (5, _("Training workshop"), training),
    ]
    return stops if drive.interviews else [stop for stop in stops if stop[0] != 2]


def next_thing(application: Application, now: datetime) -> str:
    """One sentence: what to do now, with the date."""
    drive = application.drive
    if application.status == S.SUBMITTED:
        if now < drive.closes_at:
            return _("Nothing to do now. You may change the application until %(moment)s.") % {
                "moment": dates.moment(drive.closes_at)
            }
        if drive.result_on:
            return _("Nothing to do now. Everyone gets an answer by %(day)s.") % {
                "day": dates.long_date(drive.result_on)
            }
        return _("Nothing to do now. Everyone gets an answer on this mobile number.")
    return {
        S.SHORTLISTED: _("You are called to an interview. See the time and say whether you come."),
        S.WAITING: _("You are on the waiting list. We write to you as soon as a place is free."),
        S.SELECTED: _("You are selected. The appointment letter comes next."),
        S.APPOINTED: _("You are appointed. We will tell you of the training workshop."),
        S.WITHDRAWN: _("You have taken this application back."),
        S.NOT_SELECTED: _(
            "You are not selected this time. Work, writing and social media were looked at. "
            "Committees of districts and mandals are being formed; you can apply there too."
        ),
    }[Status(application.status)]
