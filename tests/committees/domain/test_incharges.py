"""In-charges of districts."""

from datetime import date

import pytest

from committees.access import Right, may
from committees.domain import incharges, seats
from tests.factories.committees import make_holder, make_person

TERM = date(2027, 3, 31)


def test_the_in_charge_reaches_the_own_district_alone(units, now):
    appointment = incharges.assign(
        district=units["SKR"], person=make_person(now), term_ends=TERM, form_by=date(2025, 12, 1), by=None, now=now
    )

    user = appointment.person.user
    assert (appointment.seat.post.code, appointment.form_by) == ("district-incharge", date(2025, 12, 1))
    assert may(user, Right.FORM, units["AC036-P112"])
    assert not may(user, Right.FORM, units["AC046"])


def test_another_in_charge_needs_a_reason(units, now):
    first = incharges.assign(district=units["SKR"], person=make_person(now), term_ends=TERM, by=None, now=now)
    second = make_person(now, "रमेश सैनी")

    with pytest.raises(seats.SeatTaken):
        incharges.assign(district=units["SKR"], person=second, term_ends=TERM, by=None, now=now)
    incharges.assign(
        district=units["SKR"], person=second, term_ends=TERM, instead_because="दूसरा दायित्व", by=None, now=now
    )

    first.refresh_from_db()
    assert first.ended_because == "दूसरा दायित्व"
    assert incharges.chair_of(units["SKR"]).appointments.get(until=None).person == second


def test_a_failed_replacement_leaves_the_first(units, now):
    first = incharges.assign(district=units["SKR"], person=make_person(now), term_ends=TERM, by=None, now=now)

    with pytest.raises(seats.TermPassed):
        incharges.assign(
            district=units["SKR"], person=make_person(now, "रमेश सैनी"), term_ends=date(2025, 1, 1),
            instead_because="दूसरा दायित्व", by=None, now=now,
        )  # fmt: skip

    first.refresh_from_db()
    assert first.until is None


def test_a_level_without_such_a_post_is_told(units, now):
    with pytest.raises(incharges.NoSuchPost):
        incharges.assign(district=units["AC036"], person=make_person(now), term_ends=None, by=None, now=now)


def test_candidates_come_with_their_load(units, now):
    busy = incharges.assign(district=units["JPR"], person=make_person(now), term_ends=TERM, by=None, now=now).person
    local = make_holder("district-member", units["SKR"], now, make_person(now, "रमेश सैनी")).person
    make_person(now, "कोई नहीं")

    found = [(person, person.load, person.at_home) for person in incharges.candidates(units["SKR"])]

    assert found == [(local, 0, 1), (busy, 1, 0)]
