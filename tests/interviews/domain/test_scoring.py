import pytest

from interviews.domain import conflicts, scoring, two_devices
from interviews.models import Conflict, Score, ScoreSheet
from portal.models import Event
from portal.transitions import Stale
from tests.factories.sunday import a_judge, answers, arrived, at, called, handed_in, judges_of, shortlisted


@pytest.fixture
def interview(day, drive, places, now):
    return arrived(day, shortlisted(drive, places.danta, now), now)


@pytest.fixture
def judge(panel):
    return judges_of(panel)[0]


@pytest.fixture
def sheet(interview, judge):
    return scoring.declare_free(interview=interview, panelist=judge, by=None, now=at(11))


def save(sheet, marks=(3, 3), revision=0, **more):
    return scoring.save_sheet(
        sheet=sheet, answers=answers(sheet.interview.day, marks), revision=revision, by=None, now=at(11, 1), **more
    )


def submit(sheet, marks=(3, 3, 3, 3, 3), note="", revision=0, **more):
    given = answers(sheet.interview.day, marks, note)
    return scoring.submit_sheet(sheet=sheet, answers=given, revision=revision, by=None, now=at(11, 5), **more)


def marks():
    return list(Score.objects.order_by("criterion__order").values_list("mark", flat=True))


def test_said_twice_to_be_free_begins_one_sheet(sheet, interview, judge):
    again = scoring.declare_free(interview=interview, panelist=judge, by=None, now=at(11, 1))

    assert (again, ScoreSheet.objects.count()) == (sheet, 1)


def test_who_is_not_on_the_panel_or_not_here_is_not_scored(interview, day, drive, places, now, judge):
    absent = called(day, shortlisted(drive, places.danta, now, 1), now)

    with pytest.raises(scoring.NotOnPanel):
        scoring.declare_free(interview=interview, panelist=a_judge(now, 8), by=None, now=at(11))
    with pytest.raises(scoring.NotHere):
        scoring.declare_free(interview=absent, panelist=judge, by=None, now=at(11))


def test_a_conflict_puts_the_notes_away_and_stands(sheet, interview, judge):
    save(sheet)

    conflicts.declare(application=interview.application, person=judge, reason="पड़ोसी", by=None, now=at(11, 2))

    assert (ScoreSheet.objects.count(), Score.objects.count(), Conflict.objects.count()) == (0, 0, 1)
    with pytest.raises(conflicts.ConflictStands):
        scoring.declare_free(interview=interview, panelist=judge, by=None, now=at(11, 3))
    assert "पड़ोसी" not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_conflict_declared_elsewhere_stops_a_sheet_in_hand(sheet, interview, judge):
    Conflict.objects.create(application=interview.application, person=judge, declared_at=at(11))

    with pytest.raises(conflicts.ConflictStands):
        submit(sheet)

    assert ScoreSheet.objects.get().submitted_at is None


def test_saves_build_on_each_other_and_forget_what_was_taken_away(sheet):
    save(sheet, (3, 4))
    save(sheet, (2,), revision=1)

    assert (marks(), ScoreSheet.objects.get().revision) == ([2], 2)


def test_an_older_page_does_not_overwrite_a_newer_one(sheet):
    save(sheet, (3, 4))

    with pytest.raises(Stale):
        save(sheet, (1, 1))

    assert marks() == [3, 4]


def test_a_save_sent_twice_is_one(sheet):
    save(sheet, (3,), key="k1")
    save(sheet, (3,), key="k1")

    assert ScoreSheet.objects.get().revision == 1


def test_a_save_whose_answer_got_lost_is_known_as_ours(sheet):
    save(sheet, (3,), key="k1")
    save(sheet, (4,), key="k2", former=["k0", "k1"])

    assert (marks(), ScoreSheet.objects.get().revision) == ([4], 2)


def test_two_answers_lost_in_a_row_are_no_second_device(sheet):
    save(sheet, (3,), key="k1")
    save(sheet, (4,), key="k2", former=["k1"])
    submit(sheet, (4, 3, 3, 3, 3), key="k3", former=["k1", "k2"])

    assert (marks(), ScoreSheet.objects.get().submitted_at) == ([4, 3, 3, 3, 3], at(11, 5))


def test_what_was_joined_is_not_taken_for_what_the_page_holds_when_the_answer_got_lost(sheet):
    save(sheet, (2, 5), key="other device")
    with pytest.raises(Stale):
        save(sheet, (3,), key="k1")
    joined = {"answers": answers(sheet.interview.day, (3,)), "key": "k1", "by": None, "now": at(11, 2)}
    for _again in range(2):
        two_devices.merge(sheet=sheet, **joined)

    with pytest.raises(Stale):
        save(sheet, (3,), key="k2", former=["k1"])
    assert ScoreSheet.objects.get().revision == 2
    assert marks()[-1] == 5


@pytest.mark.parametrize(
    ("given", "note", "missing", "needs_note"),
    [((3, 3, 3, 3), "", 1, False), ((5, 3, 3, 3, 3), "", 0, True), ((1, 3), " ", 3, True), ((), "", 5, False)],
)
def test_a_sheet_is_handed_in_whole(sheet, given, note, missing, needs_note):
    with pytest.raises(scoring.Incomplete) as problem:
        submit(sheet, given, note)

    assert (len(problem.value.criteria), problem.value.note) == (missing, needs_note)
    assert (marks(), ScoreSheet.objects.get().submitted_at) == ([], None)


def test_could_not_judge_counts_as_said_with_its_reason(sheet):
    submit(sheet, (3, None, 3, 3, 3))

    assert marks() == [3, None, 3, 3, 3]
    assert Score.objects.get(mark=None).why_none == "समय नहीं मिला"


def test_handed_in_twice_is_handed_in_once_and_changes_are_refused(sheet):
    submit(sheet, key="k1")
    submit(sheet, key="k1")

    with pytest.raises(scoring.Frozen):
        save(ScoreSheet.objects.get(), (1,), revision=1)
    with pytest.raises(scoring.Frozen):
        conflicts.declare(application=sheet.interview.application, person=sheet.panelist, by=None, now=at(12))
    assert (marks(), Event.objects.filter(verb="handed in").count()) == ([3] * 5, 1)


def test_sheets_of_others_open_after_ones_own(interview, panel):
    first, second = judges_of(panel)
    theirs = handed_in(interview, first)
    mine = scoring.declare_free(interview=interview, panelist=second, by=None, now=at(11))

    assert list(ScoreSheet.objects.visible_to(second.pk)) == [mine]
    submit(mine)
    assert set(ScoreSheet.objects.visible_to(second.pk)) == {mine, theirs}


def test_marks_of_strange_criteria_are_left_out(sheet, day):
    given = answers(day, (3, 3, 3, 3, 3))
    strange = scoring.Answers({**given.marks, 99999: scoring.Given(5)}, "")

    with pytest.raises(scoring.Incomplete):  # a 5 without a note, wherever it stands
        scoring.submit_sheet(sheet=sheet, answers=strange, revision=0, by=None, now=at(11, 5))
    assert Score.objects.count() == 0
