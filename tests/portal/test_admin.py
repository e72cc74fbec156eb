from io import BytesIO

import pytest
from django.contrib.admin import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from applications import consent
from applications.forms import notices
from applications.models import ConsentText
from committees.levels import Role
from portal import audit, organisation, people, texts
from portal.models import Document, Event, Notice, Person, User
from tests.factories.desk import Places, a_colleague

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def places(db, now):
    return Places(now)


@pytest.fixture
def admin(places, now):
    return a_colleague(places.state, Role.ADMIN, now, name="प्रबंधक")


@pytest.fixture
def at_admin(client, admin, now):
    """The administrator's browser, with the second factor given."""
    client.force_login(admin, backend=DOOR)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(admin.pk)
    session.save()
    return client


def person(**changes):
    return {"name": "सुनीता मीणा", "phone": "98290 12345", "share": "0", "gender": "U", "language": "hi"} | changes


def organisation_form(**changes):
    return {
        "name_hi": "जनमंच",
        "name_en": "Jan Manch",
        "brand": "#138808",
        "help_phone": "0141 2345678",
        "help_hours_hi": "सुबह 10 से शाम 6",
        "help_hours_en": "10 am to 6 pm",
        "sms_paise": "15",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
    } | changes


def test_every_list_opens_empty_and_filled(at_admin, now):
    known = people.know(phone="9829012345", name="सुनीता मीणा", now=now)
    Notice.objects.create(key="a", phone=known.phone, template="open", due_at=now, context={"url": "secret-link"})

    for model in site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        page = at_admin.get(address)
        assert page.status_code == 200, address
        assert "9829012345" not in page.content.decode(), address


def test_the_admin_speaks_both_languages_in_the_colours_of_the_house(at_admin):
    organisation.save(**organisation_form())

    hindi, english = at_admin.get("/admin/").content.decode(), at_admin.get("/en/admin/").content.decode()

    assert "--brand:#138808" in hindi
    assert "जनमंच" in hindi
    assert "Jan Manch" in english


def test_a_person_entered_by_hand_is_known_once(at_admin):
    at_admin.post("/admin/portal/person/add/", person())
    again = at_admin.post("/admin/portal/person/add/", person(name="Sunita Mina"))

    known = Person.objects.get(phone="+919829012345")
    assert again.status_code == 302
    assert (known.name, known.share) == ("सुनीता मीणा", 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"phone": "98290"}, "phone"), ({"name": "मोहन लाल"}, "phone"), ({"share": "7"}, "share"), ({"name": ""}, "name")],
)
def test_mistakes_are_told_at_the_field(at_admin, now, changes, field):
    people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    refused = at_admin.post("/admin/portal/person/add/", person(**changes))

    assert list(refused.context["adminform"].form.errors) == [field]
    assert Person.objects.filter(phone="+919829012345").count() == 1


def test_a_name_is_mended_with_its_search_key_and_the_phone_stays(at_admin, admin, now):
    known = people.know(phone="9829012345", name="सुनिता मिणा", now=now)

    at_admin.post(f"/admin/portal/person/{known.pk}/change/", person(name="कविता शर्मा", phone="9829099999"))

    known.refresh_from_db()
    assert (known.name, known.phone) == ("कविता शर्मा", "+919829012345")
    assert "kbt" in known.name_key
    last = audit.history(known).last()
    assert (last.verb, last.by, last.data) == ("changed", admin, {"fields": ["name"]})


@pytest.mark.parametrize(
    ("asked", "found"), [("sunita", 1), ("मीणा", 1), ("12345", 1), ("९८२९०१२३४५", 1), ("kavita", 0)]
)
def test_people_are_found_in_either_script_and_by_the_end_of_the_number(at_admin, now, asked, found):
    people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    page = at_admin.get("/admin/portal/person/", {"q": asked})

    assert len(page.context["cl"].result_list) == found


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often(at_admin, now, number, django_assert_num_queries):
    for nth in range(number):
        people.know(phone=f"98290000{nth:02}", name="सुनीता मीणा", now=now)
    at_admin.get("/admin/portal/person/")

    with django_assert_num_queries(6):
        at_admin.get("/admin/portal/person/")


def test_a_sign_in_is_opened_for_a_known_person_and_shut_at_once(at_admin, client, admin, now):
    known = people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    at_admin.post("/admin/portal/user/add/", {"person": known.pk})
    user = User.objects.get(person=known)
    at_admin.post(f"/admin/portal/user/{user.pk}/change/", {})

    user.refresh_from_db()
    assert user.is_active is False
    assert [event.verb for event in audit.history(user)] == ["opened", "shut out"]


def test_one_sign_in_a_phone(at_admin, now):
    first = people.know(phone="9829012345", name="सुनीता मीणा", now=now)
    second = people.know(phone="9829012345", name="मोहन लाल", share=1, now=now)
    at_admin.post("/admin/portal/user/add/", {"person": first.pk})

    refused = at_admin.post("/admin/portal/user/add/", {"person": second.pk})

    assert refused.context["adminform"].form.errors["person"] == ["इस नंबर से सुनीता मीणा पहले से लॉग इन करते हैं।"]


