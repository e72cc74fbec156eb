"""An applicant's way on a phone without JavaScript, from the poster's code to the receipt."""

import re
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from applications.domain import linking
from applications.models import Application, Draft
from applications.states import Status
from tests.factories.desk import Places, a_drive
from tests.factories.form import SAMPLE

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def world(live_server):
    now = timezone.now()
    places = Places(now)
    drive = a_drive(places.state, now)
    return places, drive, linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)


def go_on(page, name="आगे बढ़ें"):
    page.get_by_role("button", name=name).click()


def a_big_photo():
    """Three megapixels with enough detail to weigh more than a slow network carries."""
    out = BytesIO()
    Image.effect_mandelbrot((2000, 1500), (-3, -2.5, 2, 2.5), 60).save(out, "JPEG", quality=98)
    return out.getvalue()


def fill_in(page, live_server, link):
    page.goto(f"{live_server.url}/q/{link.code}")
    page.get_by_role("link", name="आवेदन शुरू करें").click()
    page.get_by_label("पूरा नाम").fill("सुनीता मीणा")
    page.get_by_label("मोबाइल नंबर", exact=True).fill("९८७६५ ००००१")
    go_on(page)
    page.get_by_role("searchbox").fill("palsana")
    page.get_by_role("button", name="खोजें").click()
    page.locator("label.opt", has_text="पलसाना").first.click()
    go_on(page)
    page.get_by_label("जन्म वर्ष").fill("1995")
    go_on(page)
    page.get_by_label("2 से 5 साल").check()
    go_on(page)
    page.get_by_label("लिंक या @नाम 1").fill("instagram.com/sunita")
    go_on(page)
    page.locator("input[name=prompt]").first.check()
    page.get_by_label(re.compile("50 से 150")).fill(SAMPLE)
    go_on(page)
    page.locator("input[name=can_come][value=yes]").check()
    page.locator("input[type=file]").set_input_files(
        files=[{"name": "me.jpg", "mimeType": "image/jpeg", "buffer": a_big_photo()}]
    )


def test_from_the_code_to_the_receipt_without_javascript(plain_page, live_server, world):
    places, _drive, link = world
    fill_in(plain_page, live_server, link)
    go_on(plain_page)
    plain_page.get_by_label(re.compile("सहमति")).check()

    go_on(plain_page, "आवेदन जमा करें")

    assert plain_page.get_by_role("heading", name="आवेदन जमा हो गया").is_visible()
    application = Application.objects.get()
    assert (application.unit, application.phone, application.link) == (places.mandal, "+919876500001", link)
    assert application.photo.width == 1024


def test_after_the_receipt_answers_are_changed_and_the_application_taken_back_without_javascript(
    plain_page, live_server, world
):
    _places, _drive, link = world
    fill_in(plain_page, live_server, link)
    go_on(plain_page)
    plain_page.get_by_label(re.compile("सहमति")).check()
    go_on(plain_page, "आवेदन जमा करें")

    plain_page.locator("a[href$='/change/social/']").click()
    plain_page.get_by_label("लिंक या @नाम 1").fill("instagram.com/sunita_meena")
    go_on(plain_page, "सहेजें")
    changed = Application.objects.get()
    plain_page.get_by_role("link", name="आवेदन वापस लें").click()
    go_on(plain_page, "आवेदन वापस लें")

    assert [account["text"] for account in changed.links] == ["instagram.com/sunita_meena"]
    assert Application.objects.get().status == Status.WITHDRAWN
    go_on(plain_page, "आवेदन फिर से लगाएँ")
    assert Application.objects.get().status == Status.SUBMITTED


def test_the_back_button_after_the_receipt_makes_no_second_application(plain_page, live_server, world):
    _places, _drive, link = world
    fill_in(plain_page, live_server, link)
    go_on(plain_page)
    plain_page.get_by_label(re.compile("सहमति")).check()
    go_on(plain_page, "आवेदन जमा करें")

    plain_page.go_back()
    if plain_page.get_by_role("button", name="आवेदन जमा करें").count():
        go_on(plain_page, "आवेदन जमा करें")

    assert Application.objects.count() == 1
    assert plain_page.url.endswith(f"/a/{Application.objects.get().ref}/")


def test_with_javascript_places_appear_while_typing_and_the_photo_travels_small(page, live_server, world):
    _places, _drive, link = world
    wide = []
    page.on("load", lambda loaded: wide.append(loaded.url) if loaded.evaluate(WIDER) else None)
    fill_in(page, live_server, link)
    page.locator("output.cap", has_text="KB").wait_for()

    assert page.evaluate("document.querySelector('input[type=file]').files[0].size") < 125_000
    go_on(page)
    page.get_by_role("heading", name="जमा करने से पहले जाँच लें").wait_for()
    page.goto(page.url.replace("/check/", "/area/"))
    page.get_by_role("searchbox").press_sequentially("rings", delay=20)
    page.locator("#found label.opt", has_text="रींगस").first.wait_for()
    assert wide == []


def test_unsent_words_come_back_after_the_page_was_closed(page, live_server, world):
    _places, _drive, link = world
    page.goto(f"{live_server.url}/q/{link.code}")
    page.get_by_role("link", name="आवेदन शुरू करें").click()
    page.wait_for_load_state("load")
    page.get_by_label("पूरा नाम").press_sequentially("सुनीता")

    page.reload(wait_until="load")

    assert page.get_by_label("पूरा नाम").input_value() == "सुनीता"
    assert not Draft.objects.exists()
