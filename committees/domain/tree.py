"""Plants, moves and renames units: the only writer of ancestors, address and search key."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify

from committees.levels import ANCESTORS, ORDER, Level
from committees.models import Unit
from portal import audit, folding
from portal.models import User

RESERVED = {"search", "committee", "form"}  # words that our own addresses use below /units/
KEY_LENGTH = 400
BATCH = 1000
FACTS = ("number", "name_hi", "name_en", "aliases", "pin", "valid_from", "valid_to")


class NoParent(Exception):
    """No unit of the level above has this code."""


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


class Loaded(NamedTuple):
    """How many units were new, differed, or stood there already."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def add_unit(
    *,
    level: str,
    parent: Unit | None,
    code: str,
    slug: str = "",
    name_hi: str,
    name_en: str,
    number: int | None = None,
    aliases: str = "",
    pin: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User | None,
    now: datetime,
) -> Unit:
    """Plant one unit below ``parent``. Raises ``WrongParent``."""
    row = Row(level, code, "", name_hi, name_en, number, aliases, slug, pin, valid_from, valid_to)
    taken = set(Unit.objects.filter(parent=parent).values_list("slug", flat=True))
    unit = _planted(row, parent, _free_slug(row, taken))
    unit.save()
    if level in ANCESTORS:
        setattr(unit, level, unit)
        unit.save(update_fields=[level])
    audit.record("added", unit, by=by, now=now)
    return unit


@transaction.atomic
def load(*, rows: Iterable[Row], by: User | None, now: datetime) -> Loaded:
    """Bring the tree in step with many rows: new ones planted, others mended. Codes decide who is who.

    An address stays unless the row names another slug or parent. Raises
    ``NoParent`` or ``WrongParent``; then nothing has changed.
    """
    by_level: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_level[row.level].append(row)
    steps = [_load_level(level, by_level[level], by, now) for level in ORDER if by_level[level]]
    loaded = Loaded(*(sum(counts) for counts in zip(*steps, strict=True))) if steps else Loaded(0, 0, 0)
    if loaded.created or loaded.updated:
        top = Unit.objects.get(level=Level.STATE)
        audit.record("loaded units", top, by=by, now=now, created=loaded.created, updated=loaded.updated)
    return loaded


@transaction.atomic
def rename(*, unit: Unit, name_hi: str, name_en: str, by: User | None, now: datetime) -> None:
    """Give new names. The old ones stay among the aliases, so that search still finds the place."""
    old = [name for name in (unit.name_hi, unit.name_en) if name not in (name_hi, name_en)]
    aliases = "|".join(dict.fromkeys([*filter(None, unit.aliases.split("|")), *old]))
    change(unit=unit, by=by, now=now, name_hi=name_hi, name_en=name_en, aliases=aliases)


