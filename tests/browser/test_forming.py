"""A booth committee formed with the keyboard alone; a dead network loses no name."""

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import Appointment, Nomination
from tests.factories.committees import make_person, make_tree, make_user


@pytest.fixture
def booth(live_server, page):
    """Signed in as the in-charge, before the empty committee of a booth."""
    now = timezone.now()
    units = make_tree(now)
    user = make_user("district-incharge", units["SKR"], now, "कविता शर्मा")
    make_person(now, "रमेश सैनी", phone="9829055555")
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return units["AC036-P112"]


def to(page, words):
    """Tab until what has the focus says these words."""
    for _step in range(60):
        page.keyboard.press("Tab")
        said = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()")
        value = page.evaluate("document.activeElement.value ?? ''")
        if words in said or words in value:
            return
    raise AssertionError(words)


def press(page, words):
    to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_two_members_are_listed_and_published_by_keyboard(page, live_server, booth):
    page.goto(f"{live_server.url}{booth.get_absolute_url()}")

    press(page, "गठन शुरू करें")
    press(page, "आगे: बूथ अध्यक्ष जोड़ें")
    to(page, "मोबाइल नंबर")
    page.keyboard.type("9829055555")
    press(page, "आगे बढ़ें")
    press(page, "सूची में जोड़ें")
    press(page, "आगे: बूथ सचिव जोड़ें")
    to(page, "मोबाइल नंबर")
    page.keyboard.type("9829055556")
    press(page, "आगे बढ़ें")
    to(page, "पूरा नाम")
    page.keyboard.type("पूजा कंवर")
    press(page, "सूची में जोड़ें")
    press(page, "अभी घोषित करें")

    held = Appointment.objects.filter(seat__unit=booth).order_by("seat__post__order")
    assert [row.person.name for row in held] == ["रमेश सैनी", "पूजा कंवर"]


def test_what_was_typed_without_a_network_is_sent_when_it_is_back(page, live_server, booth, network):
    seat = booth.seats.of_committee().in_order().first()
    page.goto(f"{live_server.url}{booth.committee_url}form/{seat.pk}/", wait_until="load")
    page.get_by_label("मोबाइल नंबर").fill("9829055557")
    page.get_by_role("button", name="आगे बढ़ें").click()
    page.wait_for_load_state("load")

    page.get_by_label("पूरा नाम").fill("मीना देवी")
    network.lose()
    page.get_by_role("button", name="सूची में जोड़ें").click()
    assert page.get_by_text("इंटरनेट नहीं – लिखा हुआ इस फ़ोन पर है").is_visible()
    assert not Nomination.objects.exists()
    network.find()
    page.wait_for_url("**/committee/form/")

    assert Nomination.objects.get().person.name == "मीना देवी"
