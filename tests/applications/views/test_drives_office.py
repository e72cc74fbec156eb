from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from applications.models import Drive
from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive
from tests.factories.everyone import sign_in

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def at_sikar(client, places, now):
    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now, number=5), backend=DOOR)
    return client


def answers(unit, **changes):
    return {
        "unit": unit.pk,
        "title_hi": "सीकर डिजिटल साथी",
        "purpose_hi": "हर बूथ पर एक साथी",
        "opens_at": "2025-11-10T10:00",
        "closes_at": "2025-11-20T23:59",
        "serve_at": "booth",
    } | changes


def test_an_in_charge_opens_a_drive_for_the_own_district(at_sikar, places):
    page = at_sikar.post("/office/drives/new/", answers(places.sikar), follow=True)

    drive = Drive.objects.get(slug="sikar-2025")
    assert page.redirect_chain == [("/office/drives/sikar-2025/", 302)]
    assert (drive.slug, drive.unit, drive.interviews) == ("sikar-2025", places.sikar, False)
    assert drive.closes_at.isoformat() == "2025-11-20T18:29:00+00:00"
    assert drive.criteria.count() == 5


def test_a_link_from_the_district_brings_the_unit_along(at_sikar, places):
    page = at_sikar.get("/office/drives/new/", {"unit": places.sikar.pk})

    assert f'<option value="{places.sikar.pk}" selected>' in page.content.decode()


def test_nobody_opens_a_drive_for_another_district(at_sikar, places):
    page = at_sikar.post("/office/drives/new/", answers(places.alwar))

    assert page.context["form"].errors["unit"] == ["अपनी इकाइयों में से चुनें।"]
    assert not Drive.objects.exists()


def test_dates_must_follow_each_other(at_sikar, places):
    turned = answers(places.sikar, closes_at="2025-11-09T10:00", interview_on="2025-11-08", result_on="2025-11-07")

    page = at_sikar.post("/office/drives/new/", turned)

    assert set(page.context["form"].errors) == {"closes_at", "interview_on", "result_on"}


def test_words_change_and_dates_stay(at_sikar, places, now):
    drive = a_drive(places.sikar, now, slug="sikar-2025")
    new = {"title_hi": "नया शीर्षक", "purpose_hi": drive.purpose_hi, "closes_at": "2030-01-01T00:00"}

    at_sikar.post("/office/drives/sikar-2025/", new)

    changed = Drive.objects.get(slug="sikar-2025")
    assert (changed.title_hi, changed.closes_at) == ("नया शीर्षक", drive.closes_at)


def test_how_it_is_read_is_set_beside_the_words(at_sikar, places, now):
    drive = a_drive(places.sikar, now, slug="sikar-2025")
    words = {"title_hi": drive.title_hi, "purpose_hi": drive.purpose_hi}
    at_sikar.post("/office/drives/sikar-2025/", words | {"readers_each": "3", "reads_blind": "on"})
    wrong = at_sikar.post("/office/drives/sikar-2025/", words | {"readers_each": "9"})
    at_sikar.post("/office/drives/sikar-2025/", words | {"reads_blind": "on"})

    drive.refresh_from_db()
    assert (drive.readers_each, drive.reads_blind) == (3, True)
    assert list(wrong.context["form"].errors) == ["readers_each"]


def test_the_least_shares_are_named_in_percent(at_sikar, places, now):
    drive = a_drive(places.sikar, now, slug="sikar-2025")
    words = {"title_hi": drive.title_hi, "purpose_hi": drive.purpose_hi}
    at_sikar.post("/office/drives/sikar-2025/", words | {"least_women": "33", "least_min": "0"})
    wrong = at_sikar.post("/office/drives/sikar-2025/", words | {"least_women": "101"})

    drive.refresh_from_db()
    assert drive.least_shares == {"women": 33}
    assert 'value="33"' in at_sikar.get("/office/drives/sikar-2025/").content.decode()
    assert list(wrong.context["form"].errors) == ["least_women"]


@pytest.mark.parametrize("page", ["rule", "extend"])
def test_a_page_that_answered_a_form_leads_back_when_it_is_loaded_again(at_sikar, places, now, page):
    a_drive(places.sikar, now, slug="sikar-2025")

    assert at_sikar.get(f"/office/drives/sikar-2025/{page}/").url == "/office/drives/sikar-2025/"


