"""The words of a notice: the office's own, else those in ``templates/notices/``.

A file ``<template>.<language>.txt`` holds the text; for e-mail its first line
is the subject. Values stand in double brackets: ``((name))``. What the office
writes and puts in force is kept by ``portal.texts``.
"""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from portal import names
from portal.models import Notice, NoticeTemplate

FOLDER = Path(settings.BASE_DIR) / "templates" / "notices"
VALUE = re.compile(r"\(\((\w+)\)\)")
LINK_VALUES = {"url", "stop"}  # only we fill them, and only with an address of this installation
VERSION = "version of the words"  # in the values of a sample: the key of the version that its writer wants to see

# What an address may be written with besides ASCII: full-width signs, other dots and slashes.
LOOKALIKES = {0xFEE0 + sign: sign for sign in range(0x21, 0x7F)} | str.maketrans("。｡․﹒⸱⁄∕⧸﹕∶﹫", ".....///::@")
SCHEMES = "mailto|javascript|data|tel|sms|smsto|mms|upi|intent|whatsapp|tg|geo|market|file|blob|about|vbscript"
ENDINGS = """com in org net me ly co io xyz info biz app dev site online website shop store top link live page click
 club pro one bet vip fun icu cyou buzz gl gd gg cc tv to be us uk ru cn pk eu gov edu mil int news world space tech
 tk ml ga cf gq li sh ws la ai id vc qr work party mobi भारत संगठन рф рус 中国""".split()
LINKISH = re.compile(
    rf"""\S*(?:[a-z][a-z0-9+.-]*:[/\\] | \b(?:{SCHEMES}): | // | \\\\ | \bwww\d*\.)\S*  # a scheme, or the web
    | \S*[^\s.][.](?:{"|".join(ENDINGS)}|xn--[\w-]+)(?![\w\u0900-\u097f])\S*          # a known ending
    | \S*(?<!\d)\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?!\d)\S*                               # four numbers
    | \S*@\S*                                                                        # an address""",
    re.IGNORECASE | re.VERBOSE,
)
NEEDED = re.compile(r"[.:/\\@]")  # no link without one of these
INNER_DOT = re.compile(r"(?<=[^\s\d.])\.(?=\w)|(?<=\d)\.(?=[^\W\d])")  # not in 11.20

# GSM 03.38, the alphabet of a 160-letter SMS; the second set takes two places.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_WIDE = set("\f^{}\\[~]|€")
IN_GSM = GSM | GSM_WIDE


class BadWords(ValueError):
    """These words cannot be sent; the text says why."""


class MissingValue(BadWords):
    """The text asks for a value that the notice does not carry."""


class NoWords(BadWords):
    """Nobody wrote words for this template in this language."""


class ForeignLink(BadWords):
    """The link does not lead to this installation."""


@dataclass(frozen=True)
class Words:
    """What is sent, or its pattern with the values still in brackets."""

    subject: str
    text: str
    dlt_id: str = ""


Which = tuple[str, str]  # template and language
Patterns = Mapping[Which, Words]


class Office(dict[Which, Words]):
    """The office's words in force; and those on trial, with the numbers of those who try them."""

    def __init__(self) -> None:
        super().__init__()
        self.on_trial: dict[Which, Words] = {}
        self.numbers: Collection[str] = ()

    def tried_by(self, notice: Notice) -> Words | None:
        """The words on trial, when this notice goes to somebody who tries them."""
        return self.on_trial.get((notice.template, notice.language)) if notice.phone in self.numbers else None


def of(notice: Notice, own: Patterns | None = None) -> Words:
    """The words for one notice, in its language, with its values filled in.

    A sweep reads ``of_the_office`` once and gives it as ``own``. A person's own
    text (a name) can never smuggle a link into our message. Raises ``BadWords``.
    """
    pattern = _pattern(notice, of_the_office() if own is None else own)
    if pattern is None:
        raise NoWords(f"there are no words for “{notice.template}” in “{notice.language}”")
    subject, text = fill(pattern.subject, notice.context), fill(pattern.text, notice.context)
    return Words(subject, text, pattern.dlt_id)


