"""Somebody comes to the desk without an application: few words, the notice read out, a token."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from applications import consent
from applications.models import Application, Consent, Photo
from applications.states import Status
from interviews.models import Interview, InterviewDay
from portal.models import Event, Notice
from tests.factories.desk import an_application
from tests.factories.sunday import arrived, at, shortlisted

SAID = {"name": "पुष्पा गुर्जर", "phone": "98290 77777", "birth_year": "1998", "place": "पलसाना", "on_whatsapp": "on"}


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(at(11, 40), tick=False) as clock:
        yield clock


@pytest.fixture
def still_open(drive):
    """The drive takes applications on its interview day too."""
    type(drive).objects.update(closes_at=at(20))


def address(day, name="on-the-spot"):
    return reverse(f"interviews:{name}", args=day.address)


def say(client, day, places, **but):
    said = SAID | {"unit": str(places.mandal.pk), "consent": "on"} | {"version": consent.version(), "read_in": "hi"}
    return client.post(address(day), {word: value for word, value in (said | but).items() if value is not None})


def test_few_words_and_the_notice_read_out_give_a_token(client, reception, day, places, still_open):
    client.force_login(reception)
    asked = say(client, day, places, unit=None).content.decode()

    answer = say(client, day, places)

    interview = Interview.objects.select_related("application__consent_text", "application__unit").get()
    application = interview.application
    assert ("इनमें से कौन-सी?" in asked, "पलसाना" in asked) == (True, True)
    assert (answer.url, interview.token, interview.walked_in) == (address(day, "queue"), 1, True)
    assert (application.status, application.unit, application.entered_by) == (
        Status.SHORTLISTED,
        places.mandal,
        reception,
    )
    assert (application.phone, application.name) == ("+919829077777", "पुष्पा गुर्जर")
    assert application.consent_text.version == consent.version()
    assert Consent.objects.filter(application=application).count() == 1
    assert Notice.objects.get(key=f"receipt:{application.pk}").phone == "+919829077777"
    assert Event.objects.filter(verb="submitted", by=reception).exists()


def test_a_day_for_those_who_were_called_takes_nobody_else(client, reception, day, places, still_open):
    client.force_login(reception)
    InterviewDay.objects.update(takes_walk_ins=False)

    answer = say(client, day, places)

    assert answer.url == address(day, "queue")
    assert not Application.objects.exists()


def test_under_eighteen_nothing_is_kept(client, reception, day, places, still_open):
    client.force_login(reception)

    answer = say(client, day, places, birth_year="2009")

    assert (answer.status_code, "18 साल से कम" in answer.content.decode()) == (422, True)
    assert "पुष्पा" not in answer.content.decode()
    assert (Application.objects.count(), Interview.objects.count()) == (0, 0)


def test_without_consent_or_a_place_of_the_day_nothing_is_kept(client, reception, day, places, still_open):
    client.force_login(reception)

    silent = say(client, day, places, consent=None)
    elsewhere = say(client, day, places, unit="999999")
    own = say(client, day, places, phone=reception.phone)
    reworded = say(client, day, places, version="old")

    assert [answer.status_code for answer in (silent, elsewhere, own, reworded)] == [422] * 4
    assert Application.objects.count() == 0


def test_a_number_that_has_applied_leads_to_that_application(
    client, reception, office, day, drive, places, now, still_open
):
    listed = shortlisted(drive, places.danta, now, 1)
    waits = an_application(drive, places.danta, now, 2)
    client.force_login(reception)
    to_list = say(client, day, places, phone=listed.phone).content.decode()
    to_office = say(client, day, places, phone=waits.phone).content.decode()
    client.force_login(office)
    offered = say(client, day, places, phone=waits.phone).content.decode()
    client.post(address(day), {"known": waits.ref})
    sister = say(client, day, places, phone=waits.phone, family="on")

    assert f"?q={listed.ref}" in to_list
    assert (waits.name in to_office, f'value="{waits.ref}"' in to_office) == (True, False)
    assert f'value="{waits.ref}"' in offered
    assert sister.status_code == 302
    rows = Interview.objects.order_by("token").values_list("application__phone", "application__share", "token")
    assert list(rows) == [(waits.phone, 0, 1), (waits.phone, 1, 2)]


def test_after_the_closing_date_only_the_office_and_never_on_another_day(
    client, reception, office, day, places, sunday
):
    client.force_login(reception)
    closed = client.get(address(day)).url
    client.force_login(office)
    taken = say(client, day, places).url
    InterviewDay.objects.update(locked_at=at(11, 45))
    locked = client.get(address(day)).url
    InterviewDay.objects.update(locked_at=None)
    sunday.move_to(at(11) + timedelta(days=1))
    client.force_login(office)
    late = say(client, day, places, phone="9829088888")

    assert {closed, taken, locked, late.url} == {address(day, "queue")}
    assert Application.objects.count() == 1


def test_who_came_without_a_photo_gets_one_once(client, reception, day, drive, places, now):
    interview = arrived(day, shortlisted(drive, places.danta, now), now)
    client.force_login(reception)
    page = reverse("interviews:visitor", args=[*day.address, interview.pk])
    there = reverse("interviews:spot-photo", args=[*day.address, interview.pk])

    no_picture = client.post(there, {"photo": SimpleUploadedFile("a.jpg", b"nothing")}, follow=True).content.decode()
    asked = client.get(page).content.decode()
    for _twice in range(2):
        client.post(there, {"photo": SimpleUploadedFile("a.png", a_picture())})

    assert ("JPG, PNG" in no_picture, f'action="{there}"' in asked) == (True, True)
    assert Photo.objects.get() == Application.objects.get().photo
    assert f'action="{there}"' not in client.get(page).content.decode()
    assert Event.objects.filter(verb="took a photo", by=reception).count() == 1


def a_picture():
    file = BytesIO()
    Image.new("RGB", (60, 80), "teal").save(file, "PNG")
    return file.getvalue()
