"""A called person chooses a free time, as long as the office lets people."""

import pytest

from interviews.domain import calling, choosing, planning, replying, scheduling, wishing
from interviews.models import Interview, InterviewDay, TimeRequest
from portal.models import Notice
from tests.factories.sunday import at, called, shortlisted


@pytest.fixture
def open_day(day, now):
    planning.change_day(
        day=day, lets_choose=True, choose_until=at(18, day=at(1).date().replace(day=15)), by=None, now=now
    )
    return InterviewDay.objects.select_related("drive").get()


@pytest.fixture
def interview(open_day, drive, places, now):
    """Could come until noon, as the application says."""
    return called(open_day, shortlisted(drive, places.danta, now, come_until=at(12).time()), now)


def fresh(interview):
    return Interview.objects.with_person().select_related("day").get(pk=interview.pk)


def test_the_time_chosen_is_told_counts_as_coming_and_is_no_problem(open_day, interview, now):
    choosing.choose(interview=interview, at=at(15), now=now)

    moved = fresh(interview)
    assert (moved.called_for, moved.answer, moved.placed_because) == (at(15), "yes", [["chosen"]])
    assert Notice.objects.filter(template="call_changed").count() == 1
    assert calling.diff(open_day).is_empty


def test_a_time_that_somebody_has_is_not_among_those_to_choose(open_day, interview, drive, places, now):
    other = called(open_day, shortlisted(drive, places.danta, now, 1), now)

    assert other.called_for not in choosing.times(interview, now)
    with pytest.raises(scheduling.SlotTaken):
        choosing.choose(interview=interview, at=other.called_for, now=now)
    assert fresh(interview).called_for == at(11)


def test_who_chooses_needs_no_offer_any_more(open_day, interview, now):
    replying.answer(interview=interview, answer="other", now=now)
    asked = TimeRequest.objects.select_related("interview__day").get()
    wishing.offer(request=asked, slot=scheduling.free_slots(open_day)[3], by=None, now=now)

    choosing.choose(interview=fresh(interview), at=at(15), now=now)

    assert TimeRequest.objects.get().outcome == "given"
    assert Notice.objects.get(template="time_offered").status == "CANCELLED"


def test_choosing_ends_and_does_not_move_whom_the_office_fixed(open_day, interview, now):
    with pytest.raises(choosing.NotNow):
        choosing.choose(interview=interview, at=at(15), now=open_day.choose_until)
    scheduling.lock(interview=interview, locked=True, by=None, now=now)
    assert not choosing.is_open(fresh(interview), now)
    planning.change_day(day=open_day, lets_choose=False, by=None, now=now)
    scheduling.lock(interview=interview, locked=False, by=None, now=now)

    assert not choosing.is_open(fresh(interview), now)
