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


S = Status
MOVES: dict[str, set[str]] = {
    S.SUBMITTED: {S.SHORTLISTED, S.WAITING, S.NOT_SELECTED, S.SELECTED, S.WITHDRAWN},
    S.SHORTLISTED: {S.SUBMITTED, S.SELECTED, S.WAITING, S.NOT_SELECTED, S.WITHDRAWN},
    S.WAITING: {S.SUBMITTED, S.SHORTLISTED, S.SELECTED, S.NOT_SELECTED, S.WITHDRAWN},
    S.NOT_SELECTED: {S.SUBMITTED, S.SHORTLISTED, S.WAITING},
    S.SELECTED: {S.SUBMITTED, S.SHORTLISTED, S.APPOINTED, S.WAITING, S.NOT_SELECTED, S.WITHDRAWN},
    S.APPOINTED: set(),
    S.WITHDRAWN: {S.SUBMITTED},
}
STILL_IN = {S.SUBMITTED, S.SHORTLISTED, S.WAITING, S.SELECTED}
EDITABLE = {S.SUBMITTED}  # by the applicant, until the deadline
