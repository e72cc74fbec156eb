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
    S.CALLED: {S.ARRIVED, S.NO_SHOW, S.CANCELLED},
    S.ARRIVED: {S.IN_ROOM, S.NO_SHOW, S.CANCELLED},
    S.IN_ROOM: {S.DONE, S.ARRIVED},
    S.NO_SHOW: {S.ARRIVED},
    S.DONE: {S.IN_ROOM},
    S.CANCELLED: set(),
}
IN_PLAN = {S.PLANNED, S.CALLED, S.ARRIVED, S.IN_ROOM, S.DONE, S.NO_SHOW}


class Outcome(models.TextChoices):
    """What a decision says. The application's status follows it."""

    SELECTED = "SELECTED", _("selected")
    WAITING = "WAITING", _("waiting list")
    NOT_SELECTED = "NOT_SELECTED", _("not selected")
