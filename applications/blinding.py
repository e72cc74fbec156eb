"""A text from which nobody can tell who wrote it, as far as that can be done.

For readers who are to judge blind: the applicant's own name in either script,
numbers, links and handles become ▇▇▇. Rather a word too many than one too few.
"""

import re
from collections.abc import Iterator

from applications.models import Application
from portal import folding, names, wording

HIDDEN = "▇▇▇"
MOBILE = re.compile(r"(?<!\d)(?:\+?[9९][1१][\s-]*|[0०])?[6-9६-९](?:[\s().-]*\d){9}(?!\d)")
HANDLE = re.compile(r"[@#][\w.\u0900-\u097f-]+")
WORD = re.compile(r"[^\W_]+(?:[\u0900-\u0963\u0970-\u097f\u200c\u200d]+[^\W_]*)*")
LETTERS_OF_A_HANDLE = 4  # shorter ones stand in ordinary words
LETTERS_OF_A_STEM = 4  # a name this long is also found in front of an ending: सुनीताजी


def redact(text: str, application: Application) -> str:
    """``text`` without what names this applicant."""
    if not text:
        return ""
    text = MOBILE.sub(HIDDEN, wording.LINKISH.sub(HIDDEN, text))
    text = HANDLE.sub(HIDDEN, text)
    for handle in _handles(application):
        text = re.sub(re.escape(handle), HIDDEN, text, flags=re.IGNORECASE)
    stems = [_stem(word) for word in _name_words(application.name)]
    return WORD.sub(lambda word: HIDDEN if _names(word[0], stems) else word[0], text)


def platforms(application: Application) -> list[str]:
    """Where the applicant is to be found, without the way there."""
    return [link.get("platform") or "" for link in application.links]


def _name_words(name: str) -> list[str]:
    return [word for word in names.clean(name).split() if word.rstrip(".").casefold() not in names.HONORIFICS]


def _handles(application: Application) -> Iterator[str]:
    """The last part of each address, and each name that was given without one."""
    for link in application.links:
        for said in (link.get("url", ""), link.get("text", "")):
            handle = said.rstrip("/").rpartition("/")[2].lstrip("@").partition("?")[0]
            if len(handle) >= LETTERS_OF_A_HANDLE:
                yield handle


def _stem(word: str) -> str:
    """One spelling for both scripts: मीणा and Mina are ``min``, वर्मा and Verma ``brm``, राठौड़ and Rathore ``rtur``."""
    sounded = folding.fine(word).replace("y", "i").replace("o", "u").replace("er", "r").replace("sinh", "sing")
    short = re.sub(r"(?<=[^a])a", "", re.sub(r"(?<=...)e$", "", sounded))
    return re.sub(r"(.)\1+", r"\1", short[:1] + short[1:].replace("d", "r"))


def _names(word: str, stems: list[str]) -> bool:
    """Is this word one of the name, alone, with an ending, or the whole name written as one?"""
    stem = _stem(word)
    if stem in stems or stem == "".join(stems):
        return True
    return any(len(name) >= LETTERS_OF_A_STEM and stem.startswith(name) for name in stems)
