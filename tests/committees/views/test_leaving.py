"""The pages of leaving: a proposal, the person's answer by link, the second person, the history of the seat."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from committees.domain import leaving, letters, seats
from committees.models import Appointment, Ending
from portal.accounts import opening
from tests.factories.committees import make_holder, make_user

COMMITTEE = "/units/sikar/36/committee/"


@pytest.fixture
def today(now):
    with time_machine.travel(now, tick=False):
        yield now


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office(units, today):
    return signed_in(make_user("state-office", units["RJ"], today, "अनिल जोशी"))


@pytest.fixture
def incharge(units, today):
    return signed_in(make_user("district-incharge", units["SKR"], today, "कविता शर्मा"))


@pytest.fixture
def held(units, today):
    return make_holder("assembly-president", units["AC036"], today, accepted=True)


def test_a_removal_from_the_proposal_to_the_second_yes(units, held, incharge, office):
    asked = incharge.post(f"{COMMITTEE}form/{held.seat_id}/end/", {"kind": "removed", "reason": "बैठकों में नहीं आए"})
    row = Ending.objects.get()
    assert (asked.url, row.kind) == (f"/leavings/{row.pk}/", "removed")
    assert incharge.get(f"{COMMITTEE}form/{held.seat_id}/end/").url == asked.url

    mine = f"/s/{letters.token_of(held)}/leave/"
    person = Client()
    assert "बैठकों में नहीं आए" in person.get(mine).content.decode()
    person.post(mine, {"do": "answer", "reason": "मैं बीमार था।"})

    waiting = office.get("/leavings/")
    assert ([one.pk for one in waiting.context["mine"]], waiting.context["others"]) == ([row.pk], [])
    assert "मैं बीमार था।" in office.get(asked.url).content.decode()
    office.post(asked.url, {"do": "agree"})
    assert Appointment.objects.get(pk=held.pk).ended_how == "removed"
    assert "यह नियुक्ति समाप्त हो चुकी है" in person.get(mine, follow=True).content.decode()
    assert list(incharge.get("/leavings/").context["decided"]) == [row]
    assert f'href="{COMMITTEE}form/">पद भरें' in incharge.get(asked.url).content.decode()


def test_who_proposed_takes_it_back_but_never_agrees(held, incharge):
    page = incharge.post(f"{COMMITTEE}form/{held.seat_id}/end/", {"kind": "relieved", "reason": "x"}).url

    shown = incharge.get(page).content.decode()
    incharge.post(page, {"do": "agree"})

    assert ("withdraw" in shown, "agree" in shown) == (True, False)
    assert Ending.objects.values_list("agreed", "decided_by").get() == (False, None)
    assert Appointment.objects.get(pk=held.pk).until is None


def test_what_was_not_accepted_is_taken_back_by_one(units, incharge, today):
    waiting = make_holder("assembly-secretary", units["AC036"], today)

    incharge.post(f"{COMMITTEE}form/{waiting.seat_id}/end/", {"reason": "भूल से"})

    assert Appointment.objects.get(pk=waiting.pk).ended_because == "भूल से"
    assert not Ending.objects.exists()


def test_a_convener_proposes_and_the_in_charge_decides(units, held, incharge, today):
    convener = signed_in(make_user("district-president", units["SKR"], today, "मोहन लाल"))
    waiting = make_holder("assembly-secretary", units["AC036"], today)

    page = convener.post(f"{COMMITTEE}form/{held.seat_id}/end/", {"kind": "relieved", "reason": "दूसरा काम"}).url
    convener.post(f"{COMMITTEE}form/{waiting.seat_id}/end/", {"kind": "relieved", "reason": "भूल से"})
    assert Ending.objects.filter(decided_at=None).count() == 2
    incharge.post(page, {"do": "agree"})

    assert Appointment.objects.get(pk=held.pk).ended_how == "relieved"
    assert convener.get("/leavings/").context["mine"] == []


def test_strangers_and_the_person_see_no_list_and_the_auditor_only_looks(units, held, incharge, today):
    page = incharge.post(f"{COMMITTEE}form/{held.seat_id}/end/", {"kind": "relieved", "reason": "x"}).url
    elsewhere = signed_in(make_user("district-incharge", units["JPR"], today, "रमेश सैनी"))
    auditor = signed_in(make_user("auditor", units["RJ"], today, "सरोज सैनी"))
    person = signed_in(held.person.user)

    assert (elsewhere.get(page).status_code, elsewhere.get("/leavings/").context["others"]) == (404, [])
    assert (person.get(page).status_code, auditor.get(page).status_code) == (404, 200)
    assert auditor.post(page, {"do": "agree"}).status_code == 404
    assert auditor.get(f"{COMMITTEE}form/{held.seat_id}/end/").status_code == 404
    own = person.get(f"{COMMITTEE}form/{held.seat_id}/end/")
    assert own.url == f"/s/{letters.token_of(held)}/leave/"


def test_one_resigns_by_the_personal_link_or_from_the_own_work(held, today):
    mine = f"/s/{letters.token_of(held)}/leave/"
    assert mine in signed_in(held.person.user).get("/work/").content.decode()
    person = Client()

    assert "कारण कुछ शब्दों में लिखें" in person.post(mine, {"do": "resign", "reason": " "}).content.decode()
    assert Appointment.objects.get(pk=held.pk).until is None
    answer = person.post(mine, {"do": "resign", "reason": "परिवार"}, follow=True).content.decode()

    assert Appointment.objects.get(pk=held.pk).ended_how == "resigned"
    assert "आपका त्यागपत्र दर्ज हुआ" in answer


def test_the_list_costs_the_same_for_one_and_for_three(units, held, incharge, django_assert_num_queries, today):
    asker = opening.open_for(person=make_holder("district-secretary", units["SKR"], today).person, now=today)
    leaving.ask(appointment=held, kind="relieved", reason="x", by=asker, now=today)
    incharge.get("/leavings/")
    with django_assert_num_queries(7):
        incharge.get("/leavings/")
    for post in ("assembly-secretary", "assembly-member"):
        other = make_holder(post, units["AC036"], today, accepted=True)
        leaving.ask(appointment=other, kind="removed", reason="x", by=asker, now=today)

    with django_assert_num_queries(7):
        assert len(incharge.get("/leavings/").context["mine"]) == 3


# --- the history of a seat --------------------------------------------------------------------------


def test_a_seat_tells_who_sat_in_it_and_why_only_to_those_who_fill_it(units, held, incharge, today):
    leaving.resign(appointment=held, reason="गोपनीय कारण", now=today + timedelta(days=9))
    seats.seat(person=make_holder("booth-member", units["AC036-P112"], today).person, seat=held.seat, by=None,
               now=today + timedelta(days=9))  # fmt: skip
    convener = signed_in(make_user("district-president", units["SKR"], today, "मोहन लाल"))
    page = f"{COMMITTEE}seat/{held.seat_id}/"

    shown, seen = incharge.get(page), convener.get(page).content.decode()

    assert [(row.ended_how, row.since) for row in shown.context["rows"]] == [
        ("", today + timedelta(days=9)), ("resigned", today),
    ]  # fmt: skip
    assert ("गोपनीय कारण" in shown.content.decode(), "गोपनीय कारण" in seen, "त्यागपत्र" in seen) == (True, False, True)
    assert convener.get(f"/units/jaipur/46/committee/seat/{units['AC046'].seats.first().pk}/").status_code == 404


def test_a_seat_costs_the_same_after_one_and_after_three(units, incharge, today, django_assert_num_queries):
    chair = units["AC036"].seats.get(post__code="assembly-president")

    def one_more(day):
        at = today + timedelta(days=day)
        held = seats.seat(
            person=make_holder("booth-member", units["AC036-P112"], today).person, seat=chair, by=None, now=at
        )
        seats.accept(appointment=held, now=at)
        leaving.resign(appointment=held, reason="x", now=at + timedelta(hours=1))

    one_more(1)
    page = f"{COMMITTEE}seat/{chair.pk}/"
    incharge.get(page)
    with django_assert_num_queries(9):
        incharge.get(page)
    one_more(2)

    with django_assert_num_queries(9):
        assert len(incharge.get(page).context["rows"]) == 2
