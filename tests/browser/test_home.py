"""The in-charge's home without a network: the last copy with its time, for nobody but who it belongs to."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Error

from tests.factories.committees import make_tree, make_user

KEPT = """caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((desk) => desk.keys()))))
    .then((all) => all.flat().map((key) => new URL(key.url).pathname))"""
WHOLE = f"{KEPT}.then((all) => ['/my/', '/static/portal.css', '/static/copies.js'].every((one) => all.includes(one)))"
OWN = """caches.match('/my/').then((kept) => kept && kept.text())
    .then((text) => /जयपुर/.test(text) && !/data-forget/.test(text))"""


@pytest.fixture
def units(live_server):
    return make_tree(timezone.now())


@pytest.fixture
def home(page, live_server, units):
    """Opened once on the phone of the in-charge, who looks at nothing else."""
    come(page, live_server, make_user("district-incharge", units["SKR"], timezone.now(), "कविता शर्मा"))
    page.goto(f"{live_server.url}/my/")
    until(page, WHOLE)
    return page


def come(page, live_server, user):
    """Somebody is signed in on this phone."""
    client = Client()
    client.force_login(user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])


def until(page, what):
    """Wait for it to come true; for Playwright's own waiting a promise is true at once."""
    page.evaluate(f"async () => {{ while (!(await ({what}))) await new Promise(requestAnimationFrame); }}")


def gone(page):
    """Wait until nothing is kept any more."""
    until(page, f"{KEPT}.then((all) => !all.length)")


def opens(page, address):
    try:
        page.goto(address)
    except Error:
        return False
    return True


def test_seen_once_the_home_opens_without_a_network_and_says_so(home, live_server, network):
    assert not home.locator("[data-copy]").is_visible()
    network.lose()
    assert opens(home, f"{live_server.url}/my/")

    said = home.locator("[data-copy]")
    assert "इंटरनेट नहीं: यह पेज" in said.inner_text()
    assert "सीकर: 2 में से 0" in home.locator("h1").inner_text()
    assert home.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert home.locator("main button:enabled").count() == 0
    assert not home.get_by_role("link", name="दौरा अब भी दर्ज कर सकते हैं").is_visible()  # nobody opened them here
    assert not home.evaluate("document.documentElement.scrollWidth > innerWidth")

    network.find()
    home.reload()
    assert not home.locator("[data-copy]").is_visible()


def test_visits_open_from_there_and_are_kept_too(home, live_server, network):
    home.goto(f"{live_server.url}/visits/")
    until(home, f"{KEPT}.then((all) => all.includes('/visits/'))")
    network.lose()
    home.goto(f"{live_server.url}/my/")

    home.get_by_role("link", name="दौरा अब भी दर्ज कर सकते हैं").click()

    assert "यह" in home.locator("[data-copy]").inner_text()
    assert home.get_by_role("button", name="दौरा दर्ज करें").is_enabled()


def test_who_signs_out_leaves_nothing_behind(home, live_server, network):
    home.get_by_role("button", name="बाहर निकलें").click()
    home.wait_for_url(f"{live_server.url}/")

    assert home.evaluate(KEPT) == []
    network.lose()
    assert not opens(home, f"{live_server.url}/my/")


def test_signing_out_on_any_page_and_without_a_network_forgets_as_well(home, live_server, network):
    home.goto(f"{live_server.url}/work/")
    network.lose()
    with home.expect_event("requestfailed"):
        home.get_by_role("button", name="बाहर निकलें").click()

    assert not opens(home, f"{live_server.url}/my/")


def test_nobody_else_on_this_phone_sees_it(home, live_server, units, network):
    """The session ended by itself; the next one comes to the door, or is signed in without it."""
    home.context.clear_cookies(name="sessionid")
    home.goto(f"{live_server.url}/login/")
    gone(home)

    come(home, live_server, make_user("district-incharge", units["JPR"], timezone.now(), "मोहन लाल"))
    home.goto(f"{live_server.url}/my/")
    until(home, WHOLE)
    come(home, live_server, make_user("district-president", units["SKR"], timezone.now()))
    home.goto(f"{live_server.url}/work/")
    gone(home)
    network.lose()
    assert not opens(home, f"{live_server.url}/my/")


def test_the_next_in_charge_finds_the_own_copy(home, live_server, units, network):
    come(home, live_server, make_user("district-incharge", units["JPR"], timezone.now(), "मोहन लाल"))
    home.goto(f"{live_server.url}/my/")
    until(home, OWN)
    until(home, WHOLE)
    network.lose()

    for _time in range(2):
        assert opens(home, f"{live_server.url}/my/")
        assert "जयपुर" in home.locator("h1").inner_text()
