"""Five marks and a note from each panel member, alone; handed in once, then frozen."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from applications.domain import fixing
from applications.models import Criterion
from interviews.domain import conflicts, panels
from interviews.domain.conflicts import Frozen
from interviews.domain.scheduling import DayClosed
from interviews.models import Interview, InterviewDay, Score, ScoreSheet
from portal import audit, names
from portal.models import Person, User
from portal.transitions import Stale

MARKS = range(1, 6)
TELLING = {1, 5}  # marks that need a note
NOTE_LENGTH, WHY_LENGTH = 2000, 200


class NotOnPanel(Exception):
    """Only members of the panel that sees this applicant give marks."""


class NotHere(Exception):
    """Who has not arrived cannot be scored."""


class Incomplete(Exception):
    """``criteria`` lack a mark or a reason; ``note`` says that a 1 or a 5 stands there without a word."""

    def __init__(self, criteria: list[int], *, note: bool) -> None:
        super().__init__(criteria, note)
        self.criteria, self.note = criteria, note


class Given(NamedTuple):
    """What is said of one criterion: a mark, or why there is none; ``at`` when this device wrote it, if it says so."""

    mark: int | None
    why_none: str = ""
    at: datetime | None = None


class Answers(NamedTuple):
    """A sheet as it stands on the page: by criterion, and the note."""

    marks: Mapping[int, Given]
    note: str = ""
    note_at: datetime | None = None


@transaction.atomic
def declare_free(
    *, interview: Interview, panelist: Person, said_at: datetime | None = None, by: User | None, now: datetime
) -> ScoreSheet:
    """No conflict of interest stands in the way: the name may open, the sheet is begun. Said twice, the same sheet.

    ``said_at`` is when it was said to a phone without a network. From the first sheet
    on the criteria stay as they are. Raises ``NotOnPanel``, ``conflicts.ConflictStands``,
    ``NotHere`` or ``DayClosed``.
    """
    check(interview, panelist)
    conflicts.check(interview, panelist.pk)
    try:
        with transaction.atomic():
            sheet = ScoreSheet.objects.create(
                interview=interview, panelist=panelist, declared_free_at=min(said_at or now, now), saved_at=now
            )
    except IntegrityError:
        return ScoreSheet.objects.newest().get(interview=interview, panelist=panelist)
    fixing.fix_criteria(drive=interview.day.drive, by=by, now=now)
    audit.record("said to be free of conflict", sheet, by=by, now=now)
    return sheet


@transaction.atomic
def save_sheet(
    *,
    sheet: ScoreSheet,
    answers: Answers,
    revision: int,
    key: str = "",
    former: Collection[str] = (),
    by: User | None,
    now: datetime,
) -> ScoreSheet:
    """Keep what stands on the page so far.

    ``revision`` is the one the page was opened or last saved with; ``key``
    names this save, so that one repeated on a bad network is one save;
    ``former`` are keys of saves from this page whose answers got lost: whose
    last save is one of them holds nothing that this page has not seen, for
    what joins two devices (``two_devices.merge``) has a key of its own. Raises
    ``Stale`` when another device saved meanwhile, ``Frozen``,
    ``conflicts.ConflictStands``, ``NotOnPanel``, ``NotHere`` or ``DayClosed``; nothing
    has changed then.
    """
    check(sheet.interview, sheet.panelist)
    conflicts.check(sheet.interview, sheet.panelist_id)
    mine = ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=None)
    known = Q(revision=revision) | Q(saved_key__in=[one for one in former if one])
    changes = {
        "revision": F("revision") + 1,
        "saved_at": now,
        "saved_key": key,
        "note": answers.note.strip()[:NOTE_LENGTH],
        **({"said_at": answers.note_at} if answers.note_at else {}),
    }
    if not mine.filter(known).update(**changes):
        current = ScoreSheet.objects.get(pk=sheet.pk)
        if key and current.saved_key == key:
            return current
        raise Frozen(str(sheet.pk)) if current.submitted_at else Stale(str(sheet.pk))
    write(sheet=sheet, answers=answers, by=by, now=now)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def submit_sheet(
    *,
    sheet: ScoreSheet,
    answers: Answers,
    revision: int,
    key: str = "",
    former: Collection[str] = (),
    by: User | None,
    now: datetime,
) -> ScoreSheet:
    """Hand in: from now on the database itself refuses any change. Handed in twice, once.

    Raises ``Incomplete``, and what ``save_sheet`` raises.
    """
    current = ScoreSheet.objects.get(pk=sheet.pk)
    if current.submitted_at and current.saved_key and current.saved_key in {key, *former}:
        return current
    whole(sheet.interview, answers)
    save_sheet(sheet=sheet, answers=answers, revision=revision, key=key, former=former, by=by, now=now)
    if not ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=None).update(submitted_at=now):
        raise Frozen(str(sheet.pk))
    sheet.submitted_at = now
    audit.record("handed in", sheet, by=by, now=now)
    return sheet


def whole(interview: Interview, answers: Answers) -> None:
    """Raise ``Incomplete`` unless each criterion has a mark or a reason, and a 1 or a 5 its word."""
    criteria = Criterion.objects.filter(drive=interview.day.drive_id).values_list("pk", flat=True)
    missing = [key for key in criteria if not is_given(answers.marks.get(key))]
    telling = any(given.mark in TELLING for given in answers.marks.values())
    if missing or (telling and not answers.note.strip()):
        raise Incomplete(missing, note=telling and not answers.note.strip())


def is_given(given: Given | None) -> bool:
    """Is there a mark, or a reason for none?"""
    return given is not None and (given.mark in MARKS or bool(given.mark is None and given.why_none.strip()))


def check(interview: Interview, panelist: Person, *, locked: bool = False) -> None:
    """Is the day open, the applicant here, the person on the panel? Asked of the database, not of the row in hand.

    ``locked`` lets a closed day pass, until its results are frozen. Raises
    ``DayClosed``, ``NotOnPanel`` or ``NotHere``.
    """
    here = Interview.objects.here().filter(pk=interview.pk)
    still = InterviewDay.objects.filter(pk=interview.day_id, frozen_at=None)
    if not (still if locked else still.filter(locked_at=None)).exists():
        raise DayClosed(str(interview.day_id))
    if (
        not panels.sitting(Interview.objects.select_related("slot").get(pk=interview.pk))
        .filter(person=panelist)
        .exists()
    ):
        raise NotOnPanel(str(interview.pk))
    if not here.exists():
        raise NotHere(str(interview.pk))


def write(*, sheet: ScoreSheet, answers: Answers, by: User | None, now: datetime) -> None:
    """The marks of this page in place of the former ones; a mark that stays keeps its time."""
    known = set(Criterion.objects.filter(drive=sheet.interview.day.drive_id).values_list("pk", flat=True))
    given = {key: given for key, given in answers.marks.items() if key in known and is_given(given)}
    before = {score.criterion_id: score for score in Score.objects.filter(sheet=sheet)}
    Score.objects.filter(sheet=sheet).exclude(criterion__in=given).delete()
    Score.objects.bulk_create(
        [_score(sheet, key, one, before.get(key), now) for key, one in given.items()],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["mark", "why_none", "saved_at"],
    )


def _score(sheet: ScoreSheet, criterion: int, given: Given, before: Score | None, now: datetime) -> Score:
    why = "" if given.mark else names.clean(given.why_none)[:WHY_LENGTH]
    same = before and (before.mark, before.why_none) == (given.mark, why)
    saved_at = before.saved_at if before and same else min(given.at or now, now)
    return Score(sheet=sheet, criterion_id=criterion, mark=given.mark, why_none=why, saved_at=saved_at)
