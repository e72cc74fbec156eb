"""The moments at which people are told something: each template of a notice once, with its stage and its urgency.

An app declares its own in ``<app>/moments.py``; the ground floor's stand below.
The words are in ``templates/notices/``, or the office's own (``portal.wording``).
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models.notices import Urgency


class Stage(models.TextChoices):
    """The work in whose course it is said, in the order of the road."""

    ENTER = "enter", _("Sign-in and own data")
    APPLY = "apply", _("Applying")
    INTERVIEW = "interview", _("Interviews")
    DECIDE = "decide", _("Decisions")
    ORGANISE = "organise", _("Committees")
    TRAIN = "train", _("Training")
    MESSAGE = "message", _("Messages")
    WATCH = "watch", _("To the office")


@dataclass(frozen=True)
class Moment:
    """When one template is sent, in words that the office reads, and how urgent it is."""

    template: str
    says: str
    stage: Stage
    urgency: Urgency = Urgency.USUAL


class DeclaredTwice(ValueError):
    """Two moments name the same template."""


MOMENTS: dict[str, Moment] = {}


def declare(*declared: Moment) -> None:
    """Make the moments known. Raises ``DeclaredTwice``."""
    for moment in declared:
        if moment.template in MOMENTS:
            raise DeclaredTwice(moment.template)
        MOMENTS[moment.template] = moment


@cache
def every() -> dict[str, Moment]:
    """The moments of all apps, by template."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.moments"):
            import_module(f"{app.name}.moments")
    return MOMENTS


def urgency_of(template: str) -> Urgency:
    """What goes first; the usual where nothing is said."""
    moment = every().get(template)
    return moment.urgency if moment else Urgency.USUAL


# --- the ground floor --------------------------------------------------------------------------

declare(
    Moment("code", _("Code for signing in"), Stage.ENTER, Urgency.NOW),
    Moment("request_received", _("Request about own data received"), Stage.ENTER),
    Moment("request_answered", _("Request about own data answered"), Stage.ENTER),
    Moment("request_due", _("Answer to a request about own data is near its date"), Stage.WATCH),
    Moment("request_late", _("Answer to a request about own data is late"), Stage.WATCH),
    Moment("erased_report", _("Report of what was erased"), Stage.WATCH),
    Moment("emergency_asked", _("Emergency access asked for"), Stage.WATCH, Urgency.NOW),
    Moment("emergency_begun", _("Emergency access begun"), Stage.WATCH, Urgency.NOW),
)
