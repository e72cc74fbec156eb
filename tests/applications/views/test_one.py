import pytest

from applications.models import Application, Photo
from applications.states import Status
from committees.levels import Role
from committees.models import Post, Seat
from portal import audit, people
from tests.factories.desk import a_colleague, a_drive, an_application

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def application(drive, places, now):
    return an_application(drive, places.booth, now)


def page_of(application, end=""):
    return f"/office/applications/{application.ref}/{end}"


def test_the_page_shows_what_was_written_and_no_full_number(at_office, application):
    page = at_office.get(f"/office/applications/{application.ref[:4]}-{application.ref[4:].lower()}/").content.decode()

    assert "हमारे गाँव में पानी की समस्या है।" in page
    assert "बूथ 112, पलसाना, रींगस, 34 दांतारामगढ़, सीकर" in page
    assert "98••• ••000" in page
    assert "98290 00000" not in page


def test_the_full_number_is_shown_once_and_written_down(at_office, application, office):
    shown = at_office.post(page_of(application, "number/"), {"why": "call"}).content.decode()

    assert "98290 00000" in shown
    last = audit.history(application).last()
    assert (last.verb, last.by, last.data) == ("read the number", office, {"why": "call"})
    assert "98290 00000" not in at_office.get(page_of(application)).content.decode()


@pytest.mark.parametrize("said", [{}, {"why": "curious"}, {"why": "other", "words": " "}])
def test_without_a_reason_there_is_no_number(at_office, application, said):
    shown = at_office.post(page_of(application, "number/"), said).content.decode()

    assert "98290 00000" not in shown
    assert not audit.history(application).filter(verb="read the number").exists()


def test_without_the_right_there_is_no_number(client, application, places, now):
    client.force_login(a_colleague(places.state, Role.CONVENER, now, 9), backend=DOOR)

    assert client.post(page_of(application, "number/")).status_code == 404
    assert not audit.history(application).exists()


def test_a_photo_is_shown_to_those_who_read_the_application(client, at_office, application, places, now):
    application.photo = Photo.objects.create(image=b"RIFF", width=3, height=4, made_at=now)
    application.save()

    seen = at_office.get(page_of(application, "photo"))

    assert (seen.status_code, seen["Content-Type"], seen["Cache-Control"]) == (
        200,
        "image/webp",
        "private, max-age=3600",
    )
    client.force_login(a_colleague(places.alwar, Role.INCHARGE, now, 8), backend=DOOR)
    assert client.get(page_of(application, "photo")).status_code == 404


def test_a_decision_is_told_in_the_story_and_can_be_taken_back(at_office, application):
    page = at_office.post(page_of(application, "move/"), {"to": Status.SHORTLISTED}, follow=True)
    batch = page.context["undo"]["batch"]
    back = at_office.post("/office/applications/undo/", {"batch": batch, "next": page_of(application)}, follow=True)

    assert [step.words for step in page.context["story"]] == ["साक्षात्कार सूची में"]
    assert [step.words for step in back.context["story"]] == ["साक्षात्कार सूची में", "वापस लिया गया: मिला"]
    assert back.redirect_chain == [(page_of(application), 302)]


def test_a_decision_leads_back_into_the_same_view(at_office, drive, application):
    """On a phone the neighbours and the way to the list come from the view in the address."""
    asked = f"{page_of(application)}?drive={drive.slug}"
    page = at_office.get(asked)
    answers = {"to": Status.SHORTLISTED, "next": page.context["back_to"], "query": page.context["query"]}

    back = at_office.post(page_of(application, "move/"), answers, follow=True)

    assert back.redirect_chain == [(f"{asked}#", 302)]
    assert back.context["undo"]["told"] == f"{application.name}: साक्षात्कार सूची में।"


def test_a_missing_reason_is_told_where_the_page_opens(at_office, application):
    """The buttons stand below all answers: on a phone three screens down."""
    page = at_office.post(page_of(application, "move/"), {"to": Status.NOT_SELECTED}).content.decode()

    assert f'action="{page_of(application, "move/")}#errors"' in page
    assert f"<title>त्रुटि: {application.name}</title>" in page


@pytest.mark.parametrize("end", ["move/", "number/", "appoint/"])
def test_who_had_to_log_in_before_deciding_lands_on_the_application(at_office, application, end):
    """The door leads back to the address of the form: by GET there was an empty page."""
    assert at_office.get(page_of(application, end)).url == page_of(application)


@pytest.mark.parametrize("end", ["move/", "print/"])
def test_the_addresses_of_forms_about_many_lead_to_the_desk(at_office, end):
    assert at_office.get(f"/office/applications/{end}").url == "/office/applications/"


def test_undo_sends_nobody_to_another_site(at_office):
    back = at_office.post("/office/applications/undo/", {"batch": "x", "next": "https://evil.example/"})

    assert back.url == "/office/applications/"


def test_a_slower_colleague_is_told(at_office, application):
    Application.objects.filter(pk=application.pk).update(status=Status.NOT_SELECTED)

    page = at_office.post(page_of(application, "move/"), {"to": Status.SELECTED, "reason": "…"})

    assert page.status_code == 200  # no arrow leads there from what stands now
    assert Application.objects.get().status == Status.NOT_SELECTED


@pytest.fixture
def seat(places):
    post = Post.objects.create(code="secretary", level="mandal", name_hi="मंडल सचिव", name_en="Mandal secretary")
    return Seat.objects.create(unit=places.mandal, post=post, number=1)


def test_a_selected_applicant_is_given_a_vacant_seat(at_office, places, now, seat):
    own = a_drive(places.sikar, now, slug="sikar-2025", interviews=False)
    application = an_application(own, places.booth, now)
    at_office.post(page_of(application, "move/"), {"to": Status.SELECTED})

    done = at_office.post(page_of(application, "appoint/"), {"seat": seat.pk}, follow=True)

    assert "नियुक्ति हुई। पत्र तैयार है और सूचना जा रही है।" in done.content.decode()
    assert seat.appointments.get().person.name == application.name


def test_a_number_known_under_another_name_asks_about_the_family(at_office, drive, places, now, seat):
    application = an_application(drive, places.booth, now, status=Status.SELECTED)
    people.know(phone=application.phone, name="मोहन लाल", now=now)

    asked = at_office.post(page_of(application, "appoint/"), {"seat": seat.pk})
    assert list(asked.context["appoint_form"].errors) == ["shares_phone"]

    at_office.post(page_of(application, "appoint/"), {"seat": seat.pk, "shares_phone": "on"})
    assert seat.appointments.get().person.share == 1
