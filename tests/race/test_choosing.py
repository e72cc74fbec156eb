"""Forty people press one free time: one has it, the others read so. The guard's twin stands in ``test_slots``."""

import pytest

from interviews.domain import calling, choosing, filling
from interviews.domain.scheduling import SlotTaken, free_slots
from interviews.models import Interview
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day, shortlisted
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db(transaction=True)


def test_forty_who_choose_one_time_leave_one(now):
    places = Places(now)
    day = a_day(a_drive(places.state, now), places.state, now, slot_minutes=3, gap_minutes=0, lets_choose=True)
    for number in range(40):
        shortlisted(day.drive, places.state, now, number)
    filling.fill(day=day, by=None, now=now)
    calling.release(day=day, by=None, now=now)
    people = list(Interview.objects.with_person().select_related("day__drive", "day__unit").order_by("pk"))
    last = free_slots(day).last().starts_at

    outcomes = run_together(40, lambda number: choosing.choose(interview=people[number], at=last, now=now))

    assert Interview.objects.filter(from_at=last).count() == 1
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, SlotTaken) for outcome in outcomes) == 39
    assert Interview.objects.filter(called_version=2, answer="yes", called_for=last).count() == 1
