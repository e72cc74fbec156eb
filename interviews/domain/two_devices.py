"""One panel member, two devices: the newest mark of each criterion wins, the other is kept and shown."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from interviews.domain import conflicts, scoring
from interviews.domain.conflicts import Frozen
from interviews.domain.scoring import Answers, Given
from interviews.models import Score, ScoreSheet
from portal.models import User
from portal.transitions import Stale

Aside = dict[str, Any]
JOINED = "+"  # before the key: what was joined is more than the page that sent it holds


@transaction.atomic
def merge(*, sheet: ScoreSheet, answers: Answers, key: str = "", by: User | None, now: datetime) -> ScoreSheet:
    """Join what a device brings to what another one saved meanwhile.

    Only what this device wrote itself (``Given.at``) comes into it; what the
    page had from before says nothing. What loses stands in ``set_aside``.
    Joined again under the same ``key`` is joined once.
    Raises ``Frozen``, ``Stale`` when somebody saves at this very moment, and
    what ``scoring.check`` raises.
    """
    scoring.check(sheet.interview, sheet.panelist)
    conflicts.check(sheet.interview, sheet.panelist_id)
    current = ScoreSheet.objects.get(pk=sheet.pk)
    if current.submitted_at:
        raise Frozen(str(sheet.pk))
    joined = f"{JOINED}{key}"[: ScoreSheet._meta.get_field("saved_key").max_length] if key else ""
    if joined and current.saved_key == joined:
        return current
    before = {score.criterion_id: score for score in Score.objects.filter(sheet=sheet)}
    marks, aside = _marks(before, answers)
    note, note_at, other = _note(current, answers)
    rows = ScoreSheet.objects.filter(pk=sheet.pk, revision=current.revision, submitted_at=None)
    if not rows.update(
        revision=F("revision") + 1,
        saved_at=now,
        saved_key=joined,
        note=note,
        said_at=note_at,
        set_aside=[*current.set_aside, *aside, *other],
    ):
        raise Stale(str(sheet.pk))
    scoring.write(sheet=sheet, answers=Answers(marks, note), by=by, now=now)
    sheet.refresh_from_db()
    return sheet


def _marks(before: dict[int, Score], answers: Answers) -> tuple[dict[int, Given], list[Aside]]:
    """By criterion the newer of both, and the older ones that differ."""
    marks = {key: Given(score.mark, score.why_none, score.saved_at) for key, score in before.items()}
    aside = []
    for key, given in answers.marks.items():
        if given.at is None or not scoring.is_given(given):
            continue
        kept = marks.get(key)
        if kept is None:
            marks[key] = given
        elif kept.mark != given.mark:
            newer = kept.at is None or given.at >= kept.at
            loser = kept if newer else given
            marks[key] = given if newer else kept
            at = loser.at.isoformat() if loser.at else ""
            aside.append({"criterion": key, "mark": loser.mark, "why_none": loser.why_none, "at": at})
    return marks, aside


def _note(current: ScoreSheet, answers: Answers) -> tuple[str, datetime | None, list[Aside]]:
    """The newer note, when it was written, and the older one when it says something else."""
    brought = answers.note.strip()[: scoring.NOTE_LENGTH]
    if answers.note_at is None or brought == current.note:
        return current.note, current.said_at, []
    newer = current.said_at is None or answers.note_at >= current.said_at
    words, at = (current.note, current.said_at) if newer else (brought, answers.note_at)
    aside = [{"note": words, "at": at.isoformat() if at else ""}] if words else []
    return (brought, answers.note_at, aside) if newer else (current.note, current.said_at, aside)
