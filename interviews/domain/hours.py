"""The times of a day: cut from its window, less its break, less what a panel is away."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from interviews.models import InterviewDay, Panel, PanelMember, Slot
from portal import audit
from portal.models import User


class Span(NamedTuple):
    """A time with a panel, half-open; one without an end goes on."""

    starts_at: datetime
    ends_at: datetime


def moment(day: date, clock: time) -> datetime:
    """A time of the clock on a date, in India."""
    return datetime.combine(day, clock, ZoneInfo(settings.TIME_ZONE))


def times(day: InterviewDay) -> list[Span]:
    """The times of one panel that is there all day.

    Who went in before the break is heard to the end; the break keeps its
    length, so that a day holds the same number wherever the break lies.
    """
    at, end = moment(day.date, day.starts), moment(day.date, day.ends)
    length, step = timedelta(minutes=day.slot_minutes), timedelta(minutes=day.slot_minutes + day.gap_minutes)
    rest_from = rest_for = None
    if day.break_starts and day.break_ends:
        rest_from = moment(day.date, day.break_starts)
        rest_for = moment(day.date, day.break_ends) - rest_from
    spans = []
    while at + length <= end:
        if rest_from and rest_for and at >= rest_from:
            at, rest_from = at + rest_for, None
            continue
        spans.append(Span(at, at + length))
        at += step
    return spans


def capacity(day: InterviewDay) -> int:
    """How many people one panel sees on this day."""
    return len(times(day))


def closed(panel: Panel) -> list[Span]:
    """When this room is shut though the day goes on: before it opens, after it closes, and in its pauses."""
    first, last = moment(panel.date, time(0)), moment(panel.date, time(0)) + timedelta(days=1)
    spans = [Span(pause.starts_at, pause.ends_at or last) for pause in panel.pauses.all() if pause.person_id is None]
    if panel.opens:
        spans.append(Span(first, moment(panel.date, panel.opens)))
    if panel.closes:
        spans.append(Span(moment(panel.date, panel.closes), last))
    return spans


def absences(panels: Iterable[Panel]) -> dict[int, list[Span]]:
    """When each person is away from these panels by announcement; ask with ``pauses``."""
    away: dict[int, list[Span]] = defaultdict(list)
    for panel in panels:
        last = moment(panel.date, time(0)) + timedelta(days=1)
        for pause in panel.pauses.all():
            if pause.person_id is not None:
                away[pause.person_id].append(Span(pause.starts_at, pause.ends_at or last))
    return away


def overlap(one: Span | Slot | PanelMember, other: Span | Slot | PanelMember) -> bool:
    """Do they share a moment?"""
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at


@transaction.atomic
def make_slots(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """The times of every panel, by its hours; those in use stay. Returns how many there are now."""
    Slot.objects.filter(panel__day=day, interviews=None).delete()
    used: dict[int, list[Slot]] = defaultdict(list)
    for slot in Slot.objects.filter(panel__day=day):
        used[slot.panel_id].append(slot)
    spans = times(day)
    new = []
    for panel in Panel.objects.filter(day=day).prefetch_related("pauses"):
        shut: list[Span | Slot] = [*used[panel.pk], *closed(panel)]
        new += [Slot(panel=panel, **span._asdict()) for span in spans if not any(overlap(span, one) for one in shut)]
    Slot.objects.bulk_create(new)
    kept = sum(map(len, used.values()))
    audit.record("made times", day, by=by, now=now, made=len(new), kept=kept)
    return len(new) + kept
