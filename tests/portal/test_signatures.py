"""What a QR says without a network, and who can prove it."""

from base64 import urlsafe_b64decode
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal import signatures

pytestmark = pytest.mark.once
CODE, FACTS = "9M4TX2PA6C", ["रामेश्वर लाल चौधरी", "जिला प्रभारी", "2025-11-10"]


def test_the_words_can_be_read_and_bear_our_signature():
    said = signatures.say(CODE, FACTS)

    assert said.startswith("रामेश्वर_लाल_चौधरी;जिला_प्रभारी;2025-11-10;")
    assert signatures.holds(CODE, said) is True
    assert signatures.holds(CODE, quote(said)) is True  # as a browser sends it
    assert signatures.holds(CODE, f"{quote(said)}&fbclid=x") is True


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (CODE, lambda said: said.replace("चौधरी", "चौधरि")),
        (CODE, lambda said: said.replace("2025", "2026")),
        (CODE, lambda said: said[:-1] + ("A" if said[-1] != "A" else "Q")),
        (CODE, lambda said: said.rpartition(";")[0]),
        (CODE, lambda said: f"{said}é"),
        ("K7Q298X43T", lambda said: said),
    ],
    ids=["name", "day", "signature", "none", "no signature", "another paper"],
)
def test_what_was_changed_is_not_ours(code, change):
    assert signatures.holds(code, change(signatures.say(CODE, FACTS))) is False


def test_where_nothing_is_said_there_is_nothing_to_check(settings):
    said = signatures.say(CODE, FACTS)
    settings.LETTER_KEYS = []

    assert signatures.holds(CODE, "") is None
    assert (signatures.say(CODE, FACTS), signatures.holds(CODE, said), signatures.public_keys()) == ("", None, [])


def test_a_letter_outlives_a_change_of_keys(settings):
    said, former = signatures.say(CODE, FACTS), settings.LETTER_KEYS

    settings.LETTER_KEYS = ["a-new-key-that-nobody-but-the-tests-will-ever-know", *former]

    assert signatures.holds(CODE, said) is True
    assert signatures.say(CODE, FACTS) != said


def test_anybody_can_check_with_the_public_key_alone():
    said, _semicolon, signature = signatures.say(CODE, FACTS).rpartition(";")
    key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(signatures.public_keys()[0] + "=="))

    key.verify(urlsafe_b64decode(signature + "=="), f"{CODE};{said}".encode())  # raises when it is not ours


def test_a_fact_cannot_break_the_address():
    said = signatures.say(CODE, ['क "ख" <ग>; #1 & 50%_?', "  प द ", "x" * 99])

    assert said.startswith(f"क_ख_ग_1_50;प_द;{'x' * 39}…;")
    assert signatures.holds(CODE, quote(said)) is True