@transaction.atomic
def change(*, unit: Unit, by: User | None, now: datetime, slug: str = "", **facts: object) -> None:
    """Write down other ``FACTS`` about a unit, and another word in its address when ``slug`` is given."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"no such facts: {sorted(unknown)}")
    for fact, value in facts.items():
        setattr(unit, fact, value)
    unit.key = _key(unit.name_hi, unit.name_en, unit.aliases, unit.number)
    unit.save(update_fields=[*FACTS, "key"])
    if slug and slug != unit.slug:
        _put_at(unit, unit.parent, slug)
    audit.record("changed", unit, by=by, now=now, what=sorted(facts))


@transaction.atomic
def move(*, unit: Unit, parent: Unit, by: User | None, now: datetime) -> None:
    """Hang a unit, with all below it, under another parent. Raises ``WrongParent``.

    A cycle cannot come about: the parent is always of the level right above.
    """
    _check_level(unit.level, parent)
    came_from = unit.parent_id
    below = Unit.objects.under(unit)
    above = ANCESTORS[: Level(unit.level).depth]
    below.update(**{f"{level}_id": getattr(parent, f"{level}_id") for level in above})
    for level in above:
        setattr(unit, f"{level}_id", getattr(parent, f"{level}_id"))
    _put_at(unit, parent, unit.slug)
    audit.record("moved", unit, by=by, now=now, came_from=came_from, to=parent.pk)


def wrong_units() -> QuerySet[Unit]:
    """Units whose level, ancestors or address disagree with their parent. There must be none."""
    wrong = Q(level=Level.STATE) & (~Q(path="") | Q(state=None) | ~Q(state=F("pk")))
    for level in ORDER:
        for ancestor in ANCESTORS:
            if Level(ancestor).depth < level.depth:
                wrong |= Q(level=level) & (Q(**{ancestor: None}) | ~Q(**{ancestor: F(f"parent__{ancestor}")}))
            elif ancestor == level:
                wrong |= Q(level=level) & (Q(**{ancestor: None}) | ~Q(**{ancestor: F("pk")}))
            else:
                wrong |= Q(level=level, **{f"{ancestor}__isnull": False})
        if level.above:
            wrong |= Q(level=level) & ~Q(parent__level=level.above)
    rest = Concat(F("parent__path"), Value("/"), F("slug"), output_field=CharField())
    wrong |= Q(level=Level.DISTRICT) & ~Q(path=F("slug"))
    wrong |= Q(level__in=ORDER[2:]) & ~Q(path=F("right_path"))
    return Unit.objects.annotate(right_path=rest).filter(wrong)


# --- how it is done ------------------------------------------------------------------


def _load_level(level: Level, rows: list[Row], by: User | None, now: datetime) -> Loaded:
    parents = {unit.code: unit for unit in Unit.objects.filter(level=level.above)} if level.above else {}
    known = {unit.code: unit for unit in Unit.objects.filter(level=level)}
    taken: dict[int | None, set[str]] = defaultdict(set)
    for unit in known.values():
        taken[unit.parent_id].add(unit.slug)
    new, mended, readdressed = [], [], 0
    for row in rows:
        parent = _parent_of(row, level, parents)
        unit = known.get(row.code)
        if unit is None:
            new.append(_planted(row, parent, _free_slug(row, taken[parent.pk if parent else None])))
            continue
        moved = _readdress(unit, parent, row.slug, by, now)
        readdressed += moved
        if _facts(unit) != _facts(row):
            mended.append(_mended(unit, row))
            readdressed -= moved
    Unit.objects.bulk_create(new, batch_size=BATCH)
    if level in ANCESTORS:
        Unit.objects.filter(level=level, **{level: None}).update(**{level: F("pk")})
    if mended:
        Unit.objects.bulk_create(
            mended, batch_size=BATCH, update_conflicts=True, unique_fields=["code"], update_fields=[*FACTS, "key"]
        )
    updated = len(mended) + readdressed
    return Loaded(len(new), updated, len(rows) - len(new) - updated)


def _parent_of(row: Row, level: Level, parents: dict[str, Unit]) -> Unit | None:
    if level.above is None:
        return None
    if row.parent not in parents:
        raise NoParent(f"{row.code}: {row.parent}")
    return parents[row.parent]


def _readdress(unit: Unit, parent: Unit | None, slug: str, by: User | None, now: datetime) -> bool:
    """Move a known unit when its row says so. Returns whether it did."""
    if parent is not None and unit.parent_id != parent.pk:
        move(unit=unit, parent=parent, by=by, now=now)
    elif slug and parent is not None and slug != unit.slug:
        _put_at(unit, parent, slug)
    else:
        return False
    return True


def _put_at(unit: Unit, parent: Unit | None, slug: str) -> None:
    """Write parent, slug and the addresses of the whole subtree: two statements, however large it is."""
    if parent is None:
        return
    siblings = Unit.objects.filter(parent=parent).exclude(pk=unit.pk)
    free = _numbered(slug, set(siblings.values_list("slug", flat=True)))
    old, new = unit.path, _path(parent, free)
    unit.parent, unit.slug = parent, free
    unit.save(update_fields=["parent", "slug"])
    Unit.objects.under(unit).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.path = new


def _planted(row: Row, parent: Unit | None, slug: str) -> Unit:
    """The unit of a row, not saved yet; its own ancestor column waits for its number in the database."""
    _check_level(row.level, parent)
    above = {f"{level}_id": getattr(parent, f"{level}_id") for level in ANCESTORS[: Level(row.level).depth]}
    return Unit(
        level=row.level,
        code=row.code,
        parent=parent,
        slug=slug,
        path=_path(parent, slug),
        key=_key(row.name_hi, row.name_en, row.aliases, row.number),
        **above,
        **dict(zip(FACTS, _facts(row), strict=True)),
    )


def _mended(unit: Unit, row: Row) -> Unit:
    """A copy that carries the row's facts, for an insert that meets its own code and updates instead."""
    same = ("level", "code", "parent_id", "slug", "path", *(f"{level}_id" for level in ANCESTORS))
    return Unit(
        key=_key(row.name_hi, row.name_en, row.aliases, row.number),
        **{field: getattr(unit, field) for field in same},
        **dict(zip(FACTS, _facts(row), strict=True)),
    )


def _facts(thing: Unit | Row) -> tuple[object, ...]:
    return tuple(getattr(thing, fact) for fact in FACTS)


def _check_level(level: str, parent: Unit | None) -> None:
    if (parent.level if parent else None) != Level(level).above:
        raise WrongParent(f"{level} below {parent.level if parent else 'nothing'}")


def _path(parent: Unit | None, slug: str) -> str:
    if parent is None:
        return ""
    return f"{parent.path}/{slug}" if parent.path else slug


def _free_slug(row: Row, taken: set[str]) -> str:
    """People know an assembly by its number, other places by their names."""
    by_number = str(row.number) if row.level == Level.ASSEMBLY and row.number else ""
    wanted = row.slug or by_number or slugify(row.name_en) or slugify(row.code)
    free = _numbered(wanted[:50], taken)
    taken.add(free)
    return free


def _numbered(slug: str, taken: set[str]) -> str:
    number, free = 1, slug
    while free in taken or free in RESERVED:
        number += 1
        free = f"{slug}-{number}"
    return free


def _key(name_hi: str, name_en: str, aliases: str, number: int | None) -> str:
    key = " ".join(dict.fromkeys(part for name in (name_hi, name_en, *aliases.split("|")) for part in _folded(name)))
    if number is not None:
        key = f"{number} {key}"
    return key if len(key) <= KEY_LENGTH else key[:KEY_LENGTH].rsplit(" ", 1)[0]


def _folded(name: str) -> list[str]:
    """The keys of ``folding.search_key``, of the name and of its words; a word of many booths is folded once."""
    words = [_folded_word(word) for word in name.split()]
    return [key for key in ("".join(words), *words) if key]


_folded_word = lru_cache(maxsize=20_000)(folding.key)
