"""Makes a plan happen whole, and notes what stood before, so that it can be undone whole."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, Q

from committees.domain import forming, history
from committees.domain.plans.works import Altered, New, Work
from committees.domain.tree import addresses
from committees.domain.tree.addresses import Place
from committees.domain.tree.rows import FACTS, free_slug, key_of, numbered, planted
from committees.levels import ANCESTORS, Level
from committees.models import Appointment, OldAddress, Plan, Seat, Unit, UnitChange
from portal.models import User

BATCH = 200
UNIT = ("parent_id", "slug", "number", "name_hi", "name_en", "aliases", "valid_to")
SEAT = ("unit_id", "number", "closed_on")
Kind = UnitChange.Kind
Undo = dict[str, Any]
Told = dict[int, history.Told]


def apply(*, plan: Plan, work: Work, by: User, now: datetime) -> Undo:
    """Do the work of a plan; the tree must be held still. Returns what :mod:`undoing` needs."""
    units, day = work.units, plan.effective_on
    before, told = snapshot(units), {pk: history.told(unit) for pk, unit in units.items()}
    last = OldAddress.objects.aggregate(last=Max("pk"))["last"] or 0
    booths_last = all(new.row.level == Level.BOOTH for new in work.new)
    made = [] if booths_last else _plant(work.new, by, now)
    _alter(work.altered, now)
    made += _plant(work.new, by, now) if booths_last else []
    seats = _merge_seats(work, day, now)
    Unit.objects.filter(pk__in=[gone.unit.pk for gone in work.gone]).update(valid_to=day)
    for gone in work.gone:
        gone.unit.valid_to = day
    history.write(changes=_changes(plan, work, told, made, by, now), now=now)
    left = OldAddress.objects.filter(pk__gt=last).values_list("pk", flat=True)
    return {
        "units": [[pk, before[pk], after] for pk, after in snapshot(units).items()],
        "seats": seats,
        "made": [unit.pk for unit in made],
        "made_seats": list(Seat.objects.filter(unit__in=made).values_list("pk", flat=True)),
        "addresses": list(left),
    }


def snapshot(units: dict[int, Unit]) -> dict[int, list[Any]]:
    """How units stand in the database now, as JSON can hold it."""
    rows = Unit.objects.filter(pk__in=units).values_list("pk", *UNIT)
    return {row[0]: [plain(value) for value in row[1:]] for row in rows}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _plant(new: list[New], by: User, now: datetime) -> list[Unit]:
    """New units with their chairs."""
    parents = Unit.objects.in_bulk({row.parent for row, _source in new}, field_name="code")
    taken: dict[str, set[str]] = defaultdict(set)
    present = Unit.objects.filter(parent__in=parents.values()).values_list("parent__code", "slug")
    for code, slug in present:
        taken[code].add(slug)
    units = [planted(row, parents[row.parent], free_slug(row, taken[row.parent])) for row, _source in new]
    made = Unit.objects.bulk_create(units, batch_size=BATCH)
    for level in {unit.level for unit in made} & set(ANCESTORS):
        Unit.objects.filter(level=level, **{level: None}).update(**{level: F("pk")})
    for unit in made:
        forming.make_seats(unit=unit, by=by, now=now)
    return made


def _alter(altered: list[Altered], now: datetime) -> None:
    """Other facts, then other places; words that are taken get a number."""
    renamed = [unit for unit, _to, _slug, facts in altered if facts]
    for unit, _to, _slug, facts in altered:
        for fact, value in facts.items():
            setattr(unit, fact, value)
        unit.key = key_of(unit.name_hi, unit.name_en, unit.aliases, unit.number)
    if renamed:
        Unit.objects.bulk_update(renamed, [*FACTS, "key"], batch_size=BATCH)
    places = _places([row for row in altered if row.to or row.slug])
    if places:
        addresses.put_many(places=places, now=now)


def _places(altered: list[Altered]) -> list[Place]:
    """Where each of them shall hang, by a word that none of those who stay there has."""
    codes = {row.to or row.unit.parent_code for row in altered}
    parents = Unit.objects.with_chain().in_bulk(codes, field_name="code")
    leaving = [row.unit.pk for row in altered]
    taken: dict[int, set[str]] = defaultdict(set)
    staying = Unit.objects.filter(parent__in=parents.values()).exclude(pk__in=leaving)
    for parent_pk, slug in staying.values_list("parent", "slug"):
        taken[parent_pk].add(slug)
    places = []
    for unit, to, slug, _facts in altered:
        parent = parents[to or unit.parent_code]
        free = numbered(slug or unit.slug, taken[parent.pk])
        taken[parent.pk].add(free)
        places.append(Place(unit, parent, free))
    return places


def _merge_seats(work: Work, day: date, now: datetime) -> list[list[Any]]:
    """Chairs in which somebody sits go along under the next free numbers; empty ones are sanctioned no longer.

    Each that comes takes the place of an empty one there. When there is none, it is more than is sanctioned:
    who sits in it stays, nobody follows. Returns each chair before and after.
    """
    into = Unit.objects.in_bulk({gone.into for gone in work.gone if gone.into}, field_name="code")
    going = {gone.unit.pk: into[gone.into].pk if gone.into else None for gone in work.gone}
    both = Seat.objects.filter(Q(unit__in=going) | Q(unit__in=into.values())).order_by("unit", "post", "number")
    seats = list(both.select_for_update(no_key=True))  # who is being appointed sits before we look, or finds it closed
    held = set(Appointment.objects.filter(until=None, seat__in=both.order_by()).values_list("seat", flat=True))
    before = {seat.pk: row_of(seat) for seat in seats}
    last: dict[tuple[int, int], int] = defaultdict(int)
    spare: dict[tuple[int, int], list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.unit_id not in going:
            place = (seat.unit_id, seat.post_id)
            last[place] = max(last[place], seat.number)
            if seat.closed_on is None and seat.pk not in held:
                spare[place].append(seat)
    for seat in seats:
        target = going.get(seat.unit_id)
        if target is not None and seat.pk in held:
            place = (target, seat.post_id)
            last[place] += 1
            seat.unit_id, seat.number = target, last[place]
            surplus = spare[place].pop() if spare[place] else seat
            surplus.closed_on = surplus.closed_on or day
        elif seat.unit_id in going:
            seat.closed_on = seat.closed_on or day
    changed = [seat for seat in seats if row_of(seat) != before[seat.pk]]
    Seat.objects.bulk_update(changed, ["unit", "number", "closed_on"], batch_size=BATCH)
    return [[seat.pk, before[seat.pk], row_of(seat)] for seat in changed]


def row_of(seat: Seat) -> list[Any]:
    """Where a chair stands and whether it is sanctioned, as JSON can hold it."""
    return [plain(getattr(seat, name)) for name in SEAT]


def _changes(plan: Plan, work: Work, told: Told, made: list[Unit], by: User, now: datetime) -> list[UnitChange]:
    """The plan as the history of its units."""
    day, ends = plan.effective_on, {gone.unit.pk: gone.into for gone in work.gone}
    found = []

    def note(unit: Unit, kind: Kind, pair: history.Pair) -> None:
        found.append(history.change_of(unit=unit, kind=kind, pair=pair, on=day, by=by, now=now, plan=plan))

    for pk, unit in work.units.items():
        before, after = history.differing(told[pk], history.told(unit))
        if pk in ends:
            after |= {"into": ends[pk]} if ends[pk] else {}
            note(unit, Kind.MERGED if ends[pk] else Kind.CLOSED, (before, after))
        elif after:
            note(unit, history.kind_of(before, after), (before, after))
    sources = Unit.objects.in_bulk({new.split_from for new in work.new if new.split_from}, field_name="code")
    for unit, new in zip(made, work.new, strict=True):
        begun = history.differing({}, history.told(unit))
        note(unit, Kind.ADDED, (begun[0], begun[1] | ({"from": new.split_from} if new.split_from else {})))
        if new.split_from:
            note(sources[new.split_from], Kind.SPLIT, ({}, {"into": unit.code}))
    return found
