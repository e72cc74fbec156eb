"""A panel leaves before the day ends: who waits or is called gets another time, or another room at the same time."""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from interviews.domain import facts, panels, scheduling, seating
from interviews.models import Interview, Panel, Slot
from interviews.states import MOVABLE, Status
from portal import audit
from portal.models import User
from portal.transitions import Stale

CONCERNED = MOVABLE | {Status.ARRIVED}


class Left(NamedTuple):
    """What became of those who were to see the panel: another time, another room at the same time, nothing yet."""

    moved: int
    same_time: int
    without: int


@transaction.atomic
def leave(*, panel: Panel, at: datetime, by: User | None, now: datetime) -> Left:
    """The panel is gone from ``at`` on.

    Who was to come after that gets a free time of another panel near the one
    promised, and hears of it with the next release. Where none is free, the
    person keeps the time and is heard in the room with the fewest people; who
    waits already goes there too. Hard rules hold: whoever may see no other
    panel is left without a time. Raises ``DayClosed`` or ``Stale``.
    """
    day = panel.day
    scheduling.open_or_raise(day)
    rows = Interview.objects.of_day(day).in_plan().filter(panel=panel, status__in=CONCERNED)
    rows = rows.with_person().select_related("day__unit__district", "day__held_in")
    theirs = [row for row in rows.order_by("slot__starts_at", "token") if _is_later(row, at)]
    closes = at.astimezone(ZoneInfo(settings.TIME_ZONE)).time()
    moved = _to_free_times([row for row in theirs if row.status in MOVABLE and not row.is_locked], panel, at, now)
    others = Panel.objects.filter(day=day).exclude(pk=panel.pk)
    load = Counter({one.pk: 0 for one in others})
    busy = Interview.objects.of_day(day).filter(status__in=CONCERNED, panel__in=others)
    load.update(busy.values_list("panel", flat=True))
    same_time = without = 0
    for row in theirs:
        if row.pk in moved:
            continue
        room = _room_for(row, load, at)
        if room:
            load[room] += 1
            same_time += 1
            _write(row, {"panel": room})
        elif row.status in MOVABLE:
            without += 1
            _write(row, scheduling.NO_TIME | {"is_locked": False})
    panels.change_panel(panel=panel, closes=closes, by=by, now=now)
    audit.record("left early", panel, by=by, now=now, at=at.isoformat(), moved=len(moved), kept=same_time)
    return Left(len(moved), same_time, without)


def _is_later(row: Interview, at: datetime) -> bool:
    """Who has arrived waits for a panel that will be gone, whatever the time in the plan."""
    return row.status == Status.ARRIVED or bool(row.slot and row.slot.ends_at > at)


def _to_free_times(rows: list[Interview], panel: Panel, at: datetime, now: datetime) -> set[int]:
    """Other panels' free times for as many as there are; the keys of those who got one."""
    free = scheduling.free_slots(panel.day).exclude(panel=panel).filter(starts_at__gte=max(at, now))
    slots = {slot.pk: slot for slot in free.select_related("panel__day")}
    by_application = {row.application_id: row for row in rows}
    near = {row.application_id: row.slot.starts_at for row in rows if row.slot}
    guests = facts.guests([panel.day], [row.application for row in rows], near)
    seated = seating.seat(guests, facts.places(slots.values()), facts.met([panel.day]))
    for key, place in seated.at.items():
        row = by_application[key]
        values = scheduling.times_of(row.application, slots[place], [["left"], *seated.because[key]])
        _write(row, values)
    return {by_application[key].pk for key in seated.at}


def _room_for(row: Interview, load: Counter[int], at: datetime) -> int | None:
    """The room with the fewest people of those that may see this person then."""
    begins = max(at, row.slot.starts_at) if row.slot else at
    until = begins + timedelta(minutes=row.day.slot_minutes)
    rooms = Panel.objects.filter(pk__in=load).select_related("day")
    tries = [Slot(pk=room.pk, panel=room, starts_at=begins, ends_at=until) for room in rooms]
    [guest] = facts.guests([row.day], [row.application])
    open_rooms = [place.panel for place in facts.places(tries) if seating.why_not(guest, place) == ""]
    return min(open_rooms, key=lambda room: (load[room], room), default=None)


def _write(row: Interview, values: dict[str, object]) -> None:
    same = Interview.objects.filter(pk=row.pk, slot=row.slot_id, panel=row.panel_id, status=row.status)
    if not same.update(**values):
        raise Stale(str(row.pk))
