"""Time tells nothing either: known and unknown numbers take as long."""

import threading
import time

import pytest
from django.core.cache import cache

from portal.channels.base import CannotSend
from tests.portal.accounts.conftest import PHONE

ROUNDS, LONGEST = 8, 40  # of a busy machine more are asked for: what others do adds to each time, never takes away
MOST_APART = 0.020  # seconds, promise E13


class SlowProvider:
    """Takes half a second, as providers do, and then refuses."""

    def send(self, notice, words):
        time.sleep(0.5)
        raise CannotSend("slow", may_work_later=False)


def apart(took):
    """Seconds between the least times: the least is what is done, more is what others do."""
    known, unknown = (min(times) for times in took.values())
    return abs(known - unknown)


@pytest.mark.django_db(transaction=True)
def test_a_slow_provider_does_not_tell_who_may_sign_in(client, user, settings):
    settings.SEND_CODES_IN_THREAD, settings.ASKING_TAKES = True, 0.25
    settings.CHANNELS = settings.CHANNELS | {"sms": "tests.portal.accounts.test_time.SlowProvider"}
    took = {PHONE: [], "+919829099999": []}
    for count in range(LONGEST):
        if count >= ROUNDS and apart(took) < MOST_APART:
            break
        for number, times in took.items():
            cache.clear()
            browser = type(client)()
            begun = time.perf_counter()
            browser.post("/login/", {"phone": number})
            times.append(time.perf_counter() - begun)

    for sender in [thread for thread in threading.enumerate() if thread.name == "send at once"]:
        sender.join()
    assert apart(took) < MOST_APART
