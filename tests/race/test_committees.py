"""Two things happen to one committee at the same moment: each is done whole, or told that somebody was quicker."""

import pytest

from committees.domain import forming, leaving, plans, proposing, publishing, seats, tree
from committees.domain.tree import Row
from committees.models import Appointment, Ending, Seat, Unit
from committees.models.formation import Purpose
from committees.states import ProposalStatus as S
from portal.models import Notice
from tests.factories.committees import make_holder, make_person, make_tree, make_user
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def units(now):
    return make_tree(now)


@pytest.fixture
def offices(units, now):
    return [make_user("state-office", units["RJ"], now, name) for name in ("एक", "दो")]


def together(*calls):
    """What each gave or raised, by name."""
    return [type(outcome).__name__ for outcome in run_together(len(calls), lambda number: calls[number]())]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_a_yes_and_a_no_of_one_moment_leave_one(units, now):
    for _round in range(ROUNDS):
        offer = make_holder("booth-president", units["AC036-P112"], now)
        one, other = fresh(offer), fresh(offer)

        together(
            lambda row=one: seats.accept(appointment=row, now=now),
            lambda row=other: seats.decline(appointment=row, reason="समय नहीं", now=now),
        )

        offer.refresh_from_db()
        assert (offer.accepted_at is None) is (offer.until is not None)
        if offer.until is None:
            seats.end(appointment=offer, reason="अगली बार", by=None, now=now)


def test_a_yes_and_an_offer_taken_back_leave_one(units, offices, now):
    for _round in range(ROUNDS):
        offer = make_holder("booth-president", units["AC036-P112"], now)
        one, other = fresh(offer), fresh(offer)

        together(
            lambda row=one: seats.accept(appointment=row, now=now),
            lambda row=other: leaving.take_back(appointment=row, reason="भूल", by=offices[0], now=now),
        )

        offer.refresh_from_db()
        assert (offer.accepted_at is None) is (offer.until is not None)
        if offer.until is None:
            seats.end(appointment=offer, reason="अगली बार", by=None, now=now)


def sent(unit, by, now, count=2):
    proposal = proposing.begin(unit=unit, purpose=Purpose.COMMITTEE, by=by, now=now)
    for seat in unit.seats.of_committee().in_order()[:count]:
        proposing.nominate(proposal=proposal, seat=seat, person=make_person(now), by=by, now=now)
    proposing.send(proposal=proposal, by=by, now=now)
    return proposal


def test_a_list_that_is_approved_and_taken_back_at_once_is_one_of_both(units, offices, now):
    proposal = sent(units["SKR"], offices[0], now)
    version = fresh(proposal).version
    one, other = fresh(proposal), fresh(proposal)

    outcomes = together(
        lambda: proposing.approve(proposal=one, by=offices[1], now=now, seen=version),
        lambda: proposing.take_back(proposal=other, by=offices[0], now=now),
    )

    assert sorted(outcomes) in (["NoneType", "Stale"], ["NoneType", "NoneType"])
    assert fresh(proposal).status in (S.APPROVED, S.DRAFT)


def test_a_list_is_published_once_whoever_presses(units, offices, now):
    proposal = sent(units["SKR"], offices[0], now)
    proposing.approve(proposal=fresh(proposal), by=offices[1], now=now)
    copies = [fresh(proposal) for _hand in range(ROUNDS)]

    outcomes = run_together(
        ROUNDS, lambda number: publishing.publish(proposal=copies[number], by=offices[number % 2], now=now)
    )

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["NotApproved"] * (ROUNDS - 1) + ["list"]
    assert Appointment.objects.filter(seat__unit=units["SKR"]).count() == 2
    assert Notice.objects.filter(template="appointed", context__unit=units["SKR"].title).count() == 2


def test_two_who_agree_to_one_leaving_end_it_once(units, offices, now):
    held = make_holder("booth-president", units["AC036-P112"], now, accepted=True)
    ending = leaving.ask(appointment=held, kind=Ending.Kind.RELIEVED, reason="पद बदला", by=offices[0], now=now)
    third = make_user("state-office", units["RJ"], now, "तीन")
    rows = [Ending.objects.select_related("appointment__person", "asked_by").get(pk=ending.pk) for _hand in range(2)]

    outcomes = together(
        lambda: leaving.decide(ending=rows[0], agreed=True, by=offices[1], now=now),
        lambda: leaving.decide(ending=rows[1], agreed=True, by=third, now=now),
    )

    assert sorted(outcomes) == ["Decided", "NoneType"]
    assert Notice.objects.filter(template="post_ended").count() == 1


def booths(units, now):
    """Three more booths beside the one of the tree."""
    mandal = units["AC036-P112"].parent
    rows = [
        Row("booth", f"AC036-P{n}", mandal.code, f"भाग {n}", f"Part {n}", n, slug=f"b-{n}") for n in (113, 114, 115)
    ]
    tree.load(rows=rows, by=None, now=now)
    for unit in Unit.objects.filter(code__in=[row.code for row in rows]):
        forming.make_seats(unit=unit, by=None, now=now)
    return [row.code for row in rows]


def test_who_is_appointed_while_booths_are_merged_sits_in_no_booth_that_ended(units, offices, now):
    gone = booths(units, now)
    chairs = list(Seat.objects.filter(unit__code__in=gone, post__in_committee=True).select_related("post", "unit"))
    people = [make_person(now) for _chair in chairs]
    steps = {"gone": gone, "into": "AC036-P112"}
    plan = plans.propose(
        kind="merge", unit=units["AC036"], steps=steps, effective_on=now.date(), by=offices[0], now=now
    )

    def act(number):
        if number == len(chairs) // 2:
            return plans.agree(plan=plan, by=offices[1], now=now)
        return seats.seat(person=people[number], seat=chairs[number], by=None, now=now)

    outcomes = run_together(len(chairs), act)

    assert {type(outcome).__name__ for outcome in outcomes} <= {"NoneType", "Appointment", "SeatClosed"}
    assert Unit.objects.filter(code__in=gone, valid_to=now.date()).count() == 3
    assert not Appointment.objects.filter(until=None, seat__unit__valid_to__isnull=False).exists()
