"""The page of the sanctioned strength."""

import pytest

from committees.domain import seats
from committees.models import Sanction
from tests.factories.committees import make_user

PAGE = "/units/sikar/strength/"
BOOTH = f"{PAGE}booth-member/"


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "अनिल जोशी")


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "कविता शर्मा")


def booth_members(units):
    return units["AC036-P112"].seats.open().filter(post__code="booth-member").count()


def test_the_office_sets_a_limit_and_the_in_charge_a_number_below_it(client, units, office, incharge):
    client.force_login(office)
    client.post(BOOTH, {"seats": "3", "cap": "4"})
    client.force_login(incharge)

    assert "cap" not in client.get(BOOTH).context["form"].fields
    refused = client.post(BOOTH, {"seats": "5", "cap": "9"}).content.decode()
    assert "सीकर के लिए अधिकतम 4 तय हैं। सीमा तय की: अनिल जोशी" in refused
    client.post(BOOTH, {"seats": "4"})

    assert Sanction.objects.values_list("seats", "most", "by").get() == (4, 4, incharge.pk)
    assert booth_members(units) == 4
    rows = {post.code: row for _level, rows, _sum in client.get(PAGE).context["levels"] for post, row in rows}
    assert (rows["booth-member"].seats, rows["booth-member"].cap) == (4, 4)
    assert rows["booth-president"] == (1, None, None, None)


def test_a_number_is_lifted_and_what_those_above_say_holds_again(client, units, incharge):
    client.force_login(incharge)
    client.post(BOOTH, {"seats": "6"})
    assert booth_members(units) == 6

    client.post(BOOTH, {"lift": "1"})

    assert (booth_members(units), Sanction.objects.exists()) == (2, False)


def test_the_limit_of_those_above_stays_when_a_number_is_lifted(client, units, office, incharge):
    client.force_login(office)
    client.post(BOOTH, {"seats": "3", "cap": "4"})
    client.force_login(incharge)

    client.post(BOOTH, {"lift": "1"})
    client.post(BOOTH, {"seats": "9"})

    assert Sanction.objects.values_list("seats", "most").get() == (2, 4)
    client.force_login(office)
    client.post("/units/strength/booth-member/", {"seats": "2", "cap": "3"})
    client.force_login(incharge)
    client.post(BOOTH, {"seats": "3"})
    assert Sanction.objects.values_list("seats", "most").get(unit=units["SKR"]) == (3, 4)


def test_what_is_no_number_is_told(client, units, incharge):
    client.force_login(incharge)

    assert "कोई संख्या लिखें" in client.post(BOOTH, {"seats": "दो"}).content.decode()
    assert "किसी समिति में इतने पद नहीं होते" in client.post(BOOTH, {"seats": "9999"}).content.decode()

    assert booth_members(units) == 2


def test_others_see_nothing_and_posts_above_are_not_here(client, units, incharge, now):
    client.force_login(incharge)
    outside = ["/units/strength/", "/units/jaipur/strength/", f"{PAGE}state-member/", f"{PAGE}district-incharge/"]
    assert [client.get(page).status_code for page in outside] == [404] * 4

    client.force_login(make_user("auditor", units["RJ"], now, "सरोज सैनी"))
    assert (client.get(PAGE).status_code, client.post(BOOTH, {"seats": "9"}).status_code) == (200, 404)


def test_a_form_half_sent_is_refused_when_the_term_ends_between(client, units, incharge, now):
    client.force_login(incharge)
    assert client.get(BOOTH).status_code == 200

    seats.end(appointment=incharge.person.appointments.get(), reason="कार्यकाल पूरा", by=None, now=now)

    assert client.post(BOOTH, {"seats": "9"}).status_code == 404
    assert booth_members(units) == 2


def test_the_page_costs_the_same_whatever_was_said(client, units, incharge, office, django_assert_num_queries):
    client.force_login(incharge)
    client.post(BOOTH, {"seats": "3"})
    client.get(PAGE)
    with django_assert_num_queries(8):
        client.get(PAGE)
    for code in ("mandal-member", "block-member"):
        client.post(f"{PAGE}{code}/", {"seats": "4"})
    client.get(PAGE)

    with django_assert_num_queries(8):
        client.get(PAGE)
