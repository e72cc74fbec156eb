"""The desk's phone loses the network: two are checked in, one is called; when it is back, all is done once."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from committees.levels import Role
from interviews.models import Interview, Press
from tests.factories.desk import Places, a_colleague, a_drive
from tests.factories.sunday import a_day, arrived, called, shortlisted


@pytest.fixture
def people(live_server):
    """One waits; two have a time and are on their way."""
    now = timezone.now()
    places = Places(now)
    drive = a_drive(places.state, now)
    day = a_day(drive, places.state, now, date=timezone.localdate(now), starts=time(0), ends=time(23, 59))
    last = list(day.panels.get().slots.order_by("-starts_at")[:3])
    first = arrived(day, shortlisted(drive, places.danta, now, 0), now, when=now - timedelta(minutes=9), slot=last[2])
    others = [called(day, shortlisted(drive, places.danta, now, n), now, slot=last[n - 1]) for n in (1, 2)]
    desk = Client()
    desk.force_login(a_colleague(places.state, Role.RECEPTION, now, number=3, name="रेखा सैनी"))
    return desk.cookies["sessionid"].value, [first, *others]


@pytest.fixture
def desk(page, live_server, people):
    """The queue, open on the phone of the desk, and kept there."""
    session, (first, *_others) = people
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    address = f"{live_server.url}/office/interviews/{first.day.date}/{first.day.drive.slug}/queue/"
    page.goto(address)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    return page


def button(page, do):
    return page.locator(f'[name=do][value="{do}"]')


def test_two_arrive_and_one_is_called_without_a_network_once(desk, people, network):
    first, second, third = people[1]
    network.lose()
    for person in (third, second):
        button(desk, f"check_in:{person.pk}").click()
        desk.locator("#desk-state", has_text="इंटरनेट नहीं है").wait_for()
    button(desk, f"next:{first.panel_id}:").click()
    desk.locator(".token-big b", has_text="1").wait_for()

    assert desk.get_by_text("टोकन बाद में").count() == 2
    desk.reload()
    desk.locator(".token-big b", has_text="1").wait_for()
    assert Press.objects.count() == 0

    network.find()
    desk.locator(f'.waits [data-pk="{second.pk}"]').wait_for(timeout=15_000)
    rows = Interview.objects.order_by("token").values_list("pk", "token", "status")
    assert list(rows) == [(first.pk, 1, "IN_ROOM"), (third.pk, 2, "ARRIVED"), (second.pk, 3, "ARRIVED")]
    assert (Press.objects.count(), desk.evaluate("Object.keys(localStorage).length")) == (3, 0)
    assert not desk.evaluate("document.documentElement.scrollWidth > innerWidth")
