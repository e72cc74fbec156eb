"""A database that is migrated once, and the copies of it that everything here begins with.

Migrating takes twenty seconds of a processor, and each process of the suite and each
installation that a test starts would do it. ``manage.py migrate`` does it once, with the
product's own settings and not with those of the tests. What came of it is named by a digest
of all that migrations read: another line there, another database.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "migrated"
APPS = ("portal", "committees", "applications", "interviews", "training")
READ = {"migrations", "models", "apps", "settings", "levels", "states"}  # they import no others
PREFIX = "srijan_migrated_"  # of databases on PostgreSQL
LOCK = 77110  # any number that nobody else locks there
KEPT = 3  # files: of several people at work in one tree


@cache
def digest() -> str:
    """What migrations read, their packages and the database's own program are now, in sixteen signs."""
    code = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    files = sorted(path for path in code if READ & set(path.relative_to(ROOT).with_suffix("").parts))
    found = sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for file in [*files, ROOT / "requirements-dev.lock"]:
        found.update(f"{file.relative_to(ROOT)} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()[:16]


def migrate(url: str) -> None:
    """Migrate the empty database of this address, as an installation does."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": url}
    command = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def copy_to(target: Path) -> None:
    """Write a migrated database of SQLite to ``target``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / f"{digest()}.sqlite3"
    with made.with_suffix(".lock").open("w") as lock:  # who has changed the code meanwhile waits for nobody
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for former in sorted(FOLDER.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
                former.unlink(missing_ok=True)
                former.with_suffix(".lock").unlink(missing_ok=True)
            part = made.with_suffix(".part")
            part.unlink(missing_ok=True)
            migrate(f"sqlite:///{part}")
            with closing(sqlite3.connect(part)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            part.rename(made)
        shutil.copyfile(made, target)


@contextmanager
def on_server(url: str) -> Iterator[psycopg2.extensions.cursor]:
    """A cursor on PostgreSQL that may create and drop databases."""
    with closing(psycopg2.connect(url, connect_timeout=10)) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            yield cursor


def beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def copy_on_server(url: str, name: str) -> str:
    """Put a migrated database on this PostgreSQL; return its address."""
    made, part = f"{PREFIX}{digest()}", f"{PREFIX}part"
    with on_server(url) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until this connection ends
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        there = {row[0] for row in cursor.fetchall()}
        if made not in there:
            for former in there:
                cursor.execute(f"DROP DATABASE {former}")
            cursor.execute(f"CREATE DATABASE {part}")
            migrate(beside(url, part))
            cursor.execute(f"ALTER DATABASE {part} RENAME TO {made}")
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {made}")
    return beside(url, name)


@contextmanager
def database_of_this_process() -> Iterator[None]:
    """Within, Django's database is a copy that no other process of the suite sees."""
    ours = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        name = ours["TEST"]["NAME"]
        copy_to(Path(name))
    else:
        name = f"test_srijan_{os.getpid()}"
        copy_on_server(os.environ["DATABASE_URL"], name)
    connection.close()
    ours["NAME"] = connection.settings_dict["NAME"] = name
    yield
    connection.close()
    if connection.vendor == "postgresql":
        with on_server(os.environ["DATABASE_URL"]) as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":  # ``python -m tests.migrated``: before others ask for it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with database_of_this_process():
        pass
