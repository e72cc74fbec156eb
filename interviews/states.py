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


class Priority(models.TextChoices):
    """Why somebody goes first. Shown as a mark, not a secret."""

    DISABLED = "disabled", _("person with disability")
    SENIOR = "senior", _("senior citizen")
    PREGNANT = "pregnant", _("pregnant")
    CHILD = "child", _("with a small child")
    FAR = "far", _("came from far")


class Bond(models.TextChoices):
    """Of what kind a conflict of interest is."""

    SAID = "said", _("said so")
    OWN = "own", _("own application")
    FAMILY = "family", _("family or same phone")
    BROUGHT = "brought", _("came by this person's QR")
    NEAR = "near", _("same surname and place")


class WhyNot(models.TextChoices):
    """Why a day does not take place, as the messages tell it."""

    WEATHER = "weather", _("because of the weather")
    PLACE = "place", _("the place is not to be had")
    PANEL = "panel", _("the panel cannot come")
    ORDER = "order", _("by order of the authorities")
    FEW = "few", _("days are put together")
    OTHER = "other", _("another reason")


class Settled(models.TextChoices):
    """What became of a request for another time."""

    GIVEN = "given", _("another time given")
    OFFERED = "offered", _("another time offered")
    REFUSED = "refused", _("no other time")


class SheetSource(models.TextChoices):
    """Whether a panel member typed the marks, or somebody copied them from paper."""

    SCREEN = "screen", _("on the screen")
    PAPER = "paper", _("from paper")


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


class OfferState(models.TextChoices):
    """Where an offer stands, in the words of the office's page."""

    OPEN = "open", _("waits for the answer")
    YES = "yes", _("takes the place")
    NO = "no", _("does not take it")
    SILENT = "silent", _("no answer came")
    SEATED = "seated", _("appointed")


class MoreTime(models.TextChoices):
    """Why somebody gets more time to answer an offer."""

    NOT_REACHED = "unreached", _("could not be reached so far")
    ASKED = "asked", _("asked for more time")
    FAMILY = "family", _("illness or a matter of the family")
    OURS = "ours", _("our own delay")
