"""What is told about one unit, and the unit that comes of it."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import slugify

from committees.levels import ANCESTORS, Level
from committees.models import Unit
from portal import folding

# Words that our own addresses use below /units/.
RESERVED = {"search", "committee", "form", "strength", "plans", "history"}
RESERVED |= {"coverage", "level", "compare", "next", "export", "people"}
KEY_LENGTH = 400
BATCH = 1000
FACTS = ("number", "name_hi", "name_en", "aliases", "pin", "valid_from", "valid_to")


class WrongParent(Exception):
    """The parent is not of the level right above."""


class Row(NamedTuple):
    """What is told about one unit; ``parent`` is a code, empty for the state."""

    level: str
    code: str
    parent: str
    name_hi: str
    name_en: str
    number: int | None = None
    aliases: str = ""
    slug: str = ""
    pin: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def planted(row: Row, parent: Unit | None, slug: str) -> Unit:
    """The unit of a row, not saved yet; its own ancestor column waits for its number in the database."""
    check_level(row.level, parent)
    above = {f"{level}_id": getattr(parent, f"{level}_id") for level in ANCESTORS[: Level(row.level).depth]}
    return Unit(
        level=row.level,
        code=row.code,
        parent=parent,
        slug=slug,
        path=path_below(parent, slug),
        key=key_of(row.name_hi, row.name_en, row.aliases, row.number),
        **above,
        **dict(zip(FACTS, facts(row), strict=True)),
    )


def mended(unit: Unit, row: Row) -> Unit:
    """A copy that carries the row's facts, for an insert that meets its own code and updates instead."""
    same = ("level", "code", "parent_id", "slug", "path", *(f"{level}_id" for level in ANCESTORS))
    return Unit(
        key=key_of(row.name_hi, row.name_en, row.aliases, row.number),
        **{field: getattr(unit, field) for field in same},
        **dict(zip(FACTS, facts(row), strict=True)),
    )


def facts(thing: Unit | Row) -> tuple[object, ...]:
    return tuple(getattr(thing, fact) for fact in FACTS)


def check_level(level: str, parent: Unit | None) -> None:
    if (parent.level if parent else None) != Level(level).above:
        raise WrongParent(f"{level} below {parent.level if parent else 'nothing'}")


def path_below(parent: Unit | None, slug: str) -> str:
    if parent is None:
        return ""
    return f"{parent.path}/{slug}" if parent.path else slug


def free_slug(row: Row, taken: set[str]) -> str:
    """People know an assembly by its number, other places by their names. The word is taken from then on."""
    by_number = str(row.number) if row.level == Level.ASSEMBLY and row.number else ""
    wanted = row.slug or by_number or slugify(row.name_en) or slugify(row.code)
    free = numbered(wanted[:50], taken)
    taken.add(free)
    return free


def numbered(slug: str, taken: set[str]) -> str:
    number, free = 1, slug
    while free in taken or free in RESERVED:
        number += 1
        free = f"{slug}-{number}"
    return free


def key_of(name_hi: str, name_en: str, aliases: str, number: int | None) -> str:
    key = " ".join(dict.fromkeys(part for name in (name_hi, name_en, *aliases.split("|")) for part in _folded(name)))
    if number is not None:
        key = f"{number} {key}"
    return key if len(key) <= KEY_LENGTH else key[:KEY_LENGTH].rsplit(" ", 1)[0]


def with_old_names(unit: Unit, name_hi: str, name_en: str) -> str:
    """The aliases of a unit that gets new names: the old ones stay, so that search still finds the place."""
    old = [name for name in (unit.name_hi, unit.name_en) if name not in (name_hi, name_en)]
    known = [*filter(None, unit.aliases.split("|"))]
    return "|".join(dict.fromkeys([*known, *old]))


def _folded(name: str) -> list[str]:
    """The keys of ``folding.search_key``, of the name and of its words; a word of many booths is folded once."""
    words = [_folded_word(word) for word in name.split()]
    return [key for key in ("".join(words), *words) if key]


_folded_word = lru_cache(maxsize=20_000)(folding.key)
