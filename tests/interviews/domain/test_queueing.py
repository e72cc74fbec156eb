import pytest

from applications.domain import reviewing, withdrawing
from interviews.domain import conflicts, planning, queueing, scheduling, scoring
from interviews.models import Interview
from portal.transitions import NotAllowed
from tests.factories.sunday import a_day, a_judge, arrived, at, called, judges_of, shortlisted


@pytest.fixture
def waiting(day, drive, places, now):
    """Six who came before their time, in the order of their times."""
    return [arrived(day, shortlisted(drive, places.danta, now, number), now, when=at(10, 30)) for number in range(6)]


def line(panel):
    return [row.token for row in queueing.line_of(panel)]


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

    second = queueing.finish_and_call(panel=panel, by=None, now=at(11, 8))

    first.refresh_from_db()
    assert (first.token, first.status, first.left_at) == (1, "DONE", at(11, 8))
    assert (second.token, second.status) == (2, "IN_ROOM")


def test_called_in_vain_lets_three_go_first_and_twice_means_did_not_come(waiting, panel):
    gone = queueing.call_next(panel=panel, by=None, now=at(11))

    queueing.skip(interview=gone, by=None, now=at(11, 2))
    assert line(panel) == [2, 3, 4, 1, 5, 6]
    for minute in (3, 10, 17):
        queueing.finish_and_call(panel=panel, by=None, now=at(11, minute))
    gone = queueing.finish_and_call(panel=panel, by=None, now=at(11, 24))
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
    queueing.move_panel(interview=interview, panel=there, by=None, now=at(11))
    scoring.declare_conflict(interview=interview, panelist=judges_of(there)[0], by=None, now=at(11))
    queueing.move_panel(interview=interview, panel=here, by=None, now=at(11))

    with pytest.raises(conflicts.ConflictStands):
        queueing.move_panel(interview=interview, panel=there, by=None, now=at(11))

    assert Interview.objects.get().panel == here


def test_the_day_closes_when_the_rooms_are_empty_and_the_absent_are_marked(day, drive, places, now, panel):
    came = arrived(day, shortlisted(drive, places.danta, now, 0), now)
    absent = called(day, shortlisted(drive, places.danta, now, 1), now)
    with pytest.raises(queueing.RoomBusy):
        queueing.close_day(day=day, by=None, now=at(17))
    queueing.call_next(panel=panel, by=None, now=at(11))
    came.refresh_from_db()
    queueing.finish(interview=came, by=None, now=at(11, 8))

    assert queueing.close_day(day=day, by=None, now=at(17)) == 1

    absent.refresh_from_db()
    assert absent.status == "NO_SHOW"
    with pytest.raises(scheduling.DayClosed):
        queueing.check_in(interview=absent, by=None, now=at(17))
    with pytest.raises(scheduling.DayClosed):
        scoring.declare_free(interview=came, panelist=judges_of(panel)[0], by=None, now=at(17))
    queueing.reopen_day(day=day, by=None, now=at(17))
    assert queueing.check_in(interview=absent, by=None, now=at(17)) == 2


def test_a_member_who_joins_late_belongs_to_the_panel(day, panel, drive, places, now):
    interview = arrived(day, shortlisted(drive, places.danta, now), now)
    planning.add_member(panel=panel, person=a_judge(now, 9), by=None, now=now)

    sheet = scoring.declare_free(interview=interview, panelist=a_judge(now, 9), by=None, now=at(11))

    assert sheet.submitted_at is None
