"""Puts everything back as it stood before a plan, to the letter."""

from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from committees.days import day_of
from committees.domain import history
from committees.domain.plans.applying import BATCH, SEAT, UNIT, row_of, snapshot
from committees.domain.tree import addresses
from committees.domain.tree.addresses import Place
from committees.domain.tree.rows import FACTS, key_of
from committees.levels import ANCESTORS
from committees.models import Nomination, OldAddress, Plan, Seat, Unit, UnitChange
from committees.states import OPEN
from portal.models import User

Kind = UnitChange.Kind
BACK = {Kind.MERGED: Kind.REOPENED, Kind.CLOSED: Kind.REOPENED}


class Overtaken(Exception):
    """Something that the plan changed was changed again since: it cannot be as it was."""


def undo(*, plan: Plan, by: User, now: datetime) -> None:
    """Take back all that ``applying`` did; the tree must be held still. Raises ``Overtaken``."""
    units = Unit.objects.select_related("parent").in_bulk([pk for pk, _before, _after in plan.undo["units"]])
    seats = Seat.objects.in_bulk([pk for pk, _before, _after in plan.undo["seats"]])
    _check_nothing_came_between(plan, units, seats)
    told = {pk: history.told(unit) for pk, unit in units.items()}
    try:
        with transaction.atomic():
            _put_units_back(plan, units)
            _put_seats_back(plan, seats)
            _take_away(plan)
    except (IntegrityError, ProtectedError):
        raise Overtaken(plan.key) from None
    history.write(changes=_changes(plan, units, told, by, now), now=now)


def _check_nothing_came_between(plan: Plan, units: dict[int, Unit], seats: dict[int, Seat]) -> None:
    stand = snapshot(units)
    changed = [pk for pk, _before, after in plan.undo["units"] if stand.get(pk) != after]
    changed += [pk for pk, _before, after in plan.undo["seats"] if pk not in seats or row_of(seats[pk]) != after]
    elsewhere = [pk for pk, before, after in plan.undo["seats"] if before[0] != after[0]]
    named = Nomination.objects.filter(seat__in=elsewhere, appointment=None, proposal__status__in=OPEN)
    if changed or named.exists():  # a list of the one unit would seat people in another
        raise Overtaken(plan.key)


def _put_units_back(plan: Plan, units: dict[int, Unit]) -> None:
    rows = {pk: dict(zip(UNIT, before, strict=True)) for pk, before, _after in plan.undo["units"]}
    parents = Unit.objects.with_chain().in_bulk({row["parent_id"] for row in rows.values()})
    elsewhere = [unit for pk, unit in units.items() if [unit.parent_id, unit.slug] != plan_place(rows[pk])]
    for _level, some in groupby(sorted(elsewhere, key=lambda unit: unit.level), key=lambda unit: unit.level):
        places = [Place(unit, parents[rows[unit.pk]["parent_id"]], rows[unit.pk]["slug"]) for unit in some]
        addresses.put_many(places=places, now=None)
    for pk, unit in units.items():
        for field in UNIT[2:]:
            setattr(unit, field, rows[pk][field])
        unit.valid_to = _day(rows[pk]["valid_to"])
        unit.key = key_of(unit.name_hi, unit.name_en, unit.aliases, unit.number)
    Unit.objects.bulk_update(units.values(), [*FACTS, "key"], batch_size=BATCH)


def plan_place(row: dict[str, Any]) -> list[Any]:
    """Where a unit hung."""
    return [row["parent_id"], row["slug"]]


def _put_seats_back(plan: Plan, seats: dict[int, Seat]) -> None:
    for pk, before, _after in plan.undo["seats"]:
        for name, value in zip(SEAT, before, strict=True):
            setattr(seats[pk], name, _day(value) if name == "closed_on" else value)
    Seat.objects.bulk_update(seats.values(), ["unit", "number", "closed_on"], batch_size=BATCH)


def _take_away(plan: Plan) -> None:
    """What the plan made: addresses, chairs, units. One that is in use is protected by what points to it."""
    made = plan.undo["made"]
    OldAddress.objects.filter(pk__in=plan.undo["addresses"]).delete()
    Seat.objects.filter(pk__in=plan.undo["made_seats"]).delete()
    UnitChange.objects.filter(unit__in=made, plan=plan).delete()
    units = Unit.objects.filter(pk__in=made)
    units.update(**dict.fromkeys(ANCESTORS))  # a unit is its own ancestor, and would protect itself
    units.delete()


def _changes(
    plan: Plan, units: dict[int, Unit], told: dict[int, history.Told], by: User, now: datetime
) -> list[UnitChange]:
    """The way back as history: what a plan did is told, and that it was undone."""
    today, found = day_of(now), []
    back = {unit: BACK.get(Kind(kind)) for unit, kind in plan.changes.values_list("unit", "kind")}
    for pk, unit in units.items():
        pair = history.differing(told[pk], history.told(unit))
        if pair[1]:
            kind = back.get(pk) or history.kind_of(*pair)
            found.append(history.change_of(unit=unit, kind=kind, pair=pair, on=today, by=by, now=now, plan=plan))
    return found


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
