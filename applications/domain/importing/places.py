"""From the names of places in a row to the nearest unit that we know, and a note of what we do not."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q

from applications.domain.importing.cells import ascii_digits, is_nothing
from committees.levels import ANCESTORS, Level
from committees.models import Unit
from committees.querysets import UnitQuerySet
from committees.search import FILLERS
from portal import folding, names

ALIKE, SAME_BONES = 0.6, 0.34  # shared groups of three letters: of any two names, and of two with one coarse key
LONGEST_NOTE = 160
NUMBER = re.compile(r"(?<![^\W_])\d{1,5}(?![^\W_])")
SIGNS = re.compile(r"[^\w\u0900-\u0963\u0970-\u097f]+")
NUMBERED = (Level.ASSEMBLY, Level.BOOTH)
BESIDE = FILLERS | set("sc st gen ac जिले ज़िला क्षेत्र का नाम वार्ड ग्राम गाँव गांव village ward".split())


class Found(NamedTuple):
    """A unit, and what of the typed places it does not say."""

    unit: int
    note: str


class _Place:
    """One unit with what comparing needs."""

    __slots__ = ("above", "level", "number", "pk", "spellings")

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.pk, self.level, self.number = row["pk"], row["level"], row["number"]
        self.above = {row[f"{level}_id"] for level in ANCESTORS}
        self.spellings = _spellings(row["name_hi"], row["name_en"], *filter(None, row["aliases"].split("|")))


class Places:
    """The units of a drive on one day, kept in memory: ten thousand rows ask for them."""

    def __init__(self, top: Unit, day: date) -> None:
        self.top, self.day = top, day
        self.known: dict[tuple[tuple[str, str], ...], Found] = {}
        self.booths: dict[int, list[_Place]] = {}
        self.level_of = {top.pk: top.level}
        self.by_level: dict[str, list[_Place]] = defaultdict(list)
        for place in self._places(Unit.objects.under(top).exclude(level=Level.BOOTH)):
            self.by_level[place.level].append(place)
            self.level_of[place.pk] = place.level

    def find(self, typed: Mapping[str, str]) -> Found:
        """The lowest unit that the typed names lead to without contradiction; the drive's own when none does."""
        asked = tuple((str(level), names.clean(typed.get(level, ""))) for level in list(Level)[1:])
        if asked not in self.known:
            self.known[asked] = self._find([(level, text) for level, text in asked if not is_nothing(text)])
        return self.known[asked]

    def _find(self, asked: list[tuple[str, str]]) -> Found:
        here, unknown, is_lost = self.top.pk, [], False
        for level, text in asked:
            found = None if is_lost else self._match(level, text, here)
            if found:
                here = found.pk
            if not (found and (level != Level.BOOTH or found.level == level or not _numbers(text))):
                is_own = self._is_own(level, text)
                unknown += [] if is_own else [text]
                is_lost |= level == Level.ASSEMBLY and not is_own  # blocks of one name lie in several
        return Found(here, ", ".join(dict.fromkeys(unknown)))

    def _match(self, level: str, text: str, here: int) -> _Place | None:
        if level != Level.BOOTH:
            candidates = [place for place in self.by_level[level] if here in place.above]
            return _best(text, candidates, by_number=level in NUMBERED)
        mandals = [place for place in self.by_level[Level.MANDAL] if here in place.above]
        return _best(text, self._booths(here), by_number=True) or _best(text, mandals, by_number=False)

    def _is_own(self, level: str, text: str) -> bool:
        """Does this name the drive's own unit, or one above it, once more?"""
        unit = getattr(self.top, level, None) if level != Level.BOOTH else None
        return unit is not None and _likeness(text, _spellings(unit.name_hi, unit.name_en)) > 0

    def _booths(self, here: int) -> list[_Place]:
        """Those below an assembly or less: it has three hundred, a district thousands."""
        level = self.level_of[here]
        if Level(level).depth < Level.ASSEMBLY.depth or level == Level.BOOTH:
            return []
        if here not in self.booths:
            below = Unit.objects.filter(Q(**{f"{level}_id": here}), level=Level.BOOTH)
            self.booths[here] = list(self._places(below))
            self.level_of |= {booth.pk: Level.BOOTH for booth in self.booths[here]}
        return self.booths[here]

    def _places(self, units: UnitQuerySet) -> Iterator[_Place]:
        columns = ["pk", "level", "number", "name_hi", "name_en", "aliases", *(f"{level}_id" for level in ANCESTORS)]
        return (_Place(row) for row in units.on(self.day).order_by("path").values(*columns))


def _best(text: str, places: list[_Place], *, by_number: bool) -> _Place | None:
    """The one that is meant: by its number, else by its name; ``None`` when none or several may be."""
    name, numbers = _name(text), _numbers(text)
    if by_number and numbers:
        numbered = [place for place in places if place.number == numbers[0]]
        if len(numbered) == 1 and (numbered[0].level == Level.BOOTH or not name):
            return numbered[0]
        places = numbered or places
    if not name:
        return None
    scored = sorted(((_likeness(name, place.spellings), -at) for at, place in enumerate(places)), reverse=True)
    if not scored or not scored[0][0] or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return places[-scored[0][1]]


def _likeness(text: str, spellings: frozenset[tuple[str, str]]) -> float:
    """How much a typed name is one of these; 0 when it is another name."""
    key, fine = _folded(_name(text))
    best = 0.0
    for other_key, other_fine in spellings:
        shared = folding.similarity(fine, other_fine) if fine != other_fine else 1.0
        if shared >= (SAME_BONES if key and key == other_key else ALIKE):
            best = max(best, shared)
    return best


def _numbers(text: str) -> list[int]:
    return [int(number) for number in NUMBER.findall(ascii_digits(text))]


def _name(text: str) -> str:
    """The words that tell: without numbers, and without what is written beside any name."""
    words = SIGNS.sub(" ", NUMBER.sub(" ", ascii_digits(text))).split()
    return " ".join(word for word in words if word.casefold() not in BESIDE)


@lru_cache(maxsize=20_000)
def _folded(name: str) -> tuple[str, str]:
    return folding.key(name), folding.fine(name)


def _spellings(*written: str) -> frozenset[tuple[str, str]]:
    return frozenset(_folded(_name(name)) for name in written if _name(name))
