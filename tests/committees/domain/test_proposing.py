"""A list's road: written, sent, sent back, approved by another, published in part, amended."""

from datetime import timedelta

import pytest

from committees.domain import consenting, norms, proposing, publishing, seats
from committees.models import Appointment, Norm, Proposal
from committees.models.formation import Purpose
from committees.states import ProposalStatus as S
from portal import audit
from portal.models import Notice
from tests.factories.committees import make_holder, make_person, make_user


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "राजेश जोशी")


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "कविता शर्मा")


def chairs(unit):
    return list(unit.seats.of_committee().in_order())


def a_list(unit, by, now, *persons):
    """A draft with these people on the first chairs."""
    proposal = proposing.begin(unit=unit, purpose=Purpose.COMMITTEE, by=by, now=now)
    for seat, person in zip(chairs(unit), persons, strict=False):
        proposing.nominate(proposal=proposal, seat=seat, person=person, by=by, now=now)
    return proposal


def test_a_district_list_takes_two_people_and_is_published_in_part(units, office, incharge, now):
    one, other = make_person(now, "रमेश सैनी"), make_person(now, "पूजा कंवर")
    proposal = a_list(units["SKR"], incharge, now, one, other)
    first, second = proposal.nominations.order_by("seat__post__order")

    proposing.send(proposal=proposal, by=incharge, now=now)
    with pytest.raises(proposing.SamePerson):
        proposing.approve(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=office, now=now)
    consenting.answer(nomination=first, yes=True, because="", now=now)
    consenting.answer(nomination=second, yes=False, because="समय नहीं है", now=now)
    [appointment] = publishing.publish(proposal=proposal, by=incharge, now=now)

    assert (appointment.person, appointment.accepted_at) == (one, now)
    assert proposal.status == S.APPROVED
    assert [line.person for line in proposing.left(proposal)] == [other]
    assert sorted(Notice.objects.filter(phone=incharge.phone).values_list("template", flat=True)) == [
        "appointed",
        "proposal_approved",
    ]
    publishing.finish(proposal=proposal, by=incharge, now=now)
    assert (Proposal.objects.get().status, proposal.nominations.count()) == (S.PUBLISHED, 1)


def test_a_list_is_sent_back_line_by_line_and_mended(units, office, incharge, now):
    proposal = a_list(units["SKR"], incharge, now, make_person(now), make_person(now))
    first, _second = proposal.nominations.order_by("seat__post__order")
    proposing.send(proposal=proposal, by=incharge, now=now)

    with pytest.raises(proposing.NoReason):
        proposing.send_back(proposal=proposal, because=" ", reasons={first.pk: " "}, by=office, now=now)
    proposing.send_back(proposal=proposal, because="", reasons={first.pk: "दूसरा नाम दें"}, by=office, now=now)

    first.refresh_from_db()
    assert (proposal.status, first.returned_because) == (S.RETURNED, "दूसरा नाम दें")
    assert Notice.objects.filter(template="proposal_returned", phone=incharge.phone).count() == 1
    mended = proposing.nominate(proposal=proposal, seat=first.seat, person=make_person(now), by=incharge, now=now)
    assert (mended.pk, mended.returned_because) == (first.pk, "")


def test_nothing_changes_while_others_look_at_it(units, incharge, now):
    proposal = a_list(units["SKR"], incharge, now, make_person(now))
    [line] = proposal.nominations.all()
    proposing.send(proposal=proposal, by=incharge, now=now)

    with pytest.raises(proposing.Fixed):
        proposing.drop(nomination=line, by=incharge, now=now)
    with pytest.raises(proposing.Fixed):
        proposing.nominate(proposal=proposal, seat=chairs(units["SKR"])[1], person=None, by=incharge, now=now)
    with pytest.raises(publishing.NotApproved):
        publishing.publish(proposal=proposal, by=incharge, now=now)
    assert proposal.nominations.count() == 1


def test_what_was_not_seen_is_not_approved(units, office, incharge, now):
    proposal = a_list(units["SKR"], incharge, now, make_person(now))
    proposing.send(proposal=proposal, by=incharge, now=now)
    seen = Proposal.objects.get().version

    proposing.take_back(proposal=proposal, by=incharge, now=now)
    proposing.nominate(proposal=proposal, seat=chairs(units["SKR"])[1], person=make_person(now), by=incharge, now=now)
    proposing.send(proposal=proposal, by=incharge, now=now)

    with pytest.raises(proposing.Stale):
        proposing.approve(proposal=Proposal.objects.get(), by=office, now=now, seen=seen)
    assert Proposal.objects.get().status == S.SENT


