"""Sheets written on paper: copied by one person, counted once another has checked them against the paper."""

from datetime import datetime

from django.db import IntegrityError, transaction

from interviews.domain import conflicts, corrections, scoring
from interviews.domain.conflicts import Frozen
from interviews.domain.corrections import NeedsAnother
from interviews.domain.scheduling import DayClosed
from interviews.domain.scoring import Answers
from interviews.models import Interview, InterviewDay, ScoreSheet
from interviews.states import SheetSource
from portal import audit
from portal.models import Person, User
from portal.transitions import Stale

COPIED_AGAIN = "–"


@transaction.atomic
def enter(*, interview: Interview, panelist: Person, answers: Answers, by: User, now: datetime) -> ScoreSheet:
    """Copy a paper sheet of this panel member; it counts once somebody else checked it.

    One that was copied wrongly and not yet checked is copied again: the new
    version takes its place. Raises ``Frozen`` when the panel member handed in
    marks themselves, ``scoring.Incomplete``, and what ``scoring.check`` raises.
    """
    scoring.check(interview, panelist, locked=True)
    conflicts.check(interview, panelist.pk)
    conflicts.check(interview, by.person_id)
    scoring.whole(interview, answers)
    last = ScoreSheet.objects.newest().filter(interview=interview, panelist=panelist).first()
    paper = {"source": SheetSource.PAPER, "entered_by": by}
    if last and last.submitted_at and (last.source != SheetSource.PAPER or last.checked_at):
        raise Frozen(str(last.pk))
    if last and last.submitted_at:
        sheet = corrections.next_version(sheet=last, why=COPIED_AGAIN, by=by, now=now, **paper)
    else:
        sheet = last or _begun(interview, panelist, now, paper)
    return corrections.hand_in(sheet=sheet, answers=answers, verb="copied from paper", by=by, now=now, **paper)


@transaction.atomic
def check(*, sheet: ScoreSheet, by: User, now: datetime) -> None:
    """The second person compared it with the paper: it counts. Raises ``NeedsAnother``, ``Stale`` or ``DayClosed``."""
    if by.pk == sheet.entered_by_id:
        raise NeedsAnother(str(sheet.pk))
    if not InterviewDay.objects.filter(pk=sheet.interview.day_id, frozen_at=None).exists():
        raise DayClosed(str(sheet.interview.day_id))
    conflicts.check(sheet.interview, by.person_id)
    values = {"checked_by": by, "checked_at": now}
    if sheet.version > 1:
        values |= {"agreed_by": by, "agreed_at": now}
    rows = ScoreSheet.objects.submitted().newest().filter(pk=sheet.pk, source=SheetSource.PAPER, checked_at=None)
    if not rows.update(**values):
        raise Stale(str(sheet.pk))
    audit.record("checked a paper sheet", sheet, by=by, now=now)


def _begun(interview: Interview, panelist: Person, now: datetime, paper: dict[str, object]) -> ScoreSheet:
    try:
        with transaction.atomic():
            return ScoreSheet.objects.create(
                interview=interview, panelist=panelist, declared_free_at=now, saved_at=now, **paper
            )
    except IntegrityError as problem:
        raise Stale(str(interview.pk)) from problem
