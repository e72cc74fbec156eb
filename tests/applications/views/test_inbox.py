import html
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from applications.domain import sieving
from applications.models import Application, SavedFilter
from applications.states import Status
from committees.levels import Role
from portal.models import Notice
from tests.factories.desk import a_colleague, a_drive, an_application

DESK, MOVE, UNDO = "/office/applications/", "/office/applications/move/", "/office/applications/undo/"
DANTA = "?sort=name&district=sikar&assembly=34"


@pytest.fixture
def pile(drive, places, now):
    """Two of Sikar, one of Alwar."""
    return [
        an_application(drive, unit, now, number)
        for number, unit in enumerate([places.booth, places.mandal, places.ramgarh])
    ]


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


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("सीकर", {"सीकर": "?sort=name&district=sikar"}),
        ("seekar district", {"सीकर": "?sort=name&district=sikar"}),
        ("ramgarh", {"66 रामगढ़": "?sort=name&district=alwar&assembly=66", "34 दांतारामगढ़": DANTA}),
        ("रींगस", {"रींगस": f"{DANTA}&block=reengus"}),
        ("palsana", {}),  # people of a mandal and of a booth are found by its name
        ("34", {}),
        ("?", {}),
    ],
)
def test_a_searched_place_with_many_below_is_offered_as_a_filter(at_office, pile, asked, offered):
    page = at_office.get(DESK, {"q": asked, "sort": "name", "mandal": "rj-34-b1-m1"})

    assert {unit.title: url for unit, url in page.context["sieve"].named()} == offered
    for url in offered.values():
        assert f'href="{html.escape(url)}"' in page.content.decode()
        assert at_office.get(f"{DESK}{url}").context["sieve"].misread == []


def test_a_place_of_others_is_not_offered(at_sikar, pile):
    def offered(asked):
        return [url for _unit, url in at_sikar.get(f"{DESK}?q={asked}").context["sieve"].named()]

    assert offered("alwar") == []
    assert shown(at_sikar.get(f"{DESK}{offered('reengus')[0]}")) == {"सुनीता मीणा", "रमेश चौधरी"}


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

    look = at_office.post(MOVE, chosen, follow=True)
    assert look.context["count"] == 2
    assert statuses() == [Status.SUBMITTED] * 3

    done = at_office.post(MOVE, chosen | {"confirm": "1"}, follow=True)
    assert parse_qs(urlsplit(done.redirect_chain[0][0]).query) == {"drive": ["pradesh-2025"]}
    assert statuses() == [Status.SHORTLISTED, Status.SHORTLISTED, Status.SUBMITTED]

    at_office.post(UNDO, {"batch": done.context["undo"]["batch"]})
    assert statuses() == [Status.SUBMITTED] * 3


def test_the_look_has_an_address_that_can_be_opened_again_and_does_nothing(at_office, pile):
    chosen = {"to": Status.SHORTLISTED, "ref": [pile[0].ref, pile[1].ref], "query": "drive=pradesh-2025"}
    address = at_office.post(MOVE, chosen)["Location"]

    again = at_office.get(f"{address}&confirm=1")

    assert (again.context["count"], again.context["query"]) == (2, chosen["query"])
    assert "csrf" not in address
    assert statuses() == [Status.SUBMITTED] * 3


def test_what_is_too_long_for_an_address_is_looked_at_all_the_same(at_office, pile):
    chosen = {"to": Status.SHORTLISTED, "ref": [row.ref for row in pile] * 100}

    assert at_office.post(MOVE, chosen).context["count"] == len(pile)


def test_all_that_match_are_those_that_matched_when_the_page_was_made(at_office, pile, drive, places, now):
    seen = at_office.get(f"{DESK}?district=sikar").context["seen"]
    Application.objects.filter(pk=pile[1].pk).update(submitted_at=seen.replace(year=seen.year + 1))
    chosen = {"to": Status.WAITING, "everyone": "1", "seen": seen.isoformat(), "query": "district=sikar"}

    look = at_office.post(MOVE, chosen, follow=True)
    at_office.post(MOVE, chosen | {"confirm": "1"})

    assert look.context["news"].startswith("संगठन: आवेदन")
    assert pile[0].link_key not in look.content.decode()
    assert statuses() == [Status.WAITING, Status.SUBMITTED, Status.SUBMITTED]
    assert Notice.objects.get().template == "result_waiting"


def test_not_selected_asks_for_a_reason_before_anything_moves(at_office, pile):
    chosen = {"to": Status.NOT_SELECTED, "ref": [pile[0].ref], "query": "", "confirm": "1"}

    refused = at_office.post(MOVE, chosen)
    assert list(refused.context["form"].errors) == ["code"]
    wordless = at_office.post(MOVE, chosen | {"code": "OTHER", "reason": " "})
    assert list(wordless.context["form"].errors) == ["reason"]
    assert statuses()[0] == Status.SUBMITTED

    at_office.post(MOVE, chosen | {"code": "NO_ROOM"})
    pile[0].refresh_from_db()
    assert (pile[0].status, pile[0].reason_code, pile[0].reason) == (Status.NOT_SELECTED, "NO_ROOM", "")


