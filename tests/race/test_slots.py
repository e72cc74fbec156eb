"""Forty at one time of one panel, twenty at the desk: one wins, everyone gets an own token."""

import pytest
from django.db import connection
from django.db.models import Max

from interviews.domain import queueing, scheduling
from interviews.models import Interview, InterviewDay, Slot
from tests.emptying import triggers_asleep
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day, at, called, shortlisted
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(now):
    places = Places(now)
    return a_day(a_drive(places.state, now), places.state, now)


def applicants(day, count, now):
    return [shortlisted(day.drive, day.unit, now, number) for number in range(count)]


def without(model, constraint):
    with triggers_asleep(), connection.schema_editor() as editor:
        editor.remove_constraint(model, next(one for one in model._meta.constraints if one.name == constraint))


def again(model, constraint):
    with triggers_asleep(), connection.schema_editor() as editor:
        editor.add_constraint(model, next(one for one in model._meta.constraints if one.name == constraint))


def test_forty_bookings_of_one_time_leave_one(day, now):
    people, slot = applicants(day, 40, now), Slot.objects.select_related("panel").first()

    outcomes = run_together(
        40, lambda number: scheduling.add(day=day, application=people[number], slot=slot, by=None, now=now)
    )

    assert Interview.objects.filter(slot=slot).count() == 1
    assert sum(isinstance(outcome, Interview) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, scheduling.SlotTaken) for outcome in outcomes) == 39


def test_looking_first_without_the_constraint_books_one_time_twice(day, now):
    people, slot = applicants(day, 40, now), Slot.objects.first()

    def look_then_insert(number):
        if not Interview.objects.filter(slot=slot).exists():
            Interview.objects.create(day=day, application=people[number], slot=slot, panel_id=slot.panel_id)

    without(Interview, "one_interview_a_slot")
    try:
        for _round in range(20):
            run_together(40, look_then_insert)
            booked = Interview.objects.filter(slot=slot).count()
            Interview.objects.all().delete()
            if booked > 1:
                break
    finally:
        again(Interview, "one_interview_a_slot")

    assert booked > 1


def test_twenty_arrivals_get_twenty_tokens(day, now):
    waiting = [called(day, application, now) for application in applicants(day, 20, now)]

    tokens = run_together(20, lambda number: queueing.check_in(interview=waiting[number], by=None, now=at(10, 30)))

    assert sorted(tokens) == list(range(1, 21))
    assert sorted(Interview.objects.values_list("token", flat=True)) == list(range(1, 21))


def test_counting_first_without_the_constraint_gives_one_token_twice(day, now):
    waiting = [called(day, application, now) for application in applicants(day, 20, now)]

    def look_then_write(number):
        highest = Interview.objects.aggregate(highest=Max("token"))["highest"] or 0
        Interview.objects.filter(pk=waiting[number].pk).update(token=highest + 1)

    without(Interview, "one_person_a_token")
    try:
        for _round in range(20):
            run_together(20, look_then_write)
            tokens = set(Interview.objects.values_list("token", flat=True))
            Interview.objects.update(token=None)
            if len(tokens) < 20:
                break
    finally:
        again(Interview, "one_person_a_token")

    assert len(tokens) < 20


def test_times_that_overlap_by_a_minute_are_refused_and_neighbours_are_not(day):
    panel = day.panels.get()
    Slot.objects.all().delete()

    def make(number):
        first = at(11) if number % 2 else at(11, 6)
        return Slot.objects.create(panel=panel, starts_at=first, ends_at=first.replace(minute=first.minute + 7))

    outcomes = run_together(10, make)
    Slot.objects.create(panel=panel, starts_at=Slot.objects.get().ends_at, ends_at=at(11, 20))

    assert sum(isinstance(outcome, Slot) for outcome in outcomes) == 1
    assert InterviewDay.objects.get().panels.get().slots.count() == 2


def test_two_desks_that_call_the_next_bring_one_person_in(day, now):
    panel = day.panels.get()
    for application in applicants(day, 4, now):
        queueing.check_in(interview=called(day, application, now), by=None, now=at(10, 30))

    run_together(8, lambda number: queueing.call_next(panel=panel, by=None, now=at(11)))

    assert Interview.objects.filter(panel=panel, status="IN_ROOM").count() == 1
