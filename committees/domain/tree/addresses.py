"""Where units hang: parent, ancestors and address of whole subtrees, and the addresses they leave behind."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat, Substr

from committees.domain.tree.rows import BATCH, check_level, numbered, path_below
from committees.levels import ANCESTORS, Level
from committees.models import OldAddress, Unit


class Place(NamedTuple):
    """A unit, and where it shall hang."""

    unit: Unit
    parent: Unit
    slug: str


def hold_still() -> None:
    """Let nobody else change the tree until this transaction ends.

    Two moves at one moment would each write the ancestors that the other one is just changing. All changes
    of the tree meet at the row of the state; reading, and pointing to it, goes on.
    """
    list(Unit.objects.select_for_update(no_key=True).filter(level=Level.STATE).values_list("pk"))


def look_again(*units: Unit) -> None:
    """Bring ancestors and addresses in step with the database, once nobody else changes them."""
    present = Unit.objects.in_bulk([unit.pk for unit in units])
    for unit in units:
        for field in ("slug", "path", "parent_id", *(f"{level}_id" for level in ANCESTORS)):
            setattr(unit, field, getattr(present[unit.pk], field))


def put_at(*, unit: Unit, parent: Unit, slug: str, now: datetime) -> None:
    """Hang a unit with all below it under ``parent``, by the first free word, and keep the old addresses."""
    siblings = Unit.objects.filter(parent=parent).exclude(pk=unit.pk)
    free = numbered(slug, set(siblings.values_list("slug", flat=True)))
    put_many(places=[Place(unit, parent, free)], now=now)


def put_many(*, places: list[Place], now: datetime | None) -> None:
    """Hang units of one level elsewhere. The words must be free; booths may also take each other's.

    ``now`` is when the old addresses ended; without it none are kept, as when something is undone.
    """
    if now is not None:
        _keep_addresses([place.unit for place in places], now)
    if all(place.unit.level == Level.BOOTH for place in places):
        _put_booths(places)
        return
    for place in places:
        _put(place)


def _put(place: Place) -> None:
    """Write parent, ancestors, word and the addresses of the whole subtree; few statements, however large it is."""
    unit, parent, slug = place
    check_level(unit.level, parent)
    old, new = unit.path, path_below(parent, slug)
    under = Unit.objects.under(unit)
    above = {f"{level}_id": getattr(parent, f"{level}_id") for level in ANCESTORS[: Level(unit.level).depth]}
    if any(getattr(unit, field) != value for field, value in above.items()):
        under.update(**above)
    if old != new:
        under.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    for field, value in above.items():
        setattr(unit, field, value)
    unit.parent, unit.slug, unit.path = parent, slug, new
    unit.save(update_fields=["parent", "slug"])


def _put_booths(places: list[Place]) -> None:
    """They first give up their words and addresses for a moment, so that two of them may change with each other."""
    parked = Concat(Value("~"), Cast("pk", CharField()), output_field=CharField())
    booths = [place.unit for place in places]
    Unit.objects.filter(pk__in=[booth.pk for booth in booths]).update(slug=parked, path=parked)
    for booth, parent, slug in places:
        check_level(booth.level, parent)
        booth.parent, booth.slug, booth.path = parent, slug, path_below(parent, slug)
        for level in ANCESTORS:
            setattr(booth, f"{level}_id", getattr(parent, f"{level}_id"))
    Unit.objects.bulk_update(booths, ["parent", "slug", "path", *ANCESTORS], batch_size=BATCH // 10)


def _keep_addresses(units: list[Unit], now: datetime) -> None:
    """Where these units and all below them are to be found now: links that people kept lead on."""
    reach = Q()
    for unit in units:
        reach |= unit.reach()
    rows = Unit.objects.filter(reach).values_list("pk", "path").iterator()
    old = (OldAddress(unit_id=pk, path=path, left_at=now) for pk, path in rows)
    OldAddress.objects.bulk_create(old, batch_size=BATCH, ignore_conflicts=True)
