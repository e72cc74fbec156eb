"""Every text in Hindi too, with the same values, and no Latin words that slipped in."""

import re

import pytest

from tests.words import APPS, catalogue, lacking, strings

VALUE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
LATIN = re.compile(r"[A-Za-z]{2,}")
MAY_STAY = set(
    """OTP QR WhatsApp Facebook Instagram PDF PNG JPG JPEG WebP SVG SMS Excel MB KB TV PIN CSV English UTF
Srijan DLT URL SIM YouTube Telegram API HTTP HTTPS TOTP Ctrl wa me id br Google Authenticator DEMO GIF HEIC MP XLSX
JSON IP ZIP Sheets Microsoft Enter SHA Tab GB RAQM Celery beat cron worker""".split()
)

CODE = re.compile(
    r"<[^>]+>|%\(\w+\)[sd]|\{#?\w*#?\}|\(\(\w+\)\)|https?://\S+|/\S+/"  # tags, values, addresses
    r"|--\w+(?: [A-Z]+)?|\.xlsx?\b|\"\w+\""  # options of commands, ends of files, JSON
    r"|manage\.py(?: [a-z]+)*|\b[A-Z]+(?:_[A-Z]+)+\b"  # commands and settings, for who looks after a server
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize("app", APPS)
def test_every_text_has_its_hindi(app):
    assert lacking(app) == {}


@pytest.mark.parametrize("app", APPS)
def test_translations_carry_the_same_values_and_are_settled(app):
    def values(text):
        return {a or b for a, b in VALUE.findall(text)}

    wrong = [
        message.id
        for message in catalogue(app)
        if message.id and (message.fuzzy or any(values(text) - values(str(message.id)) for text in strings(message)))
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_hindi_is_hindi(app):
    def latin(text):
        return set(LATIN.findall(CODE.sub(" ", text))) - MAY_STAY

    slipped = {
        text: latin(text) for message in catalogue(app) if message.id for text in strings(message) if latin(text)
    }

    assert slipped == {}


def test_a_text_has_one_hindi_in_all_catalogues():
    """Of two catalogues with the same English the first wins everywhere: the second Hindi would never be seen."""
    told = {}
    for app in APPS:
        for message in catalogue(app):
            if message.id:
                told.setdefault(str(message.id), set()).add(str(message.string))

    assert {text: hindi for text, hindi in told.items() if len(hindi) > 1} == {}
