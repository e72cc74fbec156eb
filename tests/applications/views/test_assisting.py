"""Offline applications: written down by an in-charge, handed in with the person's own code."""

import re

import pytest
import time_machine
from django.test import Client

from applications import consent
from applications.models import Application, Draft
from committees.levels import Role
from portal.models import Notice
from tests.applications.views.test_apply import ABOUT, NAME, SOCIAL, WORK
from tests.factories.desk import a_colleague
from tests.factories.form import SAMPLE, handed_in

DOOR = "portal.accounts.backend.DoorBackend"
AGREED = {"consent": "on", "version": consent.version()}
THEIRS = "+919876500001"


@pytest.fixture(autouse=True)
def clock(now, settings):
    settings.DEMO = True  # a demo shows the code that an SMS would carry
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def incharge(places, now):
    return a_colleague(places.sikar, Role.INCHARGE, now, number=5)


@pytest.fixture
def desk(client, incharge):
    client.force_login(incharge, backend=DOOR)
    return client


def base(drive):
    return f"/office/applications/new/{drive.slug}/"


def write_down(desk, drive, unit, **changed):
    steps = {
        "name": NAME,
        "area": {"unit": unit.pk},
        "about": ABOUT,
        "work": WORK,
        "social": SOCIAL,
        "writing": {"prompt": drive.prompts.first().pk, "writing": SAMPLE},
        "photo": {"can_come": "yes"},
    } | changed
    return [desk.post(f"{base(drive)}{step}/", answers).status_code for step, answers in steps.items()]


def code_on_the_phone(desk, drive):
    page = desk.get(f"{base(drive)}check/").content.decode()
    return re.search(r'class="ribbon">[^<]*<b>(\d{6})</b>', page)[1]


def test_the_whole_way_with_the_persons_own_code(desk, drive, places, incharge):
    assert f"{base(drive)}name/" in desk.get("/office/applications/new/").content.decode()
    assert write_down(desk, drive, places.booth) == [302] * 7
    desk.post(f"{base(drive)}check/", {**AGREED})

    answer = desk.post(f"{base(drive)}check/", {**AGREED, "code": code_on_the_phone(desk, drive)}, follow=True)

    application = Application.objects.get()
    assert (application.phone, application.entered_by) == (THEIRS, incharge)
    assert "जमा हो गया" in answer.content.decode()
    assert Notice.objects.get(key=f"receipt:{application.pk}").phone == THEIRS
    assert "विमला देवी ने भरा" in desk.get(f"/office/applications/{application.ref}/").content.decode()


def test_words_that_changed_are_read_out_anew_before_anything_is_sent_or_handed_in(desk, drive, places):
    write_down(desk, drive, places.booth)
    old = AGREED | {"version": "2024-01-1.0123abcd"}

    before = desk.post(f"{base(drive)}check/", old)
    assert (before.status_code, Notice.objects.count()) == (409, 0)
    assert f'name="version" value="{consent.version()}"' in before.content.decode()
    desk.post(f"{base(drive)}check/", AGREED)
    late = desk.post(f"{base(drive)}check/", old | {"code": code_on_the_phone(desk, drive)})

    page = late.content.decode()
    assert (late.status_code, "सूचना बदल गई है" in page, "checked" in page.partition('id="notice"')[2]) == (
        409,
        True,
        False,
    )
    assert Application.objects.count() == 0
    assert desk.post(f"{base(drive)}check/", AGREED | {"code": code_on_the_phone(desk, drive)}).status_code == 302


def test_without_the_right_code_nothing_is_handed_in(desk, drive, places):
    write_down(desk, drive, places.booth)
    desk.post(f"{base(drive)}check/", {**AGREED})
    code = code_on_the_phone(desk, drive)
    wrong = "000000" if code != "000000" else "111111"

    answers = [desk.post(f"{base(drive)}check/", {**AGREED, "code": wrong}) for _try in range(6)]
    after_five = desk.post(f"{base(drive)}check/", {**AGREED, "code": code})

    assert {answer.status_code for answer in answers} == {422}
    assert after_five.status_code == 422
    assert Application.objects.count() == 0


def test_no_code_is_sent_before_the_person_said_yes(desk, drive, places):
    write_down(desk, drive, places.booth)

    answer = desk.post(f"{base(drive)}check/", {"version": consent.version()})

    assert answer.status_code == 422
    assert Notice.objects.filter(template="code").count() == 0


def test_an_in_charge_enters_nobody_of_another_district_and_not_themselves(desk, drive, places, incharge, now):
    elsewhere = write_down(desk, drive, places.ramgarh)
    Draft.objects.all().delete()
    write_down(desk, drive, places.booth, name=NAME | {"phone": incharge.phone})

    answer = desk.post(f"{base(drive)}check/", {**AGREED})

    assert elsewhere[1] == 422
    assert answer.status_code == 422
    assert "आपका अपना नंबर" in answer.content.decode()


def test_a_number_that_has_applied_is_named_and_not_handed_in_twice(desk, drive, places, now):
    first = handed_in(drive, places.booth, now, number=1)
    write_down(desk, drive, places.booth)
    desk.post(f"{base(drive)}check/", {**AGREED})

    answer = desk.post(f"{base(drive)}check/", {**AGREED, "code": code_on_the_phone(desk, drive)})

    assert answer.status_code == 422
    assert first.ref[:4] in answer.content.decode()
    assert Application.objects.count() == 1


def test_the_draft_is_of_whoever_began_it_alone(desk, drive, places, now):
    write_down(desk, drive, places.booth)
    colleague = Client()
    colleague.force_login(a_colleague(places.sikar, Role.INCHARGE, now, number=6, name="दूसरे प्रभारी"), backend=DOOR)

    assert colleague.get(f"{base(drive)}check/")["Location"] == f"{base(drive)}name/"
    assert Client().get(f"/d/{drive.slug}/apply/check/")["Location"] == f"/d/{drive.slug}/apply/name/"


def test_whoever_reviews_nothing_finds_no_page(client, drive, places, now):
    client.force_login(a_colleague(places.sikar, Role.CONVENER, now, number=7), backend=DOOR)

    assert client.get("/office/applications/new/").status_code == 404
    assert client.get(f"{base(drive)}name/").status_code == 404
