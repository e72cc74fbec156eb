"""What the rules of seating need to know, gathered from the tables of days, panels and people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, prefetch_related_objects

from applications.models import Application
from interviews.domain import distances, hours, kinship
from interviews.domain.seating import DAY, Guest, Place
from interviews.models import Conflict, ConflictLift, Interview, InterviewDay, PanelMember, Slot, TimeRequest
from interviews.states import Settled, Status


def who(application: Application) -> str:
    """One person, whatever the drive: the phone and whose of the family it is."""
    return f"{application.phone}/{application.share}"


def guests(
    days: Sequence[InterviewDay], people: Sequence[Application], near: dict[int, datetime] | None = None
) -> list[Guest]:
    """What the rules need to know of these people; ask with ``unit__district`` selected.

    ``near`` are times they were promised before, by application. Of days in
    several places the farthest counts. Hours that were asked for with another
    time, and not refused, count instead of those of the application.
    """
    origins = {day.held_in or (day.unit.district if not day.unit.is_root else None) for day in days}
    apart, busy, hours_of = _apart(days, people), _busy(days, people), _asked_hours(days)
    return [
        Guest(
            key=person.pk,
            district=person.unit.district_id,
            km=max((distances.road_km(origin, person.unit.district) for origin in origins), default=0),
            apart=frozenset(apart[person.pk]),
            not_before=_minutes(hours_of.get(person.pk, (person.come_from, None))[0]),
            not_after=_minutes(hours_of.get(person.pk, (None, person.come_until))[1]),
            busy=tuple(busy[who(person)]),
            speaks=frozenset(person.speaks),
            near=_calendar((near or {}).get(person.pk)),
        )
        for person in people
    ]


def at_any_hour(guest: Guest) -> Guest:
    """The same person, who would come whenever it is."""
    return guest._replace(not_before=None, not_after=None)


def places(slots: Iterable[Slot]) -> list[Place]:
    """These times with who sits there then; one before an empty table, or while the panel is away, is none.

    Ask with ``panel__day`` selected; members and pauses that the panels carry are not asked for again.
    """
    rows = list(slots)
    panels = {slot.panel_id: slot.panel for slot in rows}
    prefetch_related_objects(list(panels.values()), "memberships", "pauses")
    away = hours.absences(panels.values())
    shut = {pk: hours.closed(panel) for pk, panel in panels.items()}
    found = []
    for slot in rows:
        here = [one for one in panels[slot.panel_id].memberships.all() if hours.overlap(slot, one)]
        here = [one for one in here if not any(hours.overlap(slot, span) for span in away[one.person_id])]
        if not here or any(hours.overlap(slot, span) for span in shut[slot.panel_id]):
            continue
        found.append(_place(slot, here))
    return found


def met(days: Sequence[InterviewDay]) -> list[tuple[int, int | None]]:
    """Which panel sees somebody of which district already."""
    placed = Interview.objects.filter(day__in=days).in_plan().filter(slot__isnull=False)
    return list(placed.values_list("slot__panel", "application__unit__district"))


def _place(slot: Slot, here: list[PanelMember]) -> Place:
    start, day = _calendar(slot.starts_at) or 0, slot.panel.day
    return Place(
        key=slot.pk,
        minute=start % DAY - (_minutes(day.starts) or 0),
        panel=slot.panel_id,
        clock=start % DAY,
        length=int((slot.ends_at - slot.starts_at).total_seconds() // 60),
        day=start // DAY,
        members=frozenset(one.person_id for one in here),
        speaks=frozenset(word for one in here for word in one.speaks),
    )


def _apart(days: Sequence[InterviewDay], people: Sequence[Application]) -> dict[int, set[int]]:
    """Panel members who must not judge them: who said so, and who may be near and was not cleared by two others."""
    sitting = PanelMember.objects.filter(panel__day__in=days).select_related("person")
    members = {one.person_id: one.person for one in sitting}
    ours = [one.pk for one in people]
    apart: dict[int, set[int]] = defaultdict(set)
    declared = Conflict.objects.filter(person__in=members, application__in=ours)
    for application, person in declared.values_list("application", "person"):
        apart[application].add(person)
    agreed = ConflictLift.objects.filter(application__in=ours, agreed_at__isnull=False)
    lifted = set(agreed.values_list("application", "person"))
    for person, bonds in kinship.among(members.values(), Application.objects.filter(pk__in=ours)).items():
        for application in bonds:
            if (application, person) not in lifted:
                apart[application].add(person)
    return apart


def _asked_hours(days: Sequence[InterviewDay]) -> dict[int, tuple[time | None, time | None]]:
    """Between which hours the applications that asked for another time would come."""
    rows = TimeRequest.objects.filter(Q(settled_at=None) | Q(outcome=Settled.GIVEN), interview__day__in=days)
    rows = rows.exclude(wished_from=None, wished_until=None).order_by("asked_at")
    asked = rows.values_list("interview__application", "wished_from", "wished_until")
    return {application: (start, end) for application, start, end in asked}


def _busy(days: Sequence[InterviewDay], people: Sequence[Application]) -> dict[str, list[tuple[int, int]]]:
    """Other times of these people on these dates, whatever the drive."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    own = {person.pk for person in people}
    dates = [hours.moment(day.date, time(0)) for day in days]
    rows = Interview.objects.exclude(status=Status.CANCELLED).exclude(day__in=days, application__in=own)
    rows = rows.filter(from_at__gte=min(dates), from_at__lt=max(dates) + timedelta(days=1)).exclude(who="")
    known = {who(person) for person in people}
    for name, start, end in rows.values_list("who", "from_at", "to_at"):
        if name in known:
            spans[name].append((_calendar(start) or 0, _calendar(end) or 0))
    return spans


def _minutes(clock: time | None) -> int | None:
    return None if clock is None else clock.hour * 60 + clock.minute


def _calendar(moment: datetime | None) -> int | None:
    """Minutes of the calendar, on India's clock."""
    if moment is None:
        return None
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return local.toordinal() * DAY + local.hour * 60 + local.minute
