import pytest

from applications.models import Drive
from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive

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

    drive = Drive.objects.get()
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

    changed = Drive.objects.get()
    assert (changed.title_hi, changed.closes_at) == ("नया शीर्षक", drive.closes_at)


def test_the_state_s_drive_is_not_an_in_charge_s_to_change(at_sikar, drive):
    assert at_sikar.get("/office/drives/pradesh-2025/").status_code == 404
    assert drive.title not in at_sikar.get("/office/drives/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often(at_sikar, places, now, number, django_assert_num_queries):
    for nth in range(number):
        a_drive(places.sikar, now, slug=f"sikar-{nth}")
    at_sikar.get("/office/drives/")

    with django_assert_num_queries(10):
        at_sikar.get("/office/drives/")
