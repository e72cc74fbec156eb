"""S13: the last hour before a deadline, on PostgreSQL with two workers, loses nothing that was acknowledged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from tests import migrated, services
from tests.load import serving

ROOT = Path(__file__).resolve().parents[2]
WORLD = """
import json
from django.utils import timezone
from tests.factories.desk import Places, a_drive
now = timezone.now()
places = Places(now)
drive = a_drive(places.state, now)
print(json.dumps([drive.slug, places.booth.pk, drive.prompts.first().pk]))
"""

STARTS = 120  # seconds for a command that prepares

pytestmark = pytest.mark.postgres


@pytest.fixture
def installation(tmp_path, redis_url):
    """An installation of its own on PostgreSQL: (environment, url of the database)."""
    with services.postgres() as url:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(ROOT),
            "PATH": f"{serving.BIN}:{os.environ['PATH']}",
            "DATABASE_URL": migrated.copy_on_server(url, f"rush_{os.getpid()}"),
            "STATIC_ROOT": str(tmp_path / "static"),
            "MEDIA_ROOT": str(tmp_path / "media"),
            "REDIS_URL": redis_url,
            "SECRET_KEY": "signs-nothing-but-what-the-rush-makes-up-itself-0123456789",
            "SECURE_SSL": "False",
            "DEBUG": "False",
            "DEMO": "False",
            "SEAL_KEY": "locks-away-nothing-but-what-the-rush-makes-up-0123456789-0123456789",
            "LETTER_KEYS": "signs-no-letter-but-what-the-rush-makes-up-0123456789",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=tmp_path, env=env, check=True, timeout=STARTS)
        yield env


def rush(env, home, *, seconds, hands):
    made = [sys.executable, ROOT / "manage.py", "shell", "--verbosity", "0", "--command", WORLD]
    told = _said(made, env, home, STARTS)
    slug, unit, prompt = json.loads(told.splitlines()[-1])
    with serving.web(env, home) as (url, _master):
        words = [url, slug, str(unit), str(prompt), str(seconds), str(hands)]
        crowd = [sys.executable, "-m", "tests.load.crowd", *words]
        return json.loads(_said(crowd, env, ROOT, float(seconds) + STARTS))


def _said(command, env, home, seconds):
    """What a program says that has nothing to ask and may not hang."""
    streams = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    return subprocess.run(command, cwd=home, env=env, check=True, timeout=seconds, **streams).stdout


def stored(env):
    """(number, phone) of each application, and how many stand twice."""
    line = psycopg2.connect(env["DATABASE_URL"], connect_timeout=10, options="-c statement_timeout=60000")
    with line, line.cursor() as cursor:
        cursor.execute("select ref, phone from applications_application")
        rows = cursor.fetchall()
        cursor.execute(
            "select count(*) from (select 1 from applications_application "
            "group by drive_id, phone, share having count(*) > 1) t"
        )
        twice = cursor.fetchone()[0]
        cursor.execute("select count(*) from portal_notice where template = 'receipt'")
        promised = cursor.fetchone()[0]
    line.close()
    return set(rows), twice, promised


def nothing_is_lost(env, found):
    rows, twice, promised = stored(env)
    told = f"{len(found['receipts'])} receipts, {found['submits_a_second']} a second"
    print(f"\nS13  {told}; {found['requests_a_second']} requests a second")
    print(f"S13  answers: {found['statuses']}")
    for kind, took in found["ms"].items():
        print(f"S13  {kind}: {took['n']} times, p50 {took['p50']} ms, p99 {took['p99']} ms")
    assert found["wrong"] == []
    assert {tuple(receipt) for receipt in found["receipts"]} <= rows
    assert twice == 0
    assert promised == len(rows)
    assert {status[0] for status in found["statuses"]} <= {"2", "3"}
    assert found["receipts"] != []


def test_a_short_rush_loses_nothing(installation, tmp_path):
    nothing_is_lost(installation, rush(installation, tmp_path, seconds=6, hands=6))


@pytest.mark.soak
def test_ten_minutes_of_rush_lose_nothing(installation, tmp_path):
    seconds = 60 * float(os.environ.get("RUSH_MINUTES", "10"))
    found = rush(installation, tmp_path, seconds=seconds, hands=int(os.environ.get("RUSH_HANDS", "12")))
    nothing_is_lost(installation, found)
