"""The second pair of eyes: rows in every stuck state are found, and a second look finds nothing."""

import pytest

from portal import outbox, pulses
from portal.models import Notice
from portal.models.notices import NoticeStatus
from portal.outbox import sending
from tests.portal.outbox.world import HOUR, MINUTE, NOTHING, hello, statuses

CLEAN = {"freed": 0, "unknown": 0, "too_late": 0, "sent": 0}

pytestmark = pytest.mark.django_db


def test_what_stands_still_in_any_state_is_mended_once(provider, now):
    outbox.queue([hello(now, "in hand"), hello(now + HOUR, "useless", useful_until=now + 2 * HOUR)])
    died = sending.Sweep(now)
    died.begin(died.take(), now)
    outbox.queue([hello(now, "reserved")])
    sending.Sweep(now).take()
    later = now + 3 * HOUR
    pulses.beat(name=pulses.OUTBOX, now=later)

    assert outbox.mend(now=later) == {"freed": 1, "unknown": 1, "too_late": 1, "sent": 0}
    assert outbox.mend(now=later) == CLEAN

    assert statuses() == {
        "in hand": NoticeStatus.UNKNOWN,
        "reserved": NoticeStatus.QUEUED,
        "useless": NoticeStatus.TOO_LATE,
    }
    assert outbox.send_due(now=later) == NOTHING | {"sent": 1}


def test_what_a_sweep_has_in_hand_is_left_to_it(provider, now):
    outbox.queue([hello(now, "in hand"), hello(now, "reserved")])
    sweep = sending.Sweep(now)
    sweep.begin(sweep.take()[:1], now)
    pulses.beat(name=pulses.OUTBOX, now=now)

    assert outbox.mend(now=now + MINUTE) == CLEAN
    assert Notice.objects.filter(claim=sweep.claim).count() == 2


def test_when_nobody_sends_the_mender_does_and_says_so(provider, now, caplog):
    outbox.queue([hello(now)])
    pulses.beat(name=pulses.OUTBOX, now=now)

    assert outbox.mend(now=now + 2 * MINUTE) == CLEAN
    assert outbox.mend(now=now + 3 * MINUTE) == CLEAN | {"sent": 1}
    assert "nobody sends them" in caplog.text
    assert outbox.mend(now=now + 9 * MINUTE) == CLEAN
