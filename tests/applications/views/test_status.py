"""One page for an application's whole life: who opens it, what it says, what may be done there."""

from datetime import timedelta

import pytest
from django.test import Client

from applications.domain import photos
from applications.domain.changing import change_photo
from applications.models import Draft
from applications.states import Status
from portal.accounts import phone_codes
from portal.models import Notice, PhoneCode
from tests.factories.form import a_draft, handed_in, phone, picture

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def application(drive, places, now):
    return handed_in(drive, places.booth, now)


@pytest.fixture
def owner(application):
    """The applicant, who opened the personal link of the receipt."""
    client = Client()
    client.get(f"/a/{application.ref}/?k={application.link_key}")
    return client


def put(application, status):
    type(application).objects.filter(pk=application.pk).update(status=status)


def test_the_personal_link_opens_the_page_and_leaves_the_address(client, application):
    answer = client.get(f"/a/{application.ref}/?k={application.link_key}")

    assert "k=" not in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert application.ref[:4] in page
    assert "आवेदन जमा हो गया" in page
    assert client.cookies["own"]["httponly"] is True


def test_a_stranger_a_wrong_key_and_an_unknown_number_get_one_answer(application):
    def answer(address):
        client = Client()
        response = client.get(address, follow=True)
        text = response.content.decode()
        return response.status_code, text.split("<main")[1].split("csrfmiddlewaretoken")[0]

    answers = {
        answer(f"/a/{application.ref}/"),
        answer(f"/a/{application.ref}/?k=wrong"),
        answer("/a/0000-0000/"),
        answer("/a/K7Q2-9FXN/"),
        answer("/a/nonsense/"),
    }

    assert len(answers) == 1
    assert next(iter(answers))[0] == 200


def test_a_known_and_an_unknown_number_get_one_answer(application):
    def answer(typed):
        client = Client()
        asked = client.post(f"/a/{application.ref}/", {"phone": typed}).content.decode()
        wrong = client.post(f"/a/{application.ref}/", {"code": "000000"}).content.decode()
        return [text.split("<main")[1].split("csrfmiddle")[0].replace(typed[-3:], "") for text in (asked, wrong)]

    assert answer(application.phone) == answer("+919811100000")
    assert PhoneCode.objects.count() == 1


def test_the_code_of_the_own_number_opens_the_page(client, application, settings):
    settings.DEMO = True  # a demo shows the code that an SMS would carry
    client.post(f"/a/{application.ref}/", {"phone": application.phone})
    code = phone_codes.shown_in_demo(client.session["proof"]["secret"])

    answer = client.post(f"/a/{application.ref}/", {"code": code}, follow=True)

    assert "मेरे उत्तर" in answer.content.decode()


def test_the_code_of_one_number_opens_no_other_application(client, application, drive, places, now, settings):
    settings.DEMO = True
    other = handed_in(drive, places.booth, now, number=1)
    client.post(f"/a/{application.ref}/", {"phone": application.phone})
    code = phone_codes.shown_in_demo(client.session["proof"]["secret"])

    answer = client.post(f"/a/{other.ref}/", {"code": code}, follow=True)

    assert "यह कोड मेल नहीं खाता" in answer.content.decode()
    assert "मेरे उत्तर" not in client.get(f"/a/{other.ref}/").content.decode()


def test_a_fourth_code_within_an_hour_is_too_many_for_known_and_unknown_alike(application):
    for number in (application.phone, "+919811100000"):
        client = Client()
        answers = [client.post(f"/a/{application.ref}/", {"phone": number}).status_code for _time in range(4)]

        assert answers == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.SUBMITTED, "तक आवेदन बदल सकते हैं"),
        (Status.SHORTLISTED, "साक्षात्कार सूची में है"),
        (Status.WAITING, "प्रतीक्षा सूची में है"),
        (Status.SELECTED, "आपका चयन हुआ है"),
        (Status.APPOINTED, "आपकी नियुक्ति हो गई है"),
        (Status.NOT_SELECTED, "इस बार चयन नहीं हुआ"),
        (Status.WITHDRAWN, "वापस ले लिया गया है"),
        (Status.MERGED, "दूसरे आवेदन में जोड़ दिया गया है"),
    ],
)
def test_each_status_has_its_sentence(owner, application, status, says):
    put(application, status)

    assert says in owner.get(f"/a/{application.ref}/").content.decode()


