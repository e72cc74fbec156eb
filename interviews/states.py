"""The states of an interview, and the arrows between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PLANNED = "PLANNED", _("planned")
    CALLED = "CALLED", _("call sent")
    ARRIVED = "ARRIVED", _("arrived")
    IN_ROOM = "IN_ROOM", _("with the panel")
    DONE = "DONE", _("done")
    NO_SHOW = "NO_SHOW", _("did not come")
    CANCELLED = "CANCELLED", _("cancelled")


S = Status
MOVES: dict[str, set[str]] = {
    S.PLANNED: {S.CALLED, S.ARRIVED, S.CANCELLED},
    S.CALLED: {S.PLANNED, S.ARRIVED, S.NO_SHOW, S.CANCELLED},
    S.ARRIVED: {S.IN_ROOM, S.NO_SHOW, S.CANCELLED},
    S.IN_ROOM: {S.DONE, S.ARRIVED, S.NO_SHOW},
    S.NO_SHOW: {S.ARRIVED},
    S.DONE: {S.IN_ROOM},
    S.CANCELLED: set(),
}
NOT_YET = {S.PLANNED, S.CALLED}  # void as soon as the application leaves the shortlist
MOVABLE = {S.PLANNED, S.CALLED}  # may get another time
HERE = {S.ARRIVED, S.IN_ROOM, S.DONE}  # carries a token, may be scored
IN_PLAN = {S.PLANNED, S.CALLED, S.ARRIVED, S.IN_ROOM, S.DONE, S.NO_SHOW}


class Outcome(models.TextChoices):
    """What a decision says. The application's status follows it."""

    SELECTED = "SELECTED", _("selected")
    WAITING = "WAITING", _("waiting list")
    NOT_SELECTED = "NOT_SELECTED", _("not selected")


class Answer(models.TextChoices):
    """What the applicant says to the call."""

    YES = "yes", _("coming")
    OTHER = "other", _("asks for another time")
    NO = "no", _("cannot come")


class Reason(models.TextChoices):
    """Why it was decided so, in the words of the office's list."""

    BY_RANK = "rank", _("by rank and marks")
    REPRESENTATION = "balance", _("representation of areas and groups")
    SKILL = "skill", _("a skill the team needs")
    EXPERIENCE = "experience", _("experience in the organisation")
    FEW_SEATS = "seats", _("seats are full")
    LOW_MARKS = "marks", _("marks are low")
    ABSENT = "absent", _("did not come to the interview")
    OTHER = "other", _("another reason")