def test_two_colleagues_on_one_line_are_told(units, incharge, now):
    proposal = a_list(units["SKR"], incharge, now, make_person(now))
    [line] = proposal.nominations.all()
    write = {"proposal": proposal, "seat": line.seat, "by": incharge, "now": now}

    with pytest.raises(proposing.Stale):
        proposing.nominate(person=make_person(now), seen=proposing.NO_LINE, **write)
    proposing.nominate(person=make_person(now, "नया नाम"), seen=line.made_at, **write)

    assert proposal.nominations.get().person.name == "नया नाम"


def test_an_in_charge_appoints_at_a_booth_by_one_press(units, incharge, now):
    booth, person = units["AC036-P112"], make_person(now)
    draft = a_list(booth, incharge, now, make_person(now))

    appointment = publishing.appoint_now(seat=chairs(booth)[1], person=person, by=incharge, now=now)

    assert appointment.person == person
    assert Proposal.objects.get(pk=draft.pk).status == S.DRAFT  # the other line is still only a draft
    publishing.at_once(proposal=Proposal.objects.get(pk=draft.pk), by=incharge, now=now)
    assert Appointment.objects.filter(seat__unit=booth).count() == 2


def test_an_amendment_relieves_who_sat_there_and_takes_a_second_person_everywhere(units, office, incharge, now):
    booth = units["AC036-P112"]
    present = make_holder("booth-president", booth, now, accepted=True)
    follower = make_person(now, "पूजा कंवर")
    later = now + timedelta(days=3)
    proposal = proposing.begin(unit=booth, purpose=Purpose.COMMITTEE, by=incharge, now=later)
    proposing.nominate(proposal=proposal, seat=present.seat, person=follower, by=incharge, now=later)

    with pytest.raises(proposing.SamePerson):
        publishing.at_once(proposal=proposal, by=incharge, now=later)
    proposal.refresh_from_db()
    proposing.send(proposal=proposal, by=incharge, now=later)
    proposing.approve(proposal=proposal, by=office, now=later)
    publishing.publish(proposal=proposal, by=incharge, now=later)

    present.refresh_from_db()
    assert (present.until, present.seat.appointments.get(until=None).person) == (later, follower)
    assert Notice.objects.filter(template="post_ended", phone=present.person.phone).count() == 1
    next_one = proposing.begin(unit=booth, purpose=Purpose.COMMITTEE, by=incharge, now=later)
    assert next_one.number == 1


def test_people_change_seats_within_one_list(units, office, incharge, now):
    booth = units["AC036-P112"]
    one, other = make_holder("booth-president", booth, now), make_holder("booth-secretary", booth, now)
    later = now + timedelta(days=3)
    proposal = proposing.begin(unit=booth, purpose=Purpose.COMMITTEE, by=incharge, now=later)
    told = {"proposal": proposal, "by": incharge, "now": later}
    proposing.nominate(seat=one.seat, person=other.person, **told)
    proposing.nominate(seat=other.seat, person=one.person, **told)

    publishing.at_once(proposal=proposal, by=incharge, now=later)

    holders = dict(Appointment.objects.filter(until=None, seat__unit=booth).values_list("seat", "person"))
    assert holders == {one.seat_id: other.person_id, other.seat_id: one.person_id}


def test_least_representation_warns_then_blocks_and_may_be_set_aside(units, office, incharge, now):
    booth = units["AC036-P112"]
    Norm.objects.create(level="booth", group="women", percent=33)
    men = [make_person(now, f"पुरुष {n}", gender="M") for n in range(5)]
    proposal = a_list(booth, incharge, now, *men[:3])

    [share] = norms.meter(unit=booth, lines=proposing.left(proposal), now=now).shares
    assert (share.have, share.need, share.is_met, share.is_broken) == (0, 2, False, False)  # two chairs are left
    for seat, person in zip(chairs(booth)[3:], men[3:], strict=True):
        proposing.nominate(proposal=proposal, seat=seat, person=person, by=incharge, now=now)
    with pytest.raises(publishing.RulesBroken) as broken:
        publishing.at_once(proposal=proposal, by=incharge, now=now)

    assert len(broken.value.faults) == 1
    assert not Appointment.objects.filter(seat__unit=booth).exists()
    proposal.refresh_from_db()
    assert proposal.status == S.DRAFT
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=office, now=now, override_reason="महिला आवेदन नहीं आए")
    assert len(publishing.publish(proposal=proposal, by=office, now=now)) == 5
    assert (proposal.override_by, "set the rules aside" in {e.verb for e in audit.history(proposal)}) == (office, True)


