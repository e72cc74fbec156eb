"""In-charges of districts: suggested, chosen, seen by two, and only then told."""

from datetime import date, timedelta

import pytest

from applications.models import Application
from committees.access import Right, may
from committees.domain import candidacy, incharges, proposing, seats, staffing
from committees.domain.matching import Home, Rules
from committees.models import Appointment, Nomination, Proposal
from committees.models.formation import Purpose
from portal.models import Notice
from tests.factories.committees import make_holder, make_person, make_user
from tests.factories.desk import a_drive, an_application

TERM = date(2027, 3, 31)
RULES = Rules(women=0)


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


@pytest.fixture
def second(units, now):
    return make_user("state-office", units["RJ"], now, "राजेश गुप्ता")


@pytest.fixture
def people(units, now):
    """Two of Jaipur, one of Sikar, by name: each sits at the table of the home district."""
    homes = {"सीता मीणा": "JPR", "मोहन लाल": "JPR", "रमेश सैनी": "SKR"}
    return {
        name: make_holder("district-member", units[code], now, make_person(now, name, gender="M")).person
        for name, code in homes.items()
    }


@pytest.fixture
def top(units):
    return units["RJ"]


def chair(unit):
    return unit.seats.get(post__code="district-incharge")


def listed(proposal):
    rows = proposal.nominations.select_related("person", "seat__unit")
    return {line.seat.unit.code: line.person.name for line in rows if line.person}


def the_list(top):
    return proposing.open_of(top, Purpose.INCHARGES)


def agreed(proposal, office, second, now):
    """Sent by one, let go by the other."""
    incharges.send(proposal=proposal, term_ends=TERM, form_by=date(2025, 12, 1), by=office, now=now)
    return incharges.release(proposal=proposal, by=second, now=now)


def test_suggestions_fill_what_is_empty_with_people_from_elsewhere(top, units, people, office, now):
    made = incharges.fill(top=top, rules=RULES, by=office, now=now)

    assert made == 2
    assert listed(the_list(top))["JPR"] == "रमेश सैनी"
    assert listed(the_list(top))["SKR"] in {"सीता मीणा", "मोहन लाल"}
    line = Nomination.objects.get(seat=chair(units["JPR"]))
    assert [reason["what"] for reason in line.reasons] == ["away", "km", "no marks", "untrained", "after"]
    assert not Appointment.objects.filter(seat__post__role="incharge").exists()
    assert not Notice.objects.filter(template="appointed", phone=people["रमेश सैनी"].phone, context__unit="जयपुर").exists()


def test_what_a_hand_wrote_stays_and_suggestions_made_anew_leave_it(top, units, people, office, now):
    home = Rules(home=Home.ANY, women=0)
    told = {"by": office, "now": now}
    key = candidacy.key_of(people["मोहन लाल"])
    incharges.choose(top=top, seat=chair(units["JPR"]), key=key, rules=home, **told)
    assert incharges.fill(top=top, rules=RULES, **told) == 1
    assert incharges.fill(top=top, rules=RULES, **told) == 0

    incharges.fill(top=top, rules=home, anew=True, **told)

    assert listed(the_list(top)) == {"JPR": "मोहन लाल", "SKR": "रमेश सैनी"}
    line = Nomination.objects.get(seat=chair(units["SKR"]))
    incharges.lock(line=line, locked=True, **told)
    incharges.fill(top=top, rules=Rules(home=Home.AWAY, women=0), anew=True, **told)
    assert listed(the_list(top)) == {"JPR": "मोहन लाल", "SKR": "रमेश सैनी"}


def test_two_change_places_and_who_is_passed_over_is_not_suggested_again(top, units, people, office, now):
    any_home, told = Rules(home=Home.ANY, women=0), {"by": office, "now": now}
    for name, code in (("रमेश सैनी", "SKR"), ("मोहन लाल", "JPR")):
        key = candidacy.key_of(people[name])
        incharges.choose(top=top, seat=chair(units[code]), key=key, rules=any_home, **told)
    one, other = Nomination.objects.order_by("pk").select_related("seat__unit", "person", "proposal__unit")

    incharges.swap(one=one, other=other, rules=any_home, **told)
    assert listed(the_list(top)) == {"SKR": "मोहन लाल", "JPR": "रमेश सैनी"}

    def line():
        rows = Nomination.objects.select_related("seat__unit", "person", "proposal__unit")
        return rows.get(seat=chair(units["SKR"]))

    incharges.pass_over(line=line(), rules=RULES, **told)
    assert listed(the_list(top))["SKR"] == "सीता मीणा"
    assert incharges.pass_over(line=line(), rules=RULES, **told) is None
    assert listed(the_list(top)) == {"JPR": "रमेश सैनी"}


