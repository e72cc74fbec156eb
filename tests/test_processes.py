"""The Procfile's processes, started for real: a promise leaves by SMTP without anyone's help."""

import http.client
import os
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import migrated, services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MB = 1024 * 1024
A_MINUTE_AND_A_HALF = 90  # beat's first round comes after a minute
PROMISE = """
from django.core.management import call_command
from django.utils import timezone
from portal import organisation, outbox
from portal.models import Notice, NoticeTemplate

NoticeTemplate.objects.create(
    template="tomorrow", language="hi", subject="कल साक्षात्कार है", text="((name)) जी, कल 11:20 बजे आइए।",
    made_at=timezone.now(), approved_at=timezone.now(),
)
organisation.save(name_hi="संगठन", name_en="Organisation", quiet_from="00:00", quiet_until="00:00")  # we come at night
call_command("collectstatic", interactive=False, verbosity=0)
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
        "BODY_GRACE": "1",
    }
    migrated.copy_to(tmp_path / "db.sqlite3")
    (tmp_path / "manage.py").symlink_to(ROOT / "manage.py")
    command = [sys.executable, ROOT / "manage.py", "shell", "--verbosity", "0", "--command", PROMISE]
    subprocess.run(command, cwd=tmp_path, env=env, check=True)
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


# --- giants, sent while the beat is waited for -------------------------------------------------------

FORM = "application/x-www-form-urlencoded"
FRAME = b'--x\r\nContent-Disposition: form-data; name="writing"\r\n\r\n%s\r\n--x--\r\n'
GIANTS = {  # what is sent: its kind, what it says of its length, and as much of it as is ever sent
    "100 MB": (FORM, 100 * MB, bytes(MB)),
    "a field of 10 MB": (FORM, 10 * MB, b"writing=" + b"x" * (10 * MB - 8)),
    "a part of 10 MB": ("multipart/form-data; boundary=x", None, FRAME % (b"x" * 10 * MB)),
}


def answered(port, kind, length, body):
    """What the web process says to a form of this size; a line that it cuts while we still send has been answered."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.putrequest("POST", "/resume/")
        line.putheader("Content-Type", kind)
        line.putheader("Content-Length", str(length or len(body)))
        line.endheaders()
        with suppress(BrokenPipeError, ConnectionResetError):
            line.send(body)
        answer = line.getresponse()
        return answer.status, "यह बहुत बड़ा है" in answer.read().decode()


# --- forms that come drop by drop -------------------------------------------------------------------


def dripped(port, length, a_second):
    """What is said to a form that comes so slowly, and after how many seconds."""
    head = f"POST /resume/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n"
    began, left = time.monotonic(), length
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head.encode())
        while not select.select([line], [], [], 0.1)[0]:
            left -= line.send(b"x" * min(left, a_second // 10))
        return int(line.recv(4096).split()[1]), time.monotonic() - began


def web_megabytes():
    """The most memory that any process of our own gunicorn has held since it began."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            if (
                f"{os.getpid()}" in ancestors(status.parent.name)
                and b"portal.wsgi" in (status.parent / "cmdline").read_bytes()
            ):
                found.append(int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) // 1024)
    return max(found)


def ancestors(process):
    """The ids of its parent, of its parent's parent, and so on."""
    while process != "0":
        process = re.search(r"PPid:\s+(\d+)", Path("/proc", process, "status").read_text())[1]
        yield process


def test_a_promise_leaves_by_itself_once_and_giants_are_refused_meanwhile(installation, mailbox, tmp_path):
    port = services.free_port()

    with honcho(installation, tmp_path, port) as running:
        services._wait(lambda: urlopen(f"http://127.0.0.1:{port}/resume/").close(), OSError, tmp_path / "log")
        before = web_megabytes()
        refused = {name: answered(port, *giant) for name, giant in GIANTS.items() for _time in range(3)}
        grown = web_megabytes() - before
        (cut, cut_after), (taken, _taken_after) = dripped(port, 1000, 10), dripped(port, 12_000, 6000)
        messages = list(mailbox.wait_for(1, seconds=A_MINUTE_AND_A_HALF))
        status = health(port)
        time.sleep(2)  # a second copy would be here by now
        all_alive = running.poll() is None

    log = (tmp_path / "log").read_text(errors="replace")
    assert refused == dict.fromkeys(GIANTS, (413, True)), log
    assert (cut, taken) == (408, 403), log  # a form without our cookie is read before it is refused
    assert cut_after < 10
    assert grown < 20, f"{grown} MB more than before"
    assert [message["to"] for message in messages] == ["sunita@example.org"], log
    assert [message["subject"].strip() for message in messages] == ["कल साक्षात्कार है"]
    assert messages[0].get_content().strip() == "सुनीता मीणा जी, कल 11:20 बजे आइए।"
    assert len(mailbox.messages) == 1
    assert (status, all_alive) == (200, True), log
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        assert database.execute("select status, tries from portal_notice").fetchall() == [("SENT", 1)]
