"""Limits stop robots, not a village behind one address; a stranger learns nothing from any answer."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Draft
from portal import outbox
from portal.accounts import phone_codes
from portal.models import Notice, PhoneCode
from tests.factories.desk import Places, a_drive, an_application
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db
VILLAGE = {"REMOTE_ADDR": "49.36.1.2"}


@pytest.fixture
def drive(clock, now):
    return a_drive(Places(now).state, now)


def first_step(drive):
    return f"/d/{drive.slug}/apply/name/"


def who(number=1):
    return {"name": "सुनीता मीणा", "phone": f"98765{number:05}"}


def trap_of(page):
    return {"page_made": re.search(r'name="page_made" value="([^"]*)"', page.content.decode())[1]}


def village(drive, people):
    """Each with a phone of their own, all behind one address."""
    for number in range(people):
        browser = Client(**VILLAGE)
        browser.get(first_step(drive))
        assert browser.post(first_step(drive), who(number)).status_code == 302, number
    assert Draft.objects.count() == people


def test_a_village_behind_one_address_passes(drive):
    village(drive, 200)


@pytest.mark.soak
def test_two_thousand_people_behind_one_address_pass(drive):
    village(drive, 2000)


def test_three_codes_an_hour_reach_one_phone_whatever_the_script_says_of_its_address(drive, now):
    an_application(drive, drive.unit, now, phone="+919876500001")

    for number in range(20):
        Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").post("/resume/", {"phone": "9876500001"})

    assert Notice.objects.filter(template="code").count() == 3


def test_one_browser_begins_thirty_drafts_an_hour_and_a_number_ten(drive):
    def begun(browser, numbers):
        answers = []
        for number in numbers:
            browser.get(first_step(drive))
            browser.cookies.pop("draft", None)
            answers.append(browser.post(first_step(drive), who(number)).status_code)
        return answers.count(302)

    assert begun(Client(), range(100, 140)) == 30
    assert begun(Client(), [1] * 15) == 10


def test_a_refused_beginning_keeps_what_was_typed(drive):
    for _time in range(10):
        Client().post(first_step(drive), who(1))

    page = Client().post(first_step(drive), who(1))

    assert page.status_code == 429
    assert 'name="name" value="सुनीता मीणा"' in page.content.decode()
    assert "10 मिनट रुकें" in page.content.decode()


# --- robots ---------------------------------------------------------------------------


def test_a_program_that_fills_in_everything_gets_a_plausible_answer_and_nothing_is_stored(drive):
    answer = Client().post(first_step(drive), who() | {"leave_empty": "http://buy.example"})

    assert (answer.status_code, answer["Location"]) == (302, f"/d/{drive.slug}/apply/area/")
    assert not Draft.objects.exists()


def test_a_quick_hand_is_asked_once_more_and_one_tap_goes_on(drive, settings, clock):
    settings.QUICKEST_HAND = 3
    browser = Client()
    made = trap_of(browser.get(first_step(drive)))
    clock.shift(1)

    again = browser.post(first_step(drive), who() | made)

    assert "अपना लिखा एक बार फिर देख लें" in again.content.decode()
    assert 'value="सुनीता मीणा"' in again.content.decode()
    assert not Draft.objects.exists()
    assert browser.post(first_step(drive), who() | trap_of(again)).status_code == 302
    assert Draft.objects.get().answers["name"]["name"] == "सुनीता मीणा"


def test_a_person_who_takes_their_time_is_asked_nothing(drive, settings, clock):
    settings.QUICKEST_HAND = 3
    browser = Client()
    made = trap_of(browser.get(first_step(drive)))
    clock.shift(4)

    assert browser.post(first_step(drive), who() | made).status_code == 302


def test_a_page_that_a_phone_kept_without_its_moment_goes_on_and_the_limits_hold_for_programs_too(drive, settings):
    settings.QUICKEST_HAND = 3

    answers = [Client().post(first_step(drive), who(1)).status_code for _press in range(12)]

    assert answers == [302] * 10 + [429] * 2


def test_a_forged_moment_is_asked_once_more(drive, settings):
    settings.QUICKEST_HAND = 3

    again = Client().post(first_step(drive), who() | {"page_made": "again:1tQ:forged"})

    assert again.status_code == 200
    assert not Draft.objects.exists()


def test_the_word_at_the_opening_and_the_code_have_the_same_trap(now, clock):
    later = a_drive(Places(now).state, now, opens_at=now + timedelta(days=1))
    an_application(later, later.unit, now, phone="+919876500001")
    robot = {"phone": "9876500001", "leave_empty": "x"}

    told = Client().post(f"/d/{later.slug}/tell/", robot)
    asked = Client().post("/resume/", robot)

    assert (told.status_code, asked.status_code) == (302, 200)
    assert "कोड" in asked.content.decode()
    assert not Notice.objects.exists()


# --- what it costs ----------------------------------------------------------------------


def test_invented_numbers_do_not_use_up_the_codes_of_the_day(drive, settings, now):
    settings.CODES_A_DAY = 5
    an_application(drive, drive.unit, now, phone="+919876500001")

    for number in range(100, 130):
        Client().post("/resume/", {"phone": f"98765{number:05}"})
    Client().post("/resume/", {"phone": "9876500001"})

    assert Notice.objects.filter(template="code").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_pass_the_codes_of_the_day(settings, now):
    settings.CODES_A_DAY = 5

    run_together(20, lambda n: phone_codes.ask(phone=f"+9198765{n:05}", session=str(n), now=now))

    assert PhoneCode.objects.count() <= 5


@pytest.mark.django_db(transaction=True)
def test_what_is_over_the_messages_of_the_day_waits_for_the_next(settings, now):
    settings.SMS_A_DAY = 3
    outbox.queue(
        Notice(
            key=f"n:{number}",
            phone=f"+9198765{number:05}",
            template="code",
            context={"code": "1", "organisation": "अ"},
            due_at=now,
        )
        for number in range(5)
    )
    Notice.objects.update(template="receipt", context={"organisation": "अ", "title": "अ", "name": "अ", "ref": "अ"})

    today = outbox.send_due(now=now)
    tomorrow = outbox.send_due(now=now + timedelta(days=1))

    assert (today["sent"] + today["failed"], outbox.sms_left(now=now)) == (3, 0)
    assert tomorrow["sent"] + tomorrow["failed"] == 2


# --- a stranger learns nothing --------------------------------------------------------------


def seen_by(phone, address):
    """What a stranger sees who gives this number, without what differs on every page; and what was looked up.

    The words of the message itself are read in the sender's own time.
    """
    browser = Client()
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(address, {"phone": phone})
    text = re.sub(r'nonce="[^"]*"|value="[^"]*"|9\d•+ ?•+\d+', "", answer.content.decode())
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
    looked = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    return answer.status_code, headers, text, len([sql for sql in looked if "portal_noticetemplate" not in sql])


@pytest.mark.parametrize("address", ["/resume/", "/a/K7Q29FXM/", "/en/resume/"])
def test_known_and_unknown_numbers_are_answered_alike(drive, now, address):
    an_application(drive, drive.unit, now, phone="+919876500001", ref="K7Q29FXM")
    Client().get(address)  # whose installation this is, is looked up once a minute

    assert seen_by("9876500001", address) == seen_by("9876500002", address)


def test_a_number_of_an_application_that_is_there_looks_like_one_that_is_not(drive, now):
    an_application(drive, drive.unit, now, ref="K7Q29FXM")

    there, nowhere = Client().get("/a/K7Q29FXM/"), Client().get("/a/K7Q29FXN/")

    def bare(page):
        return re.sub(r'nonce="[^"]*"|value="[^"]*"|K7Q29FX[MN]', "", page.content.decode())

    assert (there.status_code, bare(there)) == (nowhere.status_code, bare(nowhere))
