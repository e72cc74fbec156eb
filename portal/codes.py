"""Public codes: Crockford's base 32 with a check sign, typed by people and drawn as QR.

The check is Damm's scheme over a field of 32 elements (H. M. Damm, "Total
anti-symmetrische Quasigruppen", Marburg 2004, for orders that are powers of
two): each step multiplies by x modulo x^5 + x^2 + 1. It finds every wrong
single sign and every swap of two neighbours; ISO 7064 would need a 37-sign
alphabet and Luhn mod 32 misses the swap of 0 and Z. The start value is one,
so that leading zeros count too.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_VALUES = {sign: value for value, sign in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_FIELD = 0b100101
_START = 1
_SHORTEST = 4


class BadCode(ValueError):
    """Not a code of ours: a sign, the length or the check sign is wrong."""


def new(length: int) -> str:
    """A random code of this many signs, the last of which is the check sign."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + ALPHABET[_state(body)]


def pretty(code: str) -> str:
    """In groups of four, as it is read aloud: ``K7Q2-9FXM``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read(text: str, length: int | None = None) -> str:
    """The code that a person meant.

    Any case, dashes and spaces, O for 0, I and L for 1, Hindi and full-width
    digits. Raises ``BadCode``; with ``length``, also for another length.
    """
    signs = [_sign(sign) for sign in unicodedata.normalize("NFKC", text).upper() if _counts(sign)]
    code = "".join(signs)
    if len(code) < _SHORTEST or length not in (None, len(code)) or _state(code):
        raise BadCode(text)
    return code


def _counts(sign: str) -> bool:
    """Spaces, dashes and invisible signs do not."""
    return not sign.isspace() and unicodedata.category(sign) not in {"Pd", "Cf", "Cc"}


def _sign(sign: str) -> str:
    digit = str(unicodedata.decimal(sign, sign))
    if digit not in _VALUES:
        raise BadCode(sign)
    return ALPHABET[_VALUES[digit]]


def _state(code: str) -> int:
    """Damm's interim value after these signs; zero after a whole right code."""
    state = _START
    for sign in code:
        state = (state ^ _VALUES[sign]) << 1
        if state >= len(ALPHABET):
            state ^= _FIELD
    return state
