"""The desk on the day: one person's page, pauses, the lost network, the wall, the own place in the line."""

import json
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.access import Right
from committees.domain import lending
from interviews.domain import planning, reserve
from interviews.models import Interview, Pause
from portal.models import Event
from tests.factories.committees import make_person
from tests.factories.sunday import a_day, arrived, called, shortlisted


@pytest.fixture
def today(drive, places):
    """A day that goes on now, whatever the clock."""
    now = timezone.now()
    window = {"starts": time(0), "ends": time(23, 59)}
    return a_day(drive, places.state, now, panels=2, date=timezone.localdate(now), **window)


@pytest.fixture
def waiting(today, drive, places):
    now = timezone.now()
    slot = today.panels.first().slots.last()
    return arrived(today, shortlisted(drive, places.danta, now), now, when=now - timedelta(minutes=20), slot=slot)


def url(name, day, *more):
    return reverse(f"interviews:{name}", args=[*day.address, *more])


def test_one_person_goes_first_moves_and_is_told(client, reception, today, waiting):
    client.force_login(reception)
    there = today.panels.last()
    page = url("visitor", today, waiting.pk)

    client.post(page, {"do": f"first:{waiting.pk}", "priority": "senior"})
    client.post(page, {"do": f"move:{waiting.pk}", "panel": there.pk})
    shown = client.get(page).content.decode()
    message = client.get(url("visitor-whatsapp", today, waiting.pk))

    waiting.refresh_from_db()
    assert (waiting.priority, waiting.priority_by, waiting.panel) == ("senior", reception, there)
    assert "वरिष्ठ" in shown
    assert waiting.application.phone[-5:] not in shown.replace(" ", "")
    assert message.url.startswith(f"https://wa.me/{waiting.application.phone[1:]}?text=")
    verbs = set(Event.objects.filter(by=reception).values_list("verb", flat=True))
    assert {"let first", "moved to a panel", "opened the application", "read the number"} <= verbs


def test_a_search_at_the_desk_is_written_down_for_whom_it_showed(client, reception, today, waiting):
    client.force_login(reception)
    client.get(url("queue", today), {"q": waiting.application.phone[-4:]})

    seen = Event.objects.filter(by=reception).values_list("verb", "kind", "data")
    assert ("searched at the desk", "interviews.interviewday", {"found": 1}) in seen
    assert ("opened the application", "applications.application", {}) in seen


def test_a_panel_that_pauses_is_seen_at_the_desk_and_on_the_wall(client, reception, today, waiting):
    client.force_login(reception)
    panel = waiting.panel
    client.post(url("queue", today), {"do": f"pause:{panel.pk}", f"why-{panel.pk}": "चाय"})
    board = planning.open_board(day=today, by=None, now=timezone.now())

    assert "चाय" in client.get(url("queue", today)).content.decode()
    assert "<b>–</b><p>विराम" in client.get(reverse("interviews:board", args=[board.key])).content.decode()
    client.post(url("queue", today), {"do": f"resume:{panel.pk}"})
    assert Pause.objects.get().ends_at is not None


def test_presses_that_waited_are_sent_twice_and_done_once(client, reception, today, drive, places):
    now = timezone.now()
    client.force_login(reception)
    person = called(today, shortlisted(drive, places.danta, now), now, slot=today.panels.first().slots.last())
    press = {"key": "a" * 20, "do": f"check_in:{person.pk}", "at": (now - timedelta(minutes=5)).timestamp() * 1000}

    answers = [
        client.post(url("queue-sync", today), json.dumps({"presses": [press]}), "application/json").json()
        for _twice in range(2)
    ]

    assert answers[0] == answers[1]
    assert (answers[0]["done"][0]["state"], answers[0]["done"][0]["token"]) == ("done", 1)
    assert abs(Interview.objects.get().arrived_at - (now - timedelta(minutes=5))) < timedelta(seconds=1)
    broken = client.post(url("queue-sync", today), "[1", "application/json")
    assert (broken.status_code, broken.json()) == (422, {"done": []})


def test_the_list_stays_on_the_device_until_the_day_closes(client, office, today):
    client.force_login(office)
    open_day = client.get(url("queue", today))["X-Desk"]
    client.post(url("queue", today), {"do": "close"})
    client.post(url("queue", today), {"do": "reopen", "reason": "बस देर से आई"})
    page = client.get(url("queue", today))

    assert (open_day, page["X-Desk"]) == ("keep", "forget")
    assert "बस देर से आई" in page.content.decode()
    assert client.get(url("queue-worker", today))["Content-Type"].startswith("text/javascript")


def test_a_deputy_does_not_open_a_day_again_in_the_givers_place(client, office, today, places):
    now = timezone.now()
    given = {"rights": [Right.PLAN, Right.RECEIVE], "fill": 0, "until": timezone.localdate(now)}
    told = {"giver": office.person.appointments.get(), "person": make_person(now), "by": office, "now": now}
    deputy = lending.lend(unit=places.state, **given, **told).person.user
    client.force_login(office)
    client.post(url("queue", today), {"do": "close"})
    client.post(url("queue", today), {"do": "reopen", "reason": "बस देर से आई"})

    client.force_login(deputy)
    seen, pressed = client.get(url("queue", today)), client.post(url("queue", today), {"do": "agree"})

    assert (seen.status_code, pressed.status_code) == (200, 404)
    assert type(today).objects.get(pk=today.pk).locked_at is not None


def test_who_waits_sees_the_own_place_in_the_line(client, today, waiting, drive, places):
    now = timezone.now()
    behind = arrived(today, shortlisted(drive, places.danta, now, 1), now, when=now, slot=waiting.panel.slots.all()[5])
    application = behind.application
    client.get(f"/a/{application.ref}/?k={application.link_key}")

    page = client.get(reverse("interviews:call", args=[application.ref])).content.decode()

    assert 'http-equiv="refresh"' in page
    assert "आपसे पहले" in page or "अगली बारी आपकी है" in page


def test_who_is_called_from_standby_reads_so_and_shows_the_code(client, reception, today, drive, places):
    now = timezone.now()
    application = shortlisted(drive, places.danta, now)
    spare = Interview.objects.create(day=today, application=application, standby=1)
    client.get(f"/a/{application.ref}/?k={application.link_key}")
    page = reverse("interviews:call", args=[application.ref])
    before = client.get(page).content.decode()
    reserve.call(interview=spare, by=reception, now=now)
    called_in = client.get(page).content.decode()

    assert ("अतिरिक्त सूची" in before, "अतिरिक्त सूची" in called_in) == (False, True)
    assert 'class="qr"' in called_in
