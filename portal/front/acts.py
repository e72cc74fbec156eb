"""The acts that an organisation wants to know of: what left the house, what was set aside, who looked."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from portal.models import Event

LAST = 20
SINCE = timedelta(days=90)

SENSITIVE = {
    "exported": _("took out a list of applications"),
    "exported results": _("took out the results"),
    "took out the results": _("asked for the results as a file"),
    "agreed to a job": _("agreed to work in the background"),
    "read the number": _("read a mobile number"),
    "put away for a conflict": _("was put away for a conflict"),
    "asked to set a conflict aside": _("asked to set a conflict aside"),
    "set a conflict aside": _("set a conflict aside"),
    "overrode": _("overrode a rule, with a reason"),
    "reopened the day": _("reopened an interview day"),
    "asked to reopen the day": _("asked to reopen an interview day"),
    "froze the results": _("froze the results"),
    "agreed to a sheet": _("agreed to a corrected score sheet"),
    "extended": _("gave a drive more time"),
    "approved words of a notice": _("approved words of a notice"),
    "turned off words of a notice": _("turned the office's words of a notice off"),
    "held notices back": _("held notices back"),
    "let notices go": _("let notices go"),
    "shut out": _("shut a sign-in"),
    "let in": _("opened a sign-in"),
    "agreed to an erasure": _("agreed to an erasure"),
    "took an import back": _("took an import back"),
    "looked as": _("looked as somebody else"),
    "stopped looking as": _("stopped looking as somebody else"),
    "asked for an emergency": _("asked for emergency access"),
    "agreed to an emergency": _("agreed to emergency access"),
    "read very many numbers": _("read more than 50 mobile numbers in an hour"),
    "ended an emergency": _("ended emergency access"),
    "made a key": _("made a key for a program"),
    "ended a key": _("ended a key for a program"),
}


class Act(NamedTuple):
    """Who did what to which thing, and when."""

    event: Event
    told: str


def last(now: datetime) -> list[Act]:
    """The last ones, the newest first."""
    rows = Event.objects.filter(at__gt=now - SINCE, verb__in=SENSITIVE).select_related("by__person")
    return [Act(event, SENSITIVE[event.verb]) for event in rows.order_by("-at", "-pk")[:LAST]]
