"""Phone numbers: every spelling to one, and one to the ways we show it.

Stored is always E.164 with the Indian prefix, ``+919829012345``; ``PATTERN``
says so to the database as well.
"""

import re
import unicodedata

import phonenumbers

# \Z and [0-9], not $ and \d: those let a trailing newline and Hindi digits through.
PATTERN = r"^\+91[6-9][0-9]{9}\Z"

MOBILE = re.compile(PATTERN)
WRITTEN = re.compile(r"\+?[0-9]+")
ERASED = re.compile(r"x[0-9]+\Z")  # stands in place of a number that was erased
DASH = "–"
SEPARATORS = re.compile(r"[\s.()_\u2010-\u2015\u2212-]")  # hyphens, dashes and the minus sign too
INVISIBLE = {"Cf", "Cc", "Mn", "Me"}  # zero-width signs, controls, stray marks


class BadPhone(ValueError):
    """The text is not an Indian mobile number."""


def normalise(text: str) -> str:
    """Bring any spelling of an Indian mobile number to ``+91XXXXXXXXXX``.

    Accepts Hindi and full-width digits, ``+91``, ``91``, ``0``, spaces,
    dashes, dots, brackets and invisible signs. Raises ``BadPhone``.
    """
    digits = _plain(text)
    if not WRITTEN.fullmatch(digits):
        raise BadPhone(text)
    try:
        number = phonenumbers.parse(digits, "IN")
    except phonenumbers.NumberParseException:
        raise BadPhone(text) from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not MOBILE.match(e164):
        raise BadPhone(text)
    return e164


def grouped(e164: str) -> str:
    """For staff tables: ``98290 12345``; a dash where the number was erased."""
    ten = _ten_digits(e164)
    return DASH if not ten else f"{ten[:5]} {ten[5:]}"


def masked(e164: str) -> str:
    """Enough to recognise one's own number, too little to call it: ``98••• ••345``; a dash where it was erased."""
    ten = _ten_digits(e164)
    return DASH if not ten else f"{ten[:2]}••• ••{ten[7:]}"


def _plain(text: str) -> str:
    """Only ASCII digits and a plus where the text had nothing else; other signs stay and are refused later."""
    kept = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in INVISIBLE)
    folded = (str(unicodedata.decimal(sign, sign)) for sign in kept)
    return SEPARATORS.sub("", "".join(folded))


def _ten_digits(e164: str) -> str:
    """Without the prefix; nothing of an erased one. Raises ``BadPhone``."""
    if ERASED.match(e164):
        return ""
    if not MOBILE.match(e164):
        raise BadPhone(e164)
    return e164.removeprefix("+91")
