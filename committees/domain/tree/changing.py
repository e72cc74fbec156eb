"""Renames, moves, closes and opens again a unit that stands."""

from datetime import date, datetime

from django.db import transaction

from committees.days import day_of
from committees.domain import history
from committees.domain.tree import addresses
from committees.domain.tree.rows import FACTS, check_level, key_of, with_old_names
from committees.models import Appointment, Unit, UnitChange
from portal import audit
from portal.models import User

Kind = UnitChange.Kind


class StillInUse(Exception):
    """Somebody sits here, or a unit below is open: closing would lose them silently."""


@transaction.atomic
def rename(*, unit: Unit, name_hi: str, name_en: str, by: User | None, now: datetime) -> None:
    """Give new names. The old ones stay among the aliases, so that search still finds the place."""
    aliases = with_old_names(unit, name_hi, name_en)
    change(unit=unit, by=by, now=now, name_hi=name_hi, name_en=name_en, aliases=aliases)


@transaction.atomic
def close(*, unit: Unit, on: date, by: User | None, now: datetime) -> None:
    """Let the unit end on a day. Raises ``StillInUse``."""
    change(unit=unit, by=by, now=now, valid_to=on)


@transaction.atomic
def reopen(*, unit: Unit, by: User | None, now: datetime) -> None:
    """Let a closed unit go on."""
    change(unit=unit, by=by, now=now, valid_to=None)


@transaction.atomic
def change(*, unit: Unit, by: User | None, now: datetime, slug: str = "", **facts: object) -> None:
    """Write down other ``FACTS`` about a unit, and another word in its address when ``slug`` is given.

    Raises ``StillInUse`` when it would close a unit in which somebody sits.
    """
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"no such facts: {sorted(unknown)}")
    before = history.told(unit)
    for fact, value in facts.items():
        setattr(unit, fact, value)
    if before["valid_to"] is None and unit.valid_to is not None and in_use(unit):
        raise StillInUse(unit.code)
    unit.key = key_of(unit.name_hi, unit.name_en, unit.aliases, unit.number)
    unit.save(update_fields=[*FACTS, "key"])
    if slug and slug != unit.slug and unit.parent is not None:
        addresses.hold_still()
        addresses.look_again(unit)
        addresses.put_at(unit=unit, parent=unit.parent, slug=slug, now=now)
    history.write(changes=_changes(unit, before, by, now), now=now)
    audit.record("changed", unit, by=by, now=now, what=sorted(facts))


@transaction.atomic
def move(*, unit: Unit, parent: Unit, by: User | None, now: datetime) -> None:
    """Hang a unit, with all below it, under another parent. Raises ``WrongParent``.

    A cycle cannot come about: the parent is always of the level right above.
    """
    check_level(unit.level, parent)
    addresses.hold_still()
    addresses.look_again(unit, parent)
    before, came_from = history.told(unit), unit.parent_id
    addresses.put_at(unit=unit, parent=parent, slug=unit.slug, now=now)
    history.write(changes=_changes(unit, before, by, now), now=now)
    audit.record("moved", unit, by=by, now=now, came_from=came_from, to=parent.pk)


def in_use(unit: Unit) -> bool:
    """Does anybody sit here, or is a unit right below open?"""
    sits = Appointment.objects.filter(seat__unit=unit, until=None).exists()
    return sits or Unit.objects.filter(parent=unit, valid_to=None).exists()


def _changes(unit: Unit, before: history.Told, by: User | None, now: datetime) -> list[UnitChange]:
    """What differs now; an end holds from its own day, all else from today."""
    after, today = history.told(unit), day_of(now)
    ending = {"valid_to"} if before["valid_to"] != after["valid_to"] else set()
    found = []
    for fields in (ending, set(after) - ending):
        pair = history.differing({f: before[f] for f in fields}, {f: after[f] for f in fields})
        if pair[0]:
            kind = history.kind_of(*pair)
            on = unit.valid_to if kind == Kind.CLOSED and unit.valid_to else today
            found.append(history.change_of(unit=unit, kind=kind, pair=pair, on=on, by=by, now=now))
    return found
