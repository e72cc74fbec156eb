"""A whole day goes to another date, or its set-up is copied there; what stands in the way is seen before."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from interviews.domain import calling, hours, panels, planning, standing_by
from interviews.domain.cancelling import not_begun_or_raise
from interviews.domain.scheduling import NO_TIME, open_or_raise
from interviews.models import Interview, InterviewDay, Panel, PanelMember, Pause, Slot
from interviews.states import Status
from portal import audit
from portal.models import User
from portal.transitions import Stale

COPIED = [*sorted(planning.WINDOW), "place_en", "held_in", "turnout", "woman_on_panel"]


class Past(Exception):
    """The day would begin before now."""


class InTheWay(Exception):
    """A room, or somebody of the panels, is taken on that date."""


class Clashes(NamedTuple):
    """What stands on that date already.

    ``day`` and ``rooms`` forbid it; of ``members`` those named sit elsewhere
    then; ``people`` have another interview at the time they would get.
    """

    day: InterviewDay | None
    rooms: list[Panel]
    members: list[PanelMember]
    people: list[Interview]


def clashes(day: InterviewDay, to: date) -> Clashes:
    """What stands in the way of this day on that date."""
    same = InterviewDay.objects.filter(drive=day.drive_id, date=to).exclude(pk=day.pk).first()
    taken = Panel.objects.filter(date=to, place=day.place_hi, room__in=day.panels.values("room")).exclude(day=day)
    shift = to - day.date
    stays = list(PanelMember.objects.filter(panel__day=day).select_related("person", "panel"))
    rows = Interview.objects.of_day(day).exclude(status=Status.CANCELLED).exclude(from_at=None).exclude(who="")
    people = list(rows.with_person())
    seats = PanelMember.objects.filter(person__in=[stay.person_id for stay in stays]).exclude(panel__day=day)
    times = Interview.objects.filter(who__in=[row.who for row in people]).exclude(day=day)
    times = times.exclude(status__in=[Status.CANCELLED, Status.NO_SHOW])
    sits = _spans(seats, to, "person", "starts_at", "ends_at")
    busy = _spans(times, to, "who", "from_at", "to_at")
    return Clashes(
        same,
        list(taken.select_related("day__drive")),
        [one for one in stays if _meets(one.starts_at + shift, one.ends_at + shift, sits[one.person_id])],
        [row for row in people if _meets(row.from_at + shift, row.to_at + shift, busy[row.who])],
    )


@transaction.atomic
def move_day(*, day: InterviewDay, to: date, by: User | None, now: datetime) -> calling.Released:
    """The day with its panels and everybody's times goes to another date; who was called hears of it at once.

    Hours, rooms and order stay. Who has another interview at that time then
    loses the time and is told that a new one follows. Raises ``InTheWay``,
    ``planning.DayTaken``, ``Past``, ``cancelling.HasBegun``, ``DayClosed``, and
    ``Stale`` when a colleague changed the day meanwhile.
    """
    open_or_raise(day)
    not_begun_or_raise(day)
    _ahead_or_raise(day, to, now)
    found, shift, was = clashes(day, to), to - day.date, day.date
    if found.day:
        raise planning.DayTaken(to.isoformat())
    if found.rooms or found.members:
        raise InTheWay(to.isoformat())
    busy = [row.pk for row in found.people]
    Interview.objects.filter(pk__in=busy).update(**NO_TIME, is_locked=False)
    values = {"date": to, "version": day.version + 1}
    if day.choose_until:
        values["choose_until"] = day.choose_until + shift
    try:
        with transaction.atomic():
            if not InterviewDay.objects.filter(pk=day.pk, version=day.version, cancelled_at=None).update(**values):
                raise Stale(str(day))
            _shift(day, to, shift)
    except IntegrityError as problem:
        raise InTheWay(to.isoformat()) from problem
    for field, value in values.items():
        setattr(day, field, value)
    told = calling.tell_changes(day=day, by=by, now=now)
    standing_by.tell_anew(day=day, now=now)
    words = {"was": was.isoformat(), "date": to.isoformat(), "busy": len(busy)}
    audit.record("moved the day", day, by=by, now=now, **words, **told._asdict())
    return told


@transaction.atomic
def copy_day(*, day: InterviewDay, to: date, by: User | None, now: datetime) -> InterviewDay:
    """A new day with the same hours, place, rooms and panels, and nobody in it.

    Members who sit elsewhere then are left out. Raises ``InTheWay`` for a
    taken room, ``planning.DayTaken`` and ``Past``.
    """
    _ahead_or_raise(day, to, now)
    found, shift = clashes(day, to), to - day.date
    if found.day:
        raise planning.DayTaken(to.isoformat())
    if found.rooms:
        raise InTheWay(to.isoformat())
    details = {field: getattr(day, field) for field in COPIED}
    new = planning.plan_day(drive=day.drive, unit=day.unit, date=to, place_hi=day.place_hi, **details, by=by, now=now)
    taken = {stay.person_id for stay in found.members}
    for panel in day.panels.prefetch_related("memberships__person").order_by("name"):
        own = panels.add_panel(day=new, name=panel.name, room=panel.room, members=(), by=by, now=now)
        if panel.opens or panel.closes:
            panels.change_panel(panel=own, opens=panel.opens, closes=panel.closes, by=by, now=now)
        for stay in panel.memberships.all():
            if stay.person_id not in taken:
                span = {"since": stay.starts_at + shift, "until": stay.ends_at + shift}
                panels.add_member(panel=own, person=stay.person, speaks=stay.speaks, **span, by=by, now=now)
    audit.record("copied the day", new, by=by, now=now, of=day.pk)
    return new


def _spans(rows: QuerySet, to: date, who: str, begins: str, ends: str) -> dict[Any, list[tuple[datetime, datetime]]]:
    """Of each person the spans on that date."""
    first, last = panels.whole_date(to)
    found: dict[Any, list[tuple[datetime, datetime]]] = defaultdict(list)
    near = rows.filter(**{f"{begins}__lt": last, f"{ends}__gt": first})
    for person, start, end in near.values_list(who, begins, ends):
        found[person].append((start, end))
    return found


def _meets(start: datetime, end: datetime, spans: list[tuple[datetime, datetime]]) -> bool:
    return any(start < until and end > since for since, until in spans)


def _ahead_or_raise(day: InterviewDay, to: date, now: datetime) -> None:
    if hours.moment(to, day.starts) <= now:
        raise Past(to.isoformat())


def _shift(day: InterviewDay, to: date, shift: timedelta) -> None:
    """Everything that holds a moment of the day. India's clock knows no summer time: a day is always 24 hours."""
    Panel.objects.filter(day=day).update(date=to)
    tables = [
        (Slot.objects.filter(panel__day=day), ["starts_at", "ends_at"]),
        (PanelMember.objects.filter(panel__day=day), ["starts_at", "ends_at"]),
        (Pause.objects.filter(panel__day=day), ["starts_at", "ends_at"]),
        (Interview.objects.filter(day=day).exclude(from_at=None), ["from_at", "to_at"]),
    ]
    for rows, fields in tables:
        moved = list(rows)
        for row in moved:
            for field in fields:
                before = getattr(row, field)
                setattr(row, field, before + shift if before else None)
        rows.model.objects.bulk_update(moved, fields, batch_size=100)