def _pattern(notice: Notice, own: Patterns) -> Words | None:
    which = notice.template, notice.language
    if VERSION in notice.context:
        row = NoticeTemplate.objects.filter(pk=notice.context[VERSION]).first()
        return _words(row) if row else None
    tried = own.tried_by(notice) if isinstance(own, Office) else None
    return tried or own.get(which) or catalogue().get(which)


def of_the_office() -> Office:
    """The patterns that the office wrote itself; one query, and one more while something is on trial."""
    office = Office()
    in_force = Q(approved_at__isnull=False)
    for row in NoticeTemplate.objects.filter(in_force | Q(is_trial=True), ended_at=None).order_by("number"):
        patterns = office if row.approved_at else office.on_trial
        patterns[row.template, row.language] = _words(row)
    if office.on_trial:
        office.numbers = import_string(settings.OFFICE_NUMBERS)()
    return office


def _words(row: NoticeTemplate) -> Words:
    return Words(row.subject, row.text, row.dlt_id)


def carried(template: str) -> set[str]:
    """The values that a notice of this template carries: those of the product's own words, in any language."""
    own = [words for (name, _language), words in catalogue().items() if name == template]
    return set().union(*(values(words.subject) | values(words.text) for words in own))


def values(text: str) -> set[str]:
    """The names of the values that a pattern asks for."""
    return set(VALUE.findall(text))


def fill(text: str, context: Mapping[str, object]) -> str:
    """``text`` with each ((value)). Raises ``MissingValue`` and ``ForeignLink``."""
    pieces = _pieces(text)
    if len(pieces) == 1:
        return text
    filled = list(pieces)
    filled[1::2] = [_value(name, context) for name in pieces[1::2]]
    return "".join(filled)


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[str, ...]:
    """Plain text and names of values in turn; of the few patterns that a sweep fills thousands of times."""
    return tuple(VALUE.split(text))


def _value(name: str, context: Mapping[str, object]) -> str:
    if name not in context:
        raise MissingValue(f"the text asks for (({name})), which this notice does not carry")
    filled = names.clean(str(context[name]))
    return _our_link(filled) if name in LINK_VALUES else without_links(filled)


def without_links(text: str) -> str:
    """A person's text with nothing that a phone would make a link of: डॉ.सुनीता becomes डॉ. सुनीता."""
    plain = text if text.isascii() else text.translate(LOOKALIKES)
    if not NEEDED.search(plain):
        return plain
    return " ".join(INNER_DOT.sub(". ", LINKISH.sub("", plain)).split())


def _our_link(url: str) -> str:
    if url != settings.SITE_URL and not url.startswith(f"{settings.SITE_URL}/"):
        raise ForeignLink(f"the link does not begin with {settings.SITE_URL}/")
    return url


@cache
def catalogue() -> dict[tuple[str, str], Words]:
    """The product's own patterns, from the files."""
    words = {}
    for path in sorted(FOLDER.glob("*.*.txt")):
        template, language, _txt = path.name.split(".")
        subject, _newline, text = path.read_text(encoding="utf-8").partition("\n")
        words[template, language] = Words(subject.strip(), text.strip())
    return words


def segments(text: str) -> int:
    """How many SMS an operator bills for ``text``.

    160 places alone or 153 in a chain for the GSM alphabet, else 70 or 67
    (3GPP TS 23.038 and 23.040). A sign of two places is never cut in two.
    """
    signs = set(text)
    if signs <= IN_GSM:
        return _parts(text, signs & GSM_WIDE, 160, 153)
    double = {sign for sign in signs if sign > "\uffff"} if max(signs) > "\uffff" else set()
    return _parts(text, double, 70, 67)


def _parts(text: str, double: set[str], alone: int, chained: int) -> int:
    """Where the signs of ``double`` take two places."""
    if not double:  # nothing that could be cut in two
        return 1 if len(text) <= alone else math.ceil(len(text) / chained)
    sizes = [2 if sign in double else 1 for sign in text]
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, chained
    for size in sizes:
        if size > room:
            parts, room = parts + 1, chained
        room -= size
    return parts
