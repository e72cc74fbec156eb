"""A task that no worker survives, for tests: named to a worker by ``--include``."""

import os
import signal
from pathlib import Path

from celery import shared_task


@shared_task
def poison(**kwargs):
    with Path("tasted").open("a") as told:
        told.write("x")
    os.kill(os.getpid(), signal.SIGKILL)
