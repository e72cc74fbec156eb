"""Panels: who sits in which room, and from when until when."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from applications import tongues
from interviews.domain import hours, telling
from interviews.models import Interview, InterviewDay, Panel, PanelMember, Pause
from portal import audit, people
from portal.accounts import opening
from portal.models import Person, User

PANEL = {"name", "room", "opens", "closes"}


class RoomTaken(Exception):
    """Another panel of this day has the room or the name."""


class MemberTaken(Exception):
    """The person sits on another panel at that time."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.pk)
        self.person = person


@transaction.atomic
def add_panel(
    *, day: InterviewDay, name: str, room: str, members: Iterable[Person], by: User | None, now: datetime
) -> Panel:
    """A panel in a room with its times; each member can sign in from now on.

    Raises ``RoomTaken``, ``MemberTaken`` or ``opening.PhoneTaken``.
    """
    try:
        with transaction.atomic():
            panel = Panel.objects.create(day=day, name=name, room=room, date=day.date, place=day.place_hi)
    except IntegrityError as problem:
        raise RoomTaken(room) from problem
    for person in members:
        add_member(panel=panel, person=person, by=by, now=now)
    audit.record("added a panel", panel, by=by, now=now, room=room)
    hours.make_slots(day=day, by=by, now=now)
    return panel


@transaction.atomic
def add_panel_of(
    *,
    day: InterviewDay,
    name: str,
    room: str,
    members: Iterable[tuple[str, str, Iterable[str]]],
    by: User | None,
    now: datetime,
) -> Panel:
    """A panel of people told by phone, name and languages, who need not be known yet.

    Raises ``phones.BadPhone``, ``people.AnotherName``, and what ``add_panel`` raises.
    """
    panel = add_panel(day=day, name=name, room=room, members=(), by=by, now=now)
    for phone, called, speaks in members:
        add_member_of(panel=panel, phone=phone, name=called, speaks=speaks, by=by, now=now)
    return panel


@transaction.atomic
def change_panel(*, panel: Panel, by: User | None, now: datetime, **values: Any) -> int:
    """Another name, room or hours; unused times are made anew. Returns how many times the day has now.

    Who has a time outside the new hours keeps it until somebody moves them:
    the planner shows them. Raises ``RoomTaken``, and ``TypeError`` for a
    field that is not to be changed here.
    """
    if stray := set(values) - PANEL:
        raise TypeError(sorted(stray))
    changed = sorted(field for field, value in values.items() if getattr(panel, field) != value)
    for field in changed:
        setattr(panel, field, values[field])
    if changed:
        try:
            with transaction.atomic():
                panel.save(update_fields=changed)
        except IntegrityError as problem:
            raise RoomTaken(panel.room) from problem
        audit.record("changed", panel, by=by, now=now, fields=changed)
    return hours.make_slots(day=panel.day, by=by, now=now)


@transaction.atomic
def add_member(
    *,
    panel: Panel,
    person: Person,
    since: datetime | None = None,
    until: datetime | None = None,
    speaks: Iterable[str] = (),
    by: User | None,
    now: datetime,
) -> PanelMember:
    """One more at the table, all day or for a part of it. Raises ``MemberTaken`` or ``opening.PhoneTaken``."""
    opening.open_for(person=person, by=by, now=now)
    begins, ends = whole_date(panel.date)
    stay = {"starts_at": since or begins, "ends_at": until or ends}
    try:
        with transaction.atomic():
            member = PanelMember.objects.create(panel=panel, person=person, speaks=tongues.known(speaks), **stay)
    except IntegrityError as problem:
        raise MemberTaken(person) from problem
    audit.record("joined a panel", member, by=by, now=now, panel=panel.pk)
    return member


@transaction.atomic
def add_member_of(
    *,
    panel: Panel,
    phone: str,
    name: str,
    since: datetime | None = None,
    speaks: Iterable[str] = (),
    by: User | None,
    now: datetime,
) -> PanelMember:
    """The same for somebody told by phone and name, who need not be known yet.

    Raises ``phones.BadPhone``, ``people.AnotherName``, and what ``add_member`` raises.
    """
    person = people.know(phone=phone, name=name, now=now)
    return add_member(panel=panel, person=person, since=since, speaks=speaks, by=by, now=now)


@transaction.atomic
def change_speaks(*, panel: Panel, person: Person, speaks: Iterable[str], by: User | None, now: datetime) -> None:
    """Which languages beside Hindi this member understands; the next filling knows it."""
    PanelMember.objects.filter(panel=panel, person=person).update(speaks=tongues.known(speaks))
    audit.record("changed the languages of a member", panel, by=by, now=now, person=person.pk)


@transaction.atomic
def remove_member(*, member: PanelMember, since: datetime | None = None, by: User | None, now: datetime) -> None:
    """Off the panel, or off it from a time on; what was handed in stays. Who was told hears of it."""
    audit.record("left a panel", member, by=by, now=now, panel=member.panel_id)
    if since is None or since <= member.starts_at:
        telling.take_off(member=member, now=now)
        member.delete()
    elif since < member.ends_at:
        PanelMember.objects.filter(pk=member.pk).update(ends_at=since)
        member.ends_at = since


@transaction.atomic
def pause(
    *,
    panel: Panel,
    starts_at: datetime,
    ends_at: datetime,
    why: str = "",
    person: Person | None = None,
    by: User | None,
    now: datetime,
) -> Pause:
    """The panel, or one of its members, will be away then; nobody is given a time in which the panel is away.

    Raises ``ValueError`` for an end that is not after the start.
    """
    if ends_at <= starts_at:
        raise ValueError("a pause ends after it starts")
    away = Pause.objects.create(panel=panel, person=person, starts_at=starts_at, ends_at=ends_at, why=why[:120])
    audit.record("will be away", panel, by=by, now=now, person=person.pk if person else None)
    if person is None:
        hours.make_slots(day=panel.day, by=by, now=now)
    return away


@transaction.atomic
def end_pause(*, pause: Pause, by: User | None, now: datetime) -> None:
    """An announced absence is taken back."""
    panel = pause.panel
    pause.delete()
    audit.record("will be there", panel, by=by, now=now)
    hours.make_slots(day=panel.day, by=by, now=now)


def sitting(interview: Interview) -> QuerySet[PanelMember]:
    """Who sits before this person: the stays in the room that cover the interview's time.

    The time is when the person went in; before that, the time in the plan, or
    of arrival. Without any, everyone who sits there on the day.
    """
    stays = PanelMember.objects.filter(panel=interview.panel_id).select_related("person")
    at = when(interview)
    return stays.filter(starts_at__lte=at, ends_at__gt=at) if at else stays


def present(interview: Interview) -> list[PanelMember]:
    """The same, from rows read with ``panel__memberships__person`` and ``slot``."""
    at, stays = when(interview), interview.panel.memberships.all() if interview.panel else []
    return [stay for stay in stays if at is None or stay.starts_at <= at < stay.ends_at]


def when(interview: Interview) -> datetime | None:
    """The time by which it is told who sits before the person. Asks for the slot."""
    planned = interview.slot.starts_at if interview.slot else None
    return interview.entered_at or planned or interview.queue_at or interview.arrived_at


def whole_date(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight."""
    begins = hours.moment(day, time(0))
    return begins, begins + timedelta(days=1)
