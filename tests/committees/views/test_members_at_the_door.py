"""Office-bearers without rights of their own come in by the code on their phone."""

import pytest
from django.utils import timezone

from committees.domain import seats
from portal import channels
from portal.models import User
from tests.factories.committees import make_holder, make_person


@pytest.fixture
def sms(settings):
    """SMS become files here."""
    settings.CHANNELS = settings.CHANNELS | {"sms": "portal.channels.files.FileSMS"}
    channels._backend.cache_clear()
    yield settings.SMS_FILE_DIR
    channels._backend.cache_clear()


def code_in(folder):
    text = max(folder.glob("*.json")).read_text(encoding="utf-8")
    return next(word for word in text.split() if word.isdecimal() and len(word) == 6)


def test_a_member_gets_a_code_and_sees_the_own_work(client, units, now, sms):
    person = make_person(now, "सुनीता मीणा")
    make_holder("booth-member", next(unit for unit in units.values() if unit.level == "booth"), now, person)
    assert not User.objects.filter(person=person).exists()

    client.post("/login/", {"phone": person.phone})
    client.post("/login/code/", {"code": code_in(sms)})

    page = client.get("/work/").content.decode()
    assert "बूथ समिति सदस्य" in page
    assert '<a class="btn sec" href="/posters/">मेरा QR और पोस्टर</a>' in page
    assert client.get("/posters/").status_code == 200
    assert client.get("/office/applications/").status_code == 404


def test_who_sat_once_or_never_gets_none(client, units, now, sms):
    former, stranger = make_person(now, "सुनीता मीणा"), make_person(now, "महेन्द्र सेन")
    booth = next(unit for unit in units.values() if unit.level == "booth")
    seats.end(appointment=make_holder("booth-member", booth, now, former), reason="x", by=None, now=timezone.now())

    for person in (former, stranger):
        client.post("/login/", {"phone": person.phone})

    assert not User.objects.exists()
    assert not list(sms.glob("*.json"))
