"""What the operators' register (DLT) holds: the text of an SMS with ``{#var#}`` in the place of each value.

An operator lets an SMS through when it is its registered text, sign for sign,
and no value is longer than its variables allow: 30 signs each (40 for
``{#alphanumeric#}``); a longer value has several of them side by side.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from portal import specimens, wording

VAR = "{#var#}"
ROOM = {"var": 30, "alphanumeric": 40, "numeric": 30, "url": 200}  # signs of one variable
VARIABLE = re.compile(r"\{#(\w+)#\}")
VARIABLES = re.compile(r"((?:\{#\w+#\})+)")
VALUES = re.compile(r"((?:\(\(\w+\)\))+)")
WORDS = re.compile(r"(\{#\w+#\}|\s+)")


class Part(NamedTuple):
    """A piece of two texts side by side; ``differs`` when one has it and the other has not."""

    ours: str
    theirs: str
    differs: bool


class Entry(NamedTuple):
    """One text as the product or the office writes it: for the register, and how long it is at the longest."""

    template: str
    language: str
    text: str
    registered: str
    dlt_id: str
    longest: dict[str, str]
    signs: int
    parts: int


def entry(template: str, language: str, words: wording.Words | None = None) -> Entry:
    """The product's own text, or these ``words``, ready to be registered."""
    words = words or wording.catalogue()[template, language]
    longest = specimens.longest(template, language)
    said = specimens.filled(words, longest).text
    given = as_registered(words.text, longest)
    return Entry(template, language, words.text, given, words.dlt_id, longest, len(said), wording.segments(said))


def as_registered(text: str, longest: Mapping[str, str]) -> str:
    """The text as it is given to the register: as many variables for a value as its longest one needs."""

    def variables(match: re.Match[str]) -> str:
        return VAR * max(1, -(-len(longest.get(match[1], "")) // ROOM["var"]))

    return wording.VALUE.sub(variables, one_line(text))


def one_line(text: str) -> str:
    """Without what a form adds at the ends and between lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def matches(text: str, registered: str) -> bool:
    """Is ``text`` what was registered, with a value or several for each run of variables?"""
    ours, theirs = VALUES.split(one_line(text)), VARIABLES.split(one_line(registered))
    if ours[::2] != theirs[::2]:
        return False
    runs = zip(ours[1::2], theirs[1::2], strict=True)
    return all(len(VARIABLE.findall(variables)) >= len(wording.VALUE.findall(names)) for names, variables in runs)


def too_long(text: str, registered: str, longest: Mapping[str, str]) -> list[str]:
    """The values whose longest one does not go into its variables; for texts that match."""
    ours, theirs = VALUES.split(one_line(text)), VARIABLES.split(one_line(registered))
    found = []
    for run, variables in zip(ours[1::2], theirs[1::2], strict=True):
        names = wording.VALUE.findall(run)
        room = sum(ROOM.get(kind, ROOM["var"]) for kind in VARIABLE.findall(variables))
        if sum(len(longest.get(name, "")) for name in names) > room:
            found += names
    return found


def side_by_side(text: str, registered: str) -> list[Part]:
    """Both texts in pieces, so that a page can mark where they part."""
    ours = _tokens(wording.VALUE.sub(VAR, one_line(text)))
    theirs = _tokens(re.sub(r"(?:\{#\w+#\})+", VAR, one_line(registered)))
    pieces = SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes()
    return [Part("".join(ours[a:b]), "".join(theirs[c:d]), kind != "equal") for kind, a, b, c, d in pieces]


def _tokens(text: str) -> list[str]:
    return [token for token in WORDS.split(text) if token]
