"""A correction that is answered "done" is done: with the checks of the form, or refused in words."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from applications.models import Application
from committees.levels import Role
from portal import outbox, people, requests
from portal.me import asking, settling
from portal.models import DataRequest, Notice, Person
from tests.factories.desk import a_colleague, an_application

FIELD = "applications.application."


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def office(places, now):
    browser = Client()
    browser.force_login(a_colleague(places.state, Role.STATE_OFFICE, now))
    return browser


@pytest.fixture
def application(drive, places, now):
    return an_application(drive, places.booth, now, gender="M", social_group="OBC", extra={"import:पार्क": "गाँधी"})


def asked(thing, field, new, now):
    return asking.ask(kind="correct", thing=thing, field=field, old="…", new=new, language="hi", now=now)


def done(office, request, **value):
    return office.post(f"/office/requests/{request.number}/", {"status": "DONE", "answer": "सुधारा", **value})


@pytest.mark.parametrize(
    ("field", "new", "value", "now_there"),
    [
        ("gender", "महिला", {"gender": "W"}, {"gender": "W"}),
        ("social_group", "ST", {"social_group": "ST"}, {"social_group": "ST"}),
        ("since", "10 वर्ष से अधिक", {"since": "10+"}, {"since": "10+"}),
        ("birth_year", "१९९०", {"birth_year": "१९९०"}, {"birth_year": 1990}),
        ("education", "बी.ए.", {"education": "बी.ए."}, {"education": "बी.ए."}),
        ("extra", "सिटी पार्क", {"import0": "सिटी पार्क"}, {"extra": {"import:पार्क": "सिटी पार्क"}}),
        ("links", "", {"links": ""}, {"links": [], "no_links": True}),
    ],
)
def test_each_value_is_written_as_the_form_would(office, application, now, field, new, value, now_there):
    request = asked(application, FIELD + field, new, now)

    answer = done(office, request, **value)

    application.refresh_from_db()
    assert answer.status_code == 302
    assert {name: getattr(application, name) for name in now_there} == now_there


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_year", {"birth_year": "99999999999999999999"}),
        ("birth_year", {"birth_year": "2012"}),
        ("since", {}),
        ("since", {"since": "always"}),
        ("phone", {"phone": "12345"}),
        ("phone", {"phone": "98290 00001"}),
        ("links", {"links": "मेरा पेज"}),
        ("unit", {"unit": "0"}),
        ("writing", {"writing": "तीन शब्द बस"}),
    ],
)
def test_what_does_not_fit_is_refused_in_words(office, application, drive, places, now, field, value):
    an_application(drive, places.booth, now, number=1)
    before = Application.objects.values().get(pk=application.pk)
    request = asked(application, FIELD + field, "?", now)

    answer = done(office, request, **value)

    request.refresh_from_db()
    assert (answer.status_code, request.status) == (422, "OPEN")
    assert Application.objects.values().get(pk=application.pk) == before


def test_a_corrected_number_takes_the_queued_messages_along(office, application, now):
    url = f"https://srijan.example/a/?k={application.link_key}"
    waiting = {"template": "receipt", "context": {"name": application.name, "url": url}, "due_at": now}
    outbox.queue([Notice(key="receipt:1", phone=application.phone, **waiting)])
    request = asked(application, f"{FIELD}phone", "98765 43210", now)

    done(office, request, phone="98765 43210")

    assert Application.objects.get(pk=application.pk).phone == "+919876543210"
    assert Notice.objects.get(key="receipt:1").phone == "+919876543210"


def test_the_place_is_asked_about_and_found_by_its_name(office, application, places, now):
    client = Client()
    client.get(f"/me/?k={application.link_key}")
    client.post(f"/me/a-{application.ref}/correct/{FIELD}unit/", {"new": "रामगढ़", "words": ""})
    request = DataRequest.objects.get()

    page = office.get(f"/office/requests/{request.number}/").content.decode()
    done(office, request, unit=places.ramgarh.pk)

    application.refresh_from_db()
    assert f'value="{places.ramgarh.pk}"' in page
    assert (application.unit, request.old) == (places.ramgarh, "बूथ 112 (बूथ), सीकर")


def test_what_was_judged_or_made_is_not_offered(application):
    client = Client()
    client.get(f"/me/?k={application.link_key}")

    codes = [
        client.get(f"/me/a-{application.ref}/correct/{FIELD}{field}/").status_code for field in ("name_key", "since")
    ]

    assert codes == [404, 200]


def test_a_number_of_somebody_who_signs_in_moves_with_the_sign_in(places, now):
    user = a_colleague(places.sikar, Role.INCHARGE, now, number=2)
    other = a_colleague(places.state, Role.STATE_OFFICE, now, number=3)
    request = asked(user.person, "portal.person.phone", "98765 43210", now)
    answered = {"request": request, "status": "DONE", "answer": "हो गया", "by": other, "now": now}

    with pytest.raises(settling.NumberTaken):
        settling.answer(**answered, values={"phone": other.phone})
    with pytest.raises(settling.CannotCorrect):
        settling.answer(**answered)
    settling.answer(**answered, values={"phone": "+919876543210"})

    user.refresh_from_db()
    assert (user.phone, Person.objects.get(pk=user.person_id).phone) == ("+919876543210", "+919876543210")
    assert list(requests.waiting()) == []
    assert set(asking.OF_PERSON) - {"phone"} <= people.CHANGEABLE
