"""The states of an application, and the arrows between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    SUBMITTED = "SUBMITTED", _("received")
    SHORTLISTED = "SHORTLISTED", _("called to an interview")
    WAITING = "WAITING", _("waiting list")
    NOT_SELECTED = "NOT_SELECTED", _("not selected")
    SELECTED = "SELECTED", _("selected")
    APPOINTED = "APPOINTED", _("appointed")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    MERGED = "MERGED", _("merged into another")


class Reason(models.TextChoices):
    """Why an application was not selected, in the few words that hold for most."""

    NO_ROOM = "NO_ROOM", _("others fitted these posts better")
    UNFINISHED = "UNFINISHED", _("too little was written to judge")
    NO_ACTIVITY = "NO_ACTIVITY", _("little activity on social media so far")
    NOT_AREA = "NOT_AREA", _("lives outside the area of this drive")
    NOT_REACHED = "NOT_REACHED", _("could not be reached")
    NO_SHOW = "NO_SHOW", _("did not come to the interview")
    OTHER = "OTHER", _("another reason")


S = Status
MOVES: dict[str, set[str]] = {
    S.SUBMITTED: {S.SHORTLISTED, S.WAITING, S.NOT_SELECTED, S.SELECTED, S.WITHDRAWN, S.MERGED},
    S.SHORTLISTED: {S.SUBMITTED, S.SELECTED, S.WAITING, S.NOT_SELECTED, S.WITHDRAWN, S.MERGED},
    S.WAITING: {S.SUBMITTED, S.SHORTLISTED, S.SELECTED, S.NOT_SELECTED, S.WITHDRAWN, S.MERGED},
    S.NOT_SELECTED: {S.SUBMITTED, S.SHORTLISTED, S.WAITING, S.MERGED},
    S.SELECTED: {S.SUBMITTED, S.SHORTLISTED, S.APPOINTED, S.WAITING, S.NOT_SELECTED, S.WITHDRAWN},
    S.APPOINTED: set(),
    S.WITHDRAWN: {S.SUBMITTED},
    S.MERGED: {S.SUBMITTED, S.SHORTLISTED, S.WAITING, S.NOT_SELECTED},  # undone: back to what it was
}
STILL_IN = {S.SUBMITTED, S.SHORTLISTED, S.WAITING, S.SELECTED}
EDITABLE = {S.SUBMITTED}  # by the applicant, until the deadline
RESULTS = {S.SELECTED, S.WAITING, S.NOT_SELECTED}
DESK_ONLY = [S.SUBMITTED, S.SHORTLISTED]  # between these, whoever reads applications may move them
