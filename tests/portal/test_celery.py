"""A real worker, a real Redis-protocol server, a real mail server: each promise leaves once, whatever dies."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import redis
from celery import Celery

from tests import migrated, services

ROOT = Path(__file__).resolve().parent.parent.parent
TASK, QUEUE = "portal.tasks.send_due_notices", "urgent"
PATIENCE = 40  # seconds
PROMISE = """
from django.db import transaction
from django.utils import timezone
from portal import organisation, outbox
from portal.models import Notice

with transaction.atomic():
    organisation.save(name_hi="संगठन", name_en="Organisation")
    outbox.queue([
        Notice(key="code:1", channel="email", email="sunita@example.org", template="code",
               context={"organisation": organisation.current().name_hi, "code": "1"}, due_at=timezone.now())
    ])
"""
LATER = """
from datetime import timedelta
from django.utils import timezone
from portal import outbox

print(outbox.send_due(now=timezone.now() + timedelta(minutes=11)))
"""

pytestmark = pytest.mark.once


def slow(mailbox):
    """From now on it takes messages in and does not say so for a long time."""
    take = mailbox.handle_DATA

    async def take_and_be_silent(*words):
        await take(*words)
        await asyncio.sleep(20)
        return "250 Kept"

    mailbox.handle_DATA = take_and_be_silent


class Installation:
    """A database, settings and programs of its own."""

    def __init__(self, home, redis_url, mail_url):
        self.home, self.redis_url = home, redis_url
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{home}/db.sqlite3",
            "STATIC_ROOT": str(home / "staticfiles"),
            "REDIS_URL": redis_url,
            "EMAIL_URL": mail_url,
            "SECURE_SSL": "False",
        }
        migrated.copy_to(home / "db.sqlite3")

    def manage(self, *words):
        command = [sys.executable, ROOT / "manage.py", *words]
        done = subprocess.run(command, cwd=self.home, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, code):
        return self.manage("shell", "--verbosity", "0", "--command", code)

    def publish(self, times=1, task=TASK):
        with Celery(broker=self.redis_url) as app:
            for _ in range(times):
                app.send_task(task, queue=QUEUE)

    @contextmanager
    def worker(self, *words):
        """A worker in a process group of its own, so that all of it can be killed at once."""
        command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--without-gossip", "--without-mingle"]
        with (self.home / "worker.log").open("ab") as log:
            running = subprocess.Popen(
                [*command, "--loglevel", "INFO", *words],
                cwd=self.home,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield running
        finally:
            kill(running)

    def log(self):
        return (self.home / "worker.log").read_text(errors="replace")

    def statuses(self):
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as database:
            return database.execute("select status, tries from portal_notice").fetchall()

    def pulses(self):
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as database:
            return [name for (name,) in database.execute("select name from portal_pulse where name like 'parked%'")]

    def wait_for(self, what):
        end = time.monotonic() + PATIENCE
        while what not in self.log() and time.monotonic() < end:
            time.sleep(0.1)
        assert what in self.log()


def kill(running):
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(PATIENCE)


def test_many_published_tasks_and_two_hands_send_a_promise_once(tmp_path, redis_url):
    with services.mail_server() as mailbox:
        house = Installation(tmp_path, redis_url, mailbox.url)
        house.run(PROMISE)
        with house.worker("--pool", "prefork", "--concurrency", "2"):
            house.publish(times=6)
            messages = list(mailbox.wait_for(1, seconds=PATIENCE))
            house.publish()
            house.wait_for("succeeded")
            time.sleep(1)  # a second copy would be here by now

    assert [message["to"] for message in messages] == ["sunita@example.org"], house.log()
    assert len(mailbox.messages) == 1
    assert house.statuses() == [("SENT", 1)]


def test_a_worker_killed_in_the_middle_of_sending_leaves_a_perhaps(tmp_path, redis_url):
    with services.mail_server() as mailbox:
        slow(mailbox)
        house = Installation(tmp_path, redis_url, mailbox.url)
        house.run(PROMISE)
        with house.worker("--pool", "solo") as worker:
            house.publish()
            assert len(mailbox.wait_for(1, seconds=PATIENCE)) == 1, house.log()
            kill(worker)
        after_the_kill = house.statuses()

        with house.worker("--pool", "solo"):
            house.publish()
            house.wait_for("succeeded")
        soon = house.statuses()
        swept = house.run(LATER)

    assert after_the_kill == soon == [("SENDING", 1)]
    assert "'unknown': 1" in swept
    assert "'sent': 0" in swept
    assert house.statuses() == [("UNKNOWN", 1)]
    assert len(mailbox.messages) == 1


def test_all_of_redis_is_forgotten_and_no_promise_is_lost(tmp_path, redis_url):
    with services.mail_server() as mailbox, redis.Redis.from_url(redis_url) as broker:
        house = Installation(tmp_path, redis_url, mailbox.url)
        house.run(PROMISE)
        house.publish(times=3)
        broker.flushall()
        with house.worker("--pool", "solo"):
            house.wait_for("ready.")
            broker.flushall()
            before = list(mailbox.messages)
            house.publish()  # a minute later, as beat does
            messages = list(mailbox.wait_for(1, seconds=PATIENCE))

    assert (before, len(messages)) == ([], 1), house.log()
    assert house.statuses() == [("SENT", 1)]


def test_a_task_that_kills_its_worker_is_parked_after_three_more_tries(tmp_path, redis_url):
    house = Installation(tmp_path, redis_url, "consolemail://")
    with house.worker("--pool", "prefork", "--concurrency", "1", "--include", "tests.portal.poison"):
        house.publish(task="tests.portal.poison.poison")
        house.wait_for("was parked")
        house.publish()
        house.wait_for("succeeded")  # the worker lives, and does the rest

    assert (tmp_path / "tasted").read_text() == "x" * 4
    assert house.pulses() == ["parked-tests-portal-poison-poison"]


def test_without_redis_a_promise_is_made_and_kept(tmp_path):
    nobody = f"redis://127.0.0.1:{services.free_port()}/0"
    with services.mail_server() as mailbox:
        house = Installation(tmp_path, nobody, mailbox.url)
        house.run(PROMISE)
        promised = house.statuses()
        first, second = (json.loads(house.manage("tick", "--json")) for _ in range(2))

    assert promised == [("QUEUED", 0)]
    assert (first["send what is due"]["sent"], second["send what is due"]["sent"]) == (1, 0)
    assert len(mailbox.messages) == 1
    assert house.statuses() == [("SENT", 1)]
