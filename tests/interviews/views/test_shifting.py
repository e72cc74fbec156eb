"""The pages of whole days: looked at first, then done; and the panel member's call."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from interviews.domain import calling, filling, telling
from interviews.models import Interview, InterviewDay
from tests.factories.sunday import SUNDAY, a_day, at, called, shortlisted


@pytest.fixture(autouse=True)
def monday_before(now):
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def url(name, day):
    return reverse(f"interviews:{name}", args=day.address)


def test_a_day_is_cancelled_in_two_steps_and_held_after_all(desk, day, drive, places, now):
    called(day, shortlisted(drive, places.danta, now), now)
    cancel, said = url("day-cancel", day), {"kind": "other", "words": "हॉल बंद है"}

    assert desk.post(cancel, {"kind": "other"}).status_code == 422
    look = desk.post(cancel, said).content.decode()
    assert ("बुलाए गए 1 आवेदक" in look, "नहीं होगा (हॉल बंद है)" in look) == (True, True)
    assert InterviewDay.objects.get().cancelled_at is None
    desk.post(cancel, said | {"sure": "1"})

    off = InterviewDay.objects.get()
    assert (off.cancelled_at, off.cancelled_because) == (now, "हॉल बंद है")
    shown = desk.get(url("planner", day)).content.decode()
    assert ("यह दिन रद्द है" in shown, "हॉल बंद है" in shown) == (True, True)
    desk.post(url("day-hold", day))
    held = InterviewDay.objects.get()
    assert (held.cancelled_at, held.cancelled_because) == (None, "")


def test_a_day_is_moved_after_a_look_at_the_date(desk, day, drive, places, now):
    called(day, shortlisted(drive, places.danta, now), now)
    later, move = SUNDAY + timedelta(days=7), url("day-move", day)

    look = desk.get(f"{move}?to={later}").content.decode()
    assert "1 आवेदकों और 2 पैनल सदस्यों को सूचना जाएगी" in look
    assert desk.get(f"{move}?to={SUNDAY}").status_code == 422
    answer = desk.post(move, {"to": later})

    assert answer.url == url("planner", InterviewDay.objects.get(date=later))


def test_a_copy_leads_to_the_new_day_and_a_second_one_is_refused(desk, day):
    later, copy = SUNDAY + timedelta(days=7), url("day-copy", day)

    assert desk.post(copy, {"to": later}).status_code == 302
    assert desk.post(copy, {"to": later}).status_code == 422
    assert InterviewDay.objects.count() == 2


def test_the_days_of_a_drive_are_filled_together_and_taken_back(desk, day, drive, places, now):
    second = a_day(drive, places.state, now, panels=0, date=SUNDAY + timedelta(days=7))
    for number in range(3):
        shortlisted(drive, places.danta, now, number)
    address, days = reverse("interviews:drive-days", args=[drive.slug]), [day.pk, second.pk]

    page = desk.get(address).content.decode()
    assert ("2 दिन = 45 समय" in page, "3 आ सकने वालों को" in page) == (True, True)
    answer = desk.post(address, {"day": days, "seed": "abc"})
    assert Interview.objects.filter(slot__isnull=False).count() == 3
    assert filling.last_filling([day, second], now) != []
    assert "बुलावे भेजें (3)" in desk.get(answer.url).content.decode()
    desk.post(address, {"day": days, "do": "undo"})

    assert Interview.objects.filter(slot__isnull=False).count() == 0


def test_what_a_person_needs_is_noted_and_obeyed(desk, day, drive, places, now):
    person = shortlisted(drive, places.danta, now)
    needs = reverse("interviews:needs", args=[*day.address, person.ref])
    said = {"come_from": "14:00", "speaks": ["mwr"], "come_note": "छोटा बच्चा"}

    assert desk.post(needs, said | {"come_until": "13:00"}).status_code == 422
    desk.post(needs, said)
    page = desk.get(url("planner", day)).content.decode()
    filling.fill(day=day, by=None, now=now)

    assert ("मारवाड़ी" in page, "छोटा बच्चा" in page) == (True, True)
    assert Interview.objects.get(application=person).from_at == at(14, 4)


def test_a_panel_member_says_no_and_yes_by_the_link_alone(desk, day, panel, now):
    calling.release(day=day, by=None, now=now)
    link = reverse("interviews:duty", args=[telling.token_of(telling.duties(day)[0])])
    phone = Client()

    assert "11:00–17:00 कक्ष अ" in phone.get(link).content.decode()
    phone.post(link, {"answer": "no", "why": "बीमार"})
    assert (panel.pauses.count(), "नोट किया" in phone.get(link).content.decode()) == (1, True)
    no, seen_no = panel.memberships.order_by("answered_at").exclude(comes=None).get(), desk.get(url("planner", day))
    phone.post(link, {"answer": "yes"})

    yes = panel.memberships.exclude(comes=None).get()
    assert (no.comes, no.answered_at, yes.comes) == (False, now, True)
    assert ("✗" in seen_no.content.decode(), "✓" in desk.get(url("planner", day)).content.decode()) == (True, True)
    assert panel.pauses.count() == 0
    assert phone.get(f"{link[:-9]}AAAAAAAA/").status_code == 404
