"""What the QR of a paper says by itself, signed: who has no network still reads name, post and day.

Ed25519 (RFC 8032): the office alone can sign, everybody who has the public key
can check, also without us. A shared secret (HMAC) could only be checked here,
where the database answers anyway. Letters stay in people's hands for years, so
every former key of ``LETTER_KEYS`` still counts.
"""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

PURPOSE = b"srijan letters:"  # the same secret used elsewhere would make another key
LONGEST = 40  # letters of one fact: the code must stay large enough to be scanned
PLAIN = re.compile(r"[\s_]+")
SPECIAL = re.compile(r"[;?#&%+=\"'<>\\^`{|}\u0000-\u001f]")  # what an address cannot carry as it is


def say(about: str, facts: list[str]) -> str:
    """The facts in words that an address can carry, and the signature: ``सुनीता_मीणा;जिला_प्रभारी;2025-11-10;…``.

    ``about`` is the code of the paper; it is signed too, so nothing said of one paper can stand on another.
    Nothing where the installation has no key: an unsigned fact is what a forger writes.
    """
    if not settings.LETTER_KEYS:
        return ""
    said = ";".join(_word(fact) for fact in facts)
    signature = _key(settings.LETTER_KEYS[0]).sign(f"{about};{said}".encode())
    return f"{said};{_text(signature)}"


def holds(about: str, query: str) -> bool | None:
    """Whether we signed these words about this code; ``None`` when nothing is said, or there is no key to check with.

    ``query`` is that of the address, as a browser sends it; what other sites hang on after "&" is left out.
    """
    said, _semicolon, signature = unquote(query.partition("&")[0]).rpartition(";")
    if not said or not settings.LETTER_KEYS:
        return None
    return any(_signed(key, f"{about};{said}", signature) for key in settings.LETTER_KEYS)


def public_keys() -> list[str]:
    """What anybody needs to check a code without us: the newest first, as text."""
    return [_text(_key(key).public_key().public_bytes_raw()) for key in settings.LETTER_KEYS]


def _signed(key: str, text: str, signature: str) -> bool:
    try:
        _key(key).public_key().verify(urlsafe_b64decode(f"{signature}=="), text.encode())
    except (InvalidSignature, ValueError):  # ValueError: not even letters of a signature
        return False
    return True


def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(PURPOSE + secret.encode()).digest())


def _word(fact: str) -> str:
    """Without what breaks an address; blanks become low lines, so that it can be read."""
    word = PLAIN.sub("_", SPECIAL.sub(" ", fact).strip(" _"))
    return word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}…"


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
