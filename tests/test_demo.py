"""The demo tells its whole story, with nobody real in it."""

import csv
import json
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from applications.models import Application, Draft, Drive
from committees.domain import tree
from committees.models import Appointment
from interviews.models import Interview, ScoreSheet
from interviews.states import Status
from portal.demo import people as made_up
from portal.demo import telling
from portal.models import Notice, Person
from portal.models.notices import NoticeStatus
from training.models import Enrolment

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told(*options):
    """What the command prints."""
    out = StringIO()
    call_command("make_demo", *options, stdout=out)
    return out.getvalue()


def test_the_small_demo_stands_in_the_middle_of_everything(time_machine, now):
    time_machine.move_to(now)

    printed = told()

    assert set(Drive.objects.open(now).values_list("interviews", flat=True)) == {True, False}
    assert Draft.objects.unfinished().count() == 4
    assert set(Interview.objects.values_list("status", flat=True)) >= {Status.DONE, Status.IN_ROOM, Status.ARRIVED}
    assert ScoreSheet.objects.submitted().count() == 34
    assert Appointment.objects.filter(accepted_at=None).exists()
    assert set(Enrolment.objects.values_list("answer", flat=True)) >= {"", "yes", "no"}
    assert not tree.wrong_units().exists()
    assert not Notice.objects.filter(status=NoticeStatus.QUEUED).exists()
    assert all(word in printed for word in ["प्रदेश कार्यालय 1", "जिला प्रभारी, सीकर", "पैनल सदस्य, पैनल 1", "/q/"])
    assert telling.counts()["application"] == Application.objects.count() == 105
    with pytest.raises(CommandError, match="not empty"):
        told("--json")


@pytest.mark.soak
def test_the_demo_of_a_state_reaches_its_numbers():  # the full one has a trial of its own: tests/load/test_full.py
    counts = json.loads(told("--scale", "state", "--json"))

    assert (counts["unit"], counts["application"]) == (64_174, 2_605)
    assert counts["appointment"] >= 600
    assert not tree.wrong_units().exists()


def test_no_demo_is_poured_over_real_people(now):
    Person.objects.create(name="सुनीता", phone="+919829012345", created_at=now)

    with pytest.raises(CommandError, match="not empty"):
        told()

    assert Person.objects.count() == 1


def test_nobody_of_public_life_is_made_up():
    with (made_up.DATA / "names.csv").open(encoding="utf-8") as lines:
        names = {row["id"]: row["name_hi"] for row in csv.DictReader(lines)}
    with (made_up.DATA / "not_together.csv").open(encoding="utf-8") as lines:
        known = {f"{names[row['first']]} {names[row['surname']]}" for row in csv.DictReader(lines)}

    made = list(made_up.make(20_000, random=Random(7)))

    assert len(known) == 255
    assert {person.name for person in made} & known == set()
    assert len({person.phone for person in made}) == 20_000
