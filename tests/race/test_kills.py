"""Senders that are killed with -9 in the middle: nothing is lost, and only what is marked may have left twice."""

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections

from portal import outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.race.test_outbox import MANY, promise

KILLS = 12


@pytest.fixture
def provider(provider):
    provider.takes = 0.004
    return provider


def begin_a_sender(now):
    """A process of its own, with a connection of its own, that sweeps."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        outbox.send_due(now=now)
    finally:
        os._exit(0)


def test_senders_killed_at_random_points_lose_nothing(transactional_db, provider, now):
    promise(now)
    chance = random.Random(15)

    for kill in range(KILLS):
        sender = begin_a_sender(now + timedelta(minutes=3 * kill))  # each finds the last one's rows free again
        time.sleep(chance.uniform(0.005, 0.06))
        os.kill(sender, signal.SIGKILL)
        os.waitpid(sender, 0)
    later = now + timedelta(hours=2)
    outbox.mend(now=later)
    outbox.send_due(now=later)

    rows = dict(Notice.objects.values_list("key", "status"))
    arrived = Counter(message["reference"] for message in provider.messages)
    assert len(rows) == MANY
    assert set(rows.values()) <= {NoticeStatus.SENT, NoticeStatus.UNKNOWN}
    assert [key for key, status in rows.items() if status == NoticeStatus.SENT and arrived[key] != 1] == []
    assert max(arrived.values()) == 1
