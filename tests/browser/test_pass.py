"""The interview pass on the applicant's phone: seen once, it is there without a network; and it can be forgotten."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error

from applications.domain import withdrawing
from tests.browser.waiting import PATIENCE, until
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day, called, shortlisted

KEPT = """(async () => {
    const pages = [];
    for (const name of await caches.keys())
        if (name.startsWith('pass ')) pages.push(...await (await caches.open(name)).keys());
    return pages.map((page) => new URL(page.url).pathname).sort();
})()"""


@pytest.fixture
def application(live_server):
    """Called to an interview of tomorrow."""
    now = timezone.now()
    places = Places(now)
    drive = a_drive(places.state, now)
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    day = a_day(drive, places.state, now, date=tomorrow, starts=time(11), ends=time(17))
    return called(day, shortlisted(drive, places.danta, now), now).application


@pytest.fixture
def pages(application):
    return [f"/a/{application.ref}/", f"/a/{application.ref}/interview/"]


@pytest.fixture
def phone(page, live_server, application, pages):
    """The phone of the applicant, who opened the link of the SMS once; both pages are kept."""
    page.goto(f"{live_server.url}{pages[0]}?k={application.link_key}")
    page.get_by_role("link", name="मेरा साक्षात्कार देखें").click()
    page.goto(f"{live_server.url}{pages[0]}")
    until(page, f"{KEPT}.then((all) => all.length === 2)")
    return page


def reads(page, address):
    """Does the page open?"""
    try:
        page.goto(address)
    except Error:
        return False
    return True


def test_the_pass_is_there_without_a_network_and_says_that_it_is_a_copy(phone, live_server, pages, network):
    assert phone.evaluate(KEPT) == pages
    assert not phone.locator("[data-copy]").is_visible()

    network.lose()
    phone.goto(f"{live_server.url}{pages[1]}")

    assert phone.locator("main .qr svg").is_visible()
    assert "इंटरनेट नहीं" in phone.locator("[data-copy]").inner_text()
    assert reads(phone, f"{live_server.url}{pages[0]}")
    assert not reads(phone, f"{live_server.url}/d/")


def test_what_was_taken_back_is_kept_no_longer(phone, live_server, application, pages, network):
    withdrawing.withdraw(application=application, why="", now=timezone.now())
    phone.goto(f"{live_server.url}{pages[0]}")

    until(phone, f"{KEPT}.then((all) => all.length === 0)")
    network.lose()
    assert [reads(phone, f"{live_server.url}{page}") for page in pages] == [False, False]


def test_an_answer_that_comes_late_does_not_bring_back_what_was_taken_back(phone, application, pages, network):
    with network.holding(pages[1]) as made:
        phone.evaluate("page => { self.late = fetch(page).then((answer) => answer.text()); }", pages[1])
        assert made.wait(PATIENCE)
        withdrawing.withdraw(application=application, why="", now=timezone.now())
        phone.evaluate("page => fetch(page).then((answer) => answer.text())", pages[0])

    phone.evaluate("late")
    assert phone.evaluate(KEPT) == []


def test_somebody_else_s_phone_forgets_it(phone, live_server, pages, network):
    phone.get_by_role("button", name="यह किसी और का फ़ोन है").click()

    assert "आवेदन शुरू करें" in phone.locator("main").inner_text()
    network.lose()
    assert [reads(phone, f"{live_server.url}{page}") for page in pages] == [False, False]
