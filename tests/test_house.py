"""What the house asks of its code, asked by the tools that know."""

import os
import re
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
APPS = ["portal", "committees", "applications", "interviews", "training"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
IN_PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SEAL_KEY": "a-key-of-its-own-for-this-test-alone-0123456789",
    "LETTER_KEYS": "another-key-for-this-test-alone-0123456789",
    "SECRET_KEY": "k7#Vq2-pZ9w!tR4mX8c-Lb6nY3s@Hd5fJ1gAe0uKoTiPzWxQ-only-in-this-test",
    "ALLOWED_HOSTS": "srijan.example",
    "SITE_URL": "https://srijan.example",
    "CSRF_TRUSTED_ORIGINS": "https://srijan.example",
    "SECURE_SSL": "1",
    "BEHIND_PROXY": "1",
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "redis://broker:6379/0",
    "SMS_BACKEND": "portal.channels.http.HttpSMS",
    "SMS_HTTP_URL": "https://sms.example/send",
    "SMS_HTTP_KEY": "key",
    "SMS_RECEIPT_KEYS": "r" * 50,
    "EMAIL_URL": "smtp://mail.example:25",
    "DEFAULT_FROM_EMAIL": "office@srijan.example",
}

pytestmark = pytest.mark.once


def ask(*command, env=None):
    """Run a tool of the environment; its words are the message of a failure."""
    words = [sys.executable, *command] if command[0] in {"-m", "manage.py"} else command
    around = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the browser's
    place = {"cwd": ROOT, "env": {**around, "DJANGO_SETTINGS_MODULE": "portal.settings", **(env or {})}}
    done = subprocess.run(words, capture_output=True, text=True, check=False, **place)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"


def test_ruff_has_nothing_to_say():
    ask("-m", "ruff", "check", "--no-cache", "--output-format", "concise", ".")


def test_ruff_would_write_it_the_same_way():
    ask("-m", "ruff", "format", "--no-cache", "--check", ".")


def test_every_rule_that_ruff_leaves_out_has_its_reason():
    section = (ROOT / "pyproject.toml").read_text().split("[tool.ruff.lint]")[1].split("[tool.ruff.lint.pyd")[0]
    codes = [line for line in section.splitlines() if re.match(r'\s+"[A-Z]', line)]

    assert [line for line in codes if not re.search(r"# \S+ \S+", line)] == []


def test_no_browser_trial_waits_in_a_way_that_does_not_wait():
    written = {path.name: path.read_text() for path in (ROOT / "tests" / "browser").glob("*.py")}

    assert [name for name, text in written.items() if ".wait_for_function(" in text] == []  # waiting.py says why


def test_mypy_agrees_with_the_types_of_the_domain():
    ask("-m", "mypy", *(f"{app}/domain" for app in APPS if any((ROOT / app / "domain").glob("[!_]*.py"))))


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_django_finds_nothing_wrong(settings):
    settings.DEMO, settings.SITE_URL = True, "http://127.0.0.1:8000"  # as at home
    call_command("check", "--fail-level", "WARNING", stderr=StringIO())


def test_django_finds_nothing_wrong_in_production():
    ask("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=IN_PRODUCTION)


def test_templates_are_in_order():
    ask("-m", "djlint", "--lint", "--quiet", "templates")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_what_the_project_asks_for(lock):
    wanted = PROJECT["project"]["dependencies"]
    wanted = wanted + PROJECT["dependency-groups"]["dev"] if "dev" in lock else wanted
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in wanted}
    text = (ROOT / lock).read_text()

    assert names - set(re.findall(r"^([\w.-]+)(?:\[\w+\])?==", text, re.MULTILINE)) == set()
    assert "http" not in re.sub(r"# via.*", "", text)
    pinned = re.findall(r"^[\w.-]+(?:\[\w+\])?==[^\\]+\\$", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S+==", text, re.MULTILINE)), "each package has its hashes"


def test_no_lock_file_that_carries_addresses_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()

    assert {"uv.lock", "pylock.toml", ".python-version"} & set(kept) == set()
