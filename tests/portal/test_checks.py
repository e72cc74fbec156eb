"""Wrong settings are named, with the mend, before anything breaks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from PIL import features

from portal import checks, moments, organisation, sealing
from portal.models import Sealed

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "k" * 50,
    "SEAL_KEY": "s" * 50,
    "LETTER_KEYS": ["l" * 50],
    "SITE_URL": "https://apply.example.org",
    "ALLOWED_HOSTS": ["apply.example.org"],
    "SECURE_SSL": True,
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "CHANNELS": {"sms": "portal.channels.http.HttpSMS", "email": "portal.channels.email.EmailChannel"},
    "SMS_HTTP_URL": "https://sms.example.org/send",
    "SMS_HTTP_KEY": "secret",
    "SMS_RECEIPT_KEYS": ["r" * 50],
}
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
    },
}
DEMO = {"DEMO": True, "SECURE_SSL": False, "SITE_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": ["127.0.0.1"]}


@pytest.fixture
def found(settings, monkeypatch):
    """Call it with wrong settings: the messages that such a deployment gets."""

    def ask(**wrong):
        database = wrong.pop("database", SQLITE)
        monkeypatch.setitem(settings.DATABASES, "default", database)
        for name, value in {**SAFE, **wrong}.items():
            setattr(settings, name, value)
        return [message for check in checks.ALL for message in check()]

    return ask


def ids(messages):
    return [message.id for message in messages]


def sqlite_with(**options):
    return SQLITE | {"OPTIONS": SQLITE["OPTIONS"] | options}


def test_a_right_deployment_is_told_nothing(found):
    assert found() == []


def test_a_demo_on_ones_own_machine_is_told_nothing(found):
    demo = DEMO | {"SECRET_KEY": "short", "REDIS_URL": "", "CHANNELS": {"sms": "portal.channels.console.ConsoleSMS"}}

    assert found(**demo) == []


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"SECRET_KEY": ""}, "srijan.E002"),
        ({"SECRET_KEY": "short"}, "srijan.E002"),
        ({"SECRET_KEY": "only-for-a-demo-on-your-own-machine"}, "srijan.E002"),
        ({"database": sqlite_with(transaction_mode="DEFERRED")}, "srijan.E003"),
        ({"database": sqlite_with(init_command="PRAGMA journal_mode=DELETE;")}, "srijan.E003"),
        ({"database": {"ENGINE": "django.db.backends.sqlite3"}}, "srijan.E003"),
        ({"SITE_URL": "apply.example.org"}, "srijan.E004"),
        ({"SITE_URL": "http://apply.example.org"}, "srijan.E005"),
        ({"SITE_URL": "https://elsewhere.example.org"}, "srijan.E006"),
        ({"ALLOWED_HOSTS": ["*"]}, "srijan.E007"),
        ({"CHANNELS": SAFE["CHANNELS"] | {"email": "portal.channels.pigeon.Pigeon"}}, "srijan.E008"),
        ({"CHANNELS": SAFE["CHANNELS"] | {"email": "portal.channels.CannotSend"}}, "srijan.E008"),
        ({"CHANNELS": SAFE["CHANNELS"] | {"sms": "portal.channels.console.ConsoleSMS"}}, "srijan.W009"),
        ({"SMS_HTTP_KEY": ""}, "srijan.E010"),
        ({"SMS_HTTP_URL": ""}, "srijan.E010"),
        (DEMO | {"SITE_URL": "http://srijan.example.org", "ALLOWED_HOSTS": ["srijan.example.org"]}, "srijan.E011"),
        ({"REDIS_URL": ""}, "srijan.W012"),
        ({"SEAL_KEY": ""}, "srijan.E013"),
        ({"SEAL_KEY": "s" * 31}, "srijan.E013"),
        ({"LETTER_KEYS": ["l" * 50, "l"]}, "srijan.E014"),
        ({"LETTER_KEYS": []}, "srijan.W015"),
        ({"SMS_LINES": 0}, "srijan.E019"),
        ({"SMS_PER_SECOND": -1}, "srijan.E019"),
        ({"HELD_BACK": "committees.silences.nowhere"}, "srijan.E020"),
        ({"SMS_RECEIPT_KEYS": ["r" * 50, "r"]}, "srijan.E016"),
        ({"SMS_RECEIPT_KEYS": []}, "srijan.W017"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_wrong_setting_is_named(found, wrong, expected):
    assert ids(found(**wrong)) == [expected]


def test_pillow_without_raqm_is_named(found, monkeypatch):
    monkeypatch.setitem(features.features, "raqm", ("PIL._nowhere", "HAVE_RAQM", None))

    assert ids(found()) == ["srijan.E001"]


def test_every_message_carries_a_mend(found):
    messages = found(
        SECRET_KEY="", ALLOWED_HOSTS=["*"], REDIS_URL="", SMS_HTTP_KEY="", database=sqlite_with(transaction_mode="")
    )

    assert len(messages) == 5
    assert all(message.hint for message in messages)


@pytest.mark.parametrize(("demo", "seals"), [("True", True), ("False", False)])
def test_only_a_demo_makes_do_without_a_key_to_seal_with(demo, seals):
    env = os.environ | {"DEMO": demo, "SEAL_KEY": ""}
    asked = "from portal import settings; print(bool(settings.SEAL_KEY))"

    said = subprocess.run([sys.executable, "-c", asked], env=env, cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout.split() == [str(seals)]


def test_nothing_is_sealed_without_a_key(settings):
    settings.SEAL_KEY = ""

    with pytest.raises(ImproperlyConfigured, match=r"srijan\.E013"):
        sealing.opened(Sealed(box=b""))


@pytest.mark.django_db
def test_what_a_former_key_locked_is_opened_as_long_as_that_key_is_named(settings, now):
    settings.SEAL_KEY = "the first key of this test, long enough to be one"
    ours = organisation.save(name_hi="संगठन", name_en="Organisation")
    box = sealing.seal(row=ours, fields=["name_hi"], destroy_on=sealing.a_year_after(now), now=now)

    settings.SEAL_KEY, settings.SEAL_KEY_FALLBACKS = "the second key of this test, as long as it", [settings.SEAL_KEY]
    assert sealing.opened(box) == {"name_hi": "संगठन"}
    settings.SEAL_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        sealing.opened(box)


def test_a_command_stops_at_a_wrong_setting(settings):
    settings.ALLOWED_HOSTS = ["*"]

    with pytest.raises(SystemCheckError, match=r"srijan\.E007"):
        call_command("check", tags=["srijan"])


def test_a_notice_without_words_or_without_its_moment_stops_the_start(found, monkeypatch):
    known = moments.every()
    orphan, wordless = {**known}, {**known, "nobody_wrote": moments.Moment("nobody_wrote", "", moments.Stage.WATCH)}
    del orphan["receipt"]

    for declared, template in ((orphan, "receipt"), (wordless, "nobody_wrote")):
        monkeypatch.setattr(moments, "every", lambda declared=declared: declared)
        assert [(error.id, template in error.msg) for error in found()] == [("srijan.E018", True)]
