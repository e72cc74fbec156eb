"""Attacks through the open forms: fields that are not there, pictures that are none, files too large, formulas."""

import re
import zipfile
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from PIL import Image

from applications import consent
from applications.models import Application, Draft, Photo
from committees.models import Unit
from portal import channels, people, phones
from portal.imports import PersonResource
from portal.models import Notice, Person
from tests.factories import sunday
from tests.factories.everyone import PHONE
from tests.factories.form import SAMPLE, picture

pytestmark = pytest.mark.once


@pytest.fixture
def world(everyone, settings):
    """Everyone, on Sunday at eleven; SMS become files."""
    settings.CHANNELS = settings.CHANNELS | {"sms": "portal.channels.files.FileSMS"}
    channels._backend.cache_clear()
    with time_machine.travel(sunday.at(11), tick=False):
        yield everyone
    channels._backend.cache_clear()


# --- mass assignment ----------------------------------------------------------------------------------


def every_column(*model_classes):
    """Each column of the models with a value that would be noticed."""
    columns = {field.name for model in model_classes for field in model._meta.concrete_fields}
    return dict.fromkeys(columns, "1") | {
        "status": "APPOINTED", "ref": "K7Q29FXM", "link_key": "mine", "reason": "x", "consent_version": "never",
        "submitted_at": "2020-01-01", "in_grace": "on", "phone": "9876511111", "name": "सुनीता मीणा", "followers": "",
    }  # fmt: skip


def walk(client, world, extra):
    """All seven steps and the check, with more than they ask for."""
    steps = {
        "name": {"name": "सुनीता मीणा", "phone": "9876511111", "on_whatsapp": "on"},
        "area": {"unit": world.booth.pk, "place_note": ""},
        "about": {"birth_year": "1995", "education": "बी.ए."},
        "work": {"since": "2-5", "roles": "", "work": "घर-घर संपर्क"},
        "social": {"no_links": "on"},
        "writing": {"prompt": world.drive.prompts.first().pk, "writing": SAMPLE},
        "photo": {"serve_level": "booth"},
    }
    for step, answers in steps.items():
        client.post(f"/d/sikar/apply/{step}/", {**extra, **answers, "photo": ""})
    agreed = {"consent": "on", "version": consent.version(), "draft": Draft.objects.latest("pk").pk}
    return client.post("/d/sikar/apply/check/", {**extra, **agreed})


def test_what_no_form_asks_for_changes_nothing(world):
    walk(Client(), world, every_column(Application, Draft, Person))

    made = Application.objects.get(phone="+919876511111")
    facts = (made.status, made.share, made.reason, made.link, made.person, made.in_grace, made.drive, made.photo)
    assert facts == ("SUBMITTED", 0, "", None, None, False, world.drive, None)
    assert (made.submitted_at, made.consent_text.version) == (sunday.at(11), consent.version())
    assert (made.ref != "K7Q29FXM", made.link_key != "mine") == (True, True)


def test_a_change_touches_its_own_section_alone(world):
    application = world.applications[1]
    before = Application.objects.filter(pk=application.pk).values().get()

    extra = every_column(Application, Person) | {"birth_year": "1990", "education": "एम.ए."}
    answer = world.browser("applicant").post(f"/a/{application.ref}/change/about/", extra)

    after = Application.objects.filter(pk=application.pk).values().get()
    assert answer.status_code == 302
    assert {name for name in after if after[name] != before[name]} == {"birth_year", "education", "changed_at"}


def test_the_office_rewords_a_drive_and_nothing_else(world):
    client, address = world.browser("incharge"), "/office/drives/sikar/"
    words = {"title_hi": "नया नाम", "purpose_hi": "नया काम"}

    client.post(address, words | {"unit": world.units["RJ"].pk, "slug": "mine", "closes_at": "2030-01-01T10:00"})

    closes = world.drive.closes_at
    world.drive.refresh_from_db()
    drive = world.drive
    assert (drive.title_hi, drive.unit, drive.slug, drive.closes_at) == ("नया नाम", world.sikar, "sikar", closes)


def test_nobody_opens_a_drive_or_a_link_for_anothers_district(world):
    client = world.browser("incharge-elsewhere")
    drive = {"unit": world.sikar.pk, "title_hi": "चाल", "purpose_hi": "चाल", "serve_at": "booth"}
    drive |= {"opens_at": "2025-11-20T10:00", "closes_at": "2025-11-30T10:00"}

    client.post("/office/drives/new/", drive)
    client.post("/posters/", {"drive": "rajya", "via": "poster", "unit": world.sikar.pk})

    assert world.sikar.drives.count() == 1
    assert not world.state_drive.links.filter(referrer=None).exists()


# --- who applied is nobody's business ----------------------------------------------------------------------


def without_the_moment(answer, phone):
    """The page without the number that was asked for, and without what differs each time."""
    text = answer.content.decode()
    for shown in (phone, phones.grouped(f"+91{phone}"), phones.masked(f"+91{phone}")):
        text = text.replace(shown, "…")
    return re.sub(r'value="[^"]{64}"|nonce="[^"]+"', "", text)


