"""The tree's pages: who sees what, with how many queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committees.domain import forming, tallying, tree
from committees.models import Unit
from tests.factories.committees import make_holder, make_person, make_user
from tests.factories.desk import a_drive, an_application


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now)


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "रमेश सैनी")


def rows(answer):
    return {
        row.unit.code: (row.formed.value, row.filled, row.seats, row.below_formed, row.below)
        for row in answer.context["rows"]
    }


def test_a_unit_shows_each_committee_below_in_numbers(client, units, office, incharge, now):
    for _ in range(3):
        make_holder("assembly-member", units["AC036"], now, accepted=True)
    client.force_login(office)

    districts = client.get("/units/")
    assemblies = client.get("/units/sikar/")

    assert rows(districts) == {"JPR": ("none", 0, 21, 0, 1), "SKR": ("none", 0, 21, 0, 2)}
    assert districts.context["rows"][1].incharge.person == incharge.person
    assert rows(assemblies) == {"AC034": ("none", 0, 11, 0, 0), "AC036": ("proposed", 3, 11, 0, 1)}
    assert "3/11" in assemblies.content.decode()


def test_half_of_the_seats_accepted_announce_a_committee(client, units, office, now):
    for post in ("booth-president", "booth-secretary", "booth-social-media"):
        make_holder(post, units["AC036-P112"], now, accepted=post != "booth-social-media")
    client.force_login(office)
    path = "/units/sikar/36/reengus/palsana/"

    before = rows(client.get(path))
    make_holder("booth-member", units["AC036-P112"], now, accepted=True)

    assert before == {"AC036-P112": ("proposed", 3, 5, 0, 0)}
    assert rows(client.get(path)) == {"AC036-P112": ("announced", 4, 5, 0, 0)}


def test_the_page_leads_to_what_its_reader_may_do(client, units, office, now):
    president = make_user("mandal-president", units["AC036-A-M1"], now)
    booth = units["AC036-P112"]

    client.force_login(office)
    assert 'href="/incharges/jaipur/"' in client.get("/units/jaipur/").content.decode()
    client.force_login(president)
    assert f'href="{booth.committee_url}form/"' in client.get(booth.get_absolute_url()).content.decode()
    own = units["AC036-A-M1"]
    assert f'href="{own.committee_url}form/"' not in client.get(own.get_absolute_url()).content.decode()


def test_an_in_charge_lands_on_the_own_district_and_sees_no_other(client, incharge):
    client.force_login(incharge)

    assert client.get("/units/").context["unit"].code == "SKR"
    pages = ["/units/jaipur/", "/units/jaipur/46/", "/units/jaipur/46/committee/", "/units/jaipur/46/committee/form/",
             "/units/nowhere/", "/incharges/", "/units/committee/form/"]  # fmt: skip
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_strangers_are_led_to_the_door(client, units):
    pages = ["/units/", "/units/sikar/", "/incharges/", "/my/", "/work/", "/units/sikar/committee/form/"]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 302)


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_takes_the_same_queries_for_one_row_and_for_three(
    client, units, office, now, django_assert_num_queries, more
):
    for at in range(more):
        unit = tree.add_unit(
            level="assembly",
            parent=units["JPR"],
            code=f"X{at}",
            number=90 + at,
            name_hi="क",
            name_en="K",
            by=None,
            now=now,
        )
        forming.make_seats(unit=unit, by=None, now=now)
        make_holder("assembly-member", unit, now)
    client.force_login(office)
    client.get("/units/jaipur/")

    with django_assert_num_queries(QUERIES):
        answer = client.get("/units/jaipur/")

    assert len(answer.context["rows"]) == 1 + more


QUERIES = 17


def test_gaps_and_worst_first(client, units, office, now):
    for seat in units["AC034"].seats.all():
        make_holder(seat.post.code, units["AC034"], now)
    client.force_login(office)

    assert list(rows(client.get("/units/sikar/?show=gaps"))) == ["AC036"]
    assert list(rows(client.get("/units/sikar/?sort=worst"))) == ["AC036", "AC034"]
    assert list(rows(client.get("/units/?show=no-incharge"))) == ["JPR", "SKR"]


def test_the_search_box_stays_within_ones_part(client, incharge):
    client.force_login(incharge)

    found = client.get("/units/sikar/", {"q": "46"}).context["found"]

    assert found == []


def test_a_person_is_found_by_name_and_by_number_only_for_who_reads_numbers(client, units, office, incharge, now):
    holder = make_holder("assembly-president", units["AC034"], now, make_person(now, "कमला देवी", "9829077777"))
    make_holder("assembly-president", units["AC046"], now, make_person(now, "कमला शर्मा", "9829177777"))
    president = make_user("district-president", units["SKR"], now)

    found = {}
    for user in (office, incharge, president):
        client.force_login(user)
        answers = [client.get("/units/", {"q": text}).context["people"] for text in ("kamla", "98290 77777", "77777")]
        found[user] = [[held.seat.unit.code for held in people] for people in answers]

    assert found == {
        office: [["AC046", "AC034"], ["AC034"], ["AC046", "AC034"]],
        incharge: [["AC034"]] * 3,
        president: [["AC034"], [], []],
    }
    assert holder.person.name in client.get("/units/", {"q": "कमला"}).content.decode()


def test_applications_wait_where_they_were_written_for_those_who_read_them(client, units, office, now):
    drive = a_drive(units["RJ"], now)
    for number, code in enumerate(["AC036-P112", "AC036", "AC046"]):
        an_application(drive, units[code], now, number)
    client.force_login(office)

    districts = client.get("/units/")
    client.force_login(make_user("auditor", units["RJ"], now))
    seen_by_auditor = client.get("/units/")

    assert {row.unit.code: (row.waiting, row.desk) for row in districts.context["rows"]} == {
        "JPR": (1, "district=jaipur&status=SUBMITTED"),
        "SKR": (2, "district=sikar&status=SUBMITTED"),
    }
    assert {row.waiting for row in seen_by_auditor.context["rows"]} == {None}


def test_what_lies_deeper_is_kept_and_tells_its_age_when_it_is_old(client, units, office):
    now = timezone.now()
    make_holder("booth-president", units["AC036-P112"], now, make_person(now, gender="W"), accepted=True)
    tallying.count_all(now=now - timedelta(minutes=16))
    client.force_login(office)

    old = client.get("/units/").context
    tallying.count_all(now=now)
    fresh = client.get("/units/")

    sikar = fresh.context["rows"][1]
    assert (old["counted_at"], fresh.context["counted_at"]) == (now - timedelta(minutes=16), None)
    assert (sikar.booths.units, sikar.all_accepted, sikar.women_percent) == (1, 1, 100)
    assert "सीकर: 1/" in fresh.content.decode()


def test_every_level_has_its_page(client, units, office):
    client.force_login(office)

    pages = [unit.get_absolute_url() for unit in Unit.objects.all()] + [
        unit.committee_url for unit in Unit.objects.all()
    ]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