def test_only_a_second_person_lets_the_letters_leave(top, units, people, office, second, now):
    incharges.fill(top=top, rules=RULES, by=office, now=now)
    proposal = the_list(top)
    incharges.send(proposal=proposal, term_ends=TERM, form_by=date(2025, 12, 1), by=office, now=now)

    with pytest.raises(proposing.SamePerson):
        incharges.release(proposal=proposal, by=office, now=now)
    with pytest.raises(proposing.Fixed):
        incharges.fill(top=top, rules=RULES, by=office, now=now)
    assert not Appointment.objects.filter(seat__post__role="incharge").exists()
    made = incharges.release(proposal=proposal, by=second, now=now)

    assert {(row.seat.unit.code, row.form_by, row.accepted_at) for row in made} == {
        ("JPR", date(2025, 12, 1), None), ("SKR", date(2025, 12, 1), None),
    }  # fmt: skip
    assert Notice.objects.filter(key__in=[f"appointed:{row.pk}:sms" for row in made]).count() == 2
    assert Proposal.objects.get().status == "PUBLISHED"


def test_after_a_no_the_next_one_is_offered_and_never_the_same(top, units, people, office, second, now):
    incharges.fill(top=top, rules=RULES, by=office, now=now)
    made = {row.seat.unit.code: row for row in agreed(the_list(top), office, second, now)}
    first = made["SKR"].person

    seats.decline(appointment=made["SKR"], reason="परिवार में बीमारी", now=now + timedelta(hours=2))

    found = staffing.with_offers(staffing.table(top=top, rules=RULES, user=office, now=now + timedelta(hours=3)))
    free = next(one for one in found.chairs if one.is_vacant)
    assert [row.ended_because for row in free.no] == ["परिवार में बीमारी"]
    offered = [found.known[choice.candidate.key].person for choice in free.offers]
    assert offered == [people[name] for name in ("सीता मीणा", "मोहन लाल") if people[name] != first]


def test_in_the_place_of_another_needs_a_reason(units, people, office, second, now):
    first = make_holder("district-incharge", units["SKR"], now, make_person(now, "पुराने प्रभारी"))
    told = {"district": units["SKR"], "who": people["मोहन लाल"], "term_ends": TERM, "by": office, "now": now}
    with pytest.raises(incharges.NoReason):
        incharges.propose_one(**told)

    proposal = incharges.propose_one(**told, instead_because="दूसरा दायित्व")
    first.refresh_from_db()
    assert first.until is None
    [made] = incharges.release(proposal=proposal, by=second, now=now)

    first.refresh_from_db()
    assert (first.ended_because, made.person, made.term_ends) == ("दूसरा दायित्व", people["मोहन लाल"], TERM)
    assert may(made.person.user, Right.FORM, units["AC036-P112"])
    assert not may(made.person.user, Right.FORM, units["AC046"])


def test_a_newcomer_is_known_from_the_proposal_on(units, office, second, now):
    told = {"district": units["SKR"], "term_ends": TERM, "by": office, "now": now}
    proposal = incharges.propose_one(who=("9829066666", "मोहन लाल"), **told)

    [made] = incharges.release(proposal=proposal, by=second, now=now)

    assert (made.person.name, made.seat.unit.code) == ("मोहन लाल", "SKR")


def test_a_level_without_such_a_post_is_told(units, people, office, now):
    with pytest.raises(incharges.NoSuchPost):
        incharges.propose_one(district=units["AC036"], who=people["मोहन लाल"], term_ends=TERM, by=office, now=now)


def test_the_table_is_read_by_as_many_questions_however_many_sit_there(
    top, units, people, office, now, django_assert_num_queries
):
    with django_assert_num_queries(11):
        staffing.with_offers(staffing.table(top=top, rules=RULES, user=office, now=now))
    for code in ("SKR", "JPR"):
        make_holder("district-president", units[code], now, make_person(now, "हरि सिंह"))
    incharges.fill(top=top, rules=RULES, by=office, now=now)

    with django_assert_num_queries(11):
        found = staffing.with_offers(staffing.table(top=top, rules=RULES, user=office, now=now))
    assert len(found.chairs) == 2


def test_what_a_drive_selected_stands_beside_those_who_sit(top, units, people, office, second, now):
    drive = a_drive(units["RJ"], now)
    applied = an_application(drive, units["AC046"], now, 7, name="पूजा कंवर", gender="W")
    Application.objects.filter(pk=applied.pk).update(status="SELECTED")

    found = staffing.table(top=top, rules=RULES, user=office, now=now)
    one = found.known[f"a{applied.pk}"]
    assert (one.name, one.candidate.home, one.candidate.gender, one.person) == ("पूजा कंवर", "JPR", "W", None)
    incharges.choose(top=top, seat=chair(units["SKR"]), key=f"a{applied.pk}", rules=RULES, by=office, now=now)

    line = Nomination.objects.get()
    person = line.person
    assert line.reasons[-1] == {"what": "applicant", "key": f"a{applied.pk}", "points": 0}
    assert (person.name, person.phone, person.gender) == ("पूजा कंवर", applied.phone, "W")
    again = staffing.table(top=top, rules=RULES, user=office, now=now)
    assert (f"a{applied.pk}" in again.known, again.known[f"p{person.pk}"].candidate.home) == (False, "JPR")
