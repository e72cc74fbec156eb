"""Places that applicants did not find: a choice on their page, a work list for the office."""

import pytest

from applications.domain.importing.rows import no_place
from applications.models import Application
from committees.levels import Role
from portal.models import Event
from tests.applications.views.test_apply import address, fill
from tests.factories.desk import a_colleague, an_application

pytestmark = pytest.mark.usefixtures("clock")

DOOR = "portal.accounts.backend.DoorBackend"
QUERIES = 15  # of the list with its first place and what it may mean


@pytest.fixture
def desk(client, office):
    client.force_login(office, backend=DOOR)
    return client


def test_not_knowing_the_booth_is_an_answer_that_the_page_offers(client, drive, places):
    fill(client, drive, places, until="area")
    offered = client.get(address(drive, "area")).content.decode()
    walked = client.get(address(drive, "area"), {"pick": places.sikar.code, "far": "1"}).content.decode()

    answer = client.post(address(drive, "area"), {"unit": places.sikar.pk})

    assert "बूथ मुझे नहीं पता" in offered
    assert "वहीं रुक जाएँ" in walked
    assert answer["Location"] == address(drive, "about")


def test_a_place_is_suggested_found_and_kept_beside_what_was_written(desk, drive, places, now, office):
    row = an_application(drive, places.sikar, now, place_note="पलसाना ढाणी")
    other = an_application(drive, places.state, now, 1, place_note="कहीं दूर")
    page = desk.get("/office/places/").content.decode()

    desk.post("/office/places/", {"ref": row.ref, "unit": places.mandal.pk})

    row.refresh_from_db()
    assert f'value="{places.mandal.pk}"' in page
    assert (row.unit, row.place_note, row.placed_at) == (places.mandal, "पलसाना ढाणी", now)
    assert Event.objects.get(verb="placed").by == office
    rest = desk.get("/office/places/").content.decode()
    assert row.name not in rest.partition('<p class="cap">')[2]
    assert other.name in rest


def test_who_named_no_place_gets_none_suggested(desk, drive, places, now):
    """The words that an import puts there are ours, not a village's."""
    an_application(drive, places.state, now, place_note=no_place())

    page = desk.get("/office/places/").content.decode()

    assert "कोई जगह नहीं बताई" in page
    assert 'name="find" value=""' in page
    assert ("यही जगह है" in page, "ऐसा कोई नाम नहीं मिला" in page) == (False, False)


def test_an_in_charge_sees_and_places_only_within_the_own_district(client, drive, places, now):
    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now, number=5), backend=DOOR)
    mine = an_application(drive, places.sikar, now, place_note="पलसाना")
    an_application(drive, places.alwar, now, 1, place_note="रामगढ़", name="अलवर के साथी")

    page = client.get("/office/places/").content.decode()
    client.post("/office/places/", {"ref": mine.ref, "unit": places.ramgarh.pk})

    mine.refresh_from_db()
    assert "अलवर के साथी" not in page
    assert (mine.unit, mine.placed_at) == (places.sikar, None)


def test_the_second_of_two_colleagues_is_told(desk, drive, places, now):
    row = an_application(drive, places.sikar, now, place_note="पलसाना")
    desk.post("/office/places/", {"ref": row.ref, "unit": places.mandal.pk})

    desk.post("/office/places/", {"ref": row.ref, "unit": places.block.pk})

    assert Application.objects.get().unit == places.mandal


def test_the_list_costs_the_same_with_one_row_and_with_three(desk, drive, places, now, django_assert_num_queries):
    an_application(drive, places.sikar, now, place_note="पलसाना")
    desk.get("/office/places/")

    with django_assert_num_queries(QUERIES):
        desk.get("/office/places/")
    for number in (1, 2):
        an_application(drive, places.sikar, now, number, place_note="पलसाना")
    with django_assert_num_queries(QUERIES):
        desk.get("/office/places/")
