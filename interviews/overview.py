"""What the planner shows of a day, gathered once: the grid, its sums, its problems. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from applications import tongues
from applications.models import Application
from applications.models.answers import CanCome
from applications.states import Status as Applied
from interviews import because
from interviews.domain import answering, facts, hours, scheduling, seating, telling, turnout
from interviews.domain.seating import NOT_BEFORE, VERY_FAR_KM
from interviews.models import Interview, InterviewDay, Panel, Slot, TimeRequest
from interviews.states import MOVABLE, Answer, Status
from portal.models.people import Gender

Places = dict[int, seating.Place]


@dataclass
class Cell:
    """One time of one panel: free, or someone's."""

    slot: Slot
    interview: Interview | None


@dataclass
class Waiting:
    """One without a time, with what to think of: the way, the hours, and why none of the times will do."""

    application: Application
    km: int
    why_none: str
    standby: int | None  # the place on the standby list
    speaks: str  # languages beside Hindi


@dataclass
class Plan:
    """The grid of a day with its sums."""

    panels: list[Panel]
    rows: list[tuple[datetime, list[Cell | None]]]
    per_panel: int
    is_even: bool  # each panel has as many times as a whole day holds
    times: int
    free: int
    listed: int
    turnout: turnout.Turnout
    expected: int
    offers: list[turnout.Offer]
    unsent: int
    floating: list[Interview]  # called once, without a time now
    problems: list[tuple[str, Interview]]
    rooms: list[tuple[str, Panel, str]]  # what is amiss with a panel: kind, panel, whose name
    without: list[Waiting]
    untold: int  # members of panels who do not know what the plan says

    @property
    def fits(self) -> bool:
        return self.expected <= self.times

    @property
    def attention(self) -> int:
        """How many things people should look at."""
        return len(self.problems) + len(self.rooms)

    @property
    def to_tell(self) -> int:
        """How many would hear something by the next release."""
        return self.unsent + self.untold


