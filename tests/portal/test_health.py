"""Health is red within three minutes, whatever stands still."""

from datetime import timedelta

import pytest

from portal import health, outbox, pulses
from portal.models import Notice
from tests.provider import sms_provider

MINUTE = timedelta(minutes=1)
WELL = {"ok": True, "troubles": [], "oldest_unsent_seconds": 0, "failed_today": 0, "sms_left_today": 50_000}

pytestmark = pytest.mark.django_db


def promise(at, key="x", template="x", **fields):
    context = {"organisation": "संगठन", "code": "1"}
    outbox.queue([Notice(key=key, phone="+919829012345", template=template, context=context, due_at=at, **fields)])


def troubles(now):
    found = health.report(now)
    assert found["ok"] is not bool(found["troubles"])
    return found["troubles"]


def test_an_empty_outbox_is_healthy(now):
    assert health.report(now) == WELL


def test_a_notice_just_due_is_no_reason_to_worry(now):
    promise(now)

    assert health.report(now + 2 * MINUTE) == WELL | {"oldest_unsent_seconds": 120}


def test_a_notice_that_nobody_sends_is_within_three_minutes(now, client, clock):
    promise(now)
    clock.shift(3 * MINUTE)

    assert troubles(now + 3 * MINUTE) == ["notices stay behind"]
    assert client.get("/health/").status_code == 503


def test_many_that_take_their_time_are_no_reason_while_sweeps_are_seen(now):
    promise(now)
    pulses.beat(name=pulses.OUTBOX, now=now + 9 * MINUTE)

    assert troubles(now + 9 * MINUTE) == []
    assert troubles(now + 11 * MINUTE) == ["notices stay behind"]  # one person's own has waited too long
    Notice.objects.update(urgency=2)
    assert troubles(now + 11 * MINUTE) == []


def test_who_was_heard_and_is_silent_is_named(now):
    for name in (pulses.CLOCK, "urgent", "usual", "long"):
        pulses.beat(name=name, now=now)

    assert troubles(now + 2 * MINUTE) == []
    assert troubles(now + 3 * MINUTE) == ["clock is silent", "urgent is silent"]
    assert troubles(now + 16 * MINUTE) == ["clock is silent", "urgent is silent", "usual is silent", "long is silent"]
    assert troubles(now + timedelta(days=2)) == ["clock is silent"]  # the workers were taken away


def test_a_provider_that_does_not_answer_is_named_at_once_and_until_one_gets_through(now, settings):
    with sms_provider() as provider:
        settings.CHANNELS = {"sms": "portal.channels.http.HttpSMS"}
        settings.SMS_HTTP_URL = provider.url
        provider.answers = [(503, b"")] * 3
        for number in range(3):
            promise(now, f"code:{number}", "code")

        outbox.send_due(now=now)
        refused = troubles(now + MINUTE)
        promise(now, "code:4", "code")
        outbox.send_due(now=now + MINUTE)

    assert refused == ["sms does not get through"]
    assert troubles(now + 2 * MINUTE) == []


def test_a_parked_task_is_named(now):
    pulses.beat(name="parked-portal-tasks-do-jobs", note="portal.tasks.do_jobs", now=now)

    assert troubles(now + MINUTE) == ["portal.tasks.do_jobs was parked"]
    assert troubles(now + 15 * MINUTE) == []
