"""A database of the first release, brought up to date: nothing is lost, and what guarded it guards it again."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).resolve().parent.parent
GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
CONSENTS = """SELECT a.ref, c.purpose, t.version, t.language FROM applications_consent c
    JOIN applications_application a ON a.id = c.application_id
    JOIN applications_consenttext t ON t.id = c.text_id ORDER BY a.ref, c.purpose"""

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    """(brought up to date, made today)."""
    files = [tmp_path_factory.mktemp("databases") / name for name in ("old.sqlite3", "new.sqlite3")]
    migrated.copy_to(files[1])
    command = [sys.executable, "-m", "tests.upgrading", files[0]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [sqlite3.connect(file) for file in files]


def test_a_database_of_the_first_release_keeps_its_guards(databases):
    brought, made = databases

    assert sorted(brought.execute(GUARDS)) == sorted(made.execute(GUARDS))
    assert [one.execute("PRAGMA foreign_key_check").fetchall() for one in databases] == [[], []]


def test_who_had_applied_stands_on_the_notice_that_was_shown(databases):
    brought, _made = databases

    assert brought.execute(CONSENTS).fetchall() == [
        ("R0", "application", "2025-11", "hi"),
        ("R1", "application", "2025-11", "hi"),
        ("R1", "messages", "2025-11", "hi"),
    ]
