"""A deputy has what was lent, where it was lent, for as long as it was lent, and not a seat more."""

from datetime import date, timedelta

import pytest

from committees import access
from committees.access import Right
from committees.domain import lending, seats, tree
from committees.models import Appointment
from portal.accounts import opening
from portal.models import Event, Notice, User
from tests.factories.committees import make_holder, make_person, make_user

UNTIL = date(2025, 12, 31)


@pytest.fixture
def giver(units, now):
    return make_holder("district-incharge", units["SKR"], now, term_ends=date(2026, 2, 1))


def lent(giver, unit, now, rights=(Right.FORM,), **changed):
    told = {"fill": 2, "until": UNTIL, "newcomer": ("9829111222", "राधा सैनी"), "by": giver.person.user, "now": now}
    return lending.lend(giver=giver, unit=unit, rights=rights, **{**told, **changed})


def reached(user, right):
    """As on the next request: nothing is remembered."""
    return set(access.units_of(User.objects.get(pk=user.pk), right).values_list("code", flat=True))


def fill(deputy, unit, now):
    chair = unit.seats.vacant(now).of_committee().first()
    return seats.seat(person=make_person(now), seat=chair, by=deputy.person.user, now=now)


def test_a_deputy_reaches_what_was_lent_and_is_told(units, clock, now, giver):
    deputy = lent(giver, units["AC036"], now, rights=[Right.FORM, Right.REVIEW])
    user, told = deputy.person.user, Notice.objects.get(template="lent")

    assert reached(user, Right.FORM) == {"AC036", "AC036-A", "AC036-A-M1", "AC036-P112"}
    assert reached(user, Right.VIEW) == reached(user, Right.REVIEW) == reached(user, Right.FORM)
    assert reached(user, Right.DRIVE) == reached(user, Right.READ_NUMBERS) == set()
    assert (told.phone, told.context["giver"], told.context["unit"]) == (
        "+919829111222", giver.person.name, units["AC036"].title,
    )  # fmt: skip
    assert Event.objects.get(verb="lent").data == {"giver": giver.pk, "rights": ["view", "review", "form"], "seats": 2}


@pytest.mark.parametrize(
    ("place", "changed", "refusal"),
    [
        ("JPR", {}, lending.Wider), ("RJ", {}, lending.Wider),
        ("AC036", {"rights": [Right.ASSIGN]}, lending.Wider), ("AC036", {"rights": [Right.DECIDE]}, lending.Wider),
        ("AC036", {"rights": [Right.PLAN]}, lending.Wider), ("AC036", {"rights": []}, lending.Wider),
        ("AC036", {"until": date(2025, 11, 9)}, lending.TooLong),
        ("AC036", {"until": date(2026, 2, 2)}, lending.TooLong),
    ],
)  # fmt: skip
def test_nothing_wider_or_longer_than_ones_own_is_lent(units, now, giver, place, changed, refusal):
    with pytest.raises(refusal):
        lent(giver, units[place], now, **changed)

    assert not Appointment.objects.exclude(lent_by=None).exists()


def test_half_a_year_is_the_longest(units, now):
    giver = make_holder("district-incharge", units["SKR"], now)

    with pytest.raises(lending.TooLong):
        lent(giver, units["AC036"], now, until=now.date() + lending.LONGEST + timedelta(days=1))


def test_nobody_lends_to_oneself_to_an_auditor_or_what_was_lent(units, now, giver):
    auditor = make_holder("auditor", units["RJ"], now).person
    deputy = lent(giver, units["AC036"], now)

    for refusal, changed in [
        (lending.ToOneself, {"person": giver.person}), (lending.NotToAuditors, {"person": auditor}),
        (lending.AlreadyLent, {"person": deputy.person}),
    ]:  # fmt: skip
        with pytest.raises(refusal):
            lent(giver, units["AC036"], now, **changed)
    with pytest.raises(lending.Wider):
        lent(deputy, units["AC036-A"], now, newcomer=("9829111333", "मीना"))


def test_it_ends_with_its_day_with_the_givers_time_and_with_a_press(units, clock, now, giver):
    first = lent(giver, units["AC036"], now)
    second = lent(giver, units["AC034"], now, until=date(2025, 11, 12), newcomer=("9829111333", "मीना"))

    clock.move_to(now + timedelta(days=3))
    assert reached(second.person.user, Right.FORM) == set()
    lending.revoke(lending=first, reason="काम पूरा", by=giver.person.user, now=now + timedelta(days=3))
    assert reached(first.person.user, Right.FORM) == set()
    third = lent(giver, units["AC036"], now + timedelta(days=3), person=first.person)
    assert reached(third.person.user, Right.FORM) != set()
    seats.end(appointment=giver, reason="त्यागपत्र", by=None, now=now + timedelta(days=3))
    assert reached(third.person.user, Right.FORM) == set()
    assert Notice.objects.filter(template="lending_ended").count() == 1


def test_while_the_giver_is_shut_out_what_they_lent_rests(units, clock, now, giver):
    deputy = lent(giver, units["AC036"], now).person.user

    opening.let_in(user=giver.person.user, active=False, by=None, now=now)
    meanwhile = reached(deputy, Right.FORM)
    opening.let_in(user=giver.person.user, active=True, by=None, now=now)

    assert (meanwhile, "AC036" in reached(deputy, Right.FORM)) == (set(), True)


def test_a_unit_that_moves_away_takes_the_right_along(units, clock, now, giver):
    deputy = lent(giver, units["AC036"], now)

    tree.move(unit=units["AC036"], parent=units["JPR"], by=None, now=now)

    assert reached(deputy.person.user, Right.FORM) == set()


def test_a_deputy_fills_so_many_seats_and_no_more(units, clock, now, giver):
    deputy = lent(giver, units["AC036"], now, fill=1)

    fill(deputy, units["AC036-A"], now)
    with pytest.raises(seats.NoneLeft):
        fill(deputy, units["AC036-A"], now)

    assert units["AC036-A"].seats.held(now).count() == 1
    assert fill(giver, units["AC036-A"], now).seat.unit == units["AC036-A"]


def test_seats_filled_by_a_right_of_ones_own_are_not_counted(units, clock, now, giver):
    office = make_user("state-office", units["RJ"], now)
    deputy = lent(giver, units["AC036"], now, fill=0, person=office.person)

    fill(deputy, units["AC036-A"], now)

    assert units["AC036-A"].seats.held(now).count() == 1
