"""The notice before consent: what was agreed to is what was shown."""

import pytest
import time_machine

from applications import consent
from applications.models import Application
from tests.factories.form import a_draft, handed_in, phone

ANOTHER = {"name": "मोहन लाल", "phone": phone(), "on_whatsapp": True, "family": False}


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
    handed_in(drive, places.booth, now, name=ANOTHER)

    page = agree(consent.version()).content.decode()

    assert f'name="version" value="{consent.version()}"' in page
    assert agree(consent.version(), family="1").status_code == 302
    assert Application.objects.count() == 2
