"""A panel member scores on a phone whose network comes and goes; one sheet is handed in, once."""

from datetime import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from interviews.models import Interview, InterviewDay, Score, ScoreSheet
from portal.models import Event
from tests.browser.waiting import until
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day, arrived, judges_of, shortlisted

LOCAL, SAVED = "इस फ़ोन पर सुरक्षित", "सहेजा गया"


@pytest.fixture
def interview(live_server):
    """Token 1 is before the panel now."""
    now = timezone.now()
    places = Places(now)
    drive = a_drive(places.state, now)
    day = a_day(drive, places.state, now, date=timezone.localdate(now), starts=time(0), ends=time(23, 59))
    return arrived(day, shortlisted(drive, places.danta, now), now, when=now)


def sign_in(page, live_server, interview):
    client = Client()
    client.force_login(judges_of(interview.panel)[0].user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


@pytest.fixture
def card(page, live_server, interview):
    """The open card of token 1 on the phone of the first judge."""
    sign_in(page, live_server, interview)
    page.goto(f"{live_server.url}/panel/")
    page.get_by_role("link", name="1", exact=True).click()
    assert interview.application.name not in page.content()
    page.get_by_role("button", name="अंक पत्रक खोलें").click()
    return page


def give(page, marks):
    for place, mark in enumerate(marks):
        page.locator(".sc").nth(place).locator(".marks label").nth(mark - 1).click()


def state(page, words):
    page.locator("#state", has_text=words).wait_for(timeout=25_000)


def marks():
    return list(Score.objects.order_by("criterion__order").values_list("mark", flat=True))


def handed_in():
    return Event.objects.filter(verb="handed in").count()


def test_each_tap_is_saved_and_shows_what_the_mark_means(card):
    give(card, [4, 3])

    state(card, SAVED)
    assert marks() == [4, 3]
    assert card.locator(".anc").nth(1).inner_text() == "3 – हफ़्ते में 1–3 अपनी पोस्ट; थोड़ी बातचीत"
    assert not card.evaluate("document.documentElement.scrollWidth > innerWidth")
    card.reload()
    assert card.locator(".marks input:checked").evaluate_all("all => all.map(one => one.value)") == ["4", "3"]


def test_a_sheet_scored_without_network_is_handed_in_once_when_it_is_back(card, network):
    give(card, [4])
    state(card, SAVED)

    network.lose()
    give(card, [4, 3, 3, 5, 2])
    card.get_by_label("टिप्पणी").fill("पानी के मुद्दे पर साफ़ उदाहरण")
    state(card, LOCAL)
    card.get_by_role("button", name="जमा करें").click()
    state(card, "इंटरनेट आते ही")
    assert (marks(), handed_in()) == ([4], 0)

    network.find()
    card.wait_for_url("**/panel/", timeout=15_000)
    assert (marks(), handed_in()) == ([4, 3, 3, 5, 2], 1)
    assert ScoreSheet.objects.get().submitted_at is not None
    assert card.evaluate("Object.keys(localStorage).length") == 0


def test_an_answer_that_got_lost_is_not_taken_for_another_device(card):
    lost = []

    def swallow(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # the server has it, the phone never hears so
            route.abort()
        else:
            route.continue_()

    card.route("**/panel/**", swallow)
    with card.expect_event("requestfailed"):  # what the page then says is soon replaced by the next try
        give(card, [4])
    give(card, [4, 2])

    state(card, SAVED)
    until(card, "Object.keys(localStorage).length === 0")  # the second change has left the phone too
    assert (lost, marks()) == ([200], [4, 2])


def test_what_is_missing_is_shown_and_nothing_is_handed_in(card):
    give(card, [5, 3])
    card.get_by_role("button", name="जमा करें").click()

    card.locator(".sc.bad").nth(2).wait_for()
    state(card, "अभी पूरा नहीं है")
    assert card.locator(".field.bad").count() == 1
    assert (marks(), handed_in()) == ([5, 3], 0)
    assert Interview.objects.get().status == "ARRIVED"


def test_after_a_new_sign_in_the_page_goes_on_by_itself(card, live_server, interview):
    give(card, [4])
    state(card, SAVED)
    Session.objects.all().delete()
    give(card, [4, 2])
    state(card, "लॉग आउट")
    assert marks() == [4]

    sign_in(card, live_server, interview)

    state(card, SAVED)
    assert marks() == [4, 2]


def test_a_day_closed_meanwhile_keeps_the_marks_and_takes_them_with_a_reason(card):
    give(card, [4])
    state(card, SAVED)
    InterviewDay.objects.update(locked_at=timezone.now())
    give(card, [4, 3, 3, 4, 2])
    state(card, "दिन बंद हो गया")
    card.reload()
    assert card.locator(".marks input:checked").count() == 5

    card.get_by_label("देर क्यों हुई").fill("नेटवर्क नहीं था")
    card.get_by_role("button", name="देर से जमा करें").click()

    card.wait_for_url("**/panel/", timeout=15_000)
    sheet = ScoreSheet.objects.get()
    assert (sheet.late_reason, marks(), ScoreSheet.objects.counting().count()) == ("नेटवर्क नहीं था", [4, 3, 3, 4, 2], 0)


def test_a_sheet_left_on_the_phone_is_sent_from_the_page_of_the_day(card, live_server):
    give(card, [4])
    state(card, SAVED)
    card.route("**/panel/send/", lambda route: route.abort())
    give(card, [4, 2])
    state(card, LOCAL)
    card.goto(f"{live_server.url}/panel/")
    card.locator("#unsent", has_text="इस फ़ोन पर").wait_for()

    card.unroute("**/panel/send/")
    card.evaluate("dispatchEvent(new Event('online'))")

    card.locator("#unsent").wait_for(state="hidden", timeout=15_000)
    assert (marks(), card.evaluate("Object.keys(localStorage).length")) == ([4, 2], 0)


def test_marks_given_before_the_script_came_are_saved_by_it(card):
    card.route("**/score*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    card.reload()
    give(card, [4, 3])
    card.unroute("**/score*.js")

    card.add_script_tag(url=card.locator('script[src*="score"]').get_attribute("src"))

    state(card, SAVED)
    assert marks() == [4, 3]
