from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from applications.models import Application
from applications.states import Status
from committees.levels import Role
from portal import audit
from portal.models import Notice
from tests.factories.desk import a_colleague, a_drive, an_application

DESK, MOVE, UNDO = "/office/applications/", "/office/applications/move/", "/office/applications/undo/"


@pytest.fixture
def pile(drive, places, now):
    """Two of Sikar, one of Alwar."""
    return [
        an_application(drive, unit, now, number)
        for number, unit in enumerate([places.booth, places.mandal, places.ramgarh])
    ]


@pytest.fixture
def at_office(client, office):
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")
    return client


@pytest.fixture
def at_sikar(client, places, now):
    client.force_login(
        a_colleague(places.sikar, Role.INCHARGE, now, number=5), backend="portal.accounts.backend.DoorBackend"
    )
    return client


def shown(page):
    return {row.name for row in page.context["page"]}


def statuses():
    return list(Application.objects.order_by("pk").values_list("status", flat=True))


def test_strangers_and_colleagues_without_the_right_see_no_desk(client, places, now):
    assert client.get(DESK).status_code == 302
    client.force_login(a_colleague(places.state, Role.TRAINER, now, 9), backend="portal.accounts.backend.DoorBackend")
    assert client.get(DESK).status_code == 404


def test_an_in_charge_sees_only_the_own_district(at_sikar, pile):
    assert shown(at_sikar.get(DESK)) == {"सुनीता मीणा", "रमेश चौधरी"}
    assert at_sikar.get(f"{DESK}{pile[2].ref}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?district=sikar", {"सुनीता मीणा", "रमेश चौधरी"}),
        ("?district=alwar&assembly=66", {"आसिफ़ ख़ान"}),
        ("?q=asif", {"आसिफ़ ख़ान"}),
        ("?has=photo", set()),
        ("?has=writing&via=nonsense", {"सुनीता मीणा", "रमेश चौधरी", "आसिफ़ ख़ान"}),
        ("?drive=pradesh-2025&status=SUBMITTED&sort=name", {"सुनीता मीणा", "रमेश चौधरी", "आसिफ़ ख़ान"}),
        ("?status=SELECTED", set()),
    ],
)
def test_filters_stand_in_the_address(at_office, pile, query, names):
    assert shown(at_office.get(f"{DESK}{query}")) == names


def test_counts_are_links_to_their_rows(at_office, pile):
    Application.objects.filter(pk=pile[0].pk).update(status=Status.SHORTLISTED)

    page = at_office.get(f"{DESK}?drive=pradesh-2025")

    told = {status: (count, url) for status, _label, count, url in page.context["counts"]}
    assert told == {
        "": (3, "?drive=pradesh-2025"),
        "SUBMITTED": (2, "?drive=pradesh-2025&status=SUBMITTED"),
        "SHORTLISTED": (1, "?drive=pradesh-2025&status=SHORTLISTED"),
    }


def test_phones_are_masked_in_the_list(at_office, pile):
    page = at_office.get(DESK).content.decode()

    assert "98••• ••000" in page
    assert "9829000000" not in page


def test_ticked_rows_move_after_one_look_and_come_back(at_office, pile):
    chosen = {"to": Status.SHORTLISTED, "ref": [pile[0].ref, pile[1].ref], "query": "drive=pradesh-2025"}

    look = at_office.post(MOVE, chosen)
    assert look.context["count"] == 2
    assert statuses() == [Status.SUBMITTED] * 3

    done = at_office.post(MOVE, chosen | {"confirm": "1"}, follow=True)
    assert parse_qs(urlsplit(done.redirect_chain[0][0]).query) == {"drive": ["pradesh-2025"]}
    assert statuses() == [Status.SHORTLISTED, Status.SHORTLISTED, Status.SUBMITTED]

    at_office.post(UNDO, {"batch": done.context["undo"]["batch"]})
    assert statuses() == [Status.SUBMITTED] * 3


def test_all_that_match_are_those_that_matched_when_the_page_was_made(at_office, pile, drive, places, now):
    seen = at_office.get(f"{DESK}?district=sikar").context["seen"]
    Application.objects.filter(pk=pile[1].pk).update(submitted_at=seen.replace(year=seen.year + 1))
    chosen = {"to": Status.WAITING, "everyone": "1", "seen": seen.isoformat(), "query": "district=sikar"}

    look = at_office.post(MOVE, chosen)
    at_office.post(MOVE, chosen | {"confirm": "1"})

    assert look.context["news"].startswith("संगठन: आवेदन")
    assert pile[0].link_key not in look.content.decode()
    assert statuses() == [Status.WAITING, Status.SUBMITTED, Status.SUBMITTED]
    assert Notice.objects.get().template == "result_waiting"


def test_not_selected_asks_for_a_reason_before_anything_moves(at_office, pile):
    chosen = {"to": Status.NOT_SELECTED, "ref": [pile[0].ref], "query": "", "confirm": "1"}

    refused = at_office.post(MOVE, chosen)
    assert list(refused.context["form"].errors) == ["reason"]
    assert statuses()[0] == Status.SUBMITTED

    at_office.post(MOVE, chosen | {"reason": "सीटें भर गईं"})
    assert statuses()[0] == Status.NOT_SELECTED


def test_nobody_moves_rows_of_another_district(at_sikar, pile):
    chosen = {"to": Status.SHORTLISTED, "ref": [row.ref for row in pile], "query": "", "confirm": "1"}

    at_sikar.post(MOVE, chosen)

    assert statuses() == [Status.SHORTLISTED, Status.SHORTLISTED, Status.SUBMITTED]


def test_an_in_charge_cannot_decide_for_the_state(at_sikar, pile):
    look = at_sikar.post(MOVE, {"to": Status.WAITING, "ref": [pile[0].ref], "query": "", "confirm": "1"})

    assert (look.context["count"], look.context["others"]) == (0, 1)
    assert statuses()[0] == Status.SUBMITTED


def test_an_excel_file_holds_what_the_filter_shows(at_office, pile):
    taken = at_office.post("/office/applications/export/", {"query": "district=alwar"})

    assert taken["Content-Type"].endswith("spreadsheetml.sheet")
    assert audit.history(pile[2]).last().verb == "exported"
    assert not audit.history(pile[0]).exists()


def test_a_large_file_is_refused_with_the_reason(at_office, drive, places, now):
    for number in range(101):
        an_application(drive, places.booth, now, number)

    refused = at_office.post("/office/applications/export/", {"query": ""}, follow=True)

    assert "101 आवेदन मेल खाते हैं" in refused.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often(at_office, drive, places, now, number, django_assert_num_queries):
    a_drive(places.sikar, now, slug="sikar-2025")
    for nth in range(number):
        an_application(drive, places.booth, now, nth)
    at_office.get(DESK)

    with django_assert_num_queries(14):
        at_office.get(f"{DESK}?district=sikar")


def test_an_empty_desk_says_how_applications_come(at_office, drive):
    assert reverse("applications:posters") in at_office.get(DESK).content.decode()
