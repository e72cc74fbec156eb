"""Forty colleagues fill one seat at the same moment."""

import pytest
from django.db import connection

from committees.domain import seats
from committees.models import Appointment, Seat
from portal.models import Document, Notice
from tests.factories.committees import make_person, make_tree
from tests.race.barrier import run_together

HANDS = 40
GUARD = next(rule for rule in Appointment._meta.constraints if rule.name == "one_holder_a_seat")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chair(now):
    return make_tree(now)["AC036-P112"].seats.get(post__code="booth-president")


def everybody_at_once(chair, now):
    people = [make_person(now) for _ in range(HANDS)]

    def sit(number):
        own = Seat.objects.select_related("post", "unit").get(pk=chair.pk)
        return seats.seat(person=people[number], seat=own, by=None, now=now)

    return run_together(HANDS, sit)


def test_one_of_forty_wins_and_the_others_leave_no_trace(chair, now):
    outcomes = everybody_at_once(chair, now)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Appointment"] + ["SeatTaken"] * (HANDS - 1)
    assert (Appointment.objects.count(), Document.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_without_the_constraint_many_would_sit_on_one_seat(chair, now):
    with connection.schema_editor() as editor:
        editor.remove_constraint(Appointment, GUARD)
    try:
        everybody_at_once(chair, now)

        assert Appointment.objects.filter(seat=chair, until=None).count() > 1
    finally:
        Appointment.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Appointment, GUARD)
