"""Times for everyone who can come and has none, by the rules of ``seating``; and taking that back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from applications.models import Application
from applications.models.answers import CanCome
from interviews.domain import facts, seating
from interviews.domain.scheduling import (
    NO_TIME,
    SlotTaken,
    free_slots,
    open_or_raise,
    release_void,
    times_of,
    waiting_for,
)
from interviews.models import Interview, InterviewDay, Slot
from interviews.states import MOVABLE, Status
from portal import audit
from portal.models import User
from portal.transitions import Stale

UNDO_WITHIN = timedelta(minutes=10)
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
FILLED = "filled"  # the first reason of a time that ``fill`` gave: with the moment and the slot


class TooLate(Exception):
    """A filling is taken back within ten minutes."""


class Filled(NamedTuple):
    """What ``fill`` did: how many got a time, how many can come but found none, and why (reason → people)."""

    placed: int
    left: int
    why: dict[str, int]


def new_seed() -> str:
    """What decides between plans that are equally good."""
    return get_random_string(6, LETTERS)


def fill(*, day: InterviewDay, seed: str = "", by: User | None, now: datetime) -> Filled:
    """Give a time on this day to everyone who can come and has none. See ``fill_days``."""
    return fill_days(days=[day], seed=seed, by=by, now=now)


@transaction.atomic
def fill_days(*, days: Sequence[InterviewDay], seed: str = "", by: User | None, now: datetime) -> Filled:
    """Give a time to everyone who can come and has none; who has one keeps it.

    The days are of one drive and area; a former one is filled first. The
    same people, times and ``seed`` (up to eight letters; without one it is
    drawn) give the same plan. Safe to press again. Raises ``DayClosed``, and
    ``SlotTaken`` when a colleague placed someone meanwhile: then nothing has changed.
    """
    for day in days:
        open_or_raise(day)
        release_void(day=day, by=by, now=now)
    seed = seed[:8] or new_seed()
    people = list(waiting_for(days).filter(can_come=CanCome.YES).select_related("unit__district"))
    slots = {
        slot.pk: slot for day in days for slot in free_slots(day).filter(starts_at__gt=now).select_related("panel__day")
    }
    seated = seating.seat(facts.guests(days, people), facts.places(slots.values()), facts.met(days), seed)
    _write(days, {person.pk: person for person in people}, slots, seated, now)
    why: dict[str, int] = {}
    for reason in seated.left.values():
        why[reason] = why.get(reason, 0) + 1
    if seated.at:
        InterviewDay.objects.filter(pk__in=[day.pk for day in days]).update(fill_seed=seed)
        given = Counter(slots[at].panel.day_id for at in seated.at.values())
        for day in days:
            day.fill_seed = seed
            audit.record("filled the day", day, by=by, now=now, placed=given[day.pk], seed=seed)
    return Filled(len(seated.at), len(seated.left), why)


def last_filling(days: Sequence[InterviewDay], now: datetime) -> list[Interview]:
    """Who got a time on these days by the last filling, up to ten minutes ago, untouched and not told since."""
    rows = Interview.objects.filter(day__in=days, status=Status.PLANNED, is_locked=False, slot__isnull=False)
    return filled_last(rows.select_related("slot"), now)


def filled_last(rows: Iterable[Interview], now: datetime) -> list[Interview]:
    """Those among these interviews."""
    open_ones = [row for row in rows if row.status == Status.PLANNED and row.slot_id and not row.is_locked]
    found = [row for row in open_ones if _stamp(row)]
    latest = max((_stamp(row) for row in found), default="")
    if not latest or datetime.fromisoformat(latest) < now - UNDO_WITHIN:
        return []
    return [row for row in found if _stamp(row) == latest]


def take_back(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """Undo the last filling on this day. See ``take_back_days``."""
    return take_back_days(days=[day], by=by, now=now)


@transaction.atomic
def take_back_days(*, days: Sequence[InterviewDay], by: User | None, now: datetime) -> int:
    """Undo the last filling for everyone whom nobody moved, fixed or told since. Returns how many.

    Raises ``DayClosed``, and ``TooLate`` when there is nothing to take back any more.
    """
    for day in days:
        open_or_raise(day)
    rows = last_filling(days, now)
    if not rows:
        raise TooLate(", ".join(map(str, days)))
    back: Counter[int] = Counter()
    for row in rows:
        same = Interview.objects.filter(pk=row.pk, slot=row.slot_id, status=Status.PLANNED, is_locked=False)
        back[row.day_id] += same.update(**NO_TIME)
    for day in days:
        if back[day.pk]:
            audit.record("took the filling back", day, by=by, now=now, people=back[day.pk])
    return back.total()


def _stamp(interview: Interview) -> str:
    """When the last filling gave this very time; empty when a person did."""
    because = interview.placed_because
    if because and because[0][0] == FILLED and because[0][2] == interview.slot_id:
        return str(because[0][1])
    return ""


def _write(
    days: Sequence[InterviewDay],
    people: dict[int, Application],
    slots: dict[int, Slot],
    seated: seating.Seated,
    now: datetime,
) -> None:
    """All at once; the database decides whether a colleague was quicker."""
    by_pk = {day.pk: day for day in days}
    waiting = Interview.objects.filter(day__in=days, slot=None, application__in=seated.at).in_plan()
    rows = {(row.application_id, row.day_id): row for row in waiting}
    new = []
    try:
        with transaction.atomic():
            for key, at in seated.at.items():
                slot = slots[at]
                because = [[FILLED, now.isoformat(), slot.pk], *seated.because[key]]
                values = times_of(people[key], slot, because)
                known = rows.get((key, slot.panel.day_id))
                if known is None:
                    new.append(Interview(day=by_pk[slot.panel.day_id], application=people[key], **values))
                elif not Interview.objects.filter(pk=known.pk, slot=None, status__in=MOVABLE).update(**values):
                    raise Stale(str(known.pk))
            Interview.objects.bulk_create(new, batch_size=200)
    except IntegrityError as problem:
        raise SlotTaken("a colleague was quicker") from problem
