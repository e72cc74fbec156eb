from datetime import timedelta

import pytest
from icalendar import Calendar

from applications.domain import withdrawing
from interviews.domain import calling, queueing, replying, scheduling
from interviews.models import Interview, InterviewDay
from portal import outbox, wording
from portal.models import Notice
from portal.transitions import Stale
from tests.factories.sunday import at, called, shortlisted


def later(day, place=5):
    return scheduling.free_slots(day)[place]


def told():
    rows = Notice.objects.exclude(status="CANCELLED").exclude(template__startswith="panel_")
    return list(rows.order_by("pk").values_list("template", flat=True))


def test_a_call_names_date_time_place_and_the_link(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)

    notice = Notice.objects.get(template="call")
    text = wording.of(notice).text
    assert interview.status == "CALLED"
    for part in [
        "16 नवंबर 2025",
        "सुबह 11:00 बजे",
        "प्रदेश कार्यालय, जयपुर",
        f"/interview/?k={interview.application.link_key}",
    ]:
        assert part in text
    assert (notice.due_at, notice.useful_until) == (now, at(11))


def test_only_news_is_sent_again(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    outbox.send_due(now=now)

    assert calling.release(day=day, by=None, now=now) == (0, 0, 0, 0)
    scheduling.place(interview=interview, slot=later(day), by=None, now=now)
    assert calling.release(day=day, by=None, now=now) == (0, 1, 0, 0)
    outbox.send_due(now=now)
    interview.refresh_from_db()
    scheduling.unplace(interview=interview, by=None, now=now)
    assert calling.release(day=day, by=None, now=now) == (0, 0, 1, 0)

    interview.refresh_from_db()
    assert told() == ["call", "call_changed", "call_cancelled"]
    assert (interview.status, interview.called_for, interview.called_version) == ("PLANNED", None, 2)


def test_a_call_that_has_not_left_is_taken_back_by_the_next(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    scheduling.place(interview=interview, slot=later(day), by=None, now=now)
    calling.release(day=day, by=None, now=now)

    assert told() == ["call_changed"]


def test_a_first_call_that_has_not_left_needs_no_taking_back(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    scheduling.unplace(interview=interview, by=None, now=now)

    assert calling.release(day=day, by=None, now=now) == (0, 0, 1, 0)
    assert told() == []


def test_who_withdrew_hears_nothing(day, drive, places, now):
    application = shortlisted(drive, places.danta, now)
    scheduling.add(day=day, application=application, slot=later(day), by=None, now=now)
    withdrawing.withdraw(application=application, why="", now=now)

    assert calling.release(day=day, by=None, now=now) == (0, 0, 0, 2)
    assert (told(), Interview.objects.get().status) == ([], "CANCELLED")


def test_two_colleagues_who_release_at_once_call_once(day, drive, places, now):
    scheduling.add(day=day, application=shortlisted(drive, places.danta, now), slot=later(day), by=None, now=now)
    same = InterviewDay.objects.get()
    calling.release(day=day, by=None, now=now)

    with pytest.raises(Stale):
        calling.release(day=same, by=None, now=now)

    assert told() == ["call"]


def test_an_answer_may_change_until_the_time_comes(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)

    replying.answer(interview=interview, answer="no", note=" परीक्षा  है ", now=now)
    replying.answer(interview=interview, answer="yes", now=now + timedelta(hours=1))
    with pytest.raises(calling.Closed):
        replying.answer(interview=interview, answer="no", now=at(11))

    interview.refresh_from_db()
    assert (interview.answer, interview.answer_note) == ("yes", "")


def test_who_is_here_answers_no_more(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    queueing.check_in(interview=interview, by=None, now=at(10, 30))

    with pytest.raises(calling.Closed):
        replying.answer(interview=interview, answer="no", now=at(10, 31))


@pytest.mark.parametrize(("language", "title"), [("hi", "साक्षात्कार"), ("en", "Interview")])
def test_the_calendar_file_carries_the_time(day, drive, places, now, language, title):
    interview = called(day, shortlisted(drive, places.danta, now), now)

    event = Calendar.from_ical(calling.calendar(interview=interview, language=language, now=now)).events[0]

    assert (event.start, event.end) == (at(11), at(11, 7))
    assert str(event["summary"]).startswith(title)
