"""On the road without a network: visits are written, the page is opened again, and all is sent once when it is back."""

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import Visit, VisitPhoto
from tests.browser.test_apply import a_big_photo
from tests.browser.waiting import until
from tests.factories.committees import make_tree, make_user

SYNC = "**/visits/sync"


@pytest.fixture
def road(page, live_server):
    """My visits, open on the phone of the in-charge, and kept there."""
    now = timezone.now()
    incharge = Client()
    incharge.force_login(make_user("district-incharge", make_tree(now)["SKR"], now, "कविता शर्मा"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": incharge.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/visits/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    return page


def write(page, place, met, unit="AC036"):
    page.locator("[name=unit]").select_option(unit)
    page.locator("[name=place]").fill(place)
    page.locator("[name=met]").fill(met)
    page.get_by_role("button", name="दौरा दर्ज करें").click()


def rows():
    return list(Visit.objects.order_by("place").values_list("place", "met", "unit__code"))


def test_visits_without_a_network_arrive_once_and_nothing_begun_is_lost(road, network):
    network.lose()
    write(road, "पलसाना", "12")
    road.reload()  # the copy, on which the next is written
    write(road, "खूड़", "7", unit="AC034")
    road.locator("#visits-state", has_text="2").wait_for()
    assert (road.locator("#visits-waiting li").count(), rows()) == (2, [])

    road.route(SYNC, lambda route: (route.fetch(), route.abort()))  # the answer to the first attempt is lost
    with road.expect_event("requestfailed"):
        network.find()
    road.locator("[name=note]").fill("आधा लिखा")
    road.unroute(SYNC)
    road.evaluate("dispatchEvent(new Event('online'))")
    road.locator("#visits-waiting li").first.wait_for(state="detached", timeout=15_000)
    assert rows() == [("खूड़", 7, "AC034"), ("पलसाना", 12, "AC036")]
    assert road.locator("[name=note]").input_value() == "आधा लिखा"
    assert road.evaluate("Object.keys(localStorage).length") == 0

    road.reload()
    assert road.locator(".cards h3").all_text_contents() == ["खूड़", "पलसाना"]
    assert not road.evaluate("document.documentElement.scrollWidth > innerWidth")


def attach(page):
    page.locator("[name=photo]").set_input_files(
        files=[{"name": "me.jpg", "mimeType": "image/jpeg", "buffer": a_big_photo()}]
    )


def test_a_photo_waits_small_on_the_phone_and_arrives_with_its_visit(road, network):
    network.lose()
    attach(road)
    write(road, "पलसाना", "12")  # at once: the phone makes it small first
    road.locator("#visits-waiting img").wait_for()
    write(road, "खूड़", "7")
    context, address = road.context, road.url
    road.close()
    again = context.new_page()
    again.goto(address)
    assert again.locator("#visits-waiting li").count() == 2
    assert again.evaluate("Object.values(localStorage).join('').length") < 200_000
    assert again.evaluate("document.querySelector('#visits-waiting img').naturalWidth") == 1024

    network.find()
    again.evaluate("dispatchEvent(new Event('online'))")
    again.locator(".cards h3", has_text="खूड़").wait_for(timeout=15_000)
    again.locator("#visits-waiting li").first.wait_for(state="detached", timeout=15_000)
    assert rows() == [("खूड़", 7, "AC036"), ("पलसाना", 12, "AC036")]
    assert VisitPhoto.objects.values_list("visit__place", "width", "height").get() == ("पलसाना", 1024, 768)
    again.reload()
    again.locator("img.snap").scroll_into_view_if_needed()
    until(again, "document.querySelector('img.snap').naturalWidth === 192")


def test_a_visit_whose_photo_finds_no_room_is_not_lost(road, network):
    road.evaluate("localStorage.setItem('full', 'x'.repeat(5 * 1024 * 1024 - 5000))")
    network.lose()
    attach(road)
    write(road, "पलसाना", "12")

    road.locator("#visits-state", has_text="जगह नहीं").wait_for()
    assert road.locator("[name=place]").input_value() == "पलसाना"
    network.find()
    road.get_by_role("button", name="दौरा दर्ज करें").click()
    road.locator(".cards h3", has_text="पलसाना").wait_for()
    assert VisitPhoto.objects.get().width == 1024


def test_a_visit_that_is_refused_comes_back_into_the_form(road, network):
    network.lose()
    road.locator("[name=on]").fill("2019-01-01")
    attach(road)
    write(road, "पलसाना", "12")
    road.locator("#visits-waiting li").wait_for()
    network.find()

    road.get_by_role("button", name="सुधारें").click(timeout=15_000)
    assert road.locator("[name=place]").input_value() == "पलसाना"
    road.locator("[name=on]").fill(timezone.localdate().isoformat())
    road.get_by_role("button", name="दौरा दर्ज करें").click()
    road.locator(".cards h3", has_text="पलसाना").wait_for()
    assert (rows(), VisitPhoto.objects.count()) == ([("पलसाना", 12, "AC036")], 1)


def test_without_javascript_the_form_sends_itself(plain_page, live_server):
    now = timezone.now()
    incharge = Client()
    incharge.force_login(make_user("district-incharge", make_tree(now)["SKR"], now))
    session = {"name": "sessionid", "value": incharge.cookies["sessionid"].value, "url": live_server.url}
    plain_page.context.add_cookies([session])
    plain_page.goto(f"{live_server.url}/visits/")

    attach(plain_page)
    write(plain_page, "पलसाना", "12")

    plain_page.locator(".cards h3", has_text="पलसाना").wait_for()
    assert VisitPhoto.objects.get().width == 1024
    assert rows() == [("पलसाना", 12, "AC036")]
