from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from applications.domain import driving, linking
from applications.models import ShareLink
from applications.models.links import Via
from committees.levels import Role
from tests.factories.desk import a_colleague, an_application

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def link(drive, places, now):
    return linking.make_link(drive=drive, via=Via.POSTER, unit=places.sikar, label="बस स्टैंड", by=None, now=now)


@pytest.fixture
def at_sikar(client, places, now):
    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now, number=5), backend=DOOR)
    return client


@pytest.fixture
def at_alwar(client, places, now):
    client.force_login(a_colleague(places.alwar, Role.INCHARGE, now, number=6), backend=DOOR)
    return client


def test_an_in_charge_makes_a_poster_of_the_state_s_drive_for_the_own_district(at_sikar, drive, places):
    answers = {"drive": drive.slug, "via": Via.MEETING, "unit": places.sikar.pk, "label": "रविवार की बैठक"}

    page = at_sikar.post("/posters/", answers, follow=True)

    link = ShareLink.objects.get()
    assert (link.drive, link.unit, link.via) == (drive, places.sikar, Via.MEETING)
    assert linking.url(link) in page.context["words"]


def test_nobody_makes_links_for_another_district(at_sikar, drive, places):
    at_sikar.post("/posters/", {"drive": drive.slug, "via": Via.POSTER, "unit": places.alwar.pk})

    assert not ShareLink.objects.exists()


def test_links_of_another_district_are_not_there(at_alwar, link):
    assert list(at_alwar.get("/posters/").context["page"]) == []
    for end in ("", "a4.png", "square.png", "qr.svg", "qr.png"):
        assert at_alwar.get(f"/posters/{link.code}/{end}").status_code == 404


def test_each_link_shows_what_it_brought(at_sikar, link, drive, places, now):
    for _times in range(3):
        linking.count_scan(link=link, now=now)
    for number in range(2):
        an_application(drive, places.booth, now, number, link=link)

    shown = at_sikar.get("/posters/").context["page"][0]

    assert (shown.scanned, shown.begun, shown.handed_in) == (3, 0, 2)


@pytest.mark.parametrize(("file", "size"), [("square.png", (1080, 1080)), ("qr.png", None)])
def test_pictures_carry_the_link_s_code(at_sikar, link, file, size):
    picture = Image.open(BytesIO(at_sikar.get(f"/posters/{link.code}/{file}").content))

    assert size in (None, picture.size)
    assert zxingcpp.read_barcodes(picture.convert("RGB"))[0].text == linking.url(link)


def test_files_have_names_when_they_are_downloaded(at_sikar, link):
    svg = at_sikar.get(f"/posters/{link.code.lower()}/qr.svg?download=1")

    assert svg["Content-Disposition"] == f'attachment; filename="qr-{link.code}.svg"'
    assert svg["Content-Type"] == "image/svg+xml"


def test_a_title_too_long_for_a_poster_is_told_not_cut(at_sikar, link, drive, now):
    driving.reword(drive=drive, values={"title_hi": "बहुतलंबाशीर्षक" * 8}, by=None, now=now)

    page = at_sikar.get(f"/posters/{link.code}/")

    assert page.context["trouble"] == "शीर्षक पोस्टर के लिए लंबा है। अभियान में उसे छोटा करें।"
    assert at_sikar.get(f"/posters/{link.code}/square.png").status_code == 422


def test_a_link_can_rest_and_go_on(at_sikar, link):
    at_sikar.post(f"/posters/{link.code}/pause/")
    link.refresh_from_db()
    assert link.paused_at is not None

    at_sikar.post(f"/posters/{link.code}/pause/")
    link.refresh_from_db()
    assert link.paused_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often(at_sikar, drive, places, now, number, django_assert_num_queries):
    for _nth in range(number):
        linking.make_link(drive=drive, via=Via.POSTER, unit=places.sikar, by=None, now=now)
    at_sikar.get("/posters/")

    with django_assert_num_queries(15):
        at_sikar.get("/posters/")
