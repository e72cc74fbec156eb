"""My data, from the side of an applicant, an office-bearer, somebody with a draft only, and a stranger."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db.models import F
from django.test import Client

from applications.domain import reading, reviewing
from applications.models import Application, Draft
from committees.levels import Role
from portal import outbox
from portal.me import holding
from portal.models import DataRequest, Nominee, Notice, Sealed
from portal.models.notices import NoticeStatus
from tests.factories.desk import a_colleague
from tests.factories.form import a_draft, handed_in, phone


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        yield


def text(answer):
    return answer.content.decode()


@pytest.fixture
def applicant(drive, places, now):
    """A browser that opened the personal link."""
    application = handed_in(drive, places.booth, now)
    client = Client()
    client.get(f"/me/?k={application.link_key}")
    return client, application


def test_an_applicant_sees_what_why_until_when_and_who_looked(applicant, places, now):
    client, application = applicant
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    reading.read_number(application=application, why="call", by=office, now=now)

    page = text(client.get("/me/"))

    for words in ("सुनीता मीणा", "98765 00000", "आपसे संपर्क करने और परिणाम बताने के लिए", "मोबाइल नंबर देखा"):
        assert words in page
    assert "विमला देवी" not in page  # the role looked, not the name
    assert len(client.get("/me/").content) < 60_000


def test_what_an_import_kept_beside_is_told_under_its_heading(applicant, places, now):
    client, application = applicant
    Application.objects.filter(pk=application.pk).update(extra={"import:पसंदीदा पार्क": "गाँधी वाटिका"})
    desk = Client()
    desk.force_login(a_colleague(places.state, Role.STATE_OFFICE, now))

    assert "पसंदीदा पार्क: गाँधी वाटिका" in text(client.get("/me/"))
    assert "पसंदीदा पार्क: गाँधी वाटिका" in text(client.get("/me/my-data.json"))
    assert text(desk.get(f"/office/applications/{application.ref}/")).count("गाँधी वाटिका") == 1
    client.get(f"/a/{application.ref}/?k={application.link_key}")
    assert "गाँधी वाटिका" not in text(client.get(f"/a/{application.ref}/"))


def test_a_number_and_a_code_open_everything_under_the_number(client, drive, places, now, settings):
    settings.DEMO = True
    handed_in(drive, places.booth, now)

    client.post("/me/", {"phone": phone()})
    code = cache.get(f"demo-code:{client.session['proof']['secret']}")
    opened = client.post("/me/", {"code": code}, follow=True)

    assert "सुनीता मीणा" in text(opened)
    assert phone() not in json.dumps(dict(client.session))


def test_known_and_unknown_numbers_get_the_same_page(drive, places, now):
    handed_in(drive, places.booth, now)
    pages = []
    for number in (phone(), "+919999900000"):
        client = Client()
        client.post("/me/", {"phone": number})
        answer = text(client.get("/me/"))
        pages.append(answer.replace("98••• ••000", "N").replace("99••• ••000", "N"))
    strip = [page.partition("<main")[2].partition("csrf")[0] for page in pages]

    assert strip[0] == strip[1]


def test_the_proof_lasts_half_an_hour_where_the_device_holds_nothing(applicant, now):
    client, _application = applicant
    del client.cookies["own"]
    assert "सुनीता मीणा" in text(client.get("/me/"))

    with time_machine.travel(now + timedelta(hours=1) + holding.GOOD_FOR + timedelta(seconds=1), tick=False):
        assert "सुनीता मीणा" not in text(client.get("/me/"))
        assert client.get("/me/my-data.json").status_code == 404


def test_an_office_bearer_who_signed_in_sees_their_own(client, places, now):
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")

    page = text(client.get("/me/"))

    assert "विमला देवी" in page
    assert "क्योंकि आपके पास पद है, या था" in page


def test_withdrawing_takes_one_page_one_button_and_no_field(applicant):
    client, application = applicant
    address = f"/me/a-{application.ref}/withdraw/"
    page = text(client.get(address))

    assert page.partition("<main")[2].count("<button") == 1
    assert page.partition("<main")[2].count("<textarea") == 0
    assert client.post(address).status_code == 302
    application.refresh_from_db()
    assert (application.status, application.consent_ended_at is None) == ("WITHDRAWN", False)


def test_from_the_page_of_the_application_consent_ends_in_two_taps_without_a_code(drive, places, now):
    application = handed_in(drive, places.booth, now)
    other = handed_in(drive, places.booth, now, number=1)
    client = Client()
    page = text(client.get(f"/a/{application.ref}/?k={application.link_key}", follow=True))
    address = f"/me/a-{application.ref}/withdraw/"

    assert f'href="{address}"' in page.partition("<main")[2]
    assert application.ref[:4] in text(client.get("/me/"))
    assert client.get(f"/me/a-{other.ref}/withdraw/").status_code == 404

    assert client.post(address, follow=True).status_code == 200
    application.refresh_from_db()
    assert application.consent_ended_at is not None
    assert f'href="{address}"' not in text(client.get(f"/a/{application.ref}/")).partition("<main")[2]
    assert "me" not in client.session


def test_erasing_what_nothing_was_decided_about_goes_at_once(applicant):
    client, application = applicant

    client.post(f"/me/a-{application.ref}/erase/")

    row = Application.objects.get()
    assert (row.name, row.phone, row.writing, row.links) == ("–", f"x{row.pk}", "", [])
    assert "हमारे पास आपकी कोई जानकारी नहीं है।" in text(client.get("/me/"))
    assert Sealed.objects.filter(kind="applications.application").count() == 1
    assert client.get(f"/a/{application.ref}/photo.webp").status_code == 404  # P-E15


def test_a_draft_alone_is_shown_and_erased(client, drive, places, now, settings):
    settings.DEMO = True
    draft = a_draft(drive, places.booth, now, number=7)
    client.post("/me/", {"phone": phone(7)})
    client.post("/me/", {"code": cache.get(f"demo-code:{client.session['proof']['secret']}")})

    assert "सुनीता मीणा" in text(client.get("/me/"))
    client.post(f"/me/d-{draft.pk}/withdraw/")

    assert Draft.objects.count() == 0


def test_decided_data_is_erased_by_two_persons(applicant, places, now):
    client, application = applicant
    first, second = (a_colleague(places.state, Role.STATE_OFFICE, now, number) for number in (1, 2))
    reviewing.wait(application=application, by=first, now=now)
    client.post(f"/me/a-{application.ref}/erase/")
    asked = DataRequest.objects.get()
    address = f"/office/requests/{asked.number}/"

    def staff(user, path, **sent):
        browser = Client()
        browser.force_login(user, backend="portal.accounts.backend.DoorBackend")
        return browser.post(path, sent).status_code

    alone = staff(first, address, status="DONE")
    agreed = staff(first, f"{address}agree/")
    same = staff(first, address, status="DONE")
    other = staff(second, address, status="DONE")

    asked.refresh_from_db()
    application.refresh_from_db()
    assert (alone, agreed, same, other) == (422, 302, 422, 302)
    assert (asked.status, asked.phone, application.name) == ("DONE", "", "–")
    assert asked.due_on == (now + timedelta(days=15)).date()


def test_a_correction_is_asked_for_and_written(applicant, places, now):
    client, application = applicant
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    field = "applications.application.name"
    sent = {"new": "सुनीता देवी मीणा", "words": ""}
    asked = client.post(f"/me/a-{application.ref}/correct/{field}/", sent)
    request = DataRequest.objects.get()
    browser = Client()
    browser.force_login(office, backend="portal.accounts.backend.DoorBackend")

    shown = text(browser.get(f"/office/requests/{request.number}/"))
    browser.post(f"/office/requests/{request.number}/", {"status": "DONE", "answer": "सुधार दिया", "name": sent["new"]})

    application.refresh_from_db()
    request.refresh_from_db()
    assert asked.status_code == 302
    assert "सुनीता देवी मीणा" in shown
    assert (application.name, request.status, request.old) == ("सुनीता देवी मीणा", "DONE", "सुनीता मीणा")
    assert "सुधार दिया" in text(client.get("/me/"))


def test_a_complaint_has_a_number_and_a_date(applicant):
    client, application = applicant
    for _press in range(2):
        client.post(f"/me/a-{application.ref}/complain/", {"words": "मुझे रोज़ संदेश आते हैं"})

    request = DataRequest.objects.get()
    assert (request.kind, request.words, request.legal_by - request.due_on) == (
        "complaint",
        "मुझे रोज़ संदेश आते हैं",
        timedelta(days=75),
    )
    assert Notice.objects.filter(template="request_received").count() == 1
    assert client.post(f"/me/a-{application.ref}/complain/", {"words": ""}).status_code == 422


def test_a_nominee_is_named_and_replaced(applicant):
    client, application = applicant
    for name in ("रमेश मीणा", "गीता मीणा"):
        client.post(f"/me/a-{application.ref}/nominee/", {"name": name, "phone": "9829012345"})

    assert Nominee.objects.get().name == "गीता मीणा"
    assert "गीता मीणा" in text(client.get("/me/"))


def test_the_download_holds_every_line_of_the_page(applicant):
    client, application = applicant

    held = client.get("/me/my-data.json").json()
    printed = text(client.get("/me/print/"))

    assert {line["value"] for line in held["items"]} >= {"सुनीता मीणा", "98765 00000", "बी.ए."}
    assert all(line["value"].splitlines()[0] in printed for line in held["items"] if "&" not in line["value"])
    assert [each["purpose"] for each in held["consents"]] == ["application"]
    assert application.link_key not in json.dumps(held)


def test_messages_are_switched_by_one_press(applicant):
    client, application = applicant
    client.post(f"/me/a-{application.ref}/messages/", {"on": "1"})

    application.refresh_from_db()
    assert application.wants_messages is True


def test_what_could_not_be_told_stands_on_the_own_page(applicant, now):
    client, application = applicant
    values = {"phone": application.phone, "template": "workshop_place", "due_at": now}
    told = {"organisation": "संगठन", "when": "रविवार", "url": "http://testserver/r/abc/", "name": application.name}
    outbox.queue(
        [
            Notice(key=key, context=told, spare_email=spare, **values)
            for key, spare in [("a", ""), ("b", "s@example.org")]
        ]
    )
    Notice.objects.filter(key__in="ab").update(status=NoticeStatus.SENT, sent_at=now, reference=F("key"))
    for key in "ab":
        outbox.receive(reference=key, delivered=False, now=now)  # the second is told by e-mail

    page, printed = text(client.get("/me/")), text(client.get("/me/print/"))

    assert page.count("नहीं पहुँचा") == 1
    assert page.count("http://testserver/r/abc/") >= 1
    assert "http://testserver/r/abc/" not in printed


def test_a_strangers_thing_is_not_found(applicant, drive, places, now):
    client, _application = applicant
    other = handed_in(drive, places.booth, now, number=5)

    assert client.get(f"/me/a-{other.ref}/erase/").status_code == 404
    assert Client().get(f"/me/a-{other.ref}/erase/").status_code == 404


def test_the_late_request_stands_on_the_first_page_of_the_office(applicant, places, now):
    client, application = applicant
    client.post(f"/me/a-{application.ref}/complain/", {"words": "उत्तर नहीं मिला"})
    office = a_colleague(places.state, Role.STATE_OFFICE, now)

    with time_machine.travel(now + timedelta(days=17), tick=False):
        browser = Client()
        browser.force_login(office, backend="portal.accounts.backend.DoorBackend")
        page = text(browser.get("/", follow=True))

    assert "अनुरोध का समय निकल गया" in page
