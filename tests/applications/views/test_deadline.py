"""The deadline through the pages, to the millisecond: what is shown, what is taken, who has the grace."""

from datetime import timedelta

import pytest
from django.test import Client

from applications import consent
from applications.domain import drafting, submitting
from applications.domain.drafting import Closed
from applications.models import Application
from applications.models.drives import GRACE
from tests.factories.form import a_draft, answers

pytestmark = pytest.mark.usefixtures("clock")

MS, MINUTE = timedelta(milliseconds=1), timedelta(minutes=1)
CONSENT = {"consent_version": consent.version(), "wants_messages": False}


@pytest.fixture
def draft(drive, places, now):
    """All seven steps are filled in, a day before."""
    return a_draft(drive, places.booth, now)


def holder(draft):
    client = Client()
    client.post(f"/resume/?k={draft.key}", {"year": "1995"})
    return client


def handed_in(client, draft):
    """Was it taken, and in the grace?"""
    agreed = {"consent": "on", "version": consent.version(), "draft": draft.pk}
    page = client.post(f"/d/{draft.drive.slug}/apply/check/", agreed, follow=True)
    application = Application.objects.first()
    return (application.in_grace if application else None), page.content.decode()


@pytest.mark.parametrize(
    ("after", "in_grace", "says"),
    [
        (-MS, False, "आवेदन जमा हो गया"),
        (timedelta(0), True, "आवेदन जमा हो गया"),
        (MS, True, "आवेदन जमा हो गया"),
        (GRACE - MS, True, "आवेदन जमा हो गया"),
        (GRACE, None, "यह आवेदन जमा नहीं हुआ"),
        (GRACE + MS, None, "यह आवेदन जमा नहीं हुआ"),
    ],
)
def test_a_draft_with_a_root_is_taken_until_the_grace_is_over(drive, draft, clock, after, in_grace, says):
    client = holder(draft)
    clock.move_to(drive.closes_at + after)

    taken, page = handed_in(client, draft)

    assert taken == in_grace
    assert says in page
    assert ("सुनीता मीणा" in page) or taken is not None  # what was written stays to be read


@pytest.mark.parametrize("lacks", ["name", "area"])
def test_what_had_no_name_number_and_area_has_no_grace(drive, places, now, clock, lacks):
    draft = a_draft(drive, places.booth, now, **{lacks: None})
    client = holder(draft)
    clock.move_to(drive.closes_at + MS)

    page = client.get(f"/d/{drive.slug}/apply/about/", follow=True).content.decode()

    assert "आवेदन बंद हो चुके हैं</h1>" in page


def test_an_area_that_came_late_is_kept_and_brings_no_grace(drive, places, now):
    draft = a_draft(drive, places.booth, now, area=None)
    late = drive.closes_at + MS
    said = answers(drive, places.booth)["area"]

    drafting.save_step(draft=draft, step="area", answers=said, now=late)

    assert draft.answers["area"]["unit"] == places.booth.pk
    with pytest.raises(Closed):
        submitting.submit(draft=draft, **CONSENT, now=late + MS)
    drive.closes_at += timedelta(days=1)  # more time was given: now it was there before the deadline
    drive.save()
    assert submitting.submit(draft=draft, **CONSENT, now=drive.closes_at + MS).in_grace is True


def test_an_area_changed_within_the_grace_costs_nothing(drive, draft, places):
    late = drive.closes_at + MS

    drafting.save_step(draft=draft, step="area", answers=answers(drive, places.mandal)["area"], now=late)

    assert submitting.submit(draft=draft, **CONSENT, now=late + MS).unit == places.mandal


@pytest.mark.parametrize(("after", "open_now"), [(-MS, True), (timedelta(0), False), (MS, False)])
def test_the_landing_turns_at_the_deadline(client, drive, clock, after, open_now):
    clock.move_to(drive.closes_at + after)

    text = client.get(f"/d/{drive.slug}/").content.decode()

    assert ("आवेदन शुरू करें" in text, "आवेदन बंद हो चुके हैं</h1>" in text) == (open_now, not open_now)


def test_the_grace_is_said_before_within_and_no_longer_after(client, drive, draft, clock):
    own = holder(draft)
    said = []
    for moment in (-MINUTE, MINUTE, GRACE):
        clock.move_to(drive.closes_at + moment)
        landing = client.get(f"/d/{drive.slug}/").content.decode()
        step = own.get(f"/d/{drive.slug}/apply/work/").content.decode()
        said.append(("15 मिनट और मिलेंगे" in landing, "सुबह 10:15 बजे तक" in landing, "सुबह 10:15 बजे तक" in step))

    assert said == [(True, False, False), (False, True, True), (False, False, False)]


def test_nobody_new_begins_at_the_deadline(client, drive, clock):
    clock.move_to(drive.closes_at)

    answer = client.get(f"/d/{drive.slug}/apply/name/")

    assert answer["Location"] == f"/d/{drive.slug}/"
