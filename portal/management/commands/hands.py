import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal import celery_app
from portal.models import Pulse
from portal.timetable import QUEUES

ASKS_EACH = 30.0  # seconds
BEGINS_AGAIN = 2.0  # seconds after it ended by itself
ENDS_WITHIN = 20  # seconds, when it was deaf

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = """Do the work of one queue: a Celery worker, begun anew when it ended or went deaf.

    A worker can be connected and take nothing. So it is asked: a task that does
    nothing goes into its queue every half minute, and when none was begun for
    longer than the queue's longest task may take, the worker is ended and begun
    anew. While the broker or the database is away nobody is blamed.
    """

    def add_arguments(self, parser):
        parser.add_argument("queue", choices=sorted(QUEUES))
        parser.add_argument("--concurrency", type=int, default=1, help="tasks at once, each in a process of its own")

    def handle(self, *, queue, concurrency, **options):
        self.is_over = False
        words = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--queues", queue, "-n", f"{queue}@%h"]
        words += ["--without-gossip", "--without-mingle", "--concurrency", str(concurrency), "--loglevel", "INFO"]
        while not self.is_over:
            with self._worker(words) as worker:
                self._look_after(worker, queue)
            time.sleep(0 if self.is_over else BEGINS_AGAIN)

    @contextmanager
    def _worker(self, words) -> Iterator[subprocess.Popen]:
        """A worker in a group of its own, told to end when we are; nothing of the group is left behind."""
        worker = subprocess.Popen(words, start_new_session=True)

        def end(*_signal):
            self.is_over = True
            worker.terminate()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        try:
            yield worker
        finally:
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()

    def _look_after(self, worker, queue) -> None:
        ear = Ear(queue)
        while True:
            with suppress(subprocess.TimeoutExpired):
                worker.wait(ASKS_EACH)
                return
            close_old_connections()
            if not self.is_over and ear.is_deaf(timezone.now()):
                log.critical("the worker of %s is deaf: it is begun anew", queue)
                worker.terminate()
                with suppress(subprocess.TimeoutExpired):
                    worker.wait(ENDS_WITHIN)
                return


class Ear:
    """Does a queue's worker hear? Asked again and again."""

    def __init__(self, queue: str) -> None:
        self.queue = queue
        self.patience = QUEUES[queue]
        self.asked_at: datetime | None = None  # the first question that nobody has answered

    def is_deaf(self, now: datetime) -> bool:
        """Ask once more; was no question answered for longer than the queue's patience?"""
        try:
            heard = Pulse.objects.filter(name=self.queue).values_list("at", flat=True).first()
            options = {"queue": self.queue, "expires": ASKS_EACH * 2, "retry": False}
            celery_app.send_task("portal.tasks.hear", **options)
        except (Error, OperationalError) as problem:
            log.warning("nobody can be asked: %s", type(problem).__name__)
            self.asked_at = None
            return False
        if self.asked_at is None or (heard and heard >= self.asked_at):
            self.asked_at = now
        return now - self.asked_at > self.patience + timedelta(seconds=ASKS_EACH)
