"""The office chooses readers, sees beforehand who gets what, and who is behind."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.domain import readings
from applications.models import Reading
from committees.levels import Role
from tests.factories.desk import a_colleague, an_application

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def pile(drive, places, now):
    return [an_application(drive, places.booth, now, number) for number in range(4)]


@pytest.fixture
def people(places, now):
    return [
        a_colleague(places.sikar, Role.INCHARGE, now, 11, "कमल वर्मा"),
        a_colleague(places.booth, Role.MEMBER, now, 12, "लीला जोशी"),
    ]


@pytest.fixture
def page(drive):
    return f"/office/drives/{drive.slug}/readers/"


def offered(answer):
    return [label for _pk, label in answer.context["form"].fields["reader"].choices]


def test_incharges_are_offered_and_others_are_found(at_office, page, people):
    assert any(label.startswith("कमल वर्मा · ") for label in offered(at_office.get(page)))
    assert not any(label.startswith("लीला जोशी") for label in offered(at_office.get(page)))

    for q in ("लीला", "leela joshi", people[1].phone[-5:]):
        found = at_office.get(page, {"q": q, "reader": people[0].pk})
        assert [label[:9] for label in offered(found)[:2]] == ["कमल वर्मा", "लीला जोशी"]
        assert found.context["form"].errors == {}


def test_first_it_is_shown_then_it_is_done(at_office, page, people, pile):
    choice = {"reader": [person.pk for person in people], "how": "2", "show": "1"}

    shown = at_office.get(page, choice)
    assert [(user.person.name, before, new) for user, before, new in shown.context["plan"]["rows"]] == [
        ("कमल वर्मा", 0, 4), ("लीला जोशी", 0, 4),
    ]  # fmt: skip
    assert Reading.objects.count() == 0

    done = at_office.post(page, choice | {"do": "share"}, follow=True)
    assert Reading.objects.count() == 8
    assert "पढ़ने के 8 काम बाँटे गए" in done.content.decode()


@pytest.mark.parametrize(
    "choice", [{"how": "2"}, {"reader": "x", "how": "2"}, {"reader": "9" * 30, "how": "2"}, {"how": "9"}]
)
def test_nonsense_is_told_and_does_nothing(at_office, page, people, pile, choice):
    assert at_office.get(page, choice | {"show": "1"}).context["form"].errors
    assert at_office.post(page, choice | {"do": "share"}).status_code == 422
    assert at_office.post(page, {"do": "remind", "reader": "x"}).status_code == 404
    assert Reading.objects.count() == 0


def test_who_is_behind_is_seen_reminded_once_and_relieved(at_office, page, people, pile, now):
    readings.give(applications=pile, reader=people[0], by=None, now=now)

    with time_machine.travel(now + timedelta(days=4), tick=False):
        lines = at_office.get(page).context["rows"]
        said = [at_office.post(page, {"do": "remind", "reader": people[0].pk}, follow=True) for _ in range(2)]
        at_office.post(page, {"do": "back", "reader": people[0].pk})

    assert [(line.user, line.unread, is_behind) for line, is_behind in lines] == [(people[0], 4, True)]
    assert [words in answer.content.decode() for words, answer in zip(
        ("को याद दिलाया जा रहा है", "को आज याद दिलाया जा चुका है"), said, strict=True)] == [True, True]  # fmt: skip
    assert Reading.objects.count() == 0


def test_the_state_drive_is_not_shared_out_by_a_district(client, page, people):
    client.force_login(people[0], backend=DOOR)

    assert client.get(page).status_code == 404


def test_the_same_queries_for_one_reader_and_for_three(at_office, page, drive, places, people, pile, now):
    at_office.get(page)
    readings.give(applications=pile, reader=people[0], by=None, now=now)
    counts = []
    for more in range(2):
        with CaptureQueriesContext(connection) as found:
            at_office.get(page)
        counts.append(len(found))
        for number in range(2):
            reader = a_colleague(places.alwar, Role.MEMBER, now, 30 + 2 * more + number)
            readings.give(applications=pile, reader=reader, by=None, now=now)

    assert counts[0] == counts[1]