def plan(day: InterviewDay, interviews: list[Interview], people: Sequence[Application] = ()) -> Plan:
    """The grid: one row for each beginning, one column for each panel. ``people`` are those who need a time.

    What the rules know of times and people is gathered once, for the problems and for those without a time.
    """
    panels = list(scheduling.panels_of(day))
    slots = _slots(day, panels)
    columns = {panel.pk: place for place, panel in enumerate(panels)}
    held = {interview.slot_id: interview for interview in interviews if interview.slot_id}
    grid: dict[datetime, list[Cell | None]] = defaultdict(lambda: [None] * len(panels))
    for slot in slots:
        grid[slot.starts_at][columns[slot.panel_id]] = Cell(slot, held.get(slot.pk))
    listed = Application.objects.under(day.unit).filter(drive=day.drive_id, status=Applied.SHORTLISTED).count()
    share, each = turnout.expected(day), hours.capacity(day)
    expected = -(-listed * share.percent // 100)
    free = {slot.pk for slot in slots if not slot.is_taken}
    places = {place.key: place for place in facts.places(slots)}
    known = {row.application_id: row.application for row in interviews if row.status in MOVABLE}
    guests = facts.guests([day], list(({one.pk: one for one in people} | known).values()))
    about = {guest.key: guest for guest in guests}
    return Plan(
        panels=panels,
        rows=sorted(grid.items()),
        per_panel=each,
        is_even=len(slots) == each * len(panels),
        times=len(slots),
        free=len(free),
        listed=listed,
        turnout=share,
        expected=expected,
        offers=turnout.offers(day, len(panels), len(slots)) if expected > len(slots) else [],
        unsent=sum(is_unsent(interview) for interview in interviews),
        floating=[interview for interview in interviews if interview.slot is None and interview.called_for],
        problems=_problems(day, interviews, places, about),
        rooms=_rooms(day, panels),
        untold=sum(map(len, telling.diff(day, panels))),
        without=_without(people, about, [place for place in places.values() if place.key in free], interviews),
    )


def _slots(day: InterviewDay, panels: Sequence[Panel]) -> list[Slot]:
    """The times of the day, each with its panel as it was read; ``is_taken``: also by whom one may not see."""
    by_pk = {panel.pk: panel for panel in panels}
    holds = Interview.objects.filter(slot=OuterRef("pk")).exclude(status=Status.CANCELLED)
    asked = TimeRequest.objects.filter(offered=OuterRef("pk"), settled_at=None)
    rows = Slot.objects.filter(panel__day=day).annotate(is_taken=Exists(holds), is_offered=Exists(asked))
    slots = list(rows.order_by("starts_at", "panel"))
    for slot in slots:
        slot.panel = by_pk[slot.panel_id]
        slot.panel.day = day
    return slots


def is_unsent(interview: Interview) -> bool:
    """Does the person not know yet what the plan says?"""
    if interview.status not in MOVABLE:
        return False
    return interview.called_for != (interview.slot.starts_at if interview.slot else None)


def _problems(
    day: InterviewDay, interviews: list[Interview], places: Places, guests: dict[int, seating.Guest]
) -> list[tuple[str, Interview]]:
    """What people should look at: (kind, interview)."""
    open_ones = [row for row in interviews if row.status in MOVABLE]
    window = hours.moment(day.date, day.starts), hours.moment(day.date, day.ends)
    twice = _twice(interviews)
    found = []
    for row in open_ones:
        guest, place = guests[row.application_id], places.get(row.slot_id)
        agreed = row.answer == Answer.YES and not is_unsent(row)
        any_hour = agreed or row.answer == Answer.OTHER  # said yes to this very time, or no: that stands there already
        if row.answer in {Answer.NO, Answer.OTHER}:
            found.append((row.answer, row))
        elif row.application.can_come != CanCome.YES:
            found.append(("come", row))
        if row.application_id in twice:
            found.append(("twice", row))
        if row.slot is None:
            continue
        if row.slot.starts_at < window[0] or row.slot.ends_at > window[1]:
            found.append(("window", row))
        elif place is None:
            found.append(("away", row))
        elif broken := seating.why_not(facts.at_any_hour(guest) if any_hour else guest, place):
            found.append((broken, row))
        early = row.slot.starts_at < window[0] + timedelta(minutes=NOT_BEFORE[VERY_FAR_KM])
        if early and guest.km > VERY_FAR_KM and not agreed:
            found.append(("far", row))
    return found


def _twice(interviews: list[Interview]) -> set[int]:
    """Applications of this day that seem to be one person's: one phone and one name, or one known person."""
    seen: dict[tuple, list[int]] = defaultdict(list)
    for row in interviews:
        seen[row.application.phone, row.application.name_key].append(row.application_id)
        if row.application.person_id:
            seen["person", row.application.person_id].append(row.application_id)
    return {one for group in seen.values() if len(set(group)) > 1 for one in group}


def _rooms(day: InterviewDay, panels: Sequence[Panel]) -> list[tuple[str, Panel, str]]:
    """Panels with nobody, without a woman where the day asks for one, and members who are away for a while."""
    found = []
    for panel in panels:
        members = [stay.person for stay in panel.memberships.all()]
        if not members:
            found.append(("nobody", panel, ""))
        elif day.woman_on_panel and not any(person.gender == Gender.WOMAN for person in members):
            found.append(("woman", panel, ""))
        for away in panel.pauses.all():
            cannot = any(answering.covers(away, stay) for stay in panel.memberships.all())
            found.append(("cannot" if cannot else "pause", panel, away.person.name if away.person else ""))
    return found


def lists(day: InterviewDay, interviews: list[Interview]) -> list[tuple[Panel, list[Interview]]]:
    """The people of each panel who have a time, in the order of ``interviews``."""
    by_panel: dict[int | None, list[Interview]] = defaultdict(list)
    for interview in interviews:
        if interview.slot_id:
            by_panel[interview.panel_id].append(interview)
    panels = Panel.objects.filter(day=day).prefetch_related("memberships__person").order_by("name")
    return [(panel, by_panel[panel.pk]) for panel in panels]


def _without(
    people: Sequence[Application],
    guests: dict[int, seating.Guest],
    free: Sequence[seating.Place],
    interviews: Sequence[Interview],
) -> list[Waiting]:
    """Those who need a time, with what the office should know before it gives one."""
    standby = {row.application_id: row.standby for row in interviews}
    told = [(one, guests[one.pk]) for one in people]
    return [
        Waiting(one, guest.km, _why_none(guest, free), standby.get(one.pk), tongues.names(one.speaks))
        for one, guest in told
    ]


def _why_none(guest: seating.Guest, places: Sequence[seating.Place]) -> str:
    reason = seating.obstacle(guest, places) if places else "full"
    return "" if reason == "full" else str(because.LEFT[reason])
