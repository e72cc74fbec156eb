"""Forty hands, one phone: the constraint decides, and without it the bug is there."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from applications import consent
from applications.domain import submitting
from applications.domain.submitting import AlreadyApplied, Closed
from applications.models import Application, Draft
from applications.models.drives import GRACE
from portal.models import Notice
from tests.factories.desk import Places, a_drive
from tests.factories.form import a_draft, phone
from tests.race.barrier import run_together

HANDS = 40
NOW = datetime(2025, 11, 10, 10, 0, tzinfo=ZoneInfo("Asia/Kolkata"))

pytestmark = pytest.mark.django_db(transaction=True)


def world():
    places = Places(NOW)
    return places, a_drive(places.state, NOW)


def submit(draft, now=NOW):
    return submitting.submit(draft=draft, consent_version=consent.version(), wants_messages=False, now=now)


@contextmanager
def without(model, name):
    """The world in which the constraint was never written; put back afterwards."""
    ours = model._meta.constraints
    constraint = next(one for one in ours if one.name == name)
    model._meta.constraints = [one for one in ours if one is not constraint]  # SQLite makes the table anew from these
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
        yield
    finally:
        model.objects.all().delete()
        model._meta.constraints = ours
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


def test_forty_drafts_of_one_phone_become_one_application():
    places, drive = world()
    drafts = [a_draft(drive, places.booth, NOW) for _hand in range(HANDS)]

    outcomes = run_together(HANDS, lambda number: submit(drafts[number]))

    application = Application.objects.get()
    assert outcomes.count(application) == 1
    losers = [outcome for outcome in outcomes if outcome != application]
    assert [type(loser) for loser in losers] == [AlreadyApplied] * (HANDS - 1)
    assert {loser.application for loser in losers} == {application}
    assert Notice.objects.count() == 1


def test_without_the_constraint_one_phone_would_apply_many_times():
    places, drive = world()
    drafts = [a_draft(drive, places.booth, NOW) for _hand in range(HANDS)]

    with without(Application, "one_application_a_phone_and_share"):
        run_together(HANDS, lambda number: submit(drafts[number]))

        assert Application.objects.filter(phone=phone()).count() == HANDS


def test_forty_presses_of_one_button_are_one_receipt():
    places, drive = world()
    draft = a_draft(drive, places.booth, NOW)

    outcomes = run_together(HANDS, lambda _number: submit(Draft.objects.get(pk=draft.pk)))

    assert outcomes == [Application.objects.get()] * HANDS
    assert Notice.objects.count() == 1


def test_a_family_phone_gets_three_shares_from_forty_hands():
    places, drive = world()
    family = {"name": {"name": "रमेश", "phone": phone(), "on_whatsapp": True, "family": True}}
    drafts = [a_draft(drive, places.booth, NOW, **family) for _hand in range(HANDS)]

    run_together(HANDS, lambda number: submit(drafts[number]))

    assert sorted(Application.objects.values_list("share", flat=True)) == [1, 2, 3]


MILLISECOND = timedelta(milliseconds=1)


@pytest.mark.parametrize("writers", [HANDS, pytest.param(500, marks=pytest.mark.soak)])
def test_hands_on_both_sides_of_the_deadline_are_told_apart_to_the_millisecond(writers):
    """Who began in time is taken until the grace is over; who began at the deadline or later, never."""
    places, drive = world()
    end, over = drive.closes_at, drive.closes_at + GRACE
    late_drafts = {number: number % 5 == 4 for number in range(writers)}
    moments = [at + apart for at in (end, over) for apart in (-MILLISECOND, timedelta(0), MILLISECOND)]
    drafts = [a_draft(drive, places.booth, NOW, number) for number in range(writers)]
    Draft.objects.filter(pk__in=[drafts[number].pk for number, late in late_drafts.items() if late]).update(
        begun_at=end, saved_at=end
    )

    def one(number):
        return submit(Draft.objects.select_related("drive").get(pk=drafts[number].pk), moments[number % 6])

    outcomes = [
        outcome
        for first in range(0, writers, HANDS)
        for outcome in run_together(min(HANDS, writers - first), lambda hand, first=first: one(first + hand))
    ]

    def right(number):
        moment = moments[number % 6]
        return Application if moment < end or (moment < over and not late_drafts[number]) else Closed

    assert [type(outcome) for outcome in outcomes] == [right(number) for number in range(writers)]
    kept = Application.objects.all()
    assert not kept.filter(submitted_at__gte=over).exists()
    assert set(kept.filter(submitted_at__gte=end)) == set(kept.filter(in_grace=True))
