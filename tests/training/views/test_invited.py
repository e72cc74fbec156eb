"""The personal page of someone who is invited."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from tests.factories.training import make_invited, mark
from training.domain import certifying, inviting, planning
from training.models import Answer, Enrolment


@pytest.fixture
def invited(sikar, now):
    _workshop, (enrolment,) = make_invited(sikar, now, 1)
    return enrolment


def page_of(enrolment, name="rsvp"):
    return reverse(f"training:{name}", args=[enrolment.link_key])


def test_looking_answers_nothing(client, invited):
    page = client.get(page_of(invited))

    assert page.status_code == 200
    assert "क्या आप आ रहे हैं?" in page.content.decode()
    assert Enrolment.objects.get().answer == Answer.NONE


@pytest.mark.parametrize(
    ("coming", "answer", "shown"),
    [("yes", Answer.YES, "आपकी जगह पक्की है"), ("no", Answer.NO, "दर्ज हुआ: आप नहीं आ रहे हैं")],
)
def test_one_tap_answers(client, invited, coming, answer, shown):
    page = client.post(page_of(invited), {"coming": coming}, follow=True)

    assert shown in page.content.decode()
    assert Enrolment.objects.get().answer == answer


def test_nonsense_answers_nothing(client, invited):
    page = client.post(page_of(invited), {"coming": "perhaps"})

    assert page.status_code == 200
    assert Enrolment.objects.get().answer == Answer.NONE


def test_an_answer_after_the_beginning_says_so(client, invited):
    with time_machine.travel(invited.workshop.starts_at + timedelta(minutes=1)):
        page = client.post(page_of(invited), {"coming": "yes"})

    assert page.status_code == 409
    assert "जवाब अब नहीं बदल सकता" in page.content.decode()


def test_a_guessed_key_opens_nothing(client, invited):
    for name in ("rsvp", "calendar", "certificate"):
        assert client.get(reverse(f"training:{name}", args=["a" * 22])).status_code == 404


def test_the_calendar_file_holds_time_and_place(client, invited):
    answer = client.get(page_of(invited, "calendar"))

    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer["Content-Type"].startswith("text/calendar")
    assert (event.decoded("dtstart"), str(event["location"])) == (
        invited.workshop.starts_at.replace(microsecond=0),
        "टाउन हॉल, सीकर",
    )


def test_a_cancelled_workshop_says_so_and_has_no_calendar_file(client, invited, office, now):
    planning.cancel(workshop=invited.workshop, by=office, now=now)

    assert "यह कार्यशाला रद्द हो गई है" in client.get(page_of(invited)).content.decode()
    assert client.get(page_of(invited, "calendar")).status_code == 404


def test_the_certificate_comes_when_it_is_issued(client, invited, office):
    before = client.get(page_of(invited, "certificate")).status_code
    workshop = invited.workshop
    mark(invited, workshop.starts_at, office)
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)

    after = client.get(page_of(invited, "certificate"))

    assert before == 404
    assert (after["Content-Type"], after.content[:5]) == ("application/pdf", b"%PDF-")
    assert "आपका प्रमाण पत्र तैयार है" in client.get(page_of(invited)).content.decode()


def test_the_page_speaks_english_under_its_english_address(client, invited):
    page = client.get(f"/en{page_of(invited)}").content.decode()

    assert "Are you coming?" in page
    assert "New social media tools" in page


def test_nobody_keeps_the_page(client, invited):
    answer = client.get(page_of(invited))

    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_waiting_is_said(client, sikar, now):
    _workshop, people = make_invited(sikar, now, 2, capacity=1)
    inviting.answer(enrolment=people[0], coming=True, now=now)

    page = client.post(page_of(people[1]), {"coming": "yes"}, follow=True)

    assert "आप प्रतीक्षा सूची में हैं" in page.content.decode()
