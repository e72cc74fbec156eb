"""A prepared day: from check-in to handing in without a network, and nobody's name left behind."""

from datetime import time

import pytest
from django.test import Client
from django.utils import timezone

from interviews.domain import queueing
from interviews.models import InterviewDay, Score, ScoreSheet
from portal.models import Event
from tests.browser.test_scoring import give
from tests.browser.waiting import until
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day, called, judges_of, shortlisted


@pytest.fixture
def interview(live_server):
    """Somebody has a time and is on the way."""
    now = timezone.now()
    places = Places(now)
    drive = a_drive(places.state, now)
    day = a_day(drive, places.state, now, date=timezone.localdate(now), starts=time(0), ends=time(23, 59))
    return called(day, shortlisted(drive, places.danta, now), now, slot=day.panels.get().slots.last())


@pytest.fixture
def phone(page, live_server, interview, network):
    """A judge's phone, prepared and without a network; the cards were never opened."""
    client = Client()
    client.force_login(judges_of(interview.panel)[0].user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/panel/")
    prepare(page)
    network.lose()
    page.goto(f"{live_server.url}/panel/")
    return page


def scored(page):
    """Token unknown: opened by the time, free declared, five marks, handed in on the phone alone."""
    page.locator("#cards a").click()
    page.get_by_role("button", name="अंक पत्रक खोलें").click()
    page.locator("#head h1").wait_for()
    give(page, [4, 3, 3, 5])
    page.get_by_role("button", name="जमा करें, अगला").click()
    page.locator(".sc.bad").first.wait_for()
    give(page, [4, 3, 3, 5, 2])
    page.get_by_label("टिप्पणी").fill("साफ़ उदाहरण")
    page.get_by_role("button", name="जमा करें, अगला").click()
    page.locator("#cards", has_text="इंटरनेट आते ही").wait_for()


def prepare(page):
    page.get_by_role("button", name="दिन की तैयारी").click()
    page.get_by_text("1 में से 1 इस फ़ोन पर").wait_for()


def wiped(page):
    caches = "(await caches.keys()).some((one) => one.startsWith('day '))"
    until(page, f"async () => !localStorage.length && !{caches}")


def test_a_card_never_opened_is_scored_without_a_network_and_handed_in_once(phone, live_server, interview, network):
    assert interview.application.name not in phone.content()
    scored(phone)
    queueing.check_in(interview=interview, by=None, now=timezone.now())
    assert ScoreSheet.objects.count() == 0

    network.find()
    phone.wait_for_url("**/panel/", timeout=20_000)

    sheet = ScoreSheet.objects.get()
    assert list(Score.objects.order_by("criterion__order").values_list("mark", flat=True)) == [4, 3, 3, 5, 2]
    assert sheet.declared_free_at < sheet.submitted_at
    assert Event.objects.filter(verb="handed in").count() == 1


def test_no_name_stays_after_a_day_the_lock_or_signing_out(phone, live_server, network):
    network.find()
    phone.goto(f"{live_server.url}/panel/")
    phone.evaluate("Day.put({ ...JSON.parse(localStorage['srijan-day']), for: -1 })")  # 24 hours are over
    phone.reload()
    wiped(phone)
    prepare(phone)
    InterviewDay.objects.update(locked_at=timezone.now())
    phone.reload()
    wiped(phone)
    InterviewDay.objects.update(locked_at=None)
    phone.reload()
    prepare(phone)
    phone.get_by_role("button", name="बाहर निकलें").click()
    phone.wait_for_url(f"{live_server.url}/")
    wiped(phone)


def test_a_day_closed_meanwhile_wipes_the_names_and_keeps_the_marks_to_be_seen(phone, live_server, interview, network):
    scored(phone)
    queueing.check_in(interview=interview, by=None, now=timezone.now())
    InterviewDay.objects.update(locked_at=timezone.now())

    network.find()
    phone.locator("#unsent", has_text="दिन बंद हो गया").wait_for(timeout=20_000)
    phone.goto(f"{live_server.url}/panel/")
    phone.locator("#unsent").get_by_role("link", name="इस फ़ोन पर रखे पत्रक खोलें").click()
    phone.locator("#cards a").click()

    phone.locator("#state", has_text="दिन बंद हो गया").wait_for()
    assert phone.locator(".marks input:checked").count() == 5
    assert interview.application.name not in phone.content() + phone.evaluate("JSON.stringify(localStorage)")
    phone.get_by_label("देर क्यों हुई").fill("नेटवर्क नहीं था")
    phone.get_by_role("button", name="देर से जमा करें").click()
    phone.wait_for_url("**/panel/", timeout=15_000)
    assert ScoreSheet.objects.get().late_reason == "नेटवर्क नहीं था"
