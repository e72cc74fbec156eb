"""The written invariants: there are many, a whole world keeps them, and what breaks one is told."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from committees.models import Appointment, Seat, Unit
from interviews.models import Interview
from portal import invariants

pytestmark = pytest.mark.django_db


def told(*options):
    """What the command prints, and with what it ends."""
    out = StringIO()
    try:
        call_command("check_invariants", *options, stdout=out, stderr=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_there_are_many_and_a_whole_world_keeps_them(everyone):
    code, printed = told("--json")

    assert (code, json.loads(printed)["violations"]) == (0, [])
    assert json.loads(printed)["checked"] == len(invariants.rules()) >= 40
    assert {name.split(".")[0] for name in invariants.RULES} == {
        "portal", "committees", "applications", "interviews", "training",
    }  # fmt: skip


def test_what_is_broken_is_told_with_a_few_rows(everyone):
    Unit.objects.filter(code="AC036-A").update(path="elsewhere")
    sat = Appointment.objects.filter(until=None).order_by("pk").first()
    Appointment.objects.filter(pk=sat.pk).update(only_one="all", accepted_at=sat.since - timedelta(days=1))
    Interview.objects.update(token=None, status="ARRIVED")
    chair = Seat.objects.filter(unit__level="booth").first()
    Seat.objects.filter(pk=chair.pk).update(unit=Unit.objects.get(code="SKR"), number=999)

    code, printed = told("--json")

    broken = {row["name"]: row["some"] for row in json.loads(printed)["violations"]}
    assert code == 1
    assert broken["committees.seats_of_another_level"] == [chair.pk]
    assert broken["committees.appointments_accepted_too_early"] == [sat.pk]
    found = {"committees.units_at_a_wrong_place", "committees.holders_counted_as_others"}
    assert set(broken) >= found | {"interviews.visitors_without_a_token"}
    assert "broken" in told()[1]
