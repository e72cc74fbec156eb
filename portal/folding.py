"""Search that forgives spelling: सीकर, sikar and seekar have one key.

Two keys are made of a name, both in Latin letters. The *fine* one keeps the
vowels, the coarse ``key`` keeps only what survives every way of writing:
aspirates, nukta, anusvara, the silent a, ड़ and r, v and b, long and short
vowels all fall together. Candidates are ranked by how many groups of three
letters the keys share. Store ``search_key`` in a column to narrow rows in any
database, then ``rank`` the few that are left.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_SIGNS = {
    "k": "कख", "g": "गघ", "n": "ङञणन", "c": "चछ", "j": "जझ", "t": "टठतथ", "d": "डढदध", "p": "पफ", "b": "बभ",
    "m": "म", "y": "य", "r": "र", "l": "लळ", "v": "व", "s": "शषस", "h": "ह",
}  # fmt: skip
CONSONANTS = {sign: letter for letter, signs in _SIGNS.items() for sign in signs}
VOWELS = dict(zip("अआइईउऊऋएऐओऔऑऍ", ["a", "a", "i", "i", "u", "u", "ri", "e", "e", "o", "o", "o", "e"], strict=True))
MATRAS = dict(zip("ािीुूृेैोौॉॅ", ["a", "i", "i", "u", "u", "ri", "e", "e", "o", "o", "o", "e"], strict=True))
NASALS = {"\u0901": "n", "\u0902": "n", "\u0903": "h"}
NUKTA, VIRAMA = "\u093c", "\u094d"
SILENT = {NUKTA, VIRAMA, "\u200c", "\u200d"}

# In this order: ksh before sh, chh before ch.
LATIN_SPELLINGS = [pair.split(">") for pair in (
    "ksh>ks x>ks chh>c ch>c sh>s kh>k gh>g jh>j th>t dh>d ph>p bh>b f>p w>v z>j q>k gy>j ck>k"
    " au>o ou>u ai>e ay>e ee>i oo>u aa>a"
).split()]  # fmt: skip

SOFT_C = re.compile(r"c(?=[iey])")  # civil lines, city: said with s, and सिविल is so written

SAME_KEY, BEGINS, INSIDE = 0.5, 0.3, 0.2  # what a kinship of keys is worth beside the shared trigrams
WEIGHT_OF_KEY, WEIGHT_OF_FINE = 0.55, 0.45
FARTHEST = 0.1  # below this two names have nothing in common


class Spelling(NamedTuple):
    """A name made ready for comparing; keep it when the same names are searched often."""

    key: str
    fine: str
    key_trigrams: frozenset[str]
    fine_trigrams: frozenset[str]


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """The coarse phonetic key, without spaces: ``jpr`` for जयपुर, jaipur and jaypur."""
    return "".join(_coarse(word) for word in _latin(text).split())


def fine(text: str) -> str:
    """The finer key, with its vowels: tells Bassi from Bissau, where ``key`` does not."""
    return _single(_latin(text).replace(" ", "")).replace("v", "b")


def search_key(*names: str) -> str:
    """For a column: keys of the names and of each of their words, to be searched with ``contains=key(query)``."""
    keys = (key(part) for name in names for part in (name, *name.split()))
    return " ".join(dict.fromkeys(filter(None, keys)))


def similarity(a: str, b: str) -> float:
    """Shared groups of three letters over all of both, from 0 to 1. Compares keys, not names."""
    return _shared(_trigrams(a), _trigrams(b))


@lru_cache(maxsize=8192)
def prepare(name: str) -> Spelling:
    """What ``rank`` needs to know of one name."""
    coarse, finer = key(name), fine(name)
    return Spelling(coarse, finer, _trigrams(coarse), _trigrams(finer))


def rank(query: str, candidates: Iterable[tuple[T, Iterable[str | Spelling]]], limit: int = 8) -> list[T]:
    """The nearest candidates, best first; equals keep the order in which they came.

    Each candidate is a thing and its names (Hindi, English, aliases), as text
    or made ready by ``prepare``. What has nothing in common is left out.
    """
    wanted = prepare(query)
    scored = [(max((_score(wanted, name) for name in names), default=0.0), thing) for thing, names in candidates]
    scored.sort(key=lambda pair: -pair[0])
    return [thing for score, thing in scored[:limit] if score > FARTHEST]


def _score(wanted: Spelling, name: str | Spelling) -> float:
    found = prepare(name) if isinstance(name, str) else name
    score = WEIGHT_OF_KEY * _shared(wanted.key_trigrams, found.key_trigrams)
    score += WEIGHT_OF_FINE * _shared(wanted.fine_trigrams, found.fine_trigrams)
    if found.key == wanted.key:
        return score + SAME_KEY
    if _begins(found.key, wanted.key) or _begins(found.fine, wanted.fine):
        return score + BEGINS
    if len(wanted.key) >= 3 and wanted.key in found.key:
        return score + INSIDE
    return score


def _begins(name: str, query: str) -> bool:
    """One letter alone says nothing."""
    return len(query) >= 2 and name.startswith(query)


def _latin(text: str) -> str:
    """Words of a–z and 0–9 in one simple spelling, whatever the script was."""
    heard = SOFT_C.sub("s", unicodedata.normalize("NFD", text.lower()))
    plain = unicodedata.normalize("NFKD", "".join(_romanised(heard)))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for spelling, letter in LATIN_SPELLINGS:
        letters = letters.replace(spelling, letter)
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def _romanised(text: str) -> Iterable[str]:
    """Devanagari letter by letter; a consonant without vowel sign or virama carries its a. The rest as it is."""
    open_consonant = False
    for sign in text:
        if open_consonant and sign not in MATRAS and sign not in (VIRAMA, NUKTA):
            yield "a"
        open_consonant = sign in CONSONANTS or (open_consonant and sign == NUKTA)
        if sign.isdecimal():
            yield str(unicodedata.decimal(sign))
        elif sign not in SILENT:
            yield CONSONANTS.get(sign) or VOWELS.get(sign) or MATRAS.get(sign) or NASALS.get(sign) or sign
    if open_consonant:
        yield "a"


def _coarse(word: str) -> str:
    """One word without inner vowels; the first letter stays whatever it is, y and h only right behind it."""
    nasal = re.sub(r"m(?=[pb])", "n", _single(word)).replace("v", "b")  # सलूंबर, salumber
    inner = re.sub(r"[aeiou]", "", nasal[1:])
    bones = _single(nasal[0] + re.sub(r"(?<!^)[yh]", "", inner))
    flapped = bones[0] + bones[1:].replace("d", "r")  # ड़ is written d or r, never at the start
    heard = re.sub(r"n(?=[kgcjtpbsr])", "", flapped)
    if len(heard) > 3:
        heard = re.sub(r"n$", "", heard)
    return _single(heard)


def _single(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)