def test_the_organisation_s_shades_are_computed(at_admin):
    at_admin.post("/admin/portal/organisation/add/", organisation_form(brand="#ff9933"))

    house = organisation.current()
    assert (house.name_hi, house.on_brand, house.strong) == ("जनमंच", "#0b0c0c", "#a45b00")


def test_a_colour_that_is_none_is_told_at_its_field(at_admin):
    organisation.save(**organisation_form())

    refused = at_admin.post("/admin/portal/organisation/1/change/", organisation_form(brand="#12345z"))

    assert list(refused.context["adminform"].form.errors) == ["brand"]
    assert organisation.current().brand == "#138808"


def logo(size=(900, 600), kind="PNG"):
    file = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(file, kind)
    return SimpleUploadedFile("logo.png", file.getvalue())


def test_a_logo_is_made_small_whatever_comes(at_admin):
    at_admin.post("/admin/portal/organisation/add/", organisation_form(logo_file=logo()))

    kept = bytes(organisation.current().logo)
    assert len(kept) <= 12 * 1024
    assert kept[8:12] == b"WEBP"

    at_admin.post("/admin/portal/organisation/1/change/", organisation_form(without_logo="on"))
    assert organisation.current().logo is None


def test_a_logo_that_is_no_picture_is_refused(at_admin):
    zipped = SimpleUploadedFile("logo.png", b"PK\x03\x04" + b"\0" * 100)

    refused = at_admin.post("/admin/portal/organisation/add/", organisation_form(logo_file=zipped))

    assert refused.context["adminform"].form.errors["logo_file"] == ["लोगो PNG, WebP या JPG हो; यह फ़ाइल इनमें से नहीं है।"]


def test_versions_of_words_are_looked_at_and_lead_to_their_page(at_admin, admin, now):
    given = texts.Written("विषय", "((organisation)): ((url))")
    row = texts.write(template="result_waiting", language="hi", words=given, by=admin, now=now)

    page = at_admin.get(f"/admin/portal/noticetemplate/{row.pk}/change/").content.decode()

    assert 'href="/admin/templates/result_waiting/hi/"' in page
    assert at_admin.get("/admin/portal/noticetemplate/add/").status_code == 403


def test_what_failed_is_sent_again_when_a_person_asks_for_it(at_admin, now):
    common = {"phone": "+919829012345", "template": "open", "due_at": now}
    for number, status in enumerate(["FAILED", "UNKNOWN", "SENT"]):
        Notice.objects.create(key=str(number), status=status, **common)
    keys = list(Notice.objects.values_list("pk", flat=True))

    at_admin.post("/admin/portal/notice/", {"action": "send_again", "_selected_action": keys})

    assert sorted(Notice.objects.values_list("status", flat=True)) == ["QUEUED", "QUEUED", "SENT"]


def test_history_is_only_looked_at(at_admin, now):
    event = Event.objects.create(at=now, verb="did", kind="x", thing="1")
    notice = Notice.objects.create(
        key="a", email="sunita@example.org", template="open", due_at=now, context={"url": "secret"}
    )

    for row, name in ((event, "event"), (notice, "notice")):
        assert at_admin.get(f"/admin/portal/{name}/add/").status_code == 403
        assert at_admin.post(f"/admin/portal/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert at_admin.post(f"/admin/portal/{name}/{row.pk}/change/", {"verb": "x"}).status_code == 403
    page = at_admin.get(f"/admin/portal/notice/{notice.pk}/change/").content.decode()
    assert "secret" not in page
    assert "s•••@example.org" in page
    assert Document.objects.count() == 0


def test_only_administrators_enter(client, places, now):
    client.force_login(a_colleague(places.state, Role.STATE_OFFICE, now, 9), backend=DOOR)

    assert client.get("/admin/portal/person/").status_code in (302, 404)
    assert client.get("/admin/portal/person/", follow=True).status_code == 404


def test_a_language_of_the_notice_is_added_and_worded_anew(at_admin):
    add, rows = "/admin/applications/consenttext/add/", ConsentText.objects.filter(language="gu")
    said = {name: f"ગુજરાતી {name}" for name in notices.BOXES}

    assert at_admin.post(add, {"language": "gu"} | said | {"line_3": ""}).status_code == 200
    assert at_admin.post(add, {"language": "gu"} | said).status_code == 302
    assert [row.body["items"][0][0] for row in rows] == ["ગુજરાતી line_1"]

    again = at_admin.get(f"{add}?language=gu").content.decode()
    assert again.count("ગુજરાતી line_") == len(said)
    at_admin.post(add, {"language": "gu"} | said | {"line_1": "નામ"})
    assert list(rows.order_by("version").values_list("version", flat=True)) == [
        consent.version(),
        f"{consent.version()}-b",
    ]
    assert at_admin.get(f"/admin/applications/consenttext/{rows.first().pk}/change/").status_code == 200
    assert (
        at_admin.post(f"/admin/applications/consenttext/{rows.first().pk}/delete/", {"post": "yes"}).status_code == 403
    )
