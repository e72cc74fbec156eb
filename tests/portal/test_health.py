"""Health turns red when notices stay behind."""

from datetime import timedelta

import pytest

from portal import health, outbox
from portal.models import Notice

pytestmark = pytest.mark.django_db


def promise(now, minutes):
    outbox.queue(
        [Notice(key=f"x:{minutes}", phone="+919829012345", template="x", due_at=now - timedelta(minutes=minutes))]
    )


def test_an_empty_outbox_is_healthy(now):
    assert health.report(now) == {"ok": True, "oldest_unsent_seconds": 0, "failed_today": 0, "sms_left_today": 50_000}


def test_a_notice_just_due_is_no_reason_to_worry(now):
    promise(now, 3)

    assert health.report(now) == {"ok": True, "oldest_unsent_seconds": 180, "failed_today": 0, "sms_left_today": 50_000}


def test_a_notice_left_behind_is(now, client):
    promise(now, 11)

    assert health.report(now)["ok"] is False
    assert client.get("/health/").status_code == 503
