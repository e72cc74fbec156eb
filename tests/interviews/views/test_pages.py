"""Every page of a day opens for whom it is meant, and is not there for others."""

import pytest
from django.urls import reverse

from committees.levels import Role
from interviews.models import InterviewDay
from tests.factories.desk import a_colleague
from tests.factories.sunday import arrived, at, called, handed_in, interviewed, judges_of, shortlisted

COUNTS = {"planner": 24, "queue": 11, "results": 30, "print": 11, "release": 11}
OFFICE = ["planner", "panel-new", "release", "print", "boards", "queue", "results", "day-change"]


@pytest.fixture
def busy(day, drive, places, now, panel):
    """A day with one waiting, one done and scored, one with a time, one without."""
    done = interviewed(day, shortlisted(drive, places.danta, now, 0), now)
    handed_in(done, judges_of(panel)[0], (5, 3, 3, 4, 2))
    arrived(day, shortlisted(drive, places.ramgarh, now, 1), now)
    called(day, shortlisted(drive, places.booth, now, 2), now)
    shortlisted(drive, places.danta, now, 3, can_come="no")
    return day


def url(name, day):
    return reverse(f"interviews:{name}", args=day.address)


def door(name, day):
    return f'href="{url(name, day)}"'


def test_the_office_sees_every_page_of_a_day(client, busy, office):
    client.force_login(office)

    assert {name: client.get(url(name, busy)).status_code for name in OFFICE} == dict.fromkeys(OFFICE, 200)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.INCHARGE, Role.TRAINER, Role.AUDITOR, Role.ADMIN])
def test_pages_of_a_day_are_not_there_for_others(client, busy, places, now, role):
    unit = places.sikar if role == Role.INCHARGE else places.state
    client.force_login(a_colleague(unit, role, now, number=7))

    opened = {name for name in OFFICE if client.get(url(name, busy)).status_code != 404}

    assert opened == ({"queue"} if role == Role.RECEPTION else set())


def test_strangers_are_asked_to_sign_in(client, busy):
    for name in OFFICE:
        assert client.get(url(name, busy)).status_code == 302


def test_the_calendar_shows_the_doors_that_open(client, busy, office, reception):
    client.force_login(office)
    whole = client.get(reverse("interviews:days")).content.decode()
    client.force_login(reception)
    desk = client.get(reverse("interviews:days")).content.decode()

    assert [door(name, busy) in whole for name in ("planner", "queue", "results")] == [True, True, True]
    assert [door(name, busy) in desk for name in ("planner", "queue", "results")] == [False, True, False]


@pytest.mark.parametrize(("name", "queries"), COUNTS.items())
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(
    client, day, drive, places, now, office, panel, name, queries, django_assert_num_queries
):
    client.force_login(office)

    def one_more(number):
        handed_in(interviewed(day, shortlisted(drive, places.danta, now, number), now), judges_of(panel)[0])
        called(day, shortlisted(drive, places.ramgarh, now, number + 50), now)
        shortlisted(drive, places.ramgarh, now, number + 100)

    one_more(0)
    client.get(url(name, day))  # what the menu remembers for a while is not ours to count
    asked(client, name, day, queries, django_assert_num_queries)
    one_more(1)
    one_more(2)
    asked(client, name, day, queries, django_assert_num_queries)


def asked(client, name, day, queries, django_assert_num_queries):
    """Results say nothing before the day is closed."""
    InterviewDay.objects.filter(pk=day.pk).update(locked_at=at(19) if name == "results" else None)
    with django_assert_num_queries(queries):
        client.get(url(name, day))
    InterviewDay.objects.filter(pk=day.pk).update(locked_at=None)
