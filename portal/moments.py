"""The moments at which people are told something: each template of a notice once, with its stage and its urgency.

An app declares its own in ``<app>/moments.py``; the ground floor's stand below.
The words are in ``templates/notices/``, or the office's own (``portal.wording``).
A reminder of a deadline says besides how long before or after it is told, until
when it is of use, and who hears when nobody heeds it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import wording
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
    """When one template is sent, in words that the office reads, and how urgent it is.

    ``planned`` names a function ``(moment, now, until)`` that gives what somebody has
    planned for a time ahead and nobody is promised yet: (when, how many people).
    """

    template: str
    says: str
    stage: Stage
    urgency: Urgency = Urgency.USUAL
    planned: str = ""


@dataclass(frozen=True)
class Reminder:
    """One reminder of one deadline. The sweep that promises it takes its times from here.

    ``before`` is the span from the reminder to the deadline, ``until`` from the end
    of its use to the deadline; below zero both lie after it. ``upcoming`` names a
    function ``(reminder, now, until)`` that gives the deadlines ahead with the number
    of people (``portal.forecasts``); without one the office is not told beforehand.
    """

    template: str
    deadline: str  # of what
    to: str  # who is told
    before: timedelta
    until: timedelta
    at: time | None = None  # at this hour of that day
    again: timedelta | None = None  # once more, so long before the deadline
    unheeded: str = ""  # who hears when it is not heeded
    upcoming: str = ""

    @property
    def spans(self) -> list[timedelta]:
        """How long before the deadline it is told, each time."""
        return [self.before] if self.again is None else [self.before, self.again]

    def due(self, deadline: datetime, span: timedelta | None = None) -> datetime:
        """When the reminder is promised for: the first, or the one of ``span``."""
        due = deadline - (self.before if span is None else span)
        if self.at is None:
            return due
        return datetime.combine(timezone.localdate(due), self.at, timezone.get_default_timezone())

    def hour_has_come(self, now: datetime) -> bool:
        """Is it late enough in the day to be told?"""
        return self.at is None or timezone.localtime(now).time() >= self.at

    def useful_until(self, deadline: datetime) -> datetime:
        """When it is of no use any more."""
        return deadline - self.until


class DeclaredTwice(ValueError):
    """Two moments, or two reminders, name the same template."""


MOMENTS: dict[str, Moment] = {}
REMINDERS: dict[str, Reminder] = {}


def declare(*declared: Moment) -> None:
    """Make the moments known. Raises ``DeclaredTwice``."""
    for moment in declared:
        if moment.template in MOMENTS:
            raise DeclaredTwice(moment.template)
        MOMENTS[moment.template] = moment


def start_of(day: date) -> datetime:
    """The deadline that a day is: its first minute on India's clock."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def remind(reminder: Reminder) -> Reminder:
    """Make a reminder known, and give it back. Raises ``DeclaredTwice``."""
    if reminder.template in REMINDERS:
        raise DeclaredTwice(reminder.template)
    REMINDERS[reminder.template] = reminder
    return reminder


@cache
def every() -> dict[str, Moment]:
    """The moments of all apps, by template."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.moments"):
            import_module(f"{app.name}.moments")
    return MOMENTS


def reminders() -> dict[str, Reminder]:
    """The reminders of all apps, by template."""
    every()
    return REMINDERS


def lacking() -> dict[str, str]:
    """Templates whose moment and words do not agree, with what is wrong: the product does not start with such."""
    written, known = set(wording.catalogue()), every()
    wordless = {name for name in known for language, _name in settings.LANGUAGES if (name, language) not in written}
    unknown = {template for template, _language in written} - set(known)
    stray = set(reminders()) - set(known)
    return (
        dict.fromkeys(sorted(wordless), "has no words in each language")
        | dict.fromkeys(sorted(unknown), "has words, but no app declares when it is sent")
        | dict.fromkeys(sorted(stray), "reminds of a deadline, but no app declares it")
    )


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

REQUEST = _("Answer to a request about own data")
REQUEST_DUE = remind(
    Reminder(
        "request_due",
        deadline=REQUEST,
        to=_("grievance officer"),
        before=timedelta(days=3),
        at=time(9),
        until=timedelta(days=-1),
        unheeded=_("state office"),
        upcoming="portal.forecasts.requests",
    )
)
REQUEST_LATE = remind(  # and each week until it is answered
    Reminder(
        "request_late",
        deadline=REQUEST,
        to=_("grievance officer and state office"),
        before=timedelta(days=-1),
        at=time(9),
        until=timedelta(days=-7),
        upcoming="portal.forecasts.requests",
    )
)
