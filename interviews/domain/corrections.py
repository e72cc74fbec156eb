"""A sheet that came late, and one that is corrected: handed in with a reason, counted once a second person agreed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from interviews.domain import conflicts, scoring
from interviews.domain.conflicts import Frozen
from interviews.domain.scheduling import DayClosed
from interviews.domain.scoring import Answers
from interviews.models import Interview, InterviewDay, ScoreSheet
from interviews.states import SheetSource
from portal import audit, names
from portal.models import Person, User
from portal.transitions import Stale

REASON = 200


class NeedsReason(Exception):
    """What comes late or changes what was handed in says why."""


class NotNewest(Exception):
    """Only the newest version is corrected."""


class RevisedBefore(Exception):
    """After the doors closed, when the marks of others can be known, each member corrects a sheet once."""


class NeedsAnother(Exception):
    """The second person is neither the one whose marks they are nor the one who wrote them down."""


@transaction.atomic
def hand_in_late(
    *,
    interview: Interview,
    panelist: Person,
    answers: Answers,
    reason: str,
    key: str = "",
    by: User | None,
    now: datetime,
) -> ScoreSheet:
    """After the day was closed: kept and seen by the office as late, counted once a second person agreed.

    Handed in twice with one ``key``, once. Raises ``NeedsReason``,
    ``scoring.Incomplete``, ``Frozen``, and what ``scoring.declare_free``
    raises; ``DayClosed`` once the results are frozen.
    """
    reason = names.clean(reason)[:REASON]
    if not reason:
        raise NeedsReason(str(interview.pk))
    scoring.check(interview, panelist, locked=True)
    conflicts.check(interview, panelist.pk)
    scoring.whole(interview, answers)
    sheet, _new = ScoreSheet.objects.get_or_create(
        interview=interview, panelist=panelist, version=1, defaults={"declared_free_at": now, "saved_at": now}
    )
    if sheet.submitted_at and key and sheet.saved_key == key:
        return sheet
    return hand_in(
        sheet=sheet, answers=answers, verb="handed in late", by=by, now=now, late_reason=reason, saved_key=key
    )


@transaction.atomic
def correct(*, sheet: ScoreSheet, answers: Answers, why: str, by: User | None, now: datetime) -> ScoreSheet:
    """A new version beside the one handed in; the old one counts on until a second person agreed.

    Raises ``NeedsReason``, ``NotNewest``, ``RevisedBefore``, ``scoring.Incomplete``,
    and what ``scoring.check`` raises; a closed day may still be corrected until
    its results are frozen.
    """
    why = names.clean(why)[:REASON]
    if not why:
        raise NeedsReason(str(sheet.pk))
    scoring.check(sheet.interview, sheet.panelist, locked=True)
    conflicts.check(sheet.interview, sheet.panelist_id)
    scoring.whole(sheet.interview, answers)
    if revised_before(sheet):
        raise RevisedBefore(str(sheet.pk))
    new = next_version(sheet=sheet, why=why, by=by, now=now)
    return hand_in(sheet=new, answers=answers, verb="corrected", by=by, now=now)


def revised_before(sheet: ScoreSheet) -> bool:
    """Did the member correct it after the day was closed? What the office copied anew from paper is no such word."""
    locked = InterviewDay.objects.values_list("locked_at", flat=True).get(pk=sheet.interview.day_id)
    mine = ScoreSheet.objects.filter(interview=sheet.interview_id, panelist=sheet.panelist_id, version__gt=1)
    return locked is not None and mine.filter(source=SheetSource.SCREEN, submitted_at__gte=locked).exists()


def next_version(*, sheet: ScoreSheet, why: str, by: User | None, now: datetime, **more: object) -> ScoreSheet:
    """The open sheet that will take this one's place. Raises ``NotNewest``."""
    if not ScoreSheet.objects.submitted().newest().filter(pk=sheet.pk).exists():
        raise NotNewest(str(sheet.pk))
    try:
        with transaction.atomic():
            return ScoreSheet.objects.create(
                interview=sheet.interview,
                panelist=sheet.panelist,
                declared_free_at=sheet.declared_free_at,
                saved_at=now,
                version=sheet.version + 1,
                replaces=sheet,
                why_new=why,
                **more,
            )
    except IntegrityError as problem:
        raise NotNewest(str(sheet.pk)) from problem


@transaction.atomic
def agree(*, sheet: ScoreSheet, by: User, now: datetime) -> None:
    """A second person agrees: the late sheet, or the correction, counts from now on.

    Raises ``NeedsAnother``, ``Stale`` when somebody agreed before, or
    ``DayClosed`` once the results of the day are frozen.
    """
    if by.person_id == sheet.panelist_id or by.pk == sheet.entered_by_id:
        raise NeedsAnother(str(sheet.pk))
    if not InterviewDay.objects.filter(pk=sheet.interview.day_id, frozen_at=None).exists():
        raise DayClosed(str(sheet.interview.day_id))
    conflicts.check(sheet.interview, by.person_id)
    open_one = ScoreSheet.objects.submitted().filter(pk=sheet.pk, agreed_at=None)
    if not open_one.update(agreed_by=by, agreed_at=now):
        raise Stale(str(sheet.pk))
    audit.record("agreed to a sheet", sheet, by=by, now=now)


def hand_in(
    *, sheet: ScoreSheet, answers: Answers, verb: str, by: User | None, now: datetime, **fields: object
) -> ScoreSheet:
    """Write the marks of an open sheet and close it in one step. Raises ``Frozen`` when it was closed meanwhile."""
    values = {"note": answers.note.strip()[: scoring.NOTE_LENGTH], "saved_at": now, "revision": F("revision") + 1}
    open_one = ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=None)
    if not open_one.update(**values, **fields):
        raise Frozen(str(sheet.pk))
    scoring.write(sheet=sheet, answers=answers, by=by, now=now)
    open_one.update(submitted_at=now)
    sheet.refresh_from_db()
    audit.record(verb, sheet, by=by, now=now, version=sheet.version)
    return sheet
