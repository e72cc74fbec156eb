"""Batches by district for who is not trained, each person in one of them."""

from datetime import timedelta

import pytest

from portal.models import Notice
from tests.factories.learning import make_class, make_series, was_at
from tests.factories.training import make_workshop, seat_members
from training.domain import batching, certifying, inviting, moving, teaching
from training.domain.batching import Batch
from training.domain.sessions import Part
from training.models import Answer, Enrolment, Series

DAY = timedelta(days=1)


@pytest.fixture
def series(now):
    return make_series(now)


def needs(series, units, now, capacity=2):
    found = batching.needs(series=series, units=[units["SKR"], units["JPR"]], capacity=capacity, now=now)
    return [(need.people, need.seats, need.batches) for need in found]


def batch(unit, now, days=20):
    starts = now + days * DAY
    return Batch(unit=unit, parts=[Part(starts, starts + timedelta(hours=5))], place_hi="जिला कार्यालय")


def test_each_district_gets_as_many_batches_as_it_lacks_seats(units, now, office, series):
    seat_members(units["SKR"], now, 2)
    seat_members(units["AC036"], now, 1)
    seat_members(units["JPR"], now, 1)
    before = needs(series, units, now)
    batches = [batch(units["SKR"], now), batch(units["SKR"], now, 27), batch(units["JPR"], now)]

    made = batching.plan_all(series=series, batches=batches, capacity=2, by=office, now=now)

    assert before == [(3, 0, 2), (1, 0, 1)]
    assert [workshop.unit for workshop in made] == [units["SKR"], units["SKR"], units["JPR"]]
    assert needs(series, units, now) == [(3, 4, 0), (1, 2, 0)]


def test_made_twice_by_two_colleagues_is_made_once(units, now, office, series):
    seat_members(units["SKR"], now, 1)

    made = [
        len(batching.plan_all(series=series, batches=[batch(units["SKR"], now)], capacity=2, by=office, now=now))
        for _colleague in range(2)
    ]

    assert made == [1, 0]


def test_somebody_new_needs_a_batch_more_and_a_series_that_ended_gets_none(units, now, office, series):
    seat_members(units["SKR"], now, 2)
    batching.plan_all(series=series, batches=[batch(units["SKR"], now)], capacity=2, by=office, now=now)
    inviting.invite_new_members(now=now)
    seat_members(units["SKR"], now, 1)

    assert needs(series, units, now)[0] == (3, 2, 1)
    teaching.end(series=series, by=office, now=now)
    with pytest.raises(batching.Ended):
        batching.plan_all(series=series, batches=[batch(units["SKR"], now)], capacity=2, by=office, now=now)


def test_each_person_is_invited_to_one_batch_and_each_batch_fills_its_seats(units, now, office, series):
    seat_members(units["SKR"], now, 3)
    both = [batch(units["SKR"], now), batch(units["SKR"], now, 27)]
    first, second = batching.plan_all(series=series, batches=both, capacity=2, by=office, now=now)

    inviting.invite_new_members(now=now)
    inviting.invite_new_members(now=now + timedelta(minutes=1))

    assert [one.enrolments.count() for one in (first, second)] == [2, 1]
    assert Enrolment.objects.values("person").distinct().count() == 3


def test_who_holds_the_certificate_is_not_invited_and_what_comes_first_is_asked_for(units, now, office, series):
    workshop, (trained, absent) = make_class(units["SKR"], now, 2, series, sessions=1)
    was_at(trained, office, 1)
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)
    later = workshop.ends_at + DAY
    next_series = make_series(now, slug="strategy", prerequisite=series)

    again = make_workshop(units["SKR"], later, series=series)
    further = make_workshop(units["SKR"], later, series=next_series)
    inviting.invite_new_members(now=later)

    assert [row.person for row in again.enrolments.all()] == [absent.person]
    assert [row.person for row in further.enrolments.all()] == [trained.person]


def test_another_date_is_taken_in_one_step_and_the_seat_goes_to_who_waits(units, now, series):
    workshop, (goes, waits) = make_class(units["SKR"], now, 2, series, capacity=2)
    Enrolment.objects.filter(pk=waits.pk).update(answer=Answer.WAITING, place_number=None, answered_at=now)
    workshop.capacity = 1
    workshop.save()
    other = make_workshop(units["SKR"], now, series=series, starts_in=30 * DAY)
    goes.refresh_from_db()

    offered = list(moving.others(enrolment=goes, now=now))
    new = moving.move(enrolment=goes, to=other, now=now)

    goes.refresh_from_db()
    waits.refresh_from_db()
    assert offered == [other]
    assert (goes.answer, goes.batch_of, new.answer, new.batch_of) == (Answer.OTHER, None, Answer.YES, series)
    assert (waits.answer, waits.place_number) == (Answer.YES, 1)
    assert set(Notice.objects.filter(template="workshop_moved").values_list("phone", flat=True)) == {goes.person.phone}


def test_a_full_date_changes_nothing(units, now, series):
    _workshop, (enrolment, second) = make_class(units["SKR"], now, 2, series)
    other = make_workshop(units["SKR"], now, series=series, starts_in=30 * DAY, capacity=1)
    moving.move(enrolment=second, to=other, now=now)

    with pytest.raises(moving.Full):
        moving.move(enrolment=enrolment, to=other, now=now)

    enrolment.refresh_from_db()
    assert (enrolment.answer, enrolment.batch_of) == (Answer.YES, series)
    assert list(moving.others(enrolment=enrolment, now=now)) == []


def test_who_asks_for_another_date_is_invited_to_the_next_batch(units, now, office, series):
    _workshop, (enrolment,) = make_class(units["SKR"], now, 1, series)

    moving.ask_for_another(enrolment=enrolment, now=now)
    other = make_workshop(units["SKR"], now, series=series, starts_in=30 * DAY)
    inviting.invite_new_members(now=now)

    assert other.enrolments.get().person == enrolment.person
    with pytest.raises(inviting.InAnother):
        inviting.answer(enrolment=enrolment, coming=True, now=now)


def test_who_missed_a_batch_is_invited_again_and_who_was_there_waits_for_the_paper(units, now, office, series):
    workshop, (there, missed) = make_class(units["SKR"], now, 2, series, sessions=2)
    was_at(there, office, 1)
    later = workshop.ends_at + DAY
    make_workshop(units["SKR"], later, series=series)

    inviting.invite_new_members(now=later)

    invited = Enrolment.objects.exclude(workshop=workshop)
    assert [row.person for row in invited] == [missed.person]


def test_the_three_usual_series_are_begun_once_and_need_each_other_in_no_circle(db, now, office):
    begun = [teaching.begin_usual(by=office, now=now) for _press in range(2)]

    tools, strategy = Series.objects.get(slug="tools"), Series.objects.get(slug="strategy")
    assert (begun, strategy.prerequisite) == ([3, 0], tools)
    with pytest.raises(teaching.Circle):
        teaching.change(series=tools, prerequisite=strategy, by=office, now=now)
