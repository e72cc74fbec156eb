"""The administrator's first page: can the drive open, does it all live, who did what; and one search."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from applications.models import Criterion, Drive
from portal import pulses, tasks
from portal.accounts import opening
from portal.front import checklist, signs
from portal.models import Pulse
from tests.factories import sunday
from tests.factories.desk import a_drive
from tests.factories.everyone import NAME, PHONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_admin(everyone, time_machine):
    time_machine.move_to(sunday.at(11), tick=False)
    return everyone.browser("admin")


def a_coming_drive(everyone, slug="agla"):
    opens = timezone.now() + timedelta(days=3)
    return a_drive(everyone.units["RJ"], everyone.now, slug, opens_at=opens, closes_at=opens + timedelta(days=9))


def states(drive):
    found = next(one for one in checklist.lists(timezone.now()) if one.drive == drive)
    return found, {item.what: item.state for item in found.items}


def test_a_drive_is_told_what_it_lacks_and_what_keeps_it_shut(everyone, at_admin, settings):
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS", "email": "portal.channels.email.EmailChannel"}
    drive = a_coming_drive(everyone)

    with translation.override("en"):
        found, said = states(drive)

    assert said == {
        "Texts in Hindi and English": "better",
        "Steps of the form": "ready",
        "Criteria and weights": "ready",
        "Units imported": "ready",
        "District in-charges": "ready",
        "Words of the notices": "missing",
        "Sign-in by SMS": "missing",
        "A trial application": "ready",
        "Letters of the posters": "ready",
        "Backup": "better",
    }
    assert not found.can_open
    assert drive.title in at_admin.get("/admin/").content.decode()


def test_a_drive_without_criteria_cannot_open(everyone, at_admin):
    drive = a_coming_drive(everyone)
    Criterion.objects.filter(drive=drive).delete()

    with translation.override("en"):
        _found, said = states(drive)

    assert said["Criteria and weights"] == "missing"


def test_who_says_when_it_last_lived_is_well(at_admin):
    with translation.override("en"):
        before = {sign.what: sign.is_well for sign in signs.of_life(timezone.now())}
        tasks.show_life()
        call_command("pulse", "backup", note="412 MB", stdout=io.StringIO())
        after = {sign.what: (sign.is_well, sign.told) for sign in signs.of_life(timezone.now())}

    assert (before["The clock"], before["Last backup"]) == (False, False)
    assert after["The clock"][0] is True
    assert after["Last backup"][0] is True
    assert after["Last backup"][1].endswith("412 MB")
    assert set(pulses.last()) == {"clock", "backup"}


def test_a_pulse_with_a_bad_name_is_refused():
    with pytest.raises(CommandError, match="no name"):
        call_command("pulse", "no name")

    assert not Pulse.objects.exists()


def test_delicate_acts_stand_on_the_first_page(everyone, at_admin):
    opening.let_in(user=everyone.users["panel"], active=False, by=everyone.users["admin"], now=timezone.now())

    assert "shut a sign-in" in at_admin.get("/en/admin/").content.decode()


def test_the_first_page_asks_equally_often_with_more_drives(everyone, at_admin):
    a_coming_drive(everyone)
    at_admin.get("/admin/")
    with CaptureQueriesContext(connection) as one:
        at_admin.get("/admin/")
    a_coming_drive(everyone, "parson")
    with CaptureQueriesContext(connection) as two:
        at_admin.get("/admin/")

    assert len(two) - len(one) == 3  # its units, their faults, its in-charges
    assert Drive.objects.filter(opens_at__gt=timezone.now()).count() == 2


@pytest.mark.parametrize("asked", ["ref", "name", "digits", "unit", "letter"])
def test_one_box_finds_everything_and_shows_no_whole_number(everyone, at_admin, asked):
    application, letter = everyone.applications[0], everyone.appointment.letter
    questions = {
        "ref": (application.ref, f"/admin/applications/application/{application.pk}/change/"),
        "name": ("member", "/admin/portal/person/"),
        "digits": (everyone.users["member"].phone[-6:], "/admin/portal/person/"),
        "unit": ("sikar", f"/admin/committees/unit/{everyone.sikar.pk}/change/"),
        "letter": (letter.code.lower(), f"/admin/portal/document/{letter.pk}/change/"),
    }
    text, there = questions[asked]

    page = at_admin.get("/admin/find/", {"q": text}).content.decode()

    assert there in page
    assert PHONE[-10:] not in page
    assert NAME not in page
