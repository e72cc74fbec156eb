"""The notice before consent: what was agreed to is what was shown."""

import pytest
import time_machine

from applications import consent
from applications.domain import consenting
from applications.models import Application
from tests.factories.form import a_draft, handed_in, phone

SAME = {"name": "Sunita Meena", "phone": phone(), "on_whatsapp": True, "family": False}


@pytest.fixture
def agree(client, drive, places, now):
    """A filled draft in a browser; call it with the version that the page showed."""
    draft = a_draft(drive, places.booth, now)
    with time_machine.travel(now, tick=False):
        client.post(f"/resume/?k={draft.key}", {"year": "1995"})

    def press(shown, **more):
        sent = {"consent": "on", "wants_messages": "on", "version": shown, "draft": draft.pk}
        with time_machine.travel(now, tick=False):
            return client.post(f"/d/{drive.slug}/apply/check/", sent | more)

    return press


@pytest.mark.parametrize("shown", ["2024-01-1.0123abcd", ""])
def test_nobody_consents_to_words_they_did_not_see(agree, shown):
    again = agree(shown)

    page = again.content.decode()
    assert again.status_code == 409
    assert "आपकी जानकारी के उपयोग की सूचना बदल गई है" in page
    assert f'name="version" value="{consent.version()}"' in page
    assert "checked" not in page.partition('id="notice"')[2]
    assert Application.objects.count() == 0


def test_the_words_that_were_shown_are_put_on_record(agree):
    agree("2024-01-1.0123abcd")
    agree(consent.version())

    text = Application.objects.get().consent_text
    assert (text.version, text.body) == (consent.version(), consent.words(consent.version(), "hi"))


def test_the_page_for_a_family_carries_the_version_on(agree, drive, places, now):
    handed_in(drive, places.booth, now, name=SAME)

    page = agree(consent.version()).content.decode()

    assert f'name="version" value="{consent.version()}"' in page
    assert agree(consent.version(), family="1").status_code == 302
    assert Application.objects.count() == 2


@pytest.fixture
def urdu(office, now):
    """The notice in Urdu, each line marked."""
    said = [f"اردو {number}" for number, _line in enumerate(consent.originals())]
    return consenting.add_language(language="ur", said=said, by=office, now=now)


def test_the_notice_is_read_and_agreed_to_in_a_language_that_the_office_added(client, agree, urdu, drive, now):
    with time_machine.travel(now, tick=False):
        page = client.get(f"/d/{drive.slug}/apply/check/?notice=ur").content.decode()
    assert '<div lang="ur" dir="rtl">' in page
    assert f'name="version" value="{urdu.version}"' in page
    assert f'<span lang="ur" dir="rtl">{urdu.body["labels"]["consent"]}</span>' in page
    assert '<a href="?notice=hi#notice" lang="hi"' in page

    assert agree(urdu.version, read_in="ur").status_code == 302

    assert Application.objects.get().consent_text == urdu
    assert Application.objects.get().language == "hi"


def test_better_words_are_a_version_of_their_own(client, agree, urdu, office, now):
    said = [f"بہتر {number}" for number, _line in enumerate(consent.originals())]
    better = consenting.add_language(language="ur", said=said, by=office, now=now)

    assert better.version == f"{urdu.version}-b"
    assert consent.said_before(better.body) == said
    assert agree(urdu.version, read_in="ur").status_code == 409
    assert "بہتر" in client.get("/privacy/?notice=ur").content.decode()
    old = client.get(f"/privacy/{urdu.version}/?notice=ur").content.decode()
    assert ('dir="rtl"' in old, urdu.body["items"][0][0] in old) == (True, True)
    assert len(better.version) <= 20


def test_what_is_read_in_english_on_a_hindi_page_is_kept_in_english(agree):
    assert agree(consent.version(), read_in="en").status_code == 302

    text = Application.objects.get().consent_text
    assert (text.language, text.body["items"][0][0]) == ("en", "Name and mobile number")


def test_a_version_shown_in_hindi_alone_is_read_in_english_too(agree, client):
    agree(consent.version(), read_in="hi")

    hindi, english = (client.get(f"{way}/privacy/{consent.version()}/").content.decode() for way in ("", "/en"))
    assert ("नाम और मोबाइल नंबर" in hindi, "SHA-256" in hindi) == (True, True)
    assert ("Name and mobile number" in english, "SHA-256" in english) == (True, False)  # it is no text that was shown


def test_a_language_that_nobody_added_is_read_in_hindi(agree, client):
    assert "नाम और मोबाइल नंबर" in client.get("/privacy/?notice=gu").content.decode()
    assert agree(consent.version(), read_in="gu").status_code == 302
    assert Application.objects.get().consent_text.language == "hi"
