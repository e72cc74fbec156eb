"""What must stay nowhere, and what must be seen by nobody: searched for in every table and page."""

import logging

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from tests.applications.views.test_apply import ABOUT, NAME, fill
from tests.factories import sunday
from tests.factories.everyone import Everyone

pytestmark = pytest.mark.usefixtures("clock")

MARK = "नन्हीं गुड़िया परमार"


def everything():
    """Each value of each row of ours, as text."""
    for model in apps.get_models():
        for row in model._base_manager.all():
            yield from (
                f"{model._meta.label}.{field.attname}={getattr(row, field.attname)!r}" for field in model._meta.fields
            )
    yield from (str(session.get_decoded()) for session in Session.objects.all())


def test_nothing_of_a_child_stays_in_the_database_the_session_or_the_log(client, drive, places, caplog):
    caplog.set_level(logging.DEBUG)
    fill(client, drive, places, until="about", name=NAME | {"name": MARK})
    kept_before = [text for text in everything() if MARK in text or "+919876500001" in text]

    answer = client.post(f"/d/{drive.slug}/apply/about/", ABOUT | {"birth_year": "2012", "education": MARK})

    assert kept_before != []
    assert "18" in answer.content.decode()
    assert [text for text in everything() if MARK in text or "9876500001" in text] == []
    assert MARK not in caplog.text
    assert "9876500001" not in caplog.text


def test_what_counts_for_representation_is_on_no_page_of_a_panel(db, now, clock):
    world = Everyone(now)
    type(world.interview.application).objects.update(gender="F", social_group="ST")
    clock.move_to(sunday.at(11))
    browser = world.browser("panel")

    pages = [browser.get(address) for address in ("/panel/", f"/panel/{sunday.SUNDAY}/{world.interview.token}/")]
    seen = " ".join(page.content.decode() for page in pages)

    assert [page.status_code for page in pages] == [200, 200]
    assert world.interview.application.name in seen
    for word in ("अनुसूचित", "जनजाति", "महिला", "98765"):
        assert word not in seen