@pytest.mark.parametrize("door", ["/resume/", "/a/{ref}/", "/login/"])
def test_known_and_unknown_numbers_get_one_answer(world, door):
    office = world.users["office"].phone[-10:]
    known, unknown = (office if door == "/login/" else PHONE[-10:]), "9876599991"
    address = door.format(ref=world.applications[1].ref)
    pages = []
    for phone in (known, unknown):
        client = Client()
        first = client.post(address, {"phone": phone, "login": phone}, follow=True)
        second = client.post(first.request["PATH_INFO"], {"code": "000000"})
        pages.append([(page.status_code, without_the_moment(page, phone)) for page in (first, second)])

    assert pages[0] == pages[1]
    assert Notice.objects.filter(template="code").count() == 1


def test_a_wrong_number_of_an_application_and_a_number_of_nobody_look_alike(world):
    pages = [Client().get(f"/a/{ref}/") for ref in (world.applications[1].ref, "K7Q2-9FXM", "-", "nonsense")]

    assert {page.status_code for page in pages} == {200}
    texts = [re.sub(r"/(en/)?a/[^\"/]+/", "", without_the_moment(page, "9876500000")) for page in pages]
    assert texts == [texts[0]] * 4


# --- pictures -------------------------------------------------------------------------------------------------


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", b"no picture")
    return out.getvalue()


def a_bomb():
    """Eighty million pixels in ten thousand bytes."""
    out = BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    return out.getvalue()


NO_PICTURES = {
    "zip": a_zip(),
    "bomb": a_bomb(),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "gif": picture("GIF"),
    "html": b"<html><script>alert(1)</script></html>",
    "half": picture()[:120],
    "empty": b"",
    "bmp": picture("BMP"),
    "tiff": picture("TIFF"),
}


def send_photo(world, content, name="photo.jpg"):
    photo = SimpleUploadedFile(name, content, "image/jpeg")
    return world.browser("applicant").post("/d/sikar/apply/photo/", {"serve_level": "booth", "photo": photo})


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_photo_is_told_and_not_kept(world, kind):
    before = Photo.objects.count()

    answer = send_photo(world, NO_PICTURES[kind])

    assert (answer.status_code, Photo.objects.count()) == (422, before)


def test_what_was_glued_on_a_photo_stays_behind(world):
    answer = send_photo(world, picture(size=(300, 200)) + a_zip() + b"<script>alert(1)</script>", "../../evil.php")

    kept = bytes(Photo.objects.latest("pk").image)
    assert answer.status_code == 302
    assert (kept[:4], kept[8:12]) == (b"RIFF", b"WEBP")
    assert not zipfile.is_zipfile(BytesIO(kept))
    assert b"script" not in kept


def test_a_file_of_ten_megabytes_is_refused_in_words(world):
    answer = send_photo(world, picture() + b"\0" * 10 * 1024 * 1024)

    assert answer.status_code == 422
    assert "8 MB" in answer.content.decode()


@pytest.mark.parametrize("address", ["/d/sikar/apply/writing/", "/resume/", "/login/", "/d/sikar/tell/"])
def test_a_body_of_ten_megabytes_is_refused(world, address):
    client = world.browser("applicant")

    assert client.post(address, {"writing": "x" * 10 * 1024 * 1024}).status_code == 413
    assert client.post(address, {f"f{number}": "1" for number in range(10_000)}).status_code == 400


# --- formulas ---------------------------------------------------------------------------------------------------

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "\u00a0@x",
    '=HYPERLINK("http://evil")',
]


def test_no_cell_of_an_export_is_computed(world):
    asked = {"query": "", "column": ["ref", "name", "phone", "place", "work", "writing", "links"]}
    office = world.browser("office")
    for evil in FORMULAS:
        Application.objects.update(name=evil, place_note=evil, writing=evil)
        Unit.objects.filter(level="district").update(name_hi=evil)

        book = office.post("/office/applications/export/", asked).content

        cells = [cell for row in load_workbook(BytesIO(book)).active.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s"}, evil
        assert [cell.value for cell in cells if cell.value.strip().startswith(tuple("=+-@＝"))] == [], evil


def test_people_come_in_with_formulas_and_go_out_without(world):
    for evil in FORMULAS:
        Person.objects.filter(phone=world.users["member"].phone).update(name=evil)

        names = [row["name"] for row in PersonResource().export().dict]

        assert [name for name in names if name.strip().startswith(tuple("=+-@＝"))] == [], evil


def test_a_name_that_is_a_formula_comes_in_as_text(world, now):
    person = people.know(phone="9876522222", name="=cmd|' /C calc'!A0", now=now)

    page = world.browser("admin").get("/admin/portal/person/?q=cmd").content.decode()

    assert person.name.startswith("=cmd")
    assert "&#x27;!A0" in page or "!A0" in page
