"""What everybody may see of the committees: only where it is switched on, only who agreed."""

import pytest
from django.test import Client

from committees.domain import letters, seats, showing, tallying
from portal import organisation
from tests.factories.committees import make_holder, make_person

WORDS = {"name_hi": "संगठन", "name_en": "Organisation", "help_phone": "", "help_hours_hi": "", "help_hours_en": ""}


@pytest.fixture
def switched_on(db):
    organisation.save(shows_committees=True, **WORDS)


@pytest.fixture
def president(units, now):
    return make_holder("district-president", units["SKR"], now, make_person(now, "कमला देवी"), accepted=True)


def test_nothing_is_shown_where_it_is_not_switched_on(client, president, now):
    showing.agree(appointment=president, now=now)

    assert client.get("/team/sikar/").status_code == 404
    assert "/team/" not in client.get("/v/").content.decode()


def test_only_who_accepted_and_agreed_is_named_and_never_by_number(client, switched_on, units, president, now):
    secretary = make_holder("district-secretary", units["SKR"], now, make_person(now, "नसीम बानो"), accepted=True)
    silent = make_holder("district-member", units["SKR"], now, make_person(now, "रमेश सैनी"))
    for appointment in (president, silent):
        showing.agree(appointment=appointment, now=now)

    page = client.get("/team/sikar/")
    shown = page.content.decode()

    assert ["कमला देवी" in shown, "नसीम बानो" in shown, "रमेश सैनी" in shown] == [True, False, False]
    assert president.person.phone[-5:] not in shown
    assert page["Cache-Control"] == "public, max-age=300"
    assert '<a class="link" href="/team/">' in shown
    seats.end(appointment=president, reason="कार्यकाल समाप्त", by=None, now=now)
    assert "कमला देवी" not in client.get("/team/sikar/").content.decode()
    assert secretary.shown_at is None


def test_a_person_agrees_with_the_yes_and_takes_it_back(switched_on, units, now, clock):
    given = make_holder("district-president", units["SKR"], now, make_person(now, "कमला देवी"))
    phone, page = Client(), f"/s/{letters.token_of(given)}/"

    asked = phone.get(page).content.decode()
    phone.post(page, {"answer": "yes", "named": "yes"})
    named = phone.get("/team/sikar/").content.decode()
    phone.post(page, {"shown": "no"})

    assert 'name="named"' in asked
    assert "कमला देवी" in named
    assert "कमला देवी" not in phone.get("/team/sikar/").content.decode()
    given.refresh_from_db()
    assert (given.accepted_at, given.shown_at) == (now, None)


def test_the_way_leads_to_each_unit_below_and_says_which_stand(
    client, switched_on, units, now, django_assert_num_queries
):
    for seat in units["AC036"].seats.of_committee():
        holder = make_holder(seat.post.code, units["AC036"], now, accepted=True)
        assert holder.accepted_at
    tallying.count_all(now=now)
    client.get("/team/sikar/")

    with django_assert_num_queries(4):
        page = client.get("/team/sikar/")

    assert [(unit.code, stands) for unit, stands in page.context["children"]] == [("AC034", False), ("AC036", True)]
    assert len(page.content) < 14_000
