"""Offers: the office's page, and the applicant's yes or no by the personal link."""

import pytest
import time_machine
from django.test import Client

from interviews.domain import closing, conflicts, deciding, freezing
from interviews.models import Offer
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def selected(day, drive, places, now, panel, office, other_office):
    """Somebody selected, on a frozen day, a quarter past eight in the evening."""
    interview = interviewed(day, shortlisted(drive, places.danta, now), now)
    handed_in(interview, judges_of(panel)[0])
    decision = deciding.propose(interview=interview, outcome="SELECTED", reason="rank", by=office, now=at(18))
    deciding.approve(decision=decision, by=other_office, now=at(18, 30))
    closing.close_day(day=day, by=office, now=at(19))
    freezing.freeze(day=day, by=office, now=at(19, 30))
    with time_machine.travel(at(20, 15), tick=False):
        yield interview.application


@pytest.fixture
def colleague(office):
    client = Client()
    client.force_login(office, backend=DOOR)
    return client


def base(day):
    return f"/office/interviews/{day.date}/{day.drive.slug}/offers/"


def offered(colleague, day, **fields):
    key = day.interviews.get().decision.pk
    return colleague.post(f"{base(day)}send/", {"decision": key, "days": 5} | fields, follow=True)


def own(application, answer=None, **fields):
    """What the applicant sees by the personal link, after an answer."""
    client, page = Client(), f"/a/{application.ref}/offer/"
    client.get(page, {"k": application.link_key})
    answered = client.post(page, {"answer": answer, **fields}, follow=True) if answer else client.get(page)
    return answered.content.decode(), client.get(f"/a/{application.ref}/").content.decode()


def test_the_office_asks_and_gives_more_time(selected, day, colleague):
    assert selected.name in colleague.get(base(day)).content.decode()
    assert offered(colleague, day, days=0).status_code == 422
    assert offered(colleague, day, decision=[]).status_code == 422
    assert not Offer.objects.exists()

    page = offered(colleague, day).content.decode()

    offer = Offer.objects.get()
    assert f"भेजने वाले: {offer.sent_by.person.name}" in page
    assert (offer.expires_at.isoformat(), "उत्तर की प्रतीक्षा" in page) == ("2025-11-21T18:29:00+00:00", True)
    more = f"{base(day)}more/"
    for wrong in ({"days": 9}, {"days": 2, "why": "asked"}):
        assert colleague.post(more, {"offer": offer.pk} | wrong).status_code == 422
    assert colleague.post(more, {"offer": offer.pk, "days": 9, "why": "asked"}).status_code == 302
    offer.refresh_from_db()
    assert offer.expires_at.date().isoformat() == "2025-11-25"


def test_the_applicant_says_yes_without_signing_in_and_reads_it_in_the_timeline(selected, day, colleague):
    offered(colleague, day)

    question, life = own(selected)
    assert ("शुक्रवार, 21 नवंबर 2025, रात 11:59 बजे" in question, f"/a/{selected.ref}/offer/" in life) == (True, True)
    assert "तक उत्तर दें" in life
    answered, life = own(selected, "yes")

    assert ("आपने ज़िम्मेदारी स्वीकार की" in answered, "आपने हाँ कहा" in life) == (True, True)
    assert Offer.objects.get().takes_it is True


def test_a_relative_in_the_office_finds_nobody_there(selected, day, colleague, office):
    offered(colleague, day)
    conflicts.declare(application=selected, person=office.person, reason="चाचा", by=office, now=at(20, 10))

    assert selected.name not in colleague.get(base(day)).content.decode()
    more = {"offer": Offer.objects.get().pk, "days": 9, "why": "asked"}
    assert colleague.post(f"{base(day)}more/", more).status_code == 404


def test_a_no_is_asked_about_once_more(selected, day, colleague):
    offered(colleague, day)

    assert "क्या सचमुच स्वीकार नहीं?" in own(selected, "no")[0]
    assert Offer.objects.get().takes_it is None
    answered, life = own(selected, "no", sure="1")

    assert "आपने ज़िम्मेदारी स्वीकार नहीं की" in answered
    assert ("ज़िम्मेदारी नहीं ली" in life, "आपने मना किया" in life, "चयन नहीं हुआ" in life) == (True, True, False)
    assert own(selected, "yes")[0].count("उत्तर दिया जा चुका है") == 1


def test_without_an_offer_or_the_link_there_is_nothing_to_answer(selected, day, colleague, client):
    page = f"/a/{selected.ref}/offer/"
    assert own(selected)[0] == ""
    offered(colleague, day)

    assert client.get(page).status_code == 302
    client.post(page, {"answer": "yes"})
    assert Offer.objects.get().takes_it is None
