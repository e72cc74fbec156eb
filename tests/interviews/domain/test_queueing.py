import pytest

from applications.domain import reviewing, withdrawing
from interviews.domain import conflicts, lines, panels, queueing, scheduling, scoring
from interviews.models import Interview
from portal.transitions import NotAllowed, Stale
from tests.factories.sunday import a_day, a_judge, arrived, at, called, judges_of, shortlisted


@pytest.fixture
def waiting(day, drive, places, now):
    """Six who came before their time, in the order of their times."""
    return [arrived(day, shortlisted(drive, places.danta, now, number), now, when=at(10, 30)) for number in range(6)]


def press(panel, *when):
    """The one button, pressed by a desk that sees who is inside now."""
    inside = panel.interviews.filter(status="IN_ROOM").values_list("pk", flat=True).first()
    return queueing.finish_and_call(panel=panel, inside=inside, by=None, now=at(*when))


def line(panel):
    return [row.token for row in lines.line_of(panel)]


def test_tokens_follow_arrival_and_the_line_follows_the_times(day, drive, places, now, panel):
    early = called(day, shortlisted(drive, places.danta, now, 0), now)
    late = called(day, shortlisted(drive, places.danta, now, 1), now)

    assert queueing.check_in(interview=late, by=None, now=at(10, 30)) == 1
    assert queueing.check_in(interview=early, by=None, now=at(10, 40)) == 2
    assert line(panel) == [2, 1]


def test_who_comes_late_stands_behind_those_who_were_on_time(day, drive, places, now, panel):
    late, on_time = (called(day, shortlisted(drive, places.danta, now, number), now) for number in range(2))
    queueing.check_in(interview=on_time, by=None, now=at(10, 50))
    queueing.check_in(interview=late, by=None, now=at(11, 30))

    assert line(panel) == [1, 2]


def test_one_is_in_the_room_and_the_next_follows(waiting, panel):
    first = queueing.call_next(panel=panel, by=None, now=at(11))
    with pytest.raises(queueing.RoomBusy):
        queueing.call_next(panel=panel, by=None, now=at(11))

    second = press(panel, 11, 8)

    first.refresh_from_db()
    assert (first.token, first.status, first.left_at) == (1, "DONE", at(11, 8))
    assert (second.token, second.status) == (2, "IN_ROOM")


def test_called_in_vain_lets_three_go_first_and_twice_means_did_not_come(waiting, panel):
    gone = queueing.call_next(panel=panel, by=None, now=at(11))

    queueing.skip(interview=gone, by=None, now=at(11, 2))
    assert line(panel) == [2, 3, 4, 1, 5, 6]
    for minute in (3, 10, 17):
        press(panel, 11, minute)
    gone = press(panel, 11, 24)
    queueing.skip(interview=gone, by=None, now=at(11, 25))

    gone.refresh_from_db()
    assert (gone.token, gone.status) == (1, "NO_SHOW")
    assert queueing.check_in(interview=gone, by=None, now=at(11, 41)) == 1
    assert (gone.status, gone.skips, line(panel)) == ("ARRIVED", 0, [5, 6, 1])


def test_nobody_is_called_from_an_empty_line(day, panel):
    with pytest.raises(queueing.NobodyWaits):
        queueing.call_next(panel=panel, by=None, now=at(11))


def test_who_waits_cannot_be_skipped(waiting):
    with pytest.raises(NotAllowed):
        queueing.skip(interview=waiting[0], by=None, now=at(11))


def test_only_the_interview_list_walks_in(day, drive, places, now, panel):
    listed, other = shortlisted(drive, places.danta, now, 0), shortlisted(drive, places.danta, now, 1)
    reviewing.wait(application=other, by=None, now=now)
    other.refresh_from_db()

    interview = queueing.walk_in(day=day, application=listed, by=None, now=at(12))
    with pytest.raises(scheduling.NotShortlisted):
        queueing.walk_in(day=day, application=other, by=None, now=at(12))

    assert (interview.token, interview.panel, interview.status) == (1, panel, "ARRIVED")
    assert Interview.objects.count() == 1


