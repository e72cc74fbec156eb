"""The door: a code on a screen, a pass on a phone, a signed list."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import PhoneCode
from tests.factories.training import make_invited
from training.domain import doors, inviting, passes
from training.models import Attendance


@pytest.fixture
def hall(sikar, now):
    """A workshop that begins in an hour; two said yes."""
    workshop, people = make_invited(sikar, now, 2, starts_in=timedelta(hours=1))
    for enrolment in people:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    return workshop, people


def page(name, *args):
    return reverse(f"training:{name}", args=args)


def scan(client, workshop, at=None):
    """What the camera opens that looks at the screen now, or looked at it then."""
    code = doors.code(session=workshop.sessions.get(), now=at or timezone.now())
    return client.get(page("here", workshop.slug, code))


def test_a_phone_that_opened_the_own_link_is_known_at_the_door(client, hall):
    workshop, (first, _second) = hall
    client.get(page("rsvp", first.link_key))

    answers = [scan(client, workshop) for _scan in range(2)]

    assert ["✓ आप आ गए" in answer.content.decode() for answer in answers] == [True, True]
    mark = Attendance.objects.get()
    assert (mark.enrolment, mark.how, mark.marked_by) == (first, "qr", None)


def test_a_photo_that_came_later_is_refused_kindly(client, hall, now):
    workshop, (first, _second) = hall
    client.get(page("rsvp", first.link_key))

    answer = scan(client, workshop, at=now - timedelta(minutes=3))

    assert answer.status_code == 409
    assert "यह QR पुराना हो चुका है" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_one_phone_of_a_family_is_asked_who_came(client, hall):
    workshop, people = hall
    for enrolment in people:
        client.get(page("rsvp", enrolment.link_key))
    code = doors.code(session=workshop.sessions.get(), now=timezone.now())

    asked = client.get(page("here", workshop.slug, code)).content.decode()
    client.post(page("here", workshop.slug, code), {"enrolment": people[1].pk})

    assert "आप में से कौन आए हैं?" in asked
    assert Attendance.objects.get().enrolment == people[1]


def test_a_strange_phone_proves_its_number_though_the_code_is_old_by_then(client, hall, settings):
    settings.DEMO, settings.ASKING_TAKES = True, 0
    workshop, (first, _second) = hall
    code = doors.code(session=workshop.sessions.get(), now=timezone.now())
    address = page("here", workshop.slug, code)
    asked = client.get(address).content.decode()

    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        client.get(address)
        seen = client.post(address, {"phone": first.person.phone[3:]})
        client.post(address, {"code": seen.context["demo_code"]})
        there = client.get(address)

    assert "आप कौन हैं?" in asked
    assert "✓ आप आ गए" in there.content.decode()
    assert Attendance.objects.get().enrolment == first
    assert PhoneCode.objects.count() == 1


def test_a_colleague_who_helps_is_not_taken_for_the_person(client, hall, office):
    workshop, (first, _second) = hall
    client.force_login(office)
    client.get(page("rsvp", first.link_key))

    answer = scan(client, workshop)

    assert "आप कौन हैं?" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_the_screen_shows_the_code_of_this_minute(client, hall, office):
    workshop, _people = hall
    client.force_login(office)

    answer = client.get(page("door", workshop.slug, 1))

    assert answer.context["url"].endswith(f"/{doors.code(session=workshop.sessions.get(), now=timezone.now())}/")
    assert "no-store" in answer["Cache-Control"]


def test_a_trainer_reads_the_pass_and_nobody_else_can(client, hall, office):
    _workshop, (first, _second) = hall
    address = page("pass", passes.token(first))
    shown = client.get(page("rsvp", first.link_key)).context["pass_url"]
    stranger = client.get(address)
    client.force_login(office)

    seen = client.get(address).content.decode()
    client.post(address, {"session": "1"})

    assert shown.endswith(address)
    assert stranger.status_code == 302
    assert first.person.name in seen
    assert Attendance.objects.get().how == "pass"


def test_the_pass_is_kept_by_the_own_phone_alone(client, hall, office):
    _workshop, (first, _second) = hall
    own = client.get(page("rsvp", first.link_key))
    client.force_login(office)

    colleague = client.get(page("rsvp", first.link_key))

    assert (own["X-Pass"], colleague["X-Pass"]) == ("keep", "forget")
    assert client.get(page("pass-worker"))["Content-Type"].startswith("text/javascript")


def test_somebody_elses_phone_forgets(client, hall):
    workshop, (first, _second) = hall
    client.get(page("rsvp", first.link_key))

    client.post(page("rsvp", first.link_key), {"do": "leave"})

    assert "आप कौन हैं?" in scan(client, workshop).content.decode()


def test_the_signed_list_is_typed_in_at_once(client, hall, office):
    workshop, people = hall
    client.force_login(office)

    answer = client.post(
        page("sheet-entry", workshop.slug, 1), {"enrolment": [people[0].pk, people[1].pk, "x", "999999"]}, follow=True
    )

    assert "काग़ज़ से 2 लोगों की उपस्थिति लगी।" in answer.content.decode()
    assert set(Attendance.objects.values_list("how", flat=True)) == {"paper"}


def test_the_list_is_cut_into_sheets_of_twenty_five(client, hall, office):
    workshop, _people = hall
    client.force_login(office)

    pages = client.get(page("sheet", workshop.slug)).context["pages"]

    assert [len(rows) for rows in pages] == [7]  # with five empty rows


def test_presses_of_a_phone_without_network_are_done_once_and_in_order(hall, office, now):
    workshop, people = hall
    client = Client()
    client.force_login(office)
    at = now.timestamp() * 1000
    presses = [
        {"key": "a", "do": f"mark:{people[0].pk}", "at": at},
        {"key": "b", "do": f"mark:{people[1].pk}", "at": at},
        {"key": "c", "do": f"unmark:{people[1].pk}", "at": at},
        {"key": "d", "do": "mark:99", "at": at},
    ]

    told = [send(client, workshop, presses).json()["done"] for _time in range(2)]

    assert [one["words"] == "" for one in told[0]] == [True, True, True, False]
    assert told[0] == told[1]
    assert [mark.enrolment for mark in Attendance.objects.all()] == [people[0]]
    assert send(client, workshop, [{"key": "e"}]).status_code == 422


def send(client, workshop, presses):
    sent = json.dumps({"presses": presses})
    return client.post(page("marks-sync", workshop.slug, 1), sent, content_type="application/json")
