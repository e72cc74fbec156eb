"""A day is planned and sent with keys alone: pick, place, exchange, fix, release."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone

from committees.levels import Role
from interviews.models import Interview
from tests.browser.conftest import DESK
from tests.browser.looking import TAGS
from tests.factories.desk import Places, a_colleague, a_drive
from tests.factories.sunday import a_day, shortlisted


@pytest.fixture
def plan(page, live_server):
    """Tomorrow's plan, with two people who need a time; the mouse stays where it is."""
    now = timezone.now()
    places = Places(now)
    drive = a_drive(places.state, now)
    day = a_day(drive, places.state, now, date=timezone.localdate(now) + timedelta(days=1), slot_minutes=40)
    for number in range(2):
        shortlisted(drive, places.danta, now, number)
    office = Client()
    office.force_login(a_colleague(places.state, Role.STATE_OFFICE, now))
    page.context.add_cookies(
        [{"name": "sessionid", "value": office.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.set_viewport_size(DESK)
    page.goto(f"{live_server.url}/office/interviews/{day.date}/{drive.slug}/")
    return page


def reach(page, key, selector, most=60):
    """Press this key until the focus is on such an element."""
    for _press in range(most):
        if page.evaluate("what => document.activeElement.matches(what)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {selector}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()


def faults(page):
    answer = Axe().run(page, options={"runOnly": TAGS})
    return [one["id"] for one in answer.response["violations"]]


def in_order():
    return [row.application_id for row in Interview.objects.order_by("slot__starts_at")]


def test_keys_alone_pick_place_exchange_fix_and_release(plan):
    for downs in (0, 2):
        reach(plan, "Tab", "#waiting a")
        enter(plan)
        plan.locator("button[name=slot]:focus").wait_for()
        for _down in range(downs):
            plan.keyboard.press("ArrowDown")
        enter(plan)
    first, second = in_order()
    assert faults(plan) == []

    reach(plan, "Tab", "#plan td a")
    enter(plan)
    plan.locator("#plan button:focus").wait_for()
    assert faults(plan) == []
    reach(plan, "ArrowDown", "button[name=other]")
    enter(plan)
    assert in_order() == [second, first]

    reach(plan, "Tab", "#plan td a")
    enter(plan)
    plan.locator("#plan button:focus").wait_for()
    reach(plan, "ArrowUp", "#place select")
    reach(plan, "Tab", "[value=lock]")
    enter(plan)
    assert Interview.objects.get(is_locked=True).application_id == second

    reach(plan, "Tab", "a[href$='/release/']")
    enter(plan)
    reach(plan, "Tab", "form .btn")
    enter(plan)
    assert set(Interview.objects.values_list("status", "called_version")) == {("CALLED", 1)}
