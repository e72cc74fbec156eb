"""Who changes rooms, and when, so that the panels of a day can be compared. Plain facts in; writes nothing.

Three panels that share nobody give marks that cannot be compared: nobody can
tell a strict room from weak candidates. When each panel lends one member to
the next room for a part of the day, every room is tied to every other by
people who sat in both (J. M. Linacre, *Many-Facet Rasch Measurement*, 1989,
on judging plans that hang together). The moves lie in the longest pause near
the right time and keep the number of people in each room.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

PART = 4  # candidates of a room in a part of the day; fewer tie nothing

Panel = Hashable
Member = Hashable
Candidate = Hashable


class Time(NamedTuple):
    """A time with a panel, half-open; ``candidate`` is None while nobody is called to it."""

    panel: Panel
    starts_at: datetime
    ends_at: datetime
    candidate: Candidate | None = None


class Sitting(NamedTuple):
    """A person in a room from one time until another, half-open."""

    member: Member
    panel: Panel
    starts_at: datetime
    ends_at: datetime


class Move(NamedTuple):
    """A change of rooms, with the reason in words."""

    member: Member
    leaves: Panel
    joins: Panel
    at: datetime
    reason: str


class InTwoRooms(Exception):
    """The person is named as a member of two panels."""


@dataclass(frozen=True)
class Proposal:
    """Where everyone sits all day, and what of that is a change.

    ``linked`` says whether all the panels hang together in the end;
    ``why_not`` says in words what prevents it.
    """

    sittings: list[Sitting] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    linked: bool = True
    why_not: str = ""


def propose(
    panels: Mapping[Panel, Sequence[Member]],
    times: Iterable[Time],
    *,
    stays: Collection[Member] = (),
    apart: Collection[tuple[Member, Candidate]] = (),
    parts: int | None = None,
) -> Proposal:
    """Who lends whom to which room: by thirds of the day, or by halves where it is short or has two rooms.

    ``panels`` are the members of each room, whoever should rather stay
    first; of those who are not in ``stays`` the last one goes, or whoever is
    ``apart`` from fewer candidates (member, candidate) of the other rooms.
    ``parts`` asks for just that many parts of the day. The same facts give
    the same answer. Raises ``InTwoRooms``.
    """
    twice = [member for member, rooms in Counter(one for own in panels.values() for one in own).items() if rooms > 1]
    if twice:
        raise InTwoRooms(twice[0])
    slots = sorted(times, key=lambda one: (one.starts_at, str(one.panel)))
    called = [slot for slot in slots if slot.candidate is not None] or slots
    rooms = [panel for panel, members in panels.items() if members and any(one.panel == panel for one in called)]
    day = _Day({room: panels[room] for room in rooms}, slots, called, frozenset(stays), frozenset(apart))
    if not rooms:
        return Proposal()
    if _tied(day, [], day.at_home(1)):
        return Proposal(_sittings(day, [], day.at_home(1)))
    for count in [parts] if parts else ([3, 2] if len(rooms) > 2 else [2]):
        cuts = _cuts(day, count)
        if cuts is None or (count > 2 and not parts and _fewest(day, cuts) < PART):
            continue
        seats = _rotated(day, cuts, _movers(day))
        if seats and _tied(day, cuts, seats):
            return Proposal(_sittings(day, cuts, seats), _moves(day, cuts, seats))
    return Proposal(_sittings(day, [], day.at_home(1)), linked=False, why_not=_obstacle(day))


class _Day(NamedTuple):
    """``called`` are the times that will give marks; all times count while nobody is called yet."""

    panels: dict[Panel, Sequence[Member]]
    slots: list[Time]
    called: list[Time]
    stays: frozenset[Member]
    apart: frozenset[tuple[Member, Candidate]]

    def at_home(self, parts: int) -> list[dict[Member, Panel]]:
        """Each in their own room in every part."""
        return [{one: room for room, members in self.panels.items() for one in members} for _part in range(parts)]


def _cuts(day: _Day, parts: int) -> list[datetime] | None:
    """Moments that part the day evenly and interrupt nobody: of those near enough the one after the longest pause."""
    found: list[datetime] = []
    for number in range(1, parts):
        wanted = len(day.called) * number / parts
        best, after = None, found[-1] if found else day.slots[0].starts_at
        for moment in sorted({slot.starts_at for slot in day.slots if slot.starts_at > after}):
            if any(slot.starts_at < moment < slot.ends_at for slot in day.slots):
                continue
            off = abs(sum(slot.starts_at < moment for slot in day.called) - wanted)
            pause = moment - max(slot.ends_at for slot in day.slots if slot.starts_at < moment)
            near = off <= len(day.called) / (4 * parts)
            merit = (near, pause if near else timedelta(), -off)
            best = max(best, (merit, moment)) if best else (merit, moment)
        if best is None:
            return None
        found.append(best[1])
    return found if _fewest(day, found) else None


def _part(cuts: list[datetime], slot: Time) -> int:
    return sum(cut <= slot.starts_at for cut in cuts)


def _fewest(day: _Day, cuts: list[datetime]) -> int:
    """Of all rooms in all parts of the day: the fewest who come to one."""
    seen = Counter((slot.panel, _part(cuts, slot)) for slot in day.called)
    return min(seen[room, part] for room in day.panels for part in range(len(cuts) + 1))


def _movers(day: _Day) -> dict[Panel, Member]:
    """Who goes from each room; a room of which nobody may go lends nobody."""

    def clashes(member: Member, home: Panel) -> int:
        return sum((member, slot.candidate) in day.apart for slot in day.called if slot.panel != home)

    chosen: dict[Panel, Member] = {}
    for room, members in day.panels.items():
        free = [one for one in reversed(members) if one not in day.stays]
        if free:
            chosen[room] = min(free, key=lambda one: clashes(one, room))
    return chosen


def _rotated(day: _Day, cuts: list[datetime], movers: dict[Panel, Member]) -> list[dict[Member, Panel]] | None:
    """The seats of each part, each mover a room further; None where a room would be left with too few."""
    rooms, seats = list(day.panels), day.at_home(len(cuts) + 1)
    for part, at in enumerate(seats):
        for place, room in enumerate(rooms):
            if room in movers:
                at[movers[room]] = rooms[(place + part) % len(rooms)]
        there = Counter(at.values())
        if any(there[room] < min(2, len(members)) for room, members in day.panels.items()):
            return None
    return seats


def _tied(day: _Day, cuts: list[datetime], seats: list[dict[Member, Panel]]) -> bool:
    """Do all members hang together by candidates whom they see with one another?"""
    together = {member: {member} for member in seats[0]}
    for slot in day.called:
        here = [
            member
            for member, room in seats[_part(cuts, slot)].items()
            if room == slot.panel and (member, slot.candidate) not in day.apart
        ]
        for one, other in pairwise(here):
            if together[one] is not together[other]:
                together[one] |= together[other]
                for each in together[other]:
                    together[each] = together[one]
    return len({id(circle) for circle in together.values()}) == 1


def _sittings(day: _Day, cuts: list[datetime], seats: list[dict[Member, Panel]]) -> list[Sitting]:
    bounds = [day.slots[0].starts_at, *cuts, max(slot.ends_at for slot in day.slots)]
    told = []
    for member in seats[0]:
        since = bounds[0]
        for part, at in enumerate(seats):
            if part + 1 == len(seats) or seats[part + 1][member] != at[member]:
                told.append(Sitting(member, at[member], since, bounds[part + 1]))
                since = bounds[part + 1]
    return told


def _moves(day: _Day, cuts: list[datetime], seats: list[dict[Member, Panel]]) -> list[Move]:
    seen = Counter((slot.panel, _part(cuts, slot)) for slot in day.called)
    told = []
    for part, at in enumerate(cuts, start=1):
        for member, joins in seats[part].items():
            leaves = seats[part - 1][member]
            if leaves == joins:
                continue
            facts = {"leaves": leaves, "joins": joins, "seen": seen[leaves, part - 1], "ahead": seen[joins, part]}
            words = _(
                "Ties %(joins)s to %(leaves)s: marks %(seen)d people in %(leaves)s before and %(ahead)d in"
                " %(joins)s after, so that strictness can be told from ability."
            )
            told.append(Move(member, leaves, joins, at, words % facts))
    return told


def _obstacle(day: _Day) -> str:
    """Why no exchange ties the rooms together, and what would mend it."""
    if all(len(members) == 1 for members in day.panels.values()):
        return _("With one person in each room no exchange helps: seat two together for a part of the day.")
    if not all(_movers(day).get(room) for room in day.panels):
        return _("There are rooms that nobody may leave: let one person of each change rooms.")
    return _("The times of the rooms leave no common moment for an exchange: let them begin together once.")
