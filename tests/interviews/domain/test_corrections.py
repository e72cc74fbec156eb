"""Late sheets, corrections and copies from paper: kept at once, counted after a second person."""

import pytest
from django.db import DatabaseError, transaction

from interviews.domain import conflicts, corrections, paper, scoring
from interviews.domain.scheduling import DayClosed
from interviews.models import Conflict, InterviewDay, ScoreSheet
from portal.transitions import Stale
from tests.factories.sunday import answers, at, handed_in, interviewed, judges_of, shortlisted

THREES = (3, 3, 3, 3, 3)


@pytest.fixture
def interview(day, drive, places, now):
    return interviewed(day, shortlisted(drive, places.danta, now), now)


@pytest.fixture
def judge(panel):
    return judges_of(panel)[0]


def counting():
    return [(sheet.version, sheet.scores.order_by("criterion__order").first().mark) for sheet in
            ScoreSheet.objects.counting()]  # fmt: skip


def late(interview, judge, **more):
    given = {"answers": answers(interview.day, THREES), "reason": "नेटवर्क नहीं था", "key": "k1"} | more
    return corrections.hand_in_late(interview=interview, panelist=judge, by=None, now=at(18), **given)


def corrected(sheet, mark):
    given = {"answers": answers(sheet.interview.day, (mark,) * 5), "why": "उल्टा लिख दिया"}
    return corrections.correct(sheet=sheet, by=None, now=at(12), **given)


def test_a_late_sheet_counts_once_the_office_agreed(interview, judge, office, day):
    InterviewDay.objects.update(locked_at=at(17))
    with pytest.raises(corrections.NeedsReason):
        late(interview, judge, reason=" ")
    sheet = late(interview, judge)
    assert (late(interview, judge), counting()) == (sheet, [])
    with pytest.raises(corrections.NeedsAnother):
        corrections.agree(sheet=sheet, by=judge.user, now=at(18, 5))

    corrections.agree(sheet=sheet, by=office, now=at(18, 10))

    assert counting() == [(1, 3)]
    with pytest.raises(Stale):
        corrections.agree(sheet=sheet, by=office, now=at(18, 11))


def test_a_correction_takes_the_place_once_agreed_and_the_first_stays(interview, judge, office):
    first = handed_in(interview, judge, (4,) * 5)
    second = corrected(first, 3)
    third = corrected(second, 2)
    with pytest.raises(corrections.NotNewest):
        corrected(first, 3)
    assert counting() == [(1, 4)]

    corrections.agree(sheet=third, by=office, now=at(12, 10))

    assert counting() == [(3, 2)]
    assert [sheet.version for sheet in ScoreSheet.objects.submitted().order_by("version")] == [1, 2, 3]


def test_nothing_is_corrected_or_agreed_to_after_the_results_were_frozen(interview, judge, office):
    second = corrected(handed_in(interview, judge, (4,) * 5), 3)
    InterviewDay.objects.update(frozen_at=at(19))

    with pytest.raises(DayClosed):
        corrected(second, 2)
    with pytest.raises(DayClosed):
        corrections.agree(sheet=second, by=office, now=at(19, 5))


def test_paper_counts_once_somebody_else_compared_it(interview, judge, reception, office):
    given = {"interview": interview, "panelist": judge, "by": reception, "now": at(18)}
    wrong = paper.enter(answers=answers(interview.day, (2,) * 5), **given)
    right = paper.enter(answers=answers(interview.day, THREES), **given)
    with pytest.raises(corrections.NeedsAnother):
        paper.check(sheet=right, by=reception, now=at(18, 1))
    with pytest.raises(Stale):
        paper.check(sheet=wrong, by=office, now=at(18, 1))
    assert counting() == []

    paper.check(sheet=right, by=office, now=at(18, 2))

    assert counting() == [(2, 3)]
    with pytest.raises(conflicts.Frozen):
        paper.enter(answers=answers(interview.day, THREES), **given)


def test_paper_is_not_copied_over_marks_given_on_the_screen_nor_by_a_relative(interview, judge, reception):
    given = {"interview": interview, "panelist": judge, "by": reception, "now": at(18)}
    Conflict.objects.create(application=interview.application, person=reception.person, declared_at=at(11))
    with pytest.raises(conflicts.ConflictStands):
        paper.enter(answers=answers(interview.day, THREES), **given)
    Conflict.objects.all().delete()
    handed_in(interview, judge)

    with pytest.raises(conflicts.Frozen):
        paper.enter(answers=answers(interview.day, THREES), **given)


def test_what_was_agreed_to_is_never_taken_back(interview, judge, office):
    second = corrected(handed_in(interview, judge, (4,) * 5), 3)
    corrections.agree(sheet=second, by=office, now=at(12, 10))

    for changed in ({"agreed_at": None, "agreed_by": None}, {"agreed_at": at(13)}, {"why_new": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ScoreSheet.objects.filter(pk=second.pk).update(**changed)


def test_from_the_first_sheet_on_the_criteria_stay(interview, judge, drive):
    scoring.declare_free(interview=interview, panelist=judge, by=None, now=at(11, 10))
    criterion = drive.criteria.first()
    ways = [
        lambda: drive.criteria.update(weight=9),
        criterion.delete,
        lambda: criterion.anchors.update(text_hi="x"),
        lambda: drive.criteria.create(order=9, name_hi="नया"),
        lambda: type(drive).objects.filter(pk=drive.pk).update(rubric_locked_at=None),
    ]

    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()
