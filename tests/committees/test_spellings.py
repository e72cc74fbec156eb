"""Five hundred spellings, asked of the product's own search among the places of Rajasthan."""

from pathlib import Path

import pytest

from committees import search
from committees.domain import founding, tree
from portal import folding

FILE = Path(__file__).with_name("spellings.txt")
FIRST, AMONG_THREE = 0.97, 0.99


def spellings():
    """(what was typed, the place that was meant)"""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, colon, typed = line.partition(":")
        if colon and not line.startswith("#"):
            yield from ((text.replace("_", " "), name) for text in typed.split())


def meant(unit, name):
    """By the name or an alias: सलूंबर is सलूम्बर."""
    called = {unit.name_hi, *unit.aliases.split("|")}
    return name in called or folding.fine(unit.name_hi) == folding.fine(name)


@pytest.fixture
def rajasthan(db, now):
    tree.load(rows=founding.default_units(), by=None, now=now)


def test_the_place_that_was_meant_comes_first(rajasthan):
    asked = list(spellings())

    places = [search.find(text, limit=3) for text, _name in asked]

    first = [pair for pair, found in zip(asked, places, strict=True) if not found or not meant(found[0], pair[1])]
    three = [pair for pair, found in zip(asked, places, strict=True) if not any(meant(unit, pair[1]) for unit in found)]
    assert len(asked) >= 500
    assert len(first) <= (1 - FIRST) * len(asked), first
    assert len(three) <= (1 - AMONG_THREE) * len(asked), three