def test_a_section_is_changed_until_the_deadline_and_not_after(owner, application, clock):
    address = f"/a/{application.ref}/change/work/"
    assert "बूथ अध्यक्ष" in owner.get(address).content.decode()

    owner.post(address, {"since": "10+", "roles": "मंडल सचिव", "work": ""})
    clock.move_to(application.drive.closes_at)
    late = owner.post(address, {"since": "new", "roles": "", "work": ""}, follow=True)

    application.refresh_from_db()
    assert (application.since, application.roles) == ("10+", "मंडल सचिव")
    assert "इसे अब बदला नहीं जा सकता" in late.content.decode()


def test_a_change_that_comes_too_late_changes_nothing_and_shows_what_was_written(owner, application, clock):
    page = f"/a/{application.ref}/change/about/"
    assert owner.get(page).status_code == 200
    clock.move_to(application.drive.closes_at)

    late = owner.post(page, {"birth_year": "1990", "education": "एम.ए. हिन्दी"})

    assert (late.status_code, "एम.ए. हिन्दी" in late.content.decode()) == (409, True)
    application.refresh_from_db()
    assert application.birth_year == 1995
    assert owner.get(page)["Location"] == owner.post(f"/a/{application.ref}/change/nothing/")["Location"]


def test_the_number_may_be_changed_after_the_shortlist_too(owner, application, drive, places, now, clock):
    handed_in(drive, places.booth, now, number=1)
    put(application, Status.SHORTLISTED)
    clock.move_to(application.drive.closes_at + timedelta(days=1))
    address = f"/a/{application.ref}/change/contact/"

    taken = owner.post(address, {"phone": phone(1)})
    owner.post(address, {"phone": phone(2), "on_whatsapp": "on"})

    assert "इस नंबर से दूसरा आवेदन है" in taken.content.decode()
    application.refresh_from_db()
    assert application.phone == phone(2)


def test_the_place_is_changed_with_the_same_picker(owner, application, places):
    address = f"/a/{application.ref}/change/area/"
    assert "पलसाना" in owner.get(f"{address}?find=palsana").content.decode()

    owner.post(address, {"unit": places.mandal.pk})

    application.refresh_from_db()
    assert application.unit == places.mandal


def test_the_own_photo_is_seen_by_the_owner_alone(owner, client, application, now):
    change_photo(application=application, picture=photos.remake(picture()), now=now)
    address = f"/a/{application.ref}/photo.webp"

    assert owner.get(address)["Content-Type"] == "image/webp"
    assert client.get(address).status_code == 404


def test_withdrawing_takes_two_pages_and_is_undone_by_one_button(owner, application):
    address = f"/a/{application.ref}/withdraw/"
    assert "आवेदन वापस लें?" in owner.get(address).content.decode()

    withdrawn = owner.post(address, {"why": ""}, follow=True).content.decode()
    assert "आवेदन फिर से लगाएँ" in withdrawn

    back = owner.post(address, {"undo": "1"}, follow=True).content.decode()
    assert "तक आवेदन बदल सकते हैं" in back


def test_nobody_else_changes_or_withdraws(client, application):
    for address in ("change/work/", "change/contact/", "withdraw/", "photo.webp"):
        assert client.get(f"/a/{application.ref}/{address}").status_code == 404
        assert client.post(f"/a/{application.ref}/{address}", {"why": ""}).status_code in {404, 405}


def test_the_own_qr_tells_only_how_many_came(owner, application, drive, places, now):
    owner.post(f"/a/{application.ref}/")
    application.refresh_from_db()
    draft = a_draft(drive, places.booth, now, number=1)
    Draft.objects.filter(pk=draft.pk).update(link=application.own_link)
    handed = handed_in(drive, places.booth, now, number=2)
    type(handed).objects.filter(pk=handed.pk).update(link=application.own_link)

    page = owner.get(f"/a/{application.ref}/").content.decode()

    assert "आपके QR से 1 आवेदन बना" in page
    assert f"/q/{application.own_link.code}" in page
    assert application.ref not in page.split("wa.me/?text=")[1].split('"')[0]


def test_a_draft_goes_on_by_its_link_at_the_first_missing_step(client, drive, places, now):
    draft = a_draft(drive, places.booth, now, work=None, writing=None)

    assert client.post(f"/resume/?k={draft.key}", {"year": "१९९५"})["Location"] == f"/d/{drive.slug}/apply/work/"
    assert "सुनीता मीणा" in client.get("/resume/").content.decode()
    assert client.get("/resume/?k=unknown")["Location"] == "/resume/"


