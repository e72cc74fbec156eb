"""A message goes down the tree, level by level from the top, a thousand people in one transaction.

Safe to run again, side by side, and to be killed anywhere: a transaction holds the relays of its people and the
promises to tell them, and takes the row of the message first, so that it begins where the last one ended and a
message that was called back stops. Into a silence, and at night what is not urgent, nothing is carried: "told" is
to mean told. Who leads a unit comes before the others of it; who leads the nearest unit above gets the part of
one that nobody leads.

Who accepts a seat after all were told gets it too, as long as ``broadcasting.open_until`` says: each sweep looks
at those who said yes since the last one, by an index, and at nobody else. Who stands above whom stays as it was.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from committees import broadcasting, reports, silences
from committees.domain.relaying import lines, telling
from committees.levels import ORDER, Level, Role
from committees.models import Appointment, Broadcast, Relay
from committees.models.broadcasts import Carriers
from committees.querysets import AppointmentQuerySet
from portal import codes, outbox
from portal.models import Notice

CHUNK = 1000
LONGEST_SWEEP = timedelta(minutes=4)  # below Celery's time limit
LATE = timedelta(minutes=10)  # a yes may be written down so long after its time: other clocks, slow transactions


class Stopped(Exception):
    """The message was called back, carried by another, or is of no use any more."""


class OutOfTime(Exception):
    """The next sweep goes on."""


@dataclass
class Way:
    """One message in one sweep. ``above``: the unit that somebody leads → their relay; ``places``: who stands in."""

    broadcast: Broadcast
    began: datetime
    clock: Callable[[], datetime]
    chairs: set[int]
    above: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    told: int = 0


def carry(*, now: datetime) -> int:
    """Tell all who are to be told by now, for four minutes at most. Returns how many were told."""
    begun, told = time.monotonic(), 0
    clock, chairs = lambda: now + timedelta(seconds=time.monotonic() - begun), set(reports.chairs())
    for broadcast in _due(now):
        way = Way(broadcast, now, clock, chairs)
        go_on = _follow if broadcast.carried_at else _go
        try:
            go_on(way)
        except Stopped:
            continue
        except OutOfTime:
            break
        finally:
            told += way.told
    return told


def _due(now: datetime) -> list[Broadcast]:
    """Those to be carried, then those that are only for newcomers."""
    rows = broadcasting.live(now).filter(carried_at=None) | broadcasting.open_to_newcomers(now)
    if outbox.quiet_until(now):
        rows = rows.filter(is_urgent=True)
    rows = rows.select_related("unit").defer("picture").prefetch_related("texts")
    return sorted(rows.order_by("-is_urgent", "goes_at", "pk"), key=lambda row: row.carried_at is not None)


def _go(way: Way) -> None:
    """All levels of one message. Raises ``Stopped`` or ``OutOfTime``."""
    silent = silences.where(way.began, "seat__unit")
    for level in [level for level in ORDER if level in way.broadcast.levels]:
        here = broadcasting.receivers(way.broadcast, way.began).filter(seat__unit__level=level).exclude(silent)
        _each(way, here.filter(broadcasting.leads()))
        _stand_in(way, level)
        if way.broadcast.carriers == Carriers.ALL:
            _each(way, here)
    _finish(way)


def _follow(way: Way) -> None:
    """Who accepted a seat since the last time somebody did. Raises ``Stopped`` or ``OutOfTime``."""
    since = (way.broadcast.looked_at or way.broadcast.goes_at) - LATE
    lately = Appointment.objects.filter(accepted_at__gt=since, until=None).order_by("pk")
    keys = list(lately.values_list("pk", flat=True))
    for first in range(0, len(keys), CHUNK):
        _join(way, keys[first : first + CHUNK])
    if keys and not _is_silent_somewhere(way):
        Broadcast.objects.filter(pk=way.broadcast.pk).update(looked_at=way.began)


def _join(way: Way, keys: list[int]) -> None:
    """Those of these appointments whom the message is for, from the top."""
    here = broadcasting.receivers(way.broadcast, way.began).filter(pk__in=keys)
    new = list(_untold(way, here.exclude(silences.where(way.began, "seat__unit"))))
    for level in sorted({row.seat.unit.level for row in new}, key=ORDER.index):
        of_level = [row for row in new if row.seat.unit.level == level]
        line = {key for row in of_level for key in (row.seat.unit_id, *lines.ancestors(row.seat.unit))}
        rows = here.filter(pk__in=[row.pk for row in of_level])
        _each(way, rows.filter(broadcasting.leads()), line)
        _each(way, rows, line)


def _each(way: Way, rows: AppointmentQuerySet, line: Iterable[int] | None = None) -> None:
    """All of these who were not told yet; ``line``: the units among whose heads somebody stands above them."""
    last, way.above = 0, lines.relays(way.broadcast, line)
    while True:
        if way.clock() - way.began > LONGEST_SWEEP:
            raise OutOfTime
        with transaction.atomic():
            _take(way)
            some = list(_untold(way, rows.filter(pk__gt=last))[:CHUNK])
            told = _tell(way, some)
        way.told += told
        if len(some) < CHUNK:
            return
        last = some[-1].pk


def _stand_in(way: Way, level: Level) -> None:
    """The nearest who leads above gets it for a unit that nobody leads, unless they have it already."""
    way.above, way.places = lines.relays(way.broadcast), {}
    leading = lines.leading_above(way.broadcast, level, way.began) if level != Level.STATE else {}
    if not leading:
        return
    with transaction.atomic():
        _take(way)
        for unit, *line in lines.unled(way.broadcast, level, way.began):
            lead = next((leading[pk] for pk in line if pk in leading), None)
            if lead is not None:
                way.places.setdefault(lead, unit)
        told = _tell(way, list(_untold(way, Appointment.objects.filter(pk__in=way.places))), level)
    way.told += told


def _take(way: Way) -> None:
    """Who carries the same message waits here until this transaction is over. Raises ``Stopped``."""
    is_carried = way.broadcast.carried_at is not None
    stands = broadcasting.live(way.began).filter(pk=way.broadcast.pk, carried_at__isnull=not is_carried)
    if not stands.update(number=F("number")):
        raise Stopped(str(way.broadcast.pk))


def _untold(way: Way, rows: AppointmentQuerySet) -> AppointmentQuerySet:
    told = Relay.objects.filter(broadcast=way.broadcast, person=OuterRef("person"))
    return rows.filter(~Exists(told)).select_related("person", "seat__unit", "seat__post").order_by("pk")


def _tell(way: Way, some: list[Appointment], level: str = "") -> int:
    """One relay a person, and the promise to tell them; who wants no messages stands in the chain untold."""
    first: dict[int, Appointment] = {}
    for row in some:
        first.setdefault(row.person_id, row)
    now = way.clock()
    made = [_relay(way, row, level, now) for row in first.values()]
    Relay.objects.bulk_create(made, ignore_conflicts=True)
    kept = Relay.objects.filter(broadcast=way.broadcast, link_key__in=[relay.link_key for relay in made])
    relays = {telling.key_of("message", relay): relay.pk for relay in kept}
    people = {row.person_id: row.person for row in first.values()}
    outbox.queue(telling.first_notices(way.broadcast, kept, people, now))
    promised = Notice.objects.filter(key__in=relays).values_list("key", flat=True)
    silent = [relays[key] for key in relays.keys() - set(promised)]
    Relay.objects.filter(pk__in=silent).update(told_at=None)
    told = len(relays) - len(silent)
    if told and way.broadcast.carried_at:
        Broadcast.objects.filter(pk=way.broadcast.pk).update(joined=F("joined") + told)
    return told


def _relay(way: Way, row: Appointment, level: str, now: datetime) -> Relay:
    """``level``: of the unit for which somebody stands in; else it is their own."""
    here = row.seat.unit
    leads = row.seat.post_id in way.chairs or row.seat.post.role == Role.INCHARGE
    line = lines.ancestors(here) if leads else [here.pk, *lines.ancestors(here)]
    return Relay(
        broadcast=way.broadcast,
        person_id=row.person_id,
        appointment=row,
        unit_id=way.places[row.pk] if level else here.pk,
        level=level or here.level,
        above_id=next((way.above[pk] for pk in line if pk in way.above), None),
        stands_in=bool(level),
        code=codes.new(broadcasting.CODE_SIGNS),
        told_at=now,
    )


def _finish(way: Way) -> None:
    """All were told; where a silence goes on, some are told when it ends."""
    if not _is_silent_somewhere(way):
        Broadcast.objects.filter(pk=way.broadcast.pk, carried_at=None, recalled_at=None).update(carried_at=way.clock())


def _is_silent_somewhere(way: Way) -> bool:
    unit = way.broadcast.unit
    return silences.in_force(way.began).filter(unit.reach("unit") | broadcasting.covering(unit)).exists()
