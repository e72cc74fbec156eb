"""Marks at the door."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.training import make_invited
from training.domain import inviting
from training.models import Attendance


@pytest.fixture
def door(client, sikar, now, office):
    """A workshop that begins in an hour, a trainer's colleague at its door, and one who said yes."""
    workshop, people = make_invited(sikar, now, 2, starts_in=timedelta(hours=1))
    inviting.answer(enrolment=people[0], coming=True, now=now)
    client.force_login(office)
    return reverse("training:marks", args=[workshop.slug, 1]), people


def test_one_tap_marks_and_another_takes_it_back(client, door):
    address, people = door

    answer = client.post(address, {"enrolment": people[0].pk, "action": "mark"})
    marked = Attendance.objects.count()
    client.post(address, {"enrolment": people[0].pk, "action": "unmark"})

    assert answer.url == f"{address}#e{people[0].pk}"
    assert (marked, Attendance.objects.count()) == (1, 0)


def test_who_had_not_answered_is_found_by_search_and_marked(client, door):
    address, people = door
    last = people[1].person.phone[-4:]

    listed = client.get(address).content.decode()
    found = client.get(address, {"q": last}).content.decode()
    answer = client.post(address, {"enrolment": people[1].pk, "action": "mark", "q": last})

    assert f'id="e{people[1].pk}"' not in listed
    assert f'id="e{people[1].pk}"' in found
    assert answer.url == f"{address}?q={last}#e{people[1].pk}"
    assert Attendance.objects.get().enrolment == people[1]


def test_a_person_of_another_workshop_cannot_be_marked_here(client, door, units, now):
    address, _people = door
    _other, (stranger,) = make_invited(units["JPR"], now, 1, starts_in=timedelta(hours=1))

    answer = client.post(address, {"enrolment": stranger.pk, "action": "mark"})

    assert answer.status_code == 404
    assert not Attendance.objects.exists()


def test_too_early_is_said(client, sikar, now, office):
    workshop, people = make_invited(sikar, now, 1)
    client.force_login(office)

    page = client.post(
        reverse("training:marks", args=[workshop.slug, 1]), {"enrolment": people[0].pk}, follow=True
    ).content.decode()

    assert "उपस्थिति कार्यशाला से दो घंटे पहले से लगेगी" in page
    assert not Attendance.objects.exists()


def test_full_numbers_are_not_on_the_list(client, door):
    address, people = door

    page = client.get(address).content.decode()

    assert people[0].person.phone[3:] not in page
