"""The desk: decided beside the list, on to the next one, with the way back in sight; and many after one look."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from applications.states import Status
from tests.browser.conftest import DESK
from tests.factories.committees import make_tree, make_user
from tests.factories.desk import a_drive, an_application


@pytest.fixture
def pile(live_server, page):
    """Signed in as the office, before twenty applications."""
    now = timezone.now()
    units = make_tree(now)
    drive = a_drive(units["RJ"], now)
    rows = [an_application(drive, units["AC036-P112"], now, number) for number in range(20)]
    client = Client()
    client.force_login(make_user("state-office", units["RJ"], now, "कार्यालय"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.set_viewport_size(DESK)
    return rows


@pytest.mark.parametrize("view", ["", "?status=SUBMITTED"], ids=["it stays in the list", "it leaves the list"])
def test_a_decision_opens_the_next_one_with_the_way_back_in_sight(page, live_server, pile, view):
    page.goto(f"{live_server.url}/office/applications/{view}")
    shown = page.locator("#rows tbody tr")
    refs = [row.get_attribute("id") for row in shown.all()]
    for nth in range(9):
        page.keyboard.press("j")
        expect(shown.nth(nth)).to_have_class("open")
    expect(page.locator("#decide")).to_be_visible()

    with page.expect_navigation():
        page.keyboard.press("s")

    expect(page.locator("tr.open")).to_have_id(refs[9])
    expect(page.locator("#pane .undo")).to_be_in_viewport()
    page.locator("#pane .undo button").click()
    expect(page.locator("main > .say.success")).to_be_visible()
    assert {row.status for row in type(pile[0]).objects.all()} == {Status.SUBMITTED}


def test_the_look_at_many_can_be_gone_back_to(page, live_server, pile):
    page.goto(f"{live_server.url}/office/applications/")
    for nth in range(2):
        page.locator("#rows tbody .pick input").nth(nth).check()
    page.locator("#bulk [name=to][value=SHORTLISTED]").click()
    page.locator("[name=confirm]").click()
    expect(page.locator("main > .say.undo")).to_be_visible()

    page.go_back()

    expect(page.locator("[name=confirm], main h1").first).to_be_visible()
    assert "office/applications/move/?" in page.url
