"""What a panel member's phone keeps for the hours without a network, and what it sends afterwards."""

import gzip
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from interviews.domain import conflicts
from interviews.models import Conflict, InterviewDay, ScoreSheet
from interviews.views.prepared import SCRIPTS
from portal.models import Event
from tests.factories.sunday import arrived, at, called, judges_of, shortlisted

WRITING = " ".join(["पंचायत की बैठक में महिलाएँ पानी का हिसाब खुद पढ़ती हैं।"] * 13)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(at(10, 40), tick=False):
        yield


@pytest.fixture
def people(day, drive, places, now):
    """One waits with token 1, two are on their way."""
    rich = {"writing": WRITING, "work": "हर सप्ताह दो गाँवों में बैठक " * 8, "social_group": "SC"}
    first = arrived(day, shortlisted(drive, places.danta, now, 0, **rich), now)
    return [first, *(called(day, shortlisted(drive, places.danta, now, number, **rich), now) for number in (1, 2))]


@pytest.fixture
def judges(panel):
    return judges_of(panel)


@pytest.fixture
def seat(client, judges):
    client.force_login(judges[0].user)
    return client


def kept(client, day):
    return client.get(reverse("interviews:kept", args=[day.date]))


def send(client, judge, interview, mark=3, **more):
    criteria = interview.day.drive.criteria.all()
    said = {f"c{each.pk}": str(mark) for each in criteria} | {"note": "ठीक", "revision": "0", "do": "submit"}
    said |= {"who": judge.pk, "interview": interview.pk, "key": "k" * 9, "clock": "600000"}
    return client.post(reverse("interviews:send"), said | more)


def test_a_phone_keeps_the_cards_but_no_number_no_group_and_nobody_known(seat, day, people, judges, now):
    conflicts.declare(application=people[2].application, person=judges[0], by=None, now=now)

    answer = kept(seat, day)

    told, text = answer.json(), answer.content.decode()
    assert [(card["interview"], card["token"]) for card in told["cards"]] == [(people[0].pk, 1), (people[1].pk, None)]
    assert all(person.application.name in text for person in people[:2])
    assert "पानी का हिसाब" in told["cards"][1]["head"]
    assert len(told["sheets"]) == 1
    assert people[2].application.name not in text
    for person in people:
        assert person.application.phone[3:] not in text
    assert people[0].application.get_social_group_display() not in text
    assert (answer["Cache-Control"].count("no-store"), answer.cookies["prepared"]["httponly"]) == (1, True)


def test_it_is_written_down_once_a_day_and_ends_when_the_day_closes(seat, client, day, people, office):
    kept(seat, day)
    kept(seat, day)
    taken = list(Event.objects.filter(verb="took along on a phone").values_list("thing", flat=True))
    InterviewDay.objects.update(locked_at=timezone.now())
    closed, page = kept(seat, day), seat.get(reverse("interviews:my-panels")).content.decode()
    client.force_login(office)

    assert sorted(taken) == sorted(str(person.application_id) for person in people)
    assert (closed.status_code, 'id="prepare"' in page) == (404, False)
    assert kept(client, day).status_code == 404


def test_forty_cards_are_light_and_cost_no_question_each(
    seat, day, people, drive, places, now, django_assert_num_queries
):
    few = kept(seat, day).content
    with django_assert_num_queries(14):
        kept(seat, day)
    called(day, shortlisted(drive, places.danta, now, 3, writing=WRITING, work="हर सप्ताह " * 20), now)
    with django_assert_num_queries(15):  # the new one is written down
        more = kept(seat, day).content

    assert len(few) + 37 * (len(more) - len(few)) < 150 * 1024


def test_what_was_said_without_a_network_comes_first_with_its_own_time(seat, judges, people):
    undeclared = send(seat, judges[0], people[0])
    done = send(seat, judges[0], people[0], free="0")
    again = send(seat, judges[0], people[0], free="0")

    sheet = ScoreSheet.objects.get()
    assert [answer.status_code for answer in (undeclared, done, again)] == [403, 200, 200]
    assert "सुरक्षित" in undeclared.json()["words"]
    assert (sheet.declared_free_at, sheet.submitted_at) == (at(10, 30), at(10, 40))
    verbs = Event.objects.filter(kind="interviews.scoresheet").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["said to be free of conflict", "handed in"]


def test_a_conflict_said_without_a_network_is_noted_once(seat, day, judges, people):
    answers = [send(seat, judges[0], people[1], do="conflict", reason="रिश्तेदार") for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Conflict.objects.get().reason == "रिश्तेदार"
    assert people[1].application.name not in kept(seat, day).content.decode()
    handed = send(seat, judges[0], people[0], free="0")
    late = send(seat, judges[0], people[0], do="conflict")
    assert (handed.status_code, late.status_code, late.json()["same"]) == (200, 410, False)


def test_marks_of_a_closed_day_come_in_late_with_what_was_declared(seat, judges, people):
    InterviewDay.objects.update(locked_at=at(10, 35))

    refused = send(seat, judges[0], people[0], free="0")
    taken = send(seat, judges[0], people[0], free="0", do="late", late="नेटवर्क नहीं था")

    assert (refused.status_code, refused.json()["late"], taken.status_code) == (423, True, 200)
    assert ScoreSheet.objects.get().late_reason == "नेटवर्क नहीं था"


def test_the_scripts_of_the_card_are_small():
    assert sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in SCRIPTS) < 8 * 1024


def test_the_page_that_stays_holds_nobody(seat, people):
    page = seat.get(reverse("interviews:prepared")).content.decode()

    assert [person for person in people if person.application.name in page] == []
    assert seat.get(reverse("interviews:panel-worker"))["Content-Type"].startswith("text/javascript")