def test_what_was_set_aside_is_for_one_wording_by_a_second_person_and_before_it_is_published(
    units, office, incharge, now
):
    proposal = a_list(units["SKR"], incharge, now, make_person(now), make_person(now))
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=office, now=now)
    aside = {"proposal": proposal, "reason": "महिला आवेदन नहीं आए", "now": now}

    with pytest.raises(proposing.SamePerson):
        proposing.set_aside(by=incharge, **aside)
    proposing.set_aside(by=office, **aside)
    proposing.take_back(proposal=proposal, by=incharge, now=now)
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.approve(proposal=proposal, by=office, now=now)
    publishing.publish(proposal=proposal, by=incharge, now=now)
    with pytest.raises(proposing.Stale):
        proposing.set_aside(by=office, **aside)

    assert Proposal.objects.values_list("status", "override_reason", "override_by").get() == (S.PUBLISHED, "", None)


def test_a_minor_somebody_twice_and_who_holds_such_a_post_are_named(units, incharge, now):
    booth, year = units["AC036-P112"], now.year
    young = make_person(now, "छोटू", birth_year=year - 17)
    twice = make_person(now, "दो बार")
    held = make_holder("booth-president", booth, now).person
    proposal = proposing.begin(unit=booth, purpose=Purpose.COMMITTEE, by=incharge, now=now)
    secretary, media, *members = chairs(booth)[1:]
    for seat, person in zip([secretary, media, *members], [young, twice, twice], strict=False):
        proposing.nominate(proposal=proposal, seat=seat, person=person, by=incharge, now=now)
    other = units["AC036"].seats.of_committee().get(post__code="assembly-president")
    make_holder("assembly-president", units["AC036"], now, held)

    faults = norms.of_lines(proposal=proposal, lines=proposing.left(proposal), now=now)

    assert len(faults) == 3
    assert other.appointments.filter(until=None).exists()  # another level: no rule is broken


@pytest.mark.parametrize("second", [0, 1])
def test_the_personal_link_is_the_key_and_ends_with_the_name(units, incharge, now, second):
    proposal = a_list(units["AC036"], incharge, now, make_person(now, "रमेश सैनी"))
    [line] = proposal.nominations.all()
    consenting.ask(nomination=line, by=incharge, now=now)
    token = consenting.token_of(line)

    assert consenting.nomination_of(token) == line
    with pytest.raises(consenting.NoReason):
        consenting.answer(nomination=line, yes=False, because=" ", now=now)
    if second:
        proposing.nominate(proposal=proposal, seat=line.seat, person=make_person(now), by=incharge, now=now)
        with pytest.raises(consenting.BadLink):
            consenting.nomination_of(token)
        with pytest.raises(consenting.Over):
            consenting.answer(nomination=line, yes=True, because="", now=now)
    assert [n.status for n in Notice.objects.filter(template="consent")] == [["QUEUED"], ["CANCELLED"]][second]


def test_a_seat_is_only_of_its_own_list(units, incharge, now):
    proposal = a_list(units["AC036"], incharge, now)
    told = {"proposal": proposal, "person": make_person(now), "by": incharge, "now": now}

    with pytest.raises(proposing.WrongSeat):
        proposing.nominate(seat=chairs(units["AC034"])[0], **told)
    with pytest.raises(proposing.Empty):
        proposing.send(proposal=proposal, by=incharge, now=now)
    held = make_holder("assembly-president", units["AC036"], now)
    with pytest.raises(proposing.AlreadyThere):
        proposing.nominate(seat=held.seat, **told | {"person": held.person})
    assert seats.only_one_of(held.seat.post) == "assembly"
