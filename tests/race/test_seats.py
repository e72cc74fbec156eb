"""Forty colleagues fill one seat at the same moment; forty seat one person on two posts that exclude each other."""

from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection

from committees.domain import seats
from committees.models import Appointment, Seat
from portal.models import Document, Notice
from tests.emptying import triggers_asleep
from tests.factories.committees import make_person, make_tree
from tests.race.barrier import run_together

HANDS = 40
ONE_AT_A_TIME = import_module("committees.migrations.0004_one_at_a_time")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def units(now):
    return make_tree(now)


@pytest.fixture
def chair(units):
    return units["AC036-P112"].seats.get(post__code="booth-president")


@contextmanager
def without(name):
    """This constraint is not there, nor the one that lets no two times in a seat overlap."""
    guard = next(rule for rule in Appointment._meta.constraints if rule.name == name)
    with connection.schema_editor() as editor:
        ONE_AT_A_TIME.backwards(None, editor)
    with triggers_asleep(), connection.schema_editor() as editor:
        editor.remove_constraint(Appointment, guard)
    try:
        yield
    finally:
        Appointment.objects.all().delete()
        with triggers_asleep(), connection.schema_editor() as editor:
            editor.add_constraint(Appointment, guard)
        with connection.schema_editor() as editor:
            ONE_AT_A_TIME.forwards(None, editor)


def everybody_at_once(chairs, people, now):
    def sit(number):
        own = Seat.objects.select_related("post", "unit").get(pk=chairs[number % len(chairs)].pk)
        return seats.seat(person=people[number % len(people)], seat=own, by=None, now=now)

    return sorted(type(outcome).__name__ for outcome in run_together(HANDS, sit))


def test_one_of_forty_wins_and_the_others_leave_no_trace(chair, now):
    outcomes = everybody_at_once([chair], [make_person(now) for _ in range(HANDS)], now)

    assert outcomes == ["Appointment"] + ["SeatTaken"] * (HANDS - 1)
    assert (Appointment.objects.count(), Document.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_without_the_constraint_many_would_sit_on_one_seat(chair, now):
    with without("one_holder_a_seat"):
        everybody_at_once([chair], [make_person(now) for _ in range(HANDS)], now)

        assert Appointment.objects.filter(seat=chair, until=None).count() > 1


def two_that_exclude_each_other(units):
    return [units[code].seats.get(post__code="assembly-president") for code in ("AC034", "AC036")]


def test_one_person_ends_on_one_of_two_posts(units, now):
    outcomes = everybody_at_once(two_that_exclude_each_other(units), [make_person(now)], now)

    assert outcomes.count("Appointment") == 1
    assert set(outcomes) == {"Appointment", "HoldsAnother", "SeatTaken"}
    assert (Appointment.objects.count(), Document.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_without_the_constraint_one_person_would_hold_both(units, now):
    with without("one_person_one_such_post"):
        everybody_at_once(two_that_exclude_each_other(units), [make_person(now)], now)

        assert Appointment.objects.filter(until=None).count() == 2
