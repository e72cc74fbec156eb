"""Approved lists become people in seats: in the background too, and nobody is relieved by one person alone."""

import pytest

from committees.domain import consenting, proposing, publishing, seats
from committees.models import Appointment, Proposal, Seat
from committees.models.formation import Purpose
from committees.states import ProposalStatus as S
from portal.models import Event
from tests.factories.committees import make_holder, make_person, make_user


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "राजेश जोशी")


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "कविता शर्मा")


def a_list(unit, by, now, person):
    """A draft with this person on the first chair."""
    proposal = proposing.begin(unit=unit, purpose=Purpose.COMMITTEE, by=by, now=now)
    chair = unit.seats.of_committee().in_order().first()
    proposing.nominate(proposal=proposal, seat=chair, person=person, by=by, now=now)
    return proposal


def test_many_are_published_in_the_background_and_what_cannot_is_named(units, office, incharge, now):
    fine = a_list(units["AC036"], incharge, now, make_person(now))
    broken = a_list(units["AC034"], incharge, now, make_person(now, birth_year=now.year - 17))
    for proposal in (fine, broken):
        proposing.send(proposal=proposal, by=incharge, now=now)
        proposing.approve(proposal=proposal, by=office, now=now)
    ask = {"title": "सूचियाँ", "reach": units["RJ"], "by": office, "now": now}

    job = publishing.ask_for_many(proposals=[fine, broken], **ask)
    again = [publishing.worker(job=job, now=now).outcome["lines"] for _time in range(2)]

    assert [len(lines) for lines in again] == [2, 2]
    assert list(Proposal.objects.order_by("pk").values_list("status", flat=True)) == [S.PUBLISHED, S.APPROVED]
    assert Appointment.objects.filter(seat__in=Seat.objects.of_committee(), until=None).count() == 1


def test_what_waits_in_the_background_stays_when_who_asked_is_relieved(units, office, incharge, now):
    proposal = a_list(units["AC036"], incharge, now, make_person(now))
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=office, now=now)
    job = publishing.ask_for_many(proposals=[proposal], title="सूची", reach=units["RJ"], by=incharge, now=now)

    seats.end(appointment=incharge.person.appointments.get(), reason="पद छोड़ा", by=office, now=now)
    told = publishing.worker(job=job, now=now).outcome["lines"]

    assert (len(told), Proposal.objects.get().status) == (2, S.APPROVED)


def test_who_said_yes_after_one_person_approved_is_not_relieved_by_that_one(units, incharge, now):
    booth = units["AC036-P112"]
    offered = make_holder("booth-president", booth, now)
    proposal = proposing.begin(unit=booth, purpose=Purpose.COMMITTEE, by=incharge, now=now)
    proposing.nominate(proposal=proposal, seat=offered.seat, person=make_person(now), by=incharge, now=now)
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=incharge, now=now)

    seats.accept(appointment=offered, now=now)
    with pytest.raises(proposing.SamePerson):
        publishing.publish(proposal=proposal, by=incharge, now=now)

    assert Appointment.objects.get(seat=offered.seat).until is None


def test_a_second_tap_publishes_nothing_and_writes_no_line(units, office, incharge, now):
    proposal = a_list(units["AC036"], incharge, now, make_person(now))
    chair = units["AC036"].seats.of_committee().in_order()[1]
    refuses = proposing.nominate(proposal=proposal, seat=chair, person=make_person(now), by=incharge, now=now)
    consenting.answer(nomination=refuses, yes=False, because="बाहर हूँ", now=now)
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=office, now=now)
    first = proposal.nominations.get(says_yes=None).pk

    made = publishing.publish(proposal=proposal, by=office, now=now, only=[first])
    written = Event.objects.count()
    with pytest.raises(publishing.PublishedAlready):
        publishing.publish(proposal=proposal, by=office, now=now, only=[first])

    assert (len(made), Event.objects.count()) == (1, written)


def test_who_sits_in_a_committee_comes_to_no_second_chair_there_but_may_change_chairs(units, incharge, now):
    booth = units["AC036-P112"]
    sits = make_holder("booth-member", booth, now)
    chair, media = booth.seats.of_committee().filter(post__code__in=["booth-president", "booth-social-media"])
    proposal = proposing.begin(unit=booth, purpose=Purpose.COMMITTEE, by=incharge, now=now)
    proposing.nominate(proposal=proposal, seat=media, person=sits.person, by=incharge, now=now)

    with pytest.raises(publishing.RulesBroken, match=sits.person.name):
        publishing.at_once(proposal=proposal, by=incharge, now=now)
    proposal.refresh_from_db()
    proposing.nominate(proposal=proposal, seat=sits.seat, person=None, by=incharge, now=now)
    publishing.at_once(proposal=proposal, by=incharge, now=now)

    assert sits.person.appointments.get(until=None).seat == media
    assert not chair.appointments.exists()
