"""Presses of a desk whose network comes and goes: kept by their key, each done once, in their order."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from interviews.domain import queueing, scheduling
from interviews.domain.lines import NoPanel
from interviews.models import Interview, InterviewDay, Panel, Press
from interviews.states import HERE
from portal.models import User
from portal.transitions import NotAllowed, Stale

OLDEST = timedelta(hours=12)  # a device whose clock is wrong is believed no further back
VERBS = {"check_in", "next", "again", "finish", "skip"}
DONE, REFUSED = "done", "refused"
REFUSALS = (
    Stale, NotAllowed, NoPanel, queueing.RoomBusy, queueing.NobodyWaits, queueing.Paused,
    scheduling.DayClosed, scheduling.NotShortlisted,
)  # fmt: skip


class Said(NamedTuple):
    """One press: its key, what was pressed, for whom, and when by the clock of the device.

    ``inside`` and ``who`` belong to ``next``: whom the desk saw with the panel, and whom it called.
    """

    key: str
    verb: str
    pressed_at: datetime
    interview: Interview | None = None
    panel: Panel | None = None
    inside: int | None = None
    who: int | None = None


class _Twice(Exception):
    """The same press came by two ways at one time."""


def press(*, day: InterviewDay, said: Said, by: User, now: datetime) -> dict[str, Any]:
    """Do it, or say that it was done: ``{"state": "done", "token": 12}``, ``{"state": "refused", "why": "Stale"}``.

    Sent again it answers as the first time. Somebody whom another desk has
    checked in meanwhile keeps that token. Raises ``ValueError`` for a verb or a key that we do not know.
    """
    if said.verb not in VERBS or not 8 <= len(said.key) <= 40:
        raise ValueError(said.verb)
    known = Press.objects.filter(key=said.key).first()
    if known is None:
        try:
            return _first_time(day, said, by, now)
        except _Twice:
            known = Press.objects.get(key=said.key)
    if known.day_id != day.pk or known.by_id != by.pk:
        raise ValueError("a key of somebody else")
    return known.answer


@transaction.atomic
def _first_time(day: InterviewDay, said: Said, by: User, now: datetime) -> dict[str, Any]:
    at = min(max(said.pressed_at, now - OLDEST), now)
    row = Press(day=day, key=said.key, verb=said.verb, interview=said.interview, by=by, pressed_at=at, received_at=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        raise _Twice from problem
    try:
        with transaction.atomic():
            row.answer = {"state": DONE, "token": _do(said, by, at)}
    except REFUSALS as problem:
        row.answer = {"state": REFUSED, "why": type(problem).__name__}
    row.save(update_fields=["answer"])
    return row.answer


def _do(said: Said, by: User, at: datetime) -> int | None:
    """The token of whom it was about."""
    if said.verb == "next":
        if said.panel is None:
            raise NotAllowed("no panel")
        went_in = queueing.finish_and_call(panel=said.panel, inside=said.inside, who=said.who, by=by, now=at)
        return went_in.token if went_in else None
    if said.interview is None:
        raise NotAllowed("nobody")
    if said.verb == "check_in":
        if said.interview.status in HERE:
            return said.interview.token
        return queueing.check_in(interview=said.interview, by=by, now=at)
    {"again": queueing.call_again, "finish": queueing.finish, "skip": queueing.skip}[said.verb](
        interview=said.interview, by=by, now=at
    )
    return said.interview.token
