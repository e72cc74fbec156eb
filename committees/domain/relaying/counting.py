"""How far a message came, counted by the clock and kept for each unit down to the mandal: a page reads few rows.

Never in the transaction of a tap: the one row of the state would make all readers stand in line.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, Sum

from committees import broadcasting
from committees.levels import ANCESTORS, Level
from committees.models import Broadcast, Relay, RelayTally

FRESH = timedelta(days=1)  # afterwards it is counted now and then
SELDOM = timedelta(minutes=10)
BATCH = 1000
NUMBERS = ["units", "told", "opened", "acknowledged", "passed_on", "clicks"]
KEPT = [*NUMBERS, "half_after"]

Key = tuple[int, str]  # the key of a unit, and the level of those who are counted
Numbers = dict[str, Any]


def count_due(*, now: datetime) -> int:
    """Count each message that lives, an old one every ten minutes. Returns how many rows changed. Safe to repeat."""
    rows = broadcasting.counted(now).annotate(last=Max("tallies__counted_at")).select_related("unit")
    seldom = Q(goes_at__gt=now - FRESH) | Q(last=None) | Q(last__lte=now - SELDOM)
    return sum(count(broadcast=broadcast, now=now) for broadcast in rows.filter(seldom))


def count(*, broadcast: Broadcast, now: datetime) -> int:
    """One GROUP BY for each level from the unit of the message down to the mandals. Returns how many rows changed."""
    known = {(row.unit_id, row.level): row for row in RelayTally.objects.filter(broadcast=broadcast)}
    changed = []
    for level in ANCESTORS[Level(broadcast.unit.level).depth :]:
        rows = _grouped(broadcast, level)
        for key, half in _halves(broadcast, level, rows, known).items():
            rows[key]["half_after"] = half
        changed += [_tally(broadcast, key, row, now) for key, row in rows.items() if _differs(row, known.get(key))]
    with transaction.atomic():
        RelayTally.objects.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["broadcast", "unit", "level"],
            update_fields=[*KEPT, "counted_at"],
        )
        top = RelayTally.objects.filter(broadcast=broadcast, unit=broadcast.unit_id)
        top.update(counted_at=now)  # how old the numbers are, says the top
    return len(changed)


def _grouped(broadcast: Broadcast, level: str) -> dict[Key, Numbers]:
    """By unit of ``level``, and level of those who are counted."""
    here = f"unit__{level}"
    rows = Relay.objects.filter(broadcast=broadcast, **{f"{here}__isnull": False}).values(here, "level")
    rows = rows.order_by().annotate(
        units=Count("unit", distinct=True, filter=Q(stands_in=False)),
        told=Count("told_at"),
        opened=Count("opened_at"),
        acknowledged=Count("acknowledged_at"),
        passed_on=Count("passed_on_at"),
        reached=Sum("clicks"),
    )
    return {
        (row[here], row["level"]): {name: row[name] for name in NUMBERS[:-1]}
        | {"clicks": row["reached"], "half_after": None}
        for row in rows
    }


def _halves(broadcast: Broadcast, level: str, rows: dict[Key, Numbers], known: dict[Key, RelayTally]) -> dict[Key, int]:
    """Seconds until half had read it, where half has: looked up once, then kept."""
    reached = {key for key, row in rows.items() if row["told"] and 2 * row["acknowledged"] >= row["told"]}
    kept: dict[Key, int] = {}
    for key in reached & known.keys():
        half_after, told = known[key].half_after, known[key].told
        if half_after is not None and told == rows[key]["told"]:
            kept[key] = half_after
    for key, seconds in _seconds(broadcast, level, reached - kept.keys()).items():
        if len(seconds) >= (half := ceil(rows[key]["told"] / 2)):  # who is told nothing may read it all the same
            kept[key] = sorted(seconds)[half - 1]
    return kept


def _seconds(broadcast: Broadcast, level: str, keys: set[Key]) -> dict[Key, list[int]]:
    """After how many seconds each of them said so."""
    found: dict[Key, list[int]] = defaultdict(list)
    if not keys:
        return found
    here = f"unit__{level}"
    read = Relay.objects.filter(broadcast=broadcast, acknowledged_at__isnull=False, told_at__isnull=False)
    if len(keys) <= BATCH:
        read = read.filter(**{f"{here}__in": {unit for unit, _level in keys}})
    rows: Iterable[tuple[int, str, datetime, datetime]] = read.values_list(here, "level", "told_at", "acknowledged_at")
    for unit, of, told, said in rows:
        if (unit, of) in keys:
            found[unit, of].append(max(0, int((said - told).total_seconds())))
    return found


def _differs(row: Numbers, tally: RelayTally | None) -> bool:
    return tally is None or any(getattr(tally, name) != row[name] for name in KEPT)


def _tally(broadcast: Broadcast, key: Key, row: Numbers, now: datetime) -> RelayTally:
    return RelayTally(broadcast=broadcast, unit_id=key[0], level=key[1], counted_at=now, **row)
