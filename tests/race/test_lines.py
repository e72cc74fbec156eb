"""Six taps on the one button of two desks: one person comes out, one goes in."""

import pytest

from interviews.domain import queueing
from interviews.domain.lines import line_of
from interviews.models import Interview
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day, arrived, at, shortlisted
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def panel(now):
    """Three wait, the first of four is inside."""
    places = Places(now)
    day = a_day(a_drive(places.state, now), places.state, now)
    for number in range(4):
        arrived(day, shortlisted(day.drive, day.unit, now, number), now)
    queueing.call_next(panel=day.panels.get(), by=None, now=at(11))
    return day.panels.get()


def tokens(status):
    return list(Interview.objects.filter(status=status).order_by("token").values_list("token", flat=True))


def test_six_taps_end_one_and_call_one(panel):
    inside = Interview.objects.get(status="IN_ROOM").pk

    outcomes = run_together(
        6, lambda _number: queueing.finish_and_call(panel=panel, inside=inside, by=None, now=at(11, 8))
    )

    assert sum(isinstance(outcome, Interview) for outcome in outcomes) == 1
    assert (tokens("DONE"), tokens("IN_ROOM"), tokens("ARRIVED")) == ([1], [2], [3, 4])


def test_ending_whoever_is_inside_ends_people_who_were_just_called(panel):
    def whoever(_number):
        queueing.finish(interview=Interview.objects.get(status="IN_ROOM"), by=None, now=at(11, 8))
        return queueing.call_next(panel=panel, by=None, now=at(11, 8)) if line_of(panel).exists() else None

    for tap in range(2):
        whoever(tap)

    assert (tokens("DONE"), tokens("IN_ROOM")) == ([1, 2], [3])
