"""The pages of deputies and of whole numbers, as people press them."""

from datetime import date

import pytest
from django.test import Client

from committees.access import Right
from committees.domain import lending, proposing
from committees.models import Appointment
from committees.models.formation import Purpose
from portal import jobs
from portal.models import Event
from tests.factories.committees import make_holder, make_person, make_user
from tests.factories.everyone import sign_in

GIVEN = {"phone": "98291 11222", "name": "राधा सैनी", "rights": ["view", "form"], "fill": "3", "until": "2025-12-01"}


@pytest.fixture
def giver(units, clock, now):
    return make_user("district-incharge", units["SKR"], now)


@pytest.fixture
def client(giver):
    return signed_in(giver)


def signed_in(user):
    client = Client()
    sign_in(client, user)
    return client


def test_work_is_given_at_a_narrower_place_shown_on_both_pages_and_taken_back(client, units, now, giver):
    path = units["AC036"].path
    assert f"in={path}" in client.get("/lendings/new/").content.decode()

    client.post(f"/lendings/new/?in={path}", GIVEN)
    deputy = Appointment.objects.get(lent_by__person=giver.person)
    theirs = signed_in(deputy.person.user)
    pages = [client.get("/lendings/"), client.get("/my/"), client.get("/work/")]
    received = [theirs.get("/lendings/"), theirs.get("/work/")]

    assert (deputy.seat.unit, deputy.lent_rights, deputy.lent_seats) == (units["AC036"], ["view", "form"], 3)
    assert ["राधा सैनी" in page.content.decode() for page in pages] == [True] * 3
    assert [giver.person.name in page.content.decode() for page in received] == [True] * 2
    assert theirs.get(f"/units/{path}/committee/form/").status_code == 200
    assert theirs.get("/lendings/new/").status_code == 404
    assert theirs.post(f"/lendings/{deputy.pk}/end/", {"reason": "नहीं"}).status_code == 404

    client.post(f"/lendings/{deputy.pk}/end/", {"reason": "काम पूरा"})

    assert theirs.get(f"/units/{path}/committee/form/").status_code == 404
    client.get("/lendings/")  # which says that it was taken back
    assert "राधा सैनी" not in client.get("/lendings/").content.decode()


def test_a_deputy_says_yes_in_nobody_s_place(units, clock, now):
    office = make_user("state-office", units["RJ"], now)
    given = {"rights": [Right.FORM], "fill": 2, "until": date(2025, 12, 1), "newcomer": ("9829111222", "राधा सैनी")}
    giver = office.person.appointments.get()
    deputy = signed_in(lending.lend(giver=giver, unit=units["RJ"], by=office, now=now, **given).person.user)
    one = {"by": make_user("district-incharge", units["SKR"], now), "now": now}
    proposal = proposing.begin(unit=units["SKR"], purpose=Purpose.COMMITTEE, **one)
    chair = units["SKR"].seats.of_committee().first()
    proposing.nominate(proposal=proposal, seat=chair, person=make_person(now), **one)
    proposing.send(proposal=proposal, **one)
    job = jobs.ask(kind="k", title="", settings={}, right="form", reach=units["SKR"].pk, needs_second=True, **one)

    answers = [
        deputy.post(f"/proposals/{proposal.pk}/", {"act": "approve"}),
        deputy.post(f"/jobs/{job.key}/agree/"),
        deputy.get("/units/plans/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert list(deputy.get("/proposals/").context["to_approve"]) == []
    booth = units["AC036-P112"]
    pressed = {"phone": "98291 11333", "who": "new", "name": "मीना", "term_ends": "", "now": "1"}
    deputy.post(f"{booth.committee_url}form/{booth.seats.of_committee().first().pk}/", pressed)
    assert Appointment.objects.filter(seat__unit=booth, person__name="मीना").count() == 1


@pytest.mark.parametrize(
    "changed", [{"rights": ["assign"]}, {"rights": []}, {"fill": "0"}, {"until": "2026-12-01"}, {"name": ""}]
)
def test_a_form_that_asks_too_much_gives_nothing(client, units, changed):
    answer = client.post("/lendings/new/", GIVEN | changed)

    assert answer.status_code == 200
    assert not Appointment.objects.exclude(lent_by=None).exists()


def test_nobody_gives_a_place_of_others(client, units):
    assert client.post(f"/lendings/new/?in={units['JPR'].path}", GIVEN).status_code == 404
    assert client.get("/lendings/new/?in=").status_code == 404


def test_the_state_office_takes_back_what_an_incharge_gave_and_the_neighbour_does_not(client, units, now):
    client.post("/lendings/new/", GIVEN)
    deputy = Appointment.objects.exclude(lent_by=None).get()
    neighbour = signed_in(make_user("district-incharge", units["JPR"], now))
    office = signed_in(make_user("state-office", units["RJ"], now))

    assert neighbour.post(f"/lendings/{deputy.pk}/end/", {"reason": "नहीं"}).status_code == 404
    assert "राधा सैनी" in office.get("/lendings/").content.decode()
    office.post(f"/lendings/{deputy.pk}/end/", {"reason": "ग़लत व्यक्ति"})

    deputy.refresh_from_db()
    assert (deputy.until, deputy.ended_because) == (now, "ग़लत व्यक्ति")


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_as_much_for_one_as_for_many(client, units, how_many, django_assert_num_queries):
    for number in range(how_many):
        client.post("/lendings/new/", GIVEN | {"phone": f"982911122{number}"})

    with django_assert_num_queries(7):
        client.get("/lendings/")


def test_a_members_number_is_shown_for_a_reason_and_written_down(client, units, now):
    member = make_holder("district-member", units["SKR"], now)
    page = f"/numbers/{member.pk}/"

    assert page in client.get("/units/sikar/committee/").content.decode()
    assert "tel:" not in client.get(page).content.decode() + client.post(page, {"why": "other"}).content.decode()
    shown = client.post(page, {"why": "other", "words": "बैठक की सूचना"}).content.decode()

    assert f"tel:{member.person.phone}" in shown
    event = Event.objects.get(verb="read the number")
    assert (event.thing, event.data) == (str(member.person_id), {"why": "other", "words": "बैठक की सूचना"})