def test_nobody_moves_rows_of_another_district(at_sikar, pile):
    chosen = {"to": Status.SHORTLISTED, "ref": [row.ref for row in pile], "query": "", "confirm": "1"}

    at_sikar.post(MOVE, chosen)

    assert statuses() == [Status.SHORTLISTED, Status.SHORTLISTED, Status.SUBMITTED]


def test_an_in_charge_cannot_decide_for_the_state(at_sikar, pile):
    look = at_sikar.post(MOVE, {"to": Status.WAITING, "ref": [pile[0].ref], "query": "", "confirm": "1"})

    assert (look.context["count"], look.context["others"]) == (0, 1)
    assert statuses()[0] == Status.SUBMITTED


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often(at_office, drive, places, now, number, django_assert_num_queries):
    a_drive(places.sikar, now, slug="sikar-2025")
    for nth in range(number):
        an_application(drive, places.booth, now, nth)
    at_office.get(DESK)

    with django_assert_num_queries(11):
        at_office.get(f"{DESK}?district=sikar")


def test_an_empty_answer_says_which_filter_to_take_away(at_office, pile):
    page = at_office.get(f"{DESK}?district=alwar&q=sunita")

    assert [(value, count, url) for _label, value, count, url in page.context["ways_out"]] == [
        ("sunita", 1, "?district=alwar"),
        ("अलवर", 1, "?q=sunita"),
    ]


def test_what_is_not_understood_is_named_and_left_out(at_office, pile):
    page = at_office.get(f"{DESK}?status=NONSENSE&district=atlantis&until=2025-02-30&gender=F&sort=name")

    assert shown(page) == {row.name for row in pile}
    assert page.context["sieve"].misread == ["जिला", "स्थिति", "इस दिन तक मिले", "लिंग"]
    assert page.context["query"] == "sort=name"


def test_a_view_is_kept_by_name_and_dropped(at_office, pile, office):
    at_office.post(f"{DESK}views/", {"name": "सीकर के नए", "query": "district=sikar&page=7&status=SUBMITTED"})
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.name, kept.query) == (office, "सीकर के नए", "district=sikar&status=SUBMITTED")

    page = at_office.get(f"{DESK}?{kept.query}")
    assert page.context["saved"] == [(kept, True)]

    at_office.post(f"{DESK}views/{kept.pk}/drop/")
    assert not SavedFilter.objects.exists()


def test_a_searched_name_is_not_kept(at_office, pile):
    kept = at_office.post(f"{DESK}views/", {"name": "एक", "query": "q=सुनीता&status=SUBMITTED"}, follow=True)
    at_office.post(f"{DESK}views/", {"name": "दो", "query": "q=सुनीता"})

    assert list(SavedFilter.objects.values_list("name", "query")) == [("एक", "status=SUBMITTED")]
    assert "खोजे गए शब्द सहेजे नहीं गए।" in kept.content.decode()


def test_nobody_drops_anothers_view(at_office, places, now):
    other = a_colleague(places.state, Role.STATE_OFFICE, now, number=7)
    kept = sieving.keep(name="मेरा", query="", by=other, now=now)

    assert at_office.post(f"{DESK}views/{kept.pk}/drop/").status_code == 404
    assert SavedFilter.objects.count() == 1


def test_what_came_since_is_counted_for_this_view(at_office, pile):
    seen = pile[0].submitted_at.isoformat()

    told = at_office.get(f"{DESK}newer/", {"seen": seen, "district": "sikar"}).json()

    assert told == {"count": 1, "told": "1 नया आया – दिखाएँ"}


def test_the_pane_is_the_page_without_its_frame(at_office, pile):
    part = at_office.get(f"{DESK}{pile[0].ref}/?part=1&district=sikar").content.decode()

    assert "<html" not in part
    assert pile[0].writing in part
    assert f"#row-{pile[0].ref}" in part


def test_one_leafs_within_the_view(at_office, pile):
    whole = at_office.get(f"{DESK}{pile[1].ref}/").context["neighbours"]
    in_sikar = at_office.get(f"{DESK}{pile[1].ref}/?district=sikar").context["neighbours"]

    assert whole == (pile[2].ref, pile[0].ref)
    assert in_sikar == ("", pile[0].ref)


def test_an_empty_desk_says_how_applications_come(at_office, drive):
    assert reverse("applications:posters") in at_office.get(DESK).content.decode()
