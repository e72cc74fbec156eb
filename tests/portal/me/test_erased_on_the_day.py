"""Somebody who was erased leaves a place in the ranking of others, and breaks no page of the day."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from committees.levels import Role
from interviews.domain import ranking
from portal import sealing
from portal.me import erasing
from tests.factories import sunday
from tests.factories.desk import a_colleague

pytestmark = pytest.mark.once  # each page of the day is asked of either database elsewhere

ERASED, STAYS = 0, 1


@pytest.fixture
def day(drive, places, now):
    """Sunday evening: two were interviewed and marked by one judge, then the first had everything erased."""
    day = sunday.a_day(drive, places.state, now)
    for number, marks in [(ERASED, (5, 5, 5, 5, 5)), (STAYS, (3, 3, 3, 3, 3))]:
        application = sunday.shortlisted(drive, places.booth, now, number)
        interview = sunday.interviewed(day, application, now, when=sunday.at(11, 10 * number))
        sunday.handed_in(interview, sunday.judges_of(interview.panel)[0], marks, now=sunday.at(12))
        if number == ERASED:
            gone = application
    with time_machine.travel(sunday.at(18), tick=False):
        until = sealing.a_year_after(sunday.at(18))
        erasing.erase_application(application=gone, destroy_on=until, by=None, now=sunday.at(18))
        yield day


def browser(user):
    client = Client()
    client.force_login(user, backend="portal.accounts.backend.DoorBackend")
    return client


def test_the_ranking_of_the_others_stays_as_it_was(day):
    rows = ranking.rank(day).rows

    assert [(row.rank, row.interview.application.name, row.raw) for row in rows] == [
        (1, "–", 25),
        (2, "रमेश चौधरी", 15),
    ]


@pytest.mark.parametrize("page", ["planner", "print", "queue", "boards", "results"])
@pytest.mark.parametrize("asked", ["", "?q=1", "?q=x"])
def test_the_office_opens_every_page_of_the_day(day, places, now, page, asked):
    office = browser(a_colleague(places.state, Role.STATE_OFFICE, now))

    assert office.get(reverse(f"interviews:{page}", args=day.address) + asked).status_code == 200


def test_the_judge_keeps_the_list_and_loses_the_card(day):
    interview = day.interviews.get(application__name="–")
    judge = browser(sunday.judges_of(interview.panel)[0].user)

    listed = judge.get(reverse("interviews:my-panels"))
    card = judge.get(reverse("interviews:card", args=[day.date, interview.token]))

    assert (listed.status_code, card.status_code) == (200, 404)


def test_the_inbox_knows_nobody_and_the_number_asks_for_proof_as_from_anyone(day, places, now):
    office = browser(a_colleague(places.state, Role.STATE_OFFICE, now))
    gone = day.interviews.get(application__name="–").application

    answers = [office.get(f"/office/applications/{gone.ref}/"), office.get(f"/a/{gone.ref}/")]

    assert [answer.status_code for answer in answers] == [404, 200]
    assert 'name="phone"' in answers[1].content.decode()
