"""The Procfile's processes, started for real: a promise leaves by SMTP without anyone's help."""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
A_MINUTE_AND_A_HALF = 90  # beat's first round comes after a minute
PROMISE = """
from django.utils import timezone
from portal import outbox
from portal.models import Notice, NoticeTemplate

NoticeTemplate.objects.create(
    template="tomorrow", language="hi", subject="कल साक्षात्कार है", text="((name)) जी, कल 11:20 बजे आइए।"
)
outbox.queue([
    Notice(key="tomorrow:1", channel="email", email="sunita@example.org", template="tomorrow",
           context={"name": "सुनीता मीणा"}, due_at=timezone.now())
])
"""

pytestmark = pytest.mark.once


@pytest.fixture
def mailbox():
    with services.mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def installation(tmp_path, redis_url, mailbox):
    """The environment of an installation of its own, with a database and one promise that is due."""
    (tmp_path / "var").mkdir()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "STATIC_ROOT": str(tmp_path / "staticfiles"),
        "REDIS_URL": redis_url,
        "EMAIL_URL": mailbox.url,
        "SECURE_SSL": "False",
    }
    for command in (["migrate", "--verbosity", "0"], ["shell", "--verbosity", "0", "--command", PROMISE]):
        subprocess.run([sys.executable, ROOT / "manage.py", *command], cwd=tmp_path, env=env, check=True)
    return env


@contextmanager
def honcho(env, home, port):
    """Run the whole Procfile in ``home`` until the block ends."""
    command = [BIN / "honcho", "start", "--procfile", ROOT / "Procfile", "--env", os.devnull, "--port", str(port)]
    with (home / "log").open("wb") as log:
        running = subprocess.Popen(command, cwd=home, env=env, stdout=log, stderr=log)
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)


def health(port):
    """What the web process answers to a look at its health; None while it does not."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
            line.request("GET", "/health/")
            return line.getresponse().status
    except OSError:
        return None


def test_a_promise_leaves_by_itself_once(installation, mailbox, tmp_path):
    port = services.free_port()

    with honcho(installation, tmp_path, port) as running:
        messages = list(mailbox.wait_for(1, seconds=A_MINUTE_AND_A_HALF))
        status = health(port)
        time.sleep(2)  # a second copy would be here by now
        all_alive = running.poll() is None

    log = (tmp_path / "log").read_text(errors="replace")
    assert [message["to"] for message in messages] == ["sunita@example.org"], log
    assert [message["subject"].strip() for message in messages] == ["कल साक्षात्कार है"]
    assert messages[0].get_content().strip() == "सुनीता मीणा जी, कल 11:20 बजे आइए।"
    assert len(mailbox.messages) == 1
    assert (status, all_alive) == (200, True), log
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        assert database.execute("select status, tries from portal_notice").fetchall() == [("SENT", 1)]