def test_the_state_s_drive_is_not_an_in_charge_s_to_change(at_sikar, drive):
    assert at_sikar.get("/office/drives/pradesh-2025/").status_code == 404
    assert drive.title not in at_sikar.get("/office/drives/").content.decode()


def test_more_time_is_proposed_by_one_and_agreed_to_by_another(at_sikar, client, places, now):
    a_drive(places.sikar, now, slug="sikar-2025")
    address, wish = "/office/drives/sikar-2025/", {"do": "propose", "closes_at": "2025-11-18T23:59", "reason": "बाढ़"}
    with time_machine.travel(now, tick=False):
        own = at_sikar.post(f"{address}extend/", wish, follow=True).content.decode()
        at_sikar.post(f"{address}extend/", {"do": "agree"})
        assert Drive.objects.get(slug="sikar-2025").closes_at == now + timedelta(days=5)
        other = Client()
        other.force_login(a_colleague(places.state, Role.STATE_OFFICE, now, number=6), backend=DOOR)
        assert "समय बढ़ाने का प्रस्ताव है" in other.get("/office/drives/").content.decode()
        theirs = other.get(address).content.decode()
        agreed = other.post(f"{address}extend/", {"do": "agree"}, follow=True).content.decode()
        landing = Client().get("/d/sikar-2025/").content.decode()

    assert 'value="agree"' not in own
    assert 'value="agree"' in theirs
    assert "नई अंतिम तिथि लागू हो गई" in agreed
    assert "मंगलवार, 18 नवंबर 2025" in landing
    assert "तिथि बढ़ाई गई है, पहले शनिवार, 15 नवंबर 2025, सुबह 10:00 बजे थी" in landing


def test_a_date_that_gives_no_more_time_is_told_at_the_field(at_sikar, places, now):
    a_drive(places.sikar, now, slug="sikar-2025")
    with time_machine.travel(now, tick=False):
        wish = {"do": "propose", "closes_at": "2025-11-15T10:00", "reason": ""}
        page = at_sikar.post("/office/drives/sikar-2025/extend/", wish)

    assert page.status_code == 422
    assert set(page.context["more"].errors) == {"closes_at", "reason"}


def test_an_extension_of_the_state_is_none_of_an_in_charge_s_business(at_sikar, drive):
    assert at_sikar.post("/office/drives/pradesh-2025/extend/", {"do": "propose"}).status_code == 404


def test_the_admin_cannot_move_the_dates_of_a_drive_that_has_opened(client, places, now):
    with time_machine.travel(now, tick=False):
        sign_in(client, a_colleague(places.state, Role.ADMIN, now, number=7), second_factor=True)
        opened, later = (
            a_drive(places.state, now, "now"),
            a_drive(places.state, now, "later", opens_at=now + timedelta(days=1)),
        )
        pages = {
            drive.slug: client.get(f"/admin/applications/drive/{drive.pk}/change/").content.decode()
            for drive in (opened, later)
        }

    assert 'name="closes_at_0"' not in pages[opened.slug]
    assert "तिथियाँ अब वचन हैं" in pages[opened.slug]
    assert 'name="closes_at_0"' in pages[later.slug]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often(at_sikar, places, now, number, django_assert_num_queries):
    for nth in range(number):
        a_drive(places.sikar, now, slug=f"sikar-{nth}")
    at_sikar.get("/office/drives/")

    with django_assert_num_queries(6):
        at_sikar.get("/office/drives/")


def test_the_rule_of_the_ranking_is_set_on_the_drive_s_page_until_it_is_fixed(at_sikar, places, now):
    drive = a_drive(places.sikar, now, slug="sikar-2025")
    address, key = "/office/drives/sikar-2025/", drive.criteria.get(order=2).pk
    twice = at_sikar.post(f"{address}rule/", {"ranks_by": "median", "tie1": key, "tie2": key})
    at_sikar.post(f"{address}rule/", {"ranks_by": "median", "tie1": key})
    before = at_sikar.get(address).content.decode()
    Drive.objects.update(rubric_locked_at=now)
    late = at_sikar.post(f"{address}rule/", {"ranks_by": "mean"}, follow=True).content.decode()

    assert (twice.status_code, list(twice.context["rule"].errors)) == (422, ["tie1"])
    assert (Drive.objects.get(slug="sikar-2025").ranks_by, drive.criteria.get(order=2).tie_order) == ("median", 1)
    assert (f"{address}rule/" in before, f"{address}rule/" in late) == (True, False)
