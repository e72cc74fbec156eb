"""Many hands at the last place of a workshop, with the rule in the database and without it."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.committees import make_tree, make_user
from tests.factories.learning import make_series
from tests.factories.training import make_invited, make_workshop, mark, seat_members
from tests.race.barrier import run_together
from training.domain import attending, certifying, inviting, qualifying
from training.models import Answer, Attendance, Enrolment, How

HANDS = 8


@pytest.fixture
def world(transactional_db, now):
    return make_tree(now)


def together(people, now):
    """All of them say yes at the same moment."""
    own = [Enrolment.objects.opened().get(pk=enrolment.pk) for enrolment in people]
    return run_together(len(own), lambda number: inviting.answer(enrolment=own[number], coming=True, now=now).answer)


def test_eight_hands_at_three_places_leave_three(world, now):
    workshop, people = make_invited(world["SKR"], now, HANDS, capacity=3)

    answers = together(people, now)

    assert sorted(answers) == [Answer.WAITING] * 5 + [Answer.YES] * 3
    places = workshop.enrolments.coming().values_list("place_number", flat=True)
    assert sorted(places) == [1, 2, 3]


def test_a_no_beside_many_yeses_leaves_no_place_empty(world, now):
    workshop, people = make_invited(world["SKR"], now, HANDS, capacity=2)
    for enrolment in people[:2]:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    own = [Enrolment.objects.opened().get(pk=enrolment.pk) for enrolment in people]

    run_together(HANDS, lambda number: inviting.answer(enrolment=own[number], coming=number > 0, now=now))
    inviting.fill_places(workshop=workshop, now=now)

    assert sorted(workshop.enrolments.coming().values_list("place_number", flat=True)) == [1, 2]


def test_two_sweeps_invite_each_person_once(world, now):
    workshop, people = make_invited(world["SKR"], now, HANDS)
    workshop.enrolments.all().delete()

    run_together(4, lambda number: inviting.invite_new_members(now=now + timedelta(seconds=number)))

    assert workshop.enrolments.count() == len(people)


def test_two_colleagues_certify_each_person_once(world, now):
    office = make_user("state-office", world["RJ"], now)
    workshop, people = make_invited(world["SKR"], now, 4)
    for enrolment in people:
        mark(enrolment, workshop.starts_at, office)

    issued = run_together(4, lambda _number: certifying.issue(workshop=workshop, by=office, now=workshop.ends_at))

    assert sum(issued) == 4
    assert workshop.enrolments.filter(certificate__isnull=False).count() == 4


def at_the_door(enrolment, session, now):
    """The person scans, a trainer taps, another types in the list: all at the same moment."""
    own = [Enrolment.objects.opened().get(pk=enrolment.pk) for _hand in range(4)]
    told = {"session": session, "by": None, "now": now, "how": How.QR}
    return run_together(4, lambda number: attending.mark(enrolment=own[number], **told))


def test_four_marks_at_once_are_one(world, now):
    workshop, (enrolment,) = make_invited(world["SKR"], now, 1)

    fresh = at_the_door(enrolment, workshop.sessions.get(), workshop.starts_at)

    assert sorted(fresh) == [False, False, False, True]
    assert Attendance.objects.count() == 1


def test_two_sweeps_put_each_person_into_one_batch_of_a_series(world, now):
    series = make_series(now)
    batches = [make_workshop(world["SKR"], now, series=series, capacity=HANDS) for _batch in range(2)]
    seat_members(world["SKR"], now, HANDS)
    all_have_looked = Barrier(2)

    def invite(number):
        people = inviting.whom(workshop=batches[number], now=now)
        all_have_looked.wait(timeout=30)
        own = {"workshop": batches[number], "batch_of": series, "invited_at": now}
        Enrolment.objects.bulk_create([Enrolment(person_id=pk, **own) for pk in people], ignore_conflicts=True)

    run_together(2, invite)

    assert Enrolment.objects.count() == HANDS


def yes_while_it_lapses(world, now, monkeypatch):
    """Somebody says yes; when their row has been read, it lapses. Returns the answer and the batch."""
    series = make_series(now)
    workshop, (enrolment,) = make_invited(world["SKR"], now, 1, series=series)
    has_read, has_lapsed, in_time = Barrier(2), Barrier(2), inviting.in_time

    def read(**asked):
        in_time(**asked)
        has_read.wait(timeout=30)
        has_lapsed.wait(timeout=30)

    def lapse():
        has_read.wait(timeout=30)
        qualifying.lapse(now=workshop.starts_at - timedelta(days=1))
        has_lapsed.wait(timeout=30)

    monkeypatch.setattr(inviting, "in_time", read)
    hands = [lambda: inviting.answer(enrolment=enrolment, coming=True, now=now), lapse]
    run_together(2, lambda number: hands[number]())
    enrolment.refresh_from_db()
    return enrolment.answer, enrolment.batch_of == series


@pytest.mark.postgres  # on SQLite nothing lapses between reading and writing
def test_a_yes_at_the_moment_of_lapsing_keeps_its_batch(world, now, monkeypatch):
    assert yes_while_it_lapses(world, now, monkeypatch) == (Answer.YES, True)


@pytest.mark.postgres
def test_without_holding_the_batch_anew_a_yes_loses_it(world, now, monkeypatch):
    """The twin: who was read as holding the batch is believed."""
    monkeypatch.setattr(inviting, "_hold", lambda enrolment: None)

    assert yes_while_it_lapses(world, now, monkeypatch) == (Answer.YES, False)


@contextmanager
def without(model, name):
    """The world in which the rule was never written; put back afterwards."""
    ours = model._meta.constraints
    rule = next(one for one in ours if one.name == name)
    model._meta.constraints = [one for one in ours if one is not rule]  # SQLite makes the table anew from these
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, rule)
        yield
    finally:
        model.objects.all().delete()
        model._meta.constraints = ours
        with connection.schema_editor() as editor:
            editor.add_constraint(model, rule)


def test_without_the_rule_eight_people_get_one_place(world, now):
    """The twin: all look before anyone takes, and nothing in the table says no."""
    workshop, people = make_invited(world["SKR"], now, HANDS, capacity=1)
    all_have_looked = Barrier(HANDS)

    def look_then_take(number):
        place = inviting._lowest_free(workshop)
        all_have_looked.wait(timeout=30)
        Enrolment.objects.filter(pk=people[number].pk).update(answer=Answer.YES, place_number=place)

    with without(Enrolment, "one_person_a_place"):
        run_together(HANDS, look_then_take)

        assert Enrolment.objects.coming().filter(place_number=1).count() == HANDS


def test_without_the_rule_one_person_is_there_four_times(world, now):
    """The twin: nothing in the table says that the person is marked already."""
    workshop, (enrolment,) = make_invited(world["SKR"], now, 1)

    with without(Attendance, "one_mark_a_person_and_session"):
        at_the_door(enrolment, workshop.sessions.get(), workshop.starts_at)

        assert Attendance.objects.count() == 4
