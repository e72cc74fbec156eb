"""Who looks after a worker asks it; only one that could hear and does not is deaf."""

from datetime import timedelta

import pytest
import redis

from portal import celery_app, pulses
from portal.management.commands.hands import Ear
from portal.models import Pulse
from tests import services

MINUTE = timedelta(minutes=1)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def broker(redis_url, monkeypatch):
    """The broker's questions, with nobody who takes them."""
    monkeypatch.setitem(celery_app.conf, "broker_url", redis_url)
    monkeypatch.setattr(celery_app, "_pool", None)
    monkeypatch.setattr(celery_app.amqp, "_producer_pool", None)
    with redis.Redis.from_url(redis_url) as line:
        line.delete("urgent")
        yield line
        line.delete("urgent")


def deaf_minutes(ear, now, minutes, *, heard=()):
    """The minutes in which the worker is called deaf; in those of ``heard`` it begins a task."""
    found = []
    for minute in range(minutes):
        if minute in heard:
            pulses.beat(name="urgent", now=now + minute * MINUTE)
        if ear.is_deaf(now + minute * MINUTE):
            found.append(minute)
    return found


def test_a_worker_that_takes_nothing_is_deaf_when_its_queue_has_waited_long_enough(broker, now):
    assert deaf_minutes(Ear("urgent"), now, 6) == [4, 5]
    assert broker.llen("urgent") == 6  # it was asked each time


def test_a_worker_that_begins_something_now_and_then_hears(broker, now):
    assert deaf_minutes(Ear("urgent"), now, 9, heard={1, 3, 6}) == []
    assert Pulse.objects.get().name == "urgent"


def test_nobody_is_blamed_while_the_broker_is_away(broker, now, monkeypatch):
    monkeypatch.setitem(celery_app.conf, "broker_url", f"redis://127.0.0.1:{services.free_port()}/0")

    assert deaf_minutes(Ear("urgent"), now, 9) == []
