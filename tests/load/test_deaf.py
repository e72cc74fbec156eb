"""A worker that is connected and takes nothing is ended and begun anew."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tests import services
from tests.load.house import children
from tests.portal.test_celery import PROMISE, Installation

HANDS = """
import sys
from datetime import timedelta
import django
django.setup()
from django.core.management import call_command
from portal.management.commands import hands
hands.ASKS_EACH = 2.0
hands.QUEUES["urgent"] = timedelta(seconds=10)
call_command("hands", "urgent", "--concurrency", "1")
"""

pytestmark = [pytest.mark.soak, pytest.mark.once]


def test_a_deaf_worker_is_begun_anew_and_the_promise_leaves(tmp_path, redis_url):
    with services.mail_server() as mailbox:
        house = Installation(tmp_path, redis_url, mailbox.url)
        with (tmp_path / "worker.log").open("ab") as log:
            hands = subprocess.Popen([sys.executable, "-c", HANDS], cwd=tmp_path, env=house.env, stdout=log, stderr=log)
        try:
            house.wait_for("ready.")
            (deaf,) = children(hands.pid)
            os.kill(deaf, signal.SIGSTOP)  # its lines stay open, and nothing is taken
            house.run(PROMISE)
            house.publish()
            begun = time.monotonic()
            messages = list(mailbox.wait_for(1, seconds=90))
            took = time.monotonic() - begun
        finally:
            with suppress(ProcessLookupError):
                hands.terminate()
            hands.wait(60)

    print(f"\ndeaf for {took:.0f} s, with a patience of 10 s and a question each 2 s")
    assert len(messages) == 1, house.log()
    assert "is deaf: it is begun anew" in house.log()
