"""Many readers press at the same moment: none gets the other's, and nothing is given twice."""

import pytest
from django.db import connection

from applications.domain import readings
from applications.models import Reading
from committees.levels import Role
from tests.factories.desk import Places, a_colleague, a_drive, an_application
from tests.race.barrier import run_together

HANDS = 8
GUARD = next(rule for rule in Reading._meta.constraints if rule.name == "one_reading_a_reader")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(now):
    places = Places(now)
    drive = a_drive(places.state, now)
    pile = [an_application(drive, places.booth, now, number) for number in range(HANDS)]
    people = [a_colleague(places.state, Role.STATE_OFFICE, now, 20 + number) for number in range(HANDS)]
    return drive, pile, people


def test_eight_readers_who_press_at_once_get_eight_applications(world, now):
    drive, pile, people = world

    got = run_together(HANDS, lambda number: readings.next_for(drive=drive, by=people[number], now=now))

    assert sorted(reading.application_id for reading in got) == sorted(row.pk for row in pile)


def give_at_once(world, now):
    _drive, pile, people = world
    return run_together(HANDS, lambda _: readings._write([(row.pk, people[0].pk) for row in pile], now))


def test_what_eight_colleagues_give_at_once_is_given_once(world, now):
    give_at_once(world, now)

    assert Reading.objects.count() == HANDS


def test_without_the_constraint_it_would_be_given_eight_times(world, now):
    meta = Reading._meta
    ours, meta.constraints = meta.constraints, []  # SQLite makes the table anew from these
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(Reading, GUARD)

        give_at_once(world, now)

        assert Reading.objects.count() == HANDS * HANDS
    finally:
        meta.constraints = ours
        Reading.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Reading, GUARD)
