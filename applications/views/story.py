"""What happened to an application, in words."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from applications.states import Status
from portal import audit

WORDS = {
    "submitted": _("application received"),
    "changed": _("the applicant changed it"),
    "read the number": _("read the mobile number"),
    "exported": _("taken out as an Excel file"),
}


class Step(NamedTuple):
    """One line of the story."""

    words: str
    at: object
    who: str
    is_move: bool


def of(application):
    """Each thing that happened, oldest first, with who did it; moves that were taken back say so."""
    return [_step(event) for event in audit.history(application)]


def _step(event):
    _was, arrow, to = event.verb.upper().partition(" → ")
    who = event.by.person.name if event.by else ""
    if not arrow or to not in Status.values:
        return Step(WORDS.get(event.verb, event.verb), event.at, who, is_move=False)
    label = Status(to).label
    words = _("taken back: %(status)s") % {"status": label} if "undo" in event.data else label
    return Step(words, event.at, who, is_move=True)
