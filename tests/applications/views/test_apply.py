"""The seven steps through the pages, without a script."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications import consent
from applications.domain import linking
from applications.models import Application, Draft, Photo
from portal.models import Notice
from tests.factories.desk import a_drive
from tests.factories.form import SAMPLE, picture

pytestmark = pytest.mark.usefixtures("clock")

NAME = {"name": " सुनीता  मीणा ", "phone": "०९८७६५ ००००१", "on_whatsapp": "on"}
ABOUT = {"birth_year": "१९९५", "education": "बी.ए."}
WORK = {"since": "2-5", "roles": "", "work": "घर-घर संपर्क"}
SOCIAL = {"link1": "https://www.instagram.com/sunita/", "link2": "fb sunita.meena", "followers": "500-2k"}


def address(drive, step):
    return f"/d/{drive.slug}/apply/{step}/"


def fill(client, drive, places, *, until="check", **changed):
    """Post the steps in order, each as a browser would; the last answer comes back."""
    steps = {
        "name": NAME,
        "area": {"unit": places.booth.pk},
        "about": ABOUT,
        "work": WORK,
        "social": SOCIAL,
        "writing": {"prompt": drive.prompts.first().pk, "writing": SAMPLE},
        "photo": {"can_come": "yes", "serve_level": "district"},
    } | changed
    answer = None
    for step, answers in steps.items():
        if step == until:
            break
        answer = client.post(address(drive, step), answers)
    return answer


def submit(client, drive, **more):
    agreed = {"consent": "on", "version": consent.version()}
    return client.post(address(drive, "check"), {**agreed, "draft": Draft.objects.last().pk, **more})


def test_the_whole_way_to_the_receipt(client, drive, places):
    assert fill(client, drive, places)["Location"] == address(drive, "check")
    page = client.get(address(drive, "check")).content.decode()
    assert "98765 00001" in page
    assert "Instagram: instagram.com/sunita" in page
    assert "500 से 2,000" in page
    assert "पलसाना" in page

    receipt = client.get(submit(client, drive)["Location"])

    application = Application.objects.get()
    assert (application.name, application.phone) == ("सुनीता मीणा", "+919876500001")
    assert (application.unit, application.birth_year) == (places.booth, 1995)
    assert [link["platform"] for link in application.links] == ["Instagram", "Facebook"]
    assert "आवेदन जमा हो गया" in receipt.content.decode()


def test_pressing_submit_twenty_times_is_one_application_and_one_receipt(client, drive, places):
    fill(client, drive, places)

    receipts = {submit(client, drive)["Location"] for _press in range(20)}

    assert receipts == {f"/a/{Application.objects.get().ref}/"}


def test_consent_is_never_ticked_for_anybody_and_never_left_out(client, drive, places):
    fill(client, drive, places)
    assert "checked" not in client.get(address(drive, "check")).content.decode().partition('id="notice"')[2]

    sent = {"draft": Draft.objects.get().pk, "version": consent.version()}
    answer = client.post(address(drive, "check"), sent)

    assert answer.status_code == 422
    assert "सहमति देने पर ही आवेदन जमा होगा" in answer.content.decode()
    assert not Application.objects.exists()


def test_each_step_is_saved_and_going_back_shows_it(client, drive, places):
    fill(client, drive, places, until="work")

    assert set(Draft.objects.get().answers) == {"name", "area", "about"}
    page = client.get(address(drive, "name")).content.decode()
    assert 'value="सुनीता मीणा"' in page
    assert 'value="9876500001"' in page
    assert "सहेजा गया, सुबह 10:00 बजे" in page
    assert "checked" in client.get(address(drive, "area")).content.decode()


def test_bad_answers_come_back_in_our_words_and_with_what_was_typed(client, drive, places):
    answer = client.post(address(drive, "name"), {"name": "सुनीता", "phone": "98765"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("मोबाइल नंबर 10 अंकों का होना चाहिए") == 2  # in the summary and at the field
    assert "<title>त्रुटि:" in page.replace("\n", "")
    assert 'value="98765"' in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("words", "taken"), [(49, False), (50, True), (150, True), (151, False)])
def test_words_are_counted_as_a_reader_would(client, drive, places, words, taken):
    fill(client, drive, places, until="writing")
    text = " ".join(["क्षेत्र।"] * words)

    answer = client.post(address(drive, "writing"), {"prompt": drive.prompts.first().pk, "writing": text})

    assert (answer.status_code == 302) == taken
    if not taken:
        assert f"अभी {words} शब्द हैं" in answer.content.decode()


@pytest.mark.parametrize("year", ["2008", "2015", "2025"])
def test_under_18_is_refused_and_nothing_is_kept(client, drive, places, year):
    fill(client, drive, places, until="about")

    page = client.post(address(drive, "about"), {"birth_year": year}).content.decode()

    assert "आवेदन 18 साल की उम्र से हो सकता है" in page
    assert (Draft.objects.count(), Application.objects.count()) == (0, 0)
    assert client.get(address(drive, "area"))["Location"] == address(drive, "name")


def test_in_the_year_of_the_eighteenth_birthday_we_ask(client, drive, places):
    fill(client, drive, places, until="about")

    asked = client.post(address(drive, "about"), {"birth_year": "2007"})
    assert "18 साल पूरे हो चुके हों तो यह चुनें" in asked.content.decode()

    said = client.post(address(drive, "about"), {"birth_year": "2007", "adult": "on"})
    assert said["Location"] == address(drive, "work")
    assert Draft.objects.get().answers["about"] == {"birth_year": 2007, "education": ""}


def test_representation_is_asked_only_where_the_drive_asks(client, drive, places, now):
    asking = a_drive(places.sikar, now, "sikar-2025", asks_representation=True)
    fill(client, drive, places, until="about")
    fill(client, asking, places, until="about")

    assert "सामाजिक वर्ग" not in client.get(address(drive, "about")).content.decode()
    assert "सामाजिक वर्ग" in client.get(address(asking, "about")).content.decode()


def test_a_photo_is_made_anew_and_a_zip_is_refused_with_the_rest_kept(client, drive, places):
    fill(client, drive, places, until="photo")
    fake = SimpleUploadedFile("me.jpg", b"PK\x03\x04 not a picture", "image/jpeg")

    refused = client.post(address(drive, "photo"), {"photo": fake, "can_come": "other", "serve_level": "booth"})
    page = refused.content.decode()
    assert "फ़ोटो JPG, PNG या WebP हो" in page
    assert page.split("</style>")[-1].count("checked") == 2
    assert not Photo.objects.exists()

    real = SimpleUploadedFile("me.jpg", picture(size=(3000, 2000)), "image/jpeg")
    client.post(address(drive, "photo"), {"photo": real, "can_come": "yes", "serve_level": "booth"})
    assert [(photo.width, photo.height) for photo in Photo.objects.all()] == [(1024, 683)]


def test_changing_from_the_check_page_returns_there(client, drive, places):
    fill(client, drive, places)

    answer = client.post(address(drive, "work") + "?to=check", WORK | {"roles": "वार्ड अध्यक्ष"})

    assert answer["Location"] == address(drive, "check")
    assert "वार्ड अध्यक्ष" in client.get(address(drive, "check")).content.decode()


def test_what_is_missing_is_named_with_its_way(client, drive, places):
    fill(client, drive, places, until="writing")

    answer = submit(client, drive)

    assert answer.status_code == 422
    assert f"{address(drive, 'writing')}?to=check" in answer.content.decode()


def test_a_step_from_a_device_that_lost_its_cookie_is_kept_all_the_same(client, drive, places):
    answer = client.post(address(drive, "work"), WORK)

    assert answer["Location"] == address(drive, "name")
    assert list(Draft.objects.get().answers) == ["work"]


def test_no_page_is_a_step_of_another_name(client, drive):
    assert client.get(address(drive, "religion")).status_code == 404


def test_after_the_deadline_the_answers_stay_and_the_page_says_closed(client, drive, places, clock):
    fill(client, drive, places, until="photo")
    clock.move_to(drive.closes_at + timedelta(minutes=15))

    answer = client.post(address(drive, "photo"), {"can_come": "no", "serve_level": "state"})

    page = answer.content.decode()
    assert "यह आवेदन जमा नहीं हुआ" in page
    assert "सुनीता मीणा" in page
    assert Draft.objects.get().answers["photo"] == {"can_come": "no", "serve_level": "state"}
    assert "आवेदन बंद हो चुके हैं" in submit(client, drive).content.decode()
    assert not Application.objects.exists()


def test_the_grace_takes_what_was_begun_and_nobody_new(client, drive, places, clock):
    fill(client, drive, places)
    clock.move_to(drive.closes_at + timedelta(minutes=14))

    assert "अंतिम समय निकल चुका है" in client.get(address(drive, "check")).content.decode()
    assert Client().get(address(drive, "name"))["Location"] == f"/d/{drive.slug}/"
    assert Client().post(address(drive, "name"), NAME)["Location"] == f"/d/{drive.slug}/"
    submit(client, drive)

    assert Application.objects.get().in_grace is True


def test_where_the_qr_came_from_goes_with_the_application(client, drive, places, now):
    first = linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)
    last = linking.make_link(drive=drive, via="whatsapp", by=None, now=now)
    for link in (first, last):
        client.get(f"/q/{link.code}")
    fill(client, drive, places)

    submit(client, drive)

    application = Application.objects.get()
    assert (application.link, application.first_link) == (last, first)


@pytest.mark.parametrize("step", ["name", "area", "about", "work", "social", "writing", "photo"])
def test_a_step_asks_the_database_at_most_eight_times(client, drive, places, step, django_assert_max_num_queries):
    fill(client, drive, places)

    with django_assert_max_num_queries(8):
        assert client.get(address(drive, step)).status_code == 200


def test_handing_in_costs_seven_questions(client, drive, places):
    others = [Client(), Client(), client]  # the first of a notice writes its words down, the next remembers them
    for number, other in enumerate(others):
        fill(other, drive, places, name=NAME | {"phone": f"987650010{number}"})
        agreed = {"consent": "on", "version": consent.version(), "draft": Draft.objects.latest("pk").pk}

        with CaptureQueriesContext(connection) as asked:
            assert other.post(address(drive, "check"), agreed)["Location"][:3] == "/a/"

    questions = [query["sql"].split()[0] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert questions == ["SELECT"] * 2 + ["INSERT", "UPDATE"] + ["INSERT"] * 3


def test_a_dead_broker_and_cache_never_break_a_submission(client, drive, places, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "portal.caches.PatientRedis",
            "LOCATION": "redis://127.0.0.1:1",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1"
    fill(client, drive, places)

    receipt = submit(client, drive)

    assert client.get(receipt["Location"]).status_code == 200
    assert Notice.objects.get().key == f"receipt:{Application.objects.get().pk}"
