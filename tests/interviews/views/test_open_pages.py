"""The two pages without a sign-in: the wall, and the applicant's own."""

import gzip
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from interviews.domain import closing, planning, queueing
from interviews.models import Interview
from tests.factories.sunday import a_day, arrived, at, called, shortlisted


@pytest.fixture
def today(drive, places):
    """The same day, but today: these pages read the real clock."""
    now = timezone.now()
    return a_day(drive, places.state, now, date=timezone.localdate(now) + timedelta(days=1))


def wall(day, **how):
    return planning.open_board(day=day, by=None, now=timezone.now(), **how)


def test_the_wall_shows_tokens_and_first_names_only(client, today, drive, places):
    now = timezone.now()
    people = [arrived(today, shortlisted(drive, places.danta, now, number), now, when=now) for number in range(3)]
    queueing.call_next(panel=people[0].panel, by=None, now=now)

    page = client.get(reverse("interviews:board", args=[wall(today).key])).content.decode()

    assert "<b>1</b><p>सुनीता मी.</p>" in page
    assert "2 · 3" in page
    assert people[0].application.name not in page
    assert people[0].application.phone[-5:] not in page
    assert len(gzip.compress(page.encode())) < 10_000


def test_the_wall_may_leave_the_names_out(client, today, drive, places):
    now = timezone.now()
    interview = arrived(today, shortlisted(drive, places.danta, now), now, when=now)
    queueing.call_next(panel=interview.panel, by=None, now=now)

    page = client.get(reverse("interviews:board", args=[wall(today, shows_names=False).key])).content.decode()

    assert "सुनीता" not in page


def test_an_unchanged_wall_costs_an_empty_answer(client, today, django_assert_num_queries):
    address = reverse("interviews:board", args=[wall(today).key]) + "?part=1"
    client.get(address)
    first = client.get(address)
    with django_assert_num_queries(4):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_key_that_ended_opens_nothing(client, today):
    board = wall(today)
    planning.close_board(board=board, by=None, now=timezone.now())

    assert client.get(reverse("interviews:board", args=[board.key])).status_code == 404
    assert client.get(reverse("interviews:board", args=["wrong"])).status_code == 404


@pytest.fixture
def interview(today, drive, places):
    return called(today, shortlisted(drive, places.danta, timezone.now()), timezone.now())


def link(interview):
    return reverse("interviews:call", args=[interview.application.ref])


def test_the_link_of_the_call_opens_the_page_and_leaves_the_address(client, interview):
    answer = client.get(link(interview), {"k": interview.application.link_key})
    page = client.get(answer.url).content.decode()

    assert "?k=" not in answer.url
    assert "प्रदेश कार्यालय, जयपुर" in page
    assert "सुबह 11:00 बजे" in page
    assert len(gzip.compress(page.encode())) < 14_000


def test_a_stranger_learns_nothing(client, interview):
    client.get(link(interview), {"k": "wrong"})

    assert client.get(link(interview)).status_code == 302
    assert client.get(reverse("interviews:calendar", args=[interview.application.ref])).status_code == 404
    assert client.post(link(interview), {"answer": "no"}).status_code == 302
    assert Interview.objects.get().answer == ""


def test_who_is_late_is_sent_to_the_desk_and_who_stayed_away_hears_that_it_is_over(
    client, day, drive, places, now, clock
):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    client.get(link(interview), {"k": interview.application.link_key})

    clock.move_to(at(12))
    late = client.get(link(interview)).content.decode()
    closing.close_day(day=day, by=None, now=at(17))
    over = client.get(link(interview)).content.decode()

    assert "अब भी आ सकते हैं तो स्वागत डेस्क पर आएँ" in late
    assert "साक्षात्कार पूरे हो चुके हैं" in over


def test_the_applicant_answers_and_takes_the_calendar_file(client, interview):
    client.get(link(interview), {"k": interview.application.link_key})

    client.post(link(interview), {"answer": "other", "not_before": "15:00", "note": "दोपहर के बाद"})
    client.post(link(interview), {"answer": "perhaps"})
    file = client.get(reverse("interviews:calendar", args=[interview.application.ref]))

    interview.refresh_from_db()
    asked = interview.requests.get()
    assert (interview.answer, asked.wished_from, asked.note) == ("other", time(15), "दोपहर के बाद")
    assert Calendar.from_ical(file.content).events[0].start == interview.slot.starts_at
    assert file["Content-Type"].startswith("text/calendar")


def test_a_plan_that_was_not_sent_is_nobodys_news(client, today, drive, places):
    application = shortlisted(drive, places.danta, timezone.now())
    client.get(reverse("interviews:call", args=[application.ref]), {"k": application.link_key})

    page = client.get(reverse("interviews:call", args=[application.ref])).content.decode()

    assert "अभी तय नहीं हुआ" in page
