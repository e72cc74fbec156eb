"""In the hall without a network: a trainer's taps wait on the phone, and the pass of who comes can be read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.browser.test_pass import KEPT
from tests.browser.waiting import until
from tests.factories.committees import make_tree, make_user
from tests.factories.training import make_invited
from training.domain import inviting
from training.models import Attendance


@pytest.fixture
def hall(live_server):
    """A workshop that begins in an hour, two who come, and the state office at the door."""
    now = timezone.now()
    units = make_tree(now)
    workshop, people = make_invited(units["SKR"], now, 2, starts_in=timedelta(hours=1))
    for enrolment in people:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    client = Client()
    client.force_login(make_user("state-office", units["RJ"], now, "कमला देवी"))
    return workshop, people, client.cookies["sessionid"].value


def test_taps_without_a_network_are_seen_at_once_and_arrive_once(page, live_server, hall, network):
    workshop, people, session = hall
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/train/{workshop.slug}/attendance/1/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    network.lose()

    for enrolment in people:
        page.locator(f"#e{enrolment.pk} [value=mark]").click()
    page.locator(f"#e{people[1].pk} [value=unmark]").click()
    page.reload()  # the copy, on which the taps are seen again
    page.locator(f"#e{people[0].pk}.done").wait_for()
    seen = page.locator("#came").inner_text(), page.locator("#marks-state").inner_text(), Attendance.objects.count()
    network.find()
    page.get_by_text("सारी उपस्थिति पहुँच गई").wait_for()

    assert (seen[0], "3" in seen[1], seen[2]) == ("1", True, 0)
    assert [mark.enrolment for mark in Attendance.objects.all()] == [people[0]]


def test_the_pass_is_there_without_a_network(page, live_server, hall, network):
    _workshop, (enrolment, _other), _session = hall
    address = f"{live_server.url}/r/{enrolment.link_key}/"
    page.goto(address)
    until(page, f"{KEPT}.then((kept) => kept.length === 1)")

    network.lose()
    page.goto(address)

    assert page.locator("main .qr svg").is_visible()
    assert "इंटरनेट नहीं" in page.locator("[data-copy]").inner_text()
