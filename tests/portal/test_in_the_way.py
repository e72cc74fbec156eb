"""When something is in the way, the page says so in words and what was sent can be sent again."""

import time
from datetime import timedelta
from io import BytesIO
from itertools import repeat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from applications.models import Draft
from portal import organisation
from tests.factories.desk import Places, a_drive
from tests.walking import Device

pytestmark = pytest.mark.django_db
NAME = {"name": "सुनीता <b>मीणा", "phone": "9876500001"}
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def drive():
    return a_drive(Places(timezone.now()).state, timezone.now())


def first_step(drive):
    return f"/d/{drive.slug}/apply/name/"


def test_an_old_page_gives_back_what_was_typed_and_the_next_press_goes_on(drive):
    phone = Device()

    page = phone.client.post(first_step(drive), NAME, **HERE)

    text = page.content.decode()
    assert page.status_code == 403
    assert "आपने जो लिखा, वह इसी पेज में रखा है" in text
    assert '<input type="hidden" name="name" value="सुनीता &lt;b&gt;मीणा">' in text
    token = phone.client.cookies["csrftoken"].value
    assert phone.client.post(first_step(drive), NAME | {"csrfmiddlewaretoken": token}, **HERE).status_code == 302
    assert Draft.objects.get().answers["name"]["name"] == "सुनीता <b>मीणा"


@pytest.mark.parametrize("origin", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {}])
def test_what_another_site_sends_is_never_offered_for_sending(drive, origin):
    page = Client(enforce_csrf_checks=True).post(first_step(drive), NAME, **origin)

    assert page.status_code == 403
    assert "मीणा" not in page.content.decode()


def test_a_password_is_never_written_into_a_page():
    page = Client(enforce_csrf_checks=True).post("/login/", {"phone": "9876500001", "password": "geheim-1234"}, **HERE)

    assert page.status_code == 403
    assert "geheim-1234" not in page.content.decode()
    assert "9876500001" not in page.content.decode()


def test_planned_work_is_told_with_its_end_and_keeps_what_was_sent(drive, settings):
    until = timezone.now() + timedelta(minutes=30)
    settings.MAINTENANCE_UNTIL = until

    page = Client().post(first_step(drive), NAME)

    assert page.status_code == 503
    assert 1700 < int(page["Retry-After"]) <= 1800
    assert "साइट पर काम चल रहा है" in page.content.decode()
    assert 'value="सुनीता &lt;b&gt;मीणा"' in page.content.decode()
    assert not Draft.objects.exists()
    assert "We are working on this site" in Client().get(f"/en{first_step(drive)}").content.decode()
    assert Client().get("/health/").status_code != 404


def test_after_the_planned_end_the_press_goes_on(drive, settings):
    settings.MAINTENANCE_UNTIL = timezone.now() - timedelta(seconds=1)

    assert Client().post(first_step(drive), NAME).status_code == 302


def no_database(execute, sql, params, many, context):
    raise OperationalError("the database is away: phone 9876500001")


def test_while_the_database_is_away_every_page_waits_and_keeps_what_was_sent(drive, django_assert_num_queries):
    browser = Client(raise_request_exception=False)
    browser.cookies["sessionid"] = "x" * 32
    organisation.save(name_hi="जनशक्ति", name_en="Janshakti", help_phone="0141-1", help_hours_hi="", help_hours_en="")
    organisation.current()

    with connection.execute_wrapper(no_database):
        page = browser.post(first_step(drive), NAME)

    assert page.status_code == 503
    assert page["Retry-After"] == "20"
    assert "20 सेकंड बाद फिर कोशिश करें" in page.content.decode()
    assert 'value="सुनीता &lt;b&gt;मीणा"' in page.content.decode()
    assert "0141-1" in page.content.decode()
    assert browser.post(first_step(drive), NAME).status_code == 302


def test_a_hundred_megabytes_are_refused_unread(drive):
    class Body(BytesIO):
        def read(self, *size):
            raise AssertionError("it was read")

    begun = time.monotonic()
    page = Client().generic(
        "POST",
        first_step(drive),
        b"",
        content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=str(100 * 1024 * 1024),
        **{"wsgi.input": Body()},
    )

    assert page.status_code == 413
    assert "यह बहुत बड़ा है" in page.content.decode()
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("&".join(f"f{number}=1" for number in range(10_000)), "application/x-www-form-urlencoded", 400),
        ("name=" + "अ" * 900_000, "application/x-www-form-urlencoded", 413),
        ("[" * 100_000, "application/json", 200),
        ("--x\r\n", "multipart/form-data; boundary=x", 200),
        ("\x00", "multipart/form-data", 400),
    ],
)
def test_odd_bodies_are_answered_in_words_within_a_second(drive, body, kind, status):
    begun = time.monotonic()

    page = Client().generic("POST", first_step(drive), body, content_type=kind)

    assert (page.status_code, 'lang="hi"' in page.content.decode()) == (status, True)
    assert time.monotonic() - begun < 1


def test_a_large_photo_is_no_giant(drive):
    photo = SimpleUploadedFile("a.jpg", bytes(repeat(0, 8 * 1024 * 1024)), "image/jpeg")

    assert Client().post(first_step(drive), NAME | {"photo": photo}).status_code == 302
