"""A whole installation on this machine, each process of which can be killed and comes back by itself, as in Compose."""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
import redis

from tests import migrated, services
from tests.load import serving

ROOT = Path(__file__).resolve().parents[2]
KEYS = dict.fromkeys(("SECRET_KEY", "SEAL_KEY", "LETTER_KEYS"), "signs-nothing-but-what-this-trial-makes-up-0123456789")
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))


class Database:
    """A PostgreSQL that can be stopped and begun again."""

    def __init__(self, home):
        self.home, self.port = home, services.free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self.as_user = services._other_user(home)
        self.data = home / "data"
        words = [PROGRAMS[-1] / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
        services._run(words, home, self.as_user)
        self.start()

    def start(self):
        words = [PROGRAMS[-1] / "postgres", "-D", self.data, "-p", str(self.port), "-h", "127.0.0.1", "-k", self.home]
        options = ["-cmax_connections=200", "-csynchronous_commit=on"]
        with (self.home / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [*words, *options], cwd=self.home, stdout=log, stderr=log, start_new_session=True, **self.as_user
            )
        services._wait(lambda: psycopg2.connect(self.url).close(), psycopg2.OperationalError, self.home / "log")

    def stop(self, how=signal.SIGINT):
        """SIGINT: fast. SIGQUIT: at once, as when the power fails."""
        self.server.send_signal(how)
        self.server.wait(60)


@contextmanager
def a_database():
    """A ``Database``, thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="srijan-pg-", ignore_cleanup_errors=True) as home:
        found = Database(Path(home))
        try:
            yield found
        finally:
            found.stop(signal.SIGQUIT)


class House:
    """The Procfile's processes, a broker, and who begins anew what died."""

    def __init__(self, home, database_url, sms_url, *, beats=1):
        self.home, self.web_port, self.broker_port = home, services.free_port(), services.free_port()
        self.url = f"http://127.0.0.1:{self.web_port}"
        self.env = os.environ | KEYS | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(ROOT),
            "PATH": f"{serving.BIN}:{os.environ['PATH']}",
            "DATABASE_URL": migrated.copy_on_server(database_url, f"house_{os.getpid()}"),
            "STATIC_ROOT": str(home / "static"),
            "MEDIA_ROOT": str(home / "media"),
            "REDIS_URL": f"redis://127.0.0.1:{self.broker_port}/0",
            "SITE_URL": self.url,
            "SECURE_SSL": "False",
            "DEBUG": "False",
            "DEMO": "False",
            "SMS_BACKEND": "portal.channels.http.HttpSMS",
            "SMS_HTTP_URL": sms_url,
            "SMS_HTTP_KEY": "a-key",
            "PYTHONDONTWRITEBYTECODE": "",
        }  # fmt: skip
        (home / "var").mkdir()
        (home / "manage.py").symlink_to(ROOT / "manage.py")
        words = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
        beat = words.pop("beat")
        self.words = {name: line.split() for name, line in words.items()}
        self.words |= {f"beat{n}": [*beat.replace("celerybeat", f"celerybeat{n}").split()] for n in range(beats)}
        self.words["web"] += ["--bind", f"127.0.0.1:{self.web_port}", "--workers", "2"]
        self.words["broker"] = [str(services.redis_program()), "--port", str(self.broker_port), "--bind", "127.0.0.1"]
        self.words["broker"] += ["--dir", str(home), "--appendonly", "yes", "--save", ""]
        self.words["broker"] += ["--maxmemory-policy", "noeviction"]
        self.running, self.rests, self.is_over = {}, set(), False

    def manage(self, *words):
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *words], cwd=self.home, env=self.env, capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, question, *values):
        """Rows of the database."""
        line = psycopg2.connect(self.env["DATABASE_URL"], connect_timeout=10)
        with line, line.cursor() as cursor:
            cursor.execute(question, values)
            rows = cursor.fetchall()
        line.close()
        return rows

    def start(self, name):
        self.rests.discard(name)
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.words[name], cwd=self.home, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def rest(self, name):
        """End it and let nobody begin it anew."""
        self.rests.add(name)
        _kill_all(self.running[name].pid)

    def forget(self):
        """FLUSHALL."""
        with redis.Redis(port=self.broker_port) as client:
            client.flushall()

    def strike(self, what):
        """Kill -9 one of: web, parent, child, beat, broker."""
        if what in {"parent", "child"}:
            queue = random.choice(["urgent", "urgent", "usual"])
            parents = children(self.running[queue].pid)
            found = parents if what == "parent" else [pid for parent in parents for pid in children(parent)]
        elif what == "web":
            found = [self.running["web"].pid, *children(self.running["web"].pid)]
        else:
            found = [self.running["beat0" if what == "beat" else what].pid]
        if found:
            with suppress(ProcessLookupError):
                os.kill(random.choice(found), signal.SIGKILL)
        return bool(found)

    def _keep(self):
        while not self.is_over:
            for name, process in list(self.running.items()):
                if process.poll() is not None and name not in self.rests and not self.is_over:
                    _kill_all(process.pid)  # a container goes whole
                    self.start(name)
            time.sleep(0.5)

    @contextmanager
    def open(self):
        """All of it runs until the block ends."""
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.start("broker")
        with redis.Redis(port=self.broker_port) as client:
            services._wait(client.ping, redis.ConnectionError, self.home / "broker.log")
        for name in self.words.keys() - {"broker"}:
            self.start(name)
        keeper = threading.Thread(target=self._keep, daemon=True)
        keeper.start()
        try:
            serving._answers(f"{self.url}/health/")
            yield self
        finally:
            self.is_over = True
            keeper.join(10)
            for process in self.running.values():
                _kill_all(process.pid)


def children(pid):
    """The processes that this one began, and that still are."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError, ValueError):
            text = status.read_text()
            if int(re.search(r"PPid:\s+(\d+)", text)[1]) == pid and "State:\tZ" not in text:
                found.append(int(status.parent.name))
    return found


def _kill_all(pid):
    """The process with all that it began, in whatever group."""
    for child in children(pid):
        _kill_all(child)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
