"""Units in time: each change with its day and its hand, and the tree of any day told from them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from committees.models import Plan, Unit, UnitChange
from portal.bilingual import spoken
from portal.models import User

FIELDS = ("number", "name_hi", "name_en", "aliases", "pin", "valid_from", "valid_to", "slug")
BATCH = 1000
Kind = UnitChange.Kind
Told = dict[str, Any]
Pair = tuple[Told, Told]  # what stood, what stands


class Past(NamedTuple):
    """A unit as it was on a day."""

    code: str
    level: str
    parent: str
    number: int | None
    name_hi: str
    name_en: str

    @property
    def name(self) -> str:
        return spoken(self, "name")


def told(unit: Unit) -> Told:
    """What can change about a unit, as a change writes it down: ``parent`` as a code, days as text."""
    facts = {field: getattr(unit, field) for field in FIELDS}
    days = {field: value.isoformat() for field, value in facts.items() if isinstance(value, date)}
    return facts | days | {"parent": unit.parent_code}


def differing(before: Told, after: Told) -> Pair:
    """Only what is not the same. Of a unit that was not there before, only what is told."""
    if not before:
        return {}, {field: value for field, value in after.items() if value not in (None, "")}
    fields = [field for field in after if before[field] != after[field]]
    return {field: before[field] for field in fields}, {field: after[field] for field in fields}


def kind_of(before: Told, after: Told) -> Kind:
    """What to call a change of these fields."""
    if "parent" in after:
        return Kind.MOVED
    if "valid_to" in after and None in (before["valid_to"], after["valid_to"]):
        return Kind.REOPENED if after["valid_to"] is None else Kind.CLOSED
    return Kind.RENAMED if {"name_hi", "name_en"} & set(after) else Kind.CHANGED


def change_of(
    *, unit: Unit, kind: Kind, pair: Pair, on: date, by: User | None, now: datetime, plan: Plan | None = None
) -> UnitChange:
    """A change that is not written yet."""
    return UnitChange(unit=unit, kind=kind, on=on, at=now, by=by, before=pair[0], after=pair[1], plan=plan)


def write(*, changes: Iterable[UnitChange], now: datetime) -> None:
    """Write changes down, all with the time ``now``."""
    rows = list(changes)
    for row in rows:
        row.at = now
    UnitChange.objects.bulk_create(rows, batch_size=BATCH)


def as_of(*, day: date, units: QuerySet[Unit] | None = None) -> dict[str, Past]:
    """The tree as it was on a day, by code; with ``units`` only those of them.

    Told by walking back from today: each change that holds from a later day is taken back, the latest first.
    """
    fields = ("code", "level", "parent__code", *FIELDS)
    rows = (Unit.objects.all() if units is None else units).values(*fields)
    known = {row["code"]: row | {"parent": row["parent__code"] or ""} for row in rows}
    later = UnitChange.objects.filter(on__gt=day).order_by("-on", "-pk").values_list("unit__code", "kind", "before")
    for code, kind, before in later if units is None else later.filter(unit__in=units):
        if kind == Kind.ADDED:
            known.pop(code, None)
        elif code in known:
            known[code] |= before
    return {code: Past(*(row[field] for field in Past._fields)) for code, row in known.items() if _stands(row, day)}


def children_on(*, unit: Unit, day: date) -> list[Past]:
    """The units right below this one as it was on a day."""
    return [past for past in as_of(day=day, units=_ever_below(unit)).values() if past.parent == unit.code]


def of(unit: Unit) -> QuerySet[UnitChange]:
    """What happened to a unit, to those that are or were right below it or became part of it, newest first."""
    rows = UnitChange.objects.filter(Q(unit=unit) | Q(unit__in=_ever_below(unit)) | Q(after__into=unit.code))
    return rows.select_related("unit", "by__person", "plan").order_by("-on", "-pk")


def _ever_below(unit: Unit) -> QuerySet[Unit]:
    """Its children of today, and those that a change took away from it or brought."""
    moved = UnitChange.objects.filter(Q(before__parent=unit.code) | Q(after__parent=unit.code), kind=Kind.MOVED)
    return Unit.objects.filter(Q(parent=unit) | Q(pk__in=moved.values("unit")))


def _stands(row: Told, day: date) -> bool:
    begins, ends = (_day(row[field]) for field in ("valid_from", "valid_to"))
    return (begins is None or begins <= day) and (ends is None or ends > day)


def _day(value: date | str | None) -> date | None:
    """A column holds a day, a change its text."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
