from datetime import timedelta

import pytest

from applications.domain import withdrawing
from committees.levels import Role
from interviews.domain import conflicts, queueing, reminding, replying, scheduling
from portal import outbox, wording
from portal.models import Notice
from tests.factories.desk import a_colleague
from tests.factories.sunday import at, called, handed_in, interviewed, judges_of, shortlisted

SATURDAY = timedelta(days=1)


@pytest.fixture
def interview(day, drive, places, now):
    """Called for Sunday, eleven o'clock."""
    return called(day, shortlisted(drive, places.danta, now), now)


def reminders(template):
    return list(Notice.objects.filter(template=template).order_by("pk"))


@pytest.mark.parametrize(
    ("when", "count"),
    [
        (at(17, 59) - SATURDAY, 0),
        (at(18) - SATURDAY, 1),
        (at(22) - SATURDAY, 1),
        (at(7, 59), 1),
        (at(8), 0),
    ],
)
def test_the_day_before_from_six_in_the_evening_and_never_late(interview, when, count):
    reminding.remind(now=when)
    reminding.remind(now=when + timedelta(seconds=30))

    assert len(reminders("interview_day_before")) == count


@pytest.mark.parametrize(("when", "count"), [(at(8, 59), 0), (at(9), 1), (at(10, 29), 1), (at(10, 30), 0), (at(11), 0)])
def test_two_hours_before_and_not_when_nobody_could_set_out(interview, when, count):
    reminding.remind(now=when)
    reminding.remind(now=when)

    assert len(reminders("interview_2h")) == count


def test_a_reminder_has_its_end_and_its_words(interview):
    reminding.remind(now=at(9))

    notice = reminders("interview_2h")[0]
    assert (notice.due_at, notice.useful_until) == (at(9), at(10, 30))
    assert "सुबह 11:00 बजे" in wording.of(notice).text
    assert outbox.send_due(now=at(10, 30))["too_late"] >= 1


def test_who_withdrew_said_no_or_is_here_is_not_reminded(day, drive, places, now):
    gone, never, here = (called(day, shortlisted(drive, places.danta, now, number), now) for number in range(3))
    withdrawing.withdraw(application=gone.application, why="", now=now)
    replying.answer(interview=never, answer="no", now=now)
    queueing.check_in(interview=here, by=None, now=at(8, 50))

    assert reminding.remind(now=at(9, 5)) == {
        "interview_day_before": 0, "interview_2h": 0, "turn_soon": 0, "sheet_missing": 0,
        "sheets_late": 0,
    }  # fmt: skip


def test_a_call_sent_after_the_hour_is_its_own_reminder(day, drive, places, now):
    called(day, shortlisted(drive, places.danta, now), at(20) - SATURDAY)

    assert reminding.remind(now=at(20, 1) - SATURDAY)["interview_day_before"] == 0
    assert reminding.remind(now=at(9))["interview_2h"] == 1


def test_a_moved_time_that_was_not_sent_is_not_reminded_of(interview, day):
    scheduling.place(interview=interview, slot=scheduling.free_slots(day)[2], by=None, now=at(8))

    assert reminding.remind(now=at(9, 20))["interview_2h"] == 0


def test_missing_sheets_are_asked_for_an_hour_later_once_an_hour(day, drive, places, now, panel):
    first, second = judges_of(panel)
    one = interviewed(day, shortlisted(drive, places.danta, now, 0), now, when=at(11))
    handed_in(one, first)
    interviewed(day, shortlisted(drive, places.danta, now, 1), now, when=at(11, 8))

    assert reminding.remind(now=at(12, 6))["sheet_missing"] == 0
    reminding.remind(now=at(12, 7))
    reminding.remind(now=at(12, 8))
    asked = reminders("sheet_missing")
    assert [(notice.phone, notice.context["tokens"]) for notice in asked] == [(second.phone, "1")]

    reminding.remind(now=at(12, 15))
    assert {notice.phone for notice in reminders("sheet_missing")} == {first.phone, second.phone}
    assert len(reminders("sheet_missing")) == 2


def test_sheets_that_lack_for_three_hours_are_told_to_who_answers_for_the_place(day, drive, places, now, panel):
    holder = a_colleague(places.state, Role.STATE_OFFICE, now, 77)
    interviewed(day, shortlisted(drive, places.danta, now, 0), now, when=at(11))

    counts = [reminding.remind(now=at(hour, 8))["sheets_late"] for hour in (13, 14, 15)]

    late = reminders("sheets_late")
    assert (counts, [(notice.phone, notice.context["count"]) for notice in late]) == ([0, 1, 0], [(holder.phone, 2)])


def test_who_declared_a_conflict_is_not_asked(day, drive, places, now, panel):
    first, second = judges_of(panel)
    interview = interviewed(day, shortlisted(drive, places.danta, now, 0), now, when=at(11))
    conflicts.declare(application=interview.application, person=first, by=None, now=at(11, 8))

    reminding.remind(now=at(13))

    assert [notice.phone for notice in reminders("sheet_missing")] == [second.phone]


@pytest.mark.parametrize("template", ["call", "call_changed", "call_cancelled", "interview_day_before", "interview_2h"])
def test_calls_fit_two_parts_without_their_link(template, interview):
    notice = Notice.objects.get(template="call")
    context = {**notice.context, "organisation": "सोशल मीडिया विभाग", "url": "http://testserver/"}
    text = wording.of(Notice(template=template, language="hi", context=context)).text

    assert len(text.removesuffix("http://testserver/")) <= 134
