from io import BytesIO
from zipfile import ZipFile

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applications.domain import driving, linking
from applications.models import Photo, ShareLink
from applications.models.links import Via
from applications.posters import Size
from committees.domain import tree
from committees.levels import Level, Role
from committees.models import Unit
from portal import jobs
from portal.models import Job
from tests.factories.desk import a_colleague, an_application
from tests.factories.form import picture

pytestmark = pytest.mark.usefixtures("clock")

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


def test_a_second_press_makes_no_second_code(at_sikar, drive, places):
    answers = {"drive": drive.slug, "via": Via.MEETING, "unit": places.sikar.pk, "label": "रविवार की बैठक"}

    first, second = (at_sikar.post("/posters/", answers)["Location"] for _press in range(2))

    assert first == second
    assert at_sikar.post("/posters/", answers | {"label": "बस स्टैंड"})["Location"] != first


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

    page = at_sikar.get("/posters/")
    shown = page.context["rows"][0][1]

    assert [number for _heading, number in shown.columns] == ["3", "0", "2", "2", "0", "0", "0", "67 %"]
    assert shown.last == now.date()
    assert 'class="spark"' in page.text


def test_small_numbers_of_a_person_s_link_stay_hidden(at_sikar, drive, places, now):
    at_sikar.post("/posters/mine/", {"drive": drive.slug})
    link = ShareLink.objects.get()
    an_application(drive, places.booth, now, 1, link=link)

    shown = at_sikar.get("/posters/").context["rows"][0][1]

    assert [number for _heading, number in shown.columns] == ["<5"] * 7 + ["–"]


def test_a_member_makes_the_own_code_in_one_tap_and_finds_it_again(client, drive, places, now):
    client.force_login(a_colleague(places.sikar, Role.MEMBER, now, number=7), backend=DOOR)

    first = client.post("/posters/mine/", {"drive": drive.slug})
    second = client.post("/posters/mine/", {"drive": drive.slug})

    link = ShareLink.objects.get()
    assert first.url == second.url == f"/posters/{link.code}/"
    assert link.person.name
    assert client.get(first.url).status_code == 200
    assert client.post("/posters/all/").status_code == 404


def test_another_s_own_code_is_not_there(client, at_sikar, drive, places, now):
    at_sikar.post("/posters/mine/", {"drive": drive.slug})
    client.force_login(a_colleague(places.sikar, Role.MEMBER, now, number=8), backend=DOOR)

    assert client.get(f"/posters/{ShareLink.objects.get().code}/").status_code == 404


def test_one_poster_for_each_unit_below_comes_as_one_zip(client, office, drive, places, now):
    client.force_login(office, backend=DOOR)
    asked = {"bulk": "1", "all-drive": drive.slug, "all-above": places.state.pk, "all-template": "district"}
    for _twice in range(2):
        client.post("/posters/all/", asked | {"all-language": "hi", "all-sizes": ["square"]})
    jobs.do_due(now=now)

    links = ShareLink.objects.filter(drive=drive)
    assert links.count() == Unit.objects.filter(parent=places.state).count()
    done = Job.objects.first()
    assert (done.error, done.done) == ("", links.count())
    with ZipFile(BytesIO(b"".join(jobs.file_of(done)))) as parcel:
        names = parcel.namelist()
        texts = {
            zxingcpp.read_barcodes(Image.open(parcel.open(name)).convert("L"))[0].text
            for name in names
            if name.endswith("-square.png")
        }
    assert len(names) == 3 * links.count()
    assert texts == {linking.url(link) for link in links}


@pytest.mark.parametrize(
    ("blocks", "sizes", "says"),
    [
        (42, list(Size), "ये 336 पोस्टर होंगे, और एक बार में 330 ही बन सकते हैं। कम आकार चुनें।"),
        (0, ["square"], "इस इकाई के ठीक नीचे कोई इकाई नहीं है।"),
    ],
)
def test_no_more_posters_are_asked_for_than_a_job_may_take(client, office, drive, places, now, blocks, sizes, says):
    client.force_login(office, backend=DOOR)
    for number in range(blocks):
        name = f"Block {number}"
        tree.add_unit(level=Level.BLOCK, parent=places.ramgarh, code=name, name_hi=name, name_en=name, by=None, now=now)
    asked = {"bulk": "1", "all-drive": drive.slug, "all-above": places.ramgarh.pk, "all-template": "district"}

    page = client.post("/posters/all/", asked | {"all-language": "hi", "all-sizes": sizes})

    assert page.status_code == 422
    assert [error for errors in page.context["bulk"].errors.values() for error in errors] == [says]
    assert not ShareLink.objects.exists()
    assert not Job.objects.exists()


def test_a_leader_s_photo_is_made_anew_and_never_stored(at_sikar, link):
    words = {"template": "photo", "headline": "नमस्ते", "portrait_name": "विमला देवी"}
    sent = words | {"photo": SimpleUploadedFile("n.jpg", picture(size=(400, 500)))}

    page = at_sikar.post(f"/posters/{link.code}/photo/", sent, follow=True)

    assert page.context["portrait_mark"]
    assert (page.context["design"].headline, page.context["design"].portrait_name) == ("नमस्ते", "विमला देवी")
    assert not Photo.objects.exists()
    drawn = Image.open(BytesIO(at_sikar.get(f"/posters/{link.code}/square.png?template=photo").content))
    assert drawn.mode == "RGB"


def test_the_picture_has_another_address_with_another_photo(at_sikar, link):
    """Browsers keep the preview for minutes: under the same address they would show the photo before."""
    before = at_sikar.get(f"/posters/{link.code}/?template=photo").context["asked"]
    photo = SimpleUploadedFile("n.jpg", picture(size=(400, 500)))
    page = at_sikar.post(f"/posters/{link.code}/photo/", {"template": "photo", "photo": photo}, follow=True)

    assert before == "template=photo"
    assert page.context["asked"] == f"template=photo&of={page.context['portrait_mark']}"
    assert at_sikar.post(f"/posters/{link.code}/photo/", {"template": "photo"}, follow=True).context["portrait_mark"]


@pytest.mark.parametrize("size", ["square", "a4", "stickers"])
def test_the_preview_is_small_and_follows_the_design(at_sikar, link, size):
    small = at_sikar.get(f"/posters/{link.code}/preview.png?size={size}&template=plain")

    assert Image.open(BytesIO(small.content)).width == 540


def test_a_printer_s_file_is_a_pdf(at_sikar, link):
    assert at_sikar.get(f"/posters/{link.code}/a4.pdf").content[:5] == b"%PDF-"
    assert at_sikar.get(f"/posters/{link.code}/square.pdf").status_code == 404
    assert at_sikar.get(f"/posters/{link.code}/huge.png").status_code == 404


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

    assert page.context["trouble"] == "शीर्षक: इस आकार के लिए शब्द ज़्यादा हैं। इसे छोटा करें।"
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

    with django_assert_num_queries(18):
        at_sikar.get("/posters/")