def test_a_link_that_was_passed_on_opens_nothing_without_the_year_of_birth(client, drive, places, now):
    begun, young = a_draft(drive, places.booth, now), a_draft(drive, places.booth, now, number=1, about=None)
    link = f"/resume/?k={begun.key}"

    asked = client.get(link).content.decode()
    assert ("किस वर्ष" in asked, "सुनीता" in asked, "draft" in client.cookies) == (True, False, False)
    assert client.get(f"/resume/?k={young.key}")["Location"] == f"/d/{drive.slug}/apply/about/"
    tried = [client.post(link, {"year": year}) for year in ("1990", "", "1991", "1992", "1993", "1994", "1995")]

    assert [answer.status_code for answer in tried] == [422, 422, 422, 422, 422, 422, 429]
    assert "यह वह वर्ष नहीं है" in tried[0].content.decode()
    assert "मोबाइल नंबर" in tried[-1].content.decode()
    assert client.get(link).status_code == 200


def test_a_draft_goes_on_by_a_code_on_another_phone(client, drive, places, now, settings):
    settings.DEMO = True
    draft = a_draft(drive, places.booth, now, writing=None)
    client.post("/resume/", {"phone": phone()})
    code = phone_codes.shown_in_demo(client.session["proof"]["secret"])

    page = client.post("/resume/", {"code": code}, follow=True).content.decode()

    assert f'href="?k={draft.key}"' in page
    assert client.get(f"/resume/?k={draft.key}")["Location"] == f"/d/{drive.slug}/apply/writing/"


def test_a_wrong_code_is_told_so_and_the_right_one_still_opens_at_the_address_of_another_number(
    client, drive, places, now, settings
):
    settings.DEMO = True
    a_draft(drive, places.booth, now)
    client.post("/resume/?again=1", {"phone": phone()})
    code = phone_codes.shown_in_demo(client.session["proof"]["secret"])

    wrong = client.post("/resume/?again=1", {"code": "000000" if code != "000000" else "111111"})

    assert (wrong.status_code, "यह कोड मेल नहीं खाता" in wrong.content.decode()) == (422, True)
    assert client.post("/resume/?again=1", {"code": code})["Location"] == "/resume/"


def test_a_phone_that_was_lent_forgets_the_person_without_javascript_and_keeps_its_owner(drive, places, now):
    lent = Client()
    mine = a_draft(drive, places.booth, now, number=7)
    lent.post(f"/resume/?k={mine.key}", {"year": "1995"})
    theirs = a_draft(drive, places.booth, now, number=8, name={"name": "कमला", "phone": phone(8), "on_whatsapp": True})
    lent.post(f"/resume/?k={theirs.key}", {"year": "1995"})
    page = lent.get(f"/d/{drive.slug}/apply/work/").content.decode()
    assert 'action="/resume/leave/"' in page

    answer = lent.post("/resume/leave/", {"drive": drive.slug})

    assert (answer["Location"], answer["Clear-Site-Data"]) == (f"/d/{drive.slug}/", '"cache", "storage"')
    page = lent.get("/resume/").content.decode()
    assert ("कमला" in page, "सुनीता मीणा" in page) == (False, True)
    lent.post("/resume/leave/")
    assert "सुनीता मीणा" not in lent.get("/resume/").content.decode()
    assert Draft.objects.count() == 2


def test_a_draft_of_a_closed_drive_is_still_there_to_be_read(client, drive, places, now, clock):
    draft = a_draft(drive, places.booth, now, writing=None)
    client.post(f"/resume/?k={draft.key}", {"year": "1995"})
    clock.move_to(drive.closes_at + timedelta(hours=1))

    page = client.get("/resume/").content.decode()

    assert "अपना लिखा हुआ पढ़ें या छापें" in page
    assert "सुनीता मीणा" in client.get(f"/d/{drive.slug}/apply/check/").content.decode()


def test_resume_says_the_same_to_a_number_it_never_saw(client, db):
    page = client.post("/resume/", {"phone": "98111 00000"}).content.decode()

    assert "हमारे पास दर्ज है" in page
    assert not PhoneCode.objects.exists()
    assert not Notice.objects.exists()
