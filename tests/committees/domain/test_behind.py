"""The state office sees each morning whose committees do not come: by date, by share, by silence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.domain import tallying, visiting
from committees.domain.behind import behind
from committees.models import Appointment
from tests.factories.committees import make_holder


@pytest.fixture
def incharges(units, now):
    """Of Sikar until the 20th, of Jaipur without a date."""
    until = now.date() + timedelta(days=10)
    return {
        "SKR": make_holder("district-incharge", units["SKR"], now, form_by=until),
        "JPR": make_holder("district-incharge", units["JPR"], now),
    }


def seen(incharges, now):
    rows = Appointment.objects.filter(pk__in=[row.pk for row in incharges.values()]).select_related(
        "person", "seat__unit"
    )
    tallying.count_all(now=now)
    return [
        (one.appointment.seat.unit.code, one.formed, one.all, one.visits, one.days, one.left, one.is_late)
        for one in behind(list(rows), now)
    ]


def test_who_formed_less_comes_first_and_whose_date_is_past_before_all(units, incharges, now):
    assembly = units["AC034"]
    for seat in assembly.seats.of_committee():
        make_holder(seat.post.code, assembly, now, accepted=True)

    assert seen(incharges, now) == [("JPR", 0, 1, 0, None, None, False), ("SKR", 1, 2, 0, 0, 10, False)]
    late = now + timedelta(days=11)
    assert seen(incharges, late) == [("SKR", 1, 2, 0, 11, -1, True), ("JPR", 0, 1, 0, None, None, False)]


def test_a_visit_breaks_the_silence_from_its_day_on_in_ones_own_unit_only(units, incharges, now):
    person = incharges["SKR"].person
    later = now + timedelta(days=6)
    for number, (code, day) in enumerate([("AC036", now), ("AC036-A-M1", later), ("AC046", now)]):
        told = visiting.Told(unit=units[code], on=day.date(), place="चौपाल", met=5, note="")
        visiting.log(key=f"visit-{number}", told=told, person=person, by=person.user, now=now)

    planned, made = seen(incharges, now + timedelta(days=5)), seen(incharges, later)

    assert {row[0]: row[3:5] for row in planned} == {"SKR": (1, 5), "JPR": (0, None)}
    assert {row[0]: row[3:5] for row in made} == {"SKR": (2, 0), "JPR": (0, None)}


def test_many_are_asked_about_as_often_as_one(incharges, now):
    rows = list(Appointment.objects.filter(pk__in=[row.pk for row in incharges.values()]).select_related("seat__unit"))
    asked = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            behind(some, now)
        asked.append(len(queries))

    assert asked == [2, 2]
