"""Who asks with somebody else's number is answered alike, whether that number has applied or not."""

import re

import pytest
from django.test import Client

from applications.models import Application
from portal import codes
from portal.models import Notice
from tests.applications.views.test_apply import ABOUT, NAME, fill, submit

pytestmark = pytest.mark.usefixtures("clock")

TAKEN, FREE = "98765 00001", "98765 00002"
STRANGER = {"name": "कमला गोयल", "on_whatsapp": "on"}
OF_ONE_PAGE = r'name="(?:csrfmiddlewaretoken|made|opened)" value="[^"]*"|nonce="[^"]*"|k%3D\w+|k=\w+'


@pytest.fixture
def owner(client, drive, places):
    """Somebody who has applied with the number that is ``TAKEN``."""
    fill(client, drive, places)
    submit(client, drive)
    return Application.objects.get()


def as_told(text, application, number):
    """A page without what belongs to this one application and visit."""
    for own in (codes.pretty(application.ref), application.ref, number, f"91{number}".replace(" ", "")):
        text = text.replace(own, "…")
    return re.sub(OF_ONE_PAGE, "…", text)


def said_to_a_stranger(drive, places, number):
    browser = Client()
    fill(browser, drive, places, name=STRANGER | {"phone": number})
    answer = submit(browser, drive)
    application = Application.objects.latest("pk")
    page = browser.get(answer["Location"])
    told = answer.status_code, answer["Location"], page.status_code, page.content.decode()
    return [as_told(str(part), application, number) for part in told]


def test_handing_in_for_a_number_says_nothing_of_whom_it_carries(owner, drive, places):
    known, unknown = (said_to_a_stranger(drive, places, number) for number in (TAKEN, FREE))

    assert known == unknown
    assert known[:3] == ["302", "/a/…/", "200"]
    assert list(Application.objects.order_by("pk").values_list("phone", "share")) == [
        ("+919876500001", 0),
        ("+919876500001", 1),
        ("+919876500002", 0),
    ]
    assert Notice.objects.filter(template="receipt", phone=owner.phone).count() == 2


def test_changing_to_a_number_says_nothing_of_whom_it_carries(owner, drive, places):
    browser = Client()
    fill(browser, drive, places, name=STRANGER | {"phone": "98765 00003"})
    page = submit(browser, drive)["Location"]

    answers = [browser.post(f"{page}change/name/", STRANGER | {"phone": number}) for number in (TAKEN, FREE)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, page)] * 2
    told = browser.get(page).content.decode()
    assert (FREE in told, TAKEN in told) == (True, False)


def test_the_same_person_is_led_to_the_own_application_by_a_code(owner, drive, places):
    other = Client()
    fill(other, drive, places, name=NAME | {"name": "Sunita Meena"})

    answer = submit(other, drive, wants_messages="on")

    assert (answer.status_code, Application.objects.count()) == (409, 1)
    assert "आपका आवेदन पहले से है" in answer.content.decode()
    assert codes.pretty(owner.ref) not in answer.content.decode()
    assert 'name="code"' in other.post("/resume/?again=1", {"phone": owner.phone}).content.decode()

    submit(other, drive, wants_messages="on", family="1")
    assert list(Application.objects.order_by("share").values_list("share", "wants_messages")) == [(0, False), (1, True)]


def test_a_number_that_is_full_says_no_name_and_no_count(owner, drive, places):
    for year in (1981, 1982, 1983):
        browser = Client()
        fill(browser, drive, places, about=ABOUT | {"birth_year": str(year)})
        submit(browser, drive)
    browser = Client()
    fill(browser, drive, places, about=ABOUT | {"birth_year": "1984"})

    answer = submit(browser, drive)

    assert (answer.status_code, Application.objects.count()) == (409, 4)
    assert "और आवेदन नहीं हो सकता" in answer.content.decode()