def test_who_withdrew_gets_no_token(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    withdrawing.withdraw(application=interview.application, why="", now=now)

    with pytest.raises(scheduling.NotShortlisted):
        queueing.check_in(interview=interview, by=None, now=at(10))


def test_nobody_moves_before_a_panel_with_a_conflict(drive, places, now):
    day = a_day(drive, places.state, now, panels=2)
    here, there = day.panels.all()
    interview = arrived(day, shortlisted(drive, places.danta, now), now)
    lines.move_panel(interview=interview, panel=there, by=None, now=at(11))
    conflicts.declare(application=interview.application, person=judges_of(there)[0], by=None, now=at(11))
    lines.move_panel(interview=interview, panel=here, by=None, now=at(11))

    with pytest.raises(conflicts.ConflictStands):
        lines.move_panel(interview=interview, panel=there, by=None, now=at(11))

    assert Interview.objects.get().panel == here


def test_a_member_who_joins_late_belongs_to_the_panel(day, panel, drive, places, now):
    interview = arrived(day, shortlisted(drive, places.danta, now), now)
    panels.add_member(panel=panel, person=a_judge(now, 9), by=None, now=now)

    sheet = scoring.declare_free(interview=interview, panelist=a_judge(now, 9), by=None, now=at(11))

    assert sheet.submitted_at is None


def test_a_second_tap_ends_nobody_who_was_just_called(waiting, panel):
    first = queueing.finish_and_call(panel=panel, inside=None, by=None, now=at(11))
    second = queueing.finish_and_call(panel=panel, inside=first.pk, by=None, now=at(11, 8))

    for seen in (first.pk, None):
        with pytest.raises(Stale):
            queueing.finish_and_call(panel=panel, inside=seen, by=None, now=at(11, 8))

    second.refresh_from_db()
    assert (second.token, second.status) == (2, "IN_ROOM")


def test_who_is_called_again_stays_inside_and_is_called_twice(waiting, panel):
    inside = queueing.call_next(panel=panel, by=None, now=at(11))
    queueing.call_again(interview=inside, by=None, now=at(11, 1))

    inside.refresh_from_db()
    assert (inside.status, inside.times_called, inside.entered_at, inside.last_called_at) == (
        "IN_ROOM", 2, at(11), at(11, 1),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        queueing.call_again(interview=waiting[3], by=None, now=at(11, 1))


def test_a_reason_puts_first_until_called_in_vain(waiting, panel, office):
    lines.let_first(interview=waiting[4], priority="senior", by=office, now=at(10, 50))
    assert line(panel) == [5, 1, 2, 3, 4, 6]

    queueing.skip(interview=queueing.call_next(panel=panel, by=None, now=at(11)), by=None, now=at(11, 1))
    assert line(panel) == [1, 2, 3, 4, 5, 6]
    waiting[5].refresh_from_db()
    lines.let_first(interview=waiting[5], priority="far", by=office, now=at(11, 2))
    assert line(panel) == [6, 1, 2, 3, 4, 5]
    lines.let_first(interview=waiting[5], priority="", by=office, now=at(11, 3))
    assert line(panel) == [1, 2, 3, 4, 5, 6]


def test_nobody_is_called_to_a_panel_that_pauses(waiting, panel):
    inside = queueing.call_next(panel=panel, by=None, now=at(11))
    lines.pause(panel=panel, why="चाय", by=None, now=at(11, 5))
    with pytest.raises(Stale):
        lines.pause(panel=panel, why="", by=None, now=at(11, 5))

    assert queueing.finish_and_call(panel=panel, inside=inside.pk, by=None, now=at(11, 8)) is None
    with pytest.raises(queueing.Paused):
        queueing.call_next(panel=panel, by=None, now=at(11, 9))
    lines.end_pause(panel=panel, by=None, now=at(11, 20))

    assert queueing.call_next(panel=panel, by=None, now=at(11, 20)).token == 2
    with pytest.raises(Stale):
        lines.end_pause(panel=panel, by=None, now=at(11, 21))
