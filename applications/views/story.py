"""What happened to an application, in words."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from applications.domain import reading
from applications.states import Status
from portal import audit

WORDS = {
    "submitted": _("application received"),
    "changed": _("the applicant changed it"),
    "corrected on request": _("corrected at the applicant's request"),
    "placed": _("place found by the office"),
    "may be considered below": _("the applicant lets committees below look at it"),
    "not to be considered below": _("the applicant no longer lets committees below look at it"),
    "read the number": _("read the mobile number"),
    "read and marked": _("read and marked by a reader"),
    "merge proposed": _("merge with another proposed"),
    "merged": _("merged with another"),
    "merge undone": _("merge undone"),
    "merge declined": _("merge declined"),
    "told apart": _("told apart from another"),
    "exported": _("taken out as an Excel file"),
    reading.PRINTED: _("printed on paper"),
    "decided in pencil": _("a decision in pencil"),
    "rubbed out": _("the pencil rubbed out"),
    "tagged": _("a tag put on"),
    "took the tag off": _("a tag taken off"),
}


class Step(NamedTuple):
    """One line of the story."""

    words: str
    at: object
    who: str
    is_move: bool


def of(application):
    """Each thing that happened, oldest first, with who did it; moves that were taken back say so."""
    return [_step(event) for event in audit.history(application).exclude(verb=reading.LOOKED)]


def _step(event):
    _was, arrow, to = event.verb.upper().partition(" → ")
    who = event.by.person.name if event.by else ""
    if not arrow or to not in Status.values:
        words = WORDS.get(event.verb, event.verb)
        pencilled = event.data.get("to") if event.verb == "decided in pencil" else None
        told = f"{words}: {Status(pencilled).label}" if pencilled in Status.values else words
        return Step(told, event.at, who, is_move=False)
    label = Status(to).label
    words = _("taken back: %(status)s") % {"status": label} if "undo" in event.data else label
    return Step(words, event.at, who, is_move=True)
