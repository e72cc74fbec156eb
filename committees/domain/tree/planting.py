"""New units: one by hand, or many from a file that also mends those that stand."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from committees.days import day_of
from committees.domain import forming, history
from committees.domain.tree import addresses
from committees.domain.tree.rows import BATCH, FACTS, Row, facts, free_slug, mended, planted
from committees.levels import ANCESTORS, ORDER, Level
from committees.models import Unit, UnitChange
from portal import audit
from portal.models import User


class NoParent(Exception):
    """No unit of the level above has this code."""


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
    """Plant one unit below ``parent``, with the chairs of its level. Raises ``WrongParent``."""
    row = Row(level, code, "", name_hi, name_en, number, aliases, slug, pin, valid_from, valid_to)
    if parent is not None:
        addresses.hold_still()
        addresses.look_again(parent)
    taken = set(Unit.objects.filter(parent=parent).values_list("slug", flat=True))
    unit = planted(row, parent, free_slug(row, taken))
    unit.save()
    if level in ANCESTORS:
        setattr(unit, level, unit)
        unit.save(update_fields=[level])
    on = valid_from or day_of(now)
    pair = history.differing({}, history.told(unit))
    added = history.change_of(unit=unit, kind=UnitChange.Kind.ADDED, pair=pair, on=on, by=by, now=now)
    history.write(changes=[added], now=now)
    audit.record("added", unit, by=by, now=now)
    forming.make_seats(unit=unit, by=by, now=now)
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
    addresses.hold_still()
    steps = [_load_level(level, by_level[level], by, now) for level in ORDER if by_level[level]]
    loaded = Loaded(*(sum(counts) for counts in zip(*steps, strict=True))) if steps else Loaded(0, 0, 0)
    if loaded.created or loaded.updated:
        top = Unit.objects.get(level=Level.STATE)
        audit.record("loaded units", top, by=by, now=now, created=loaded.created, updated=loaded.updated)
    return loaded


def _load_level(level: Level, rows: list[Row], by: User | None, now: datetime) -> Loaded:
    parents = {unit.code: unit for unit in Unit.objects.filter(level=level.above)} if level.above else {}
    known = {unit.code: unit for unit in Unit.objects.filter(level=level).select_related("parent")}
    taken: dict[int | None, set[str]] = defaultdict(set)
    for unit in known.values():
        taken[unit.parent_id].add(unit.slug)
    new, mends, changes, readdressed = [], [], [], 0
    for row in rows:
        parent = _parent_of(row, level, parents)
        unit = known.get(row.code)
        if unit is None:
            new.append(planted(row, parent, free_slug(row, taken[parent.pk if parent else None])))
            continue
        before = history.told(unit)
        moved, differs = _readdress(unit, parent, row.slug, now), facts(unit) != facts(row)
        readdressed += moved and not differs
        if differs:
            unit = mended(unit, row)
            mends.append(unit)
        if moved or differs:
            changes.append(_change(known[row.code], before, history.told(unit), by, now))
    Unit.objects.bulk_create(new, batch_size=BATCH)
    if level in ANCESTORS:
        Unit.objects.filter(level=level, **{level: None}).update(**{level: F("pk")})
    if mends:
        Unit.objects.bulk_create(
            mends, batch_size=BATCH, update_conflicts=True, unique_fields=["code"], update_fields=[*FACTS, "key"]
        )
    history.write(changes=changes, now=now)
    updated = len(mends) + readdressed
    return Loaded(len(new), updated, len(rows) - len(new) - updated)


def _change(unit: Unit, before: history.Told, after: history.Told, by: User | None, now: datetime) -> UnitChange:
    """What a file changed of a unit that stood already."""
    pair = history.differing(before, after)
    kind = history.kind_of(*pair)
    return history.change_of(unit=unit, kind=kind, pair=pair, on=day_of(now), by=by, now=now)


def _parent_of(row: Row, level: Level, parents: dict[str, Unit]) -> Unit | None:
    if level.above is None:
        return None
    if row.parent not in parents:
        raise NoParent(f"{row.code}: {row.parent}")
    return parents[row.parent]


def _readdress(unit: Unit, parent: Unit | None, slug: str, now: datetime) -> bool:
    """Hang a known unit elsewhere, or by another word, when its row says so. Returns whether it did."""
    if parent is None:
        return False
    moved = unit.parent_id != parent.pk
    if moved or (slug and slug != unit.slug):
        addresses.put_at(unit=unit, parent=parent, slug=unit.slug if moved else slug, now=now)
        return True
    return False
