"""What the pages of a day show, gathered once: the plan, its problems, the lines, the pace. Reads only."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from applications.models import Application
from applications.models.answers import CanCome
from applications.states import Status as Applied
from interviews.domain import distances, hours, scheduling
from interviews.domain.seating import NOT_BEFORE, VERY_FAR_KM
from interviews.models import Conflict, Interview, InterviewDay, Panel, Slot
from interviews.states import Answer, Status

TURNOUT = 60  # per cent that come, when nothing better is known


@dataclass
class Cell:
    """One time of one panel: free, or someone's."""

    slot: Slot
    interview: Interview | None


@dataclass
class Plan:
    """The grid of a day with its sums."""

    panels: list[Panel]
    rows: list[tuple[datetime, list[Cell | None]]]
    per_panel: int
    times: int
    free: int
    listed: int
    expected: int
    unsent: int
    floating: list[Interview]  # called once, without a time now
    problems: list[tuple[str, Interview]]

    @property
    def fits(self) -> bool:
        return self.expected <= self.times


def plan(day: InterviewDay, interviews: list[Interview], now: datetime) -> Plan:
    """The grid: one row for each beginning, one column for each panel."""
    rooms = list(scheduling.panels_of(day))
    columns = {panel.pk: place for place, panel in enumerate(rooms)}
    slots = list(Slot.objects.filter(panel__day=day).select_related("panel").order_by("starts_at"))
    held = {interview.slot_id: interview for interview in interviews if interview.slot_id}
    grid: dict[datetime, list[Cell | None]] = defaultdict(lambda: [None] * len(rooms))
    for slot in slots:
        grid[slot.starts_at][columns[slot.panel_id]] = Cell(slot, held.get(slot.pk))
    listed = Application.objects.under(day.unit).filter(drive=day.drive_id, status=Applied.SHORTLISTED).count()
    return Plan(
        panels=rooms,
        rows=sorted(grid.items()),
        per_panel=hours.capacity(day),
        times=len(slots),
        free=len(slots) - len(held),
        listed=listed,
        expected=-(-listed * TURNOUT // 100),
        unsent=sum(_unsent(interview) for interview in interviews),
        floating=[interview for interview in interviews if interview.slot is None and interview.called_for],
        problems=_problems(day, interviews),
    )


def _unsent(interview: Interview) -> bool:
    if interview.status not in {Status.PLANNED, Status.CALLED}:
        return False
    return interview.called_for != (interview.slot.starts_at if interview.slot else None)


def _problems(day: InterviewDay, interviews: list[Interview]) -> list[tuple[str, Interview]]:
    """What people should look at: (kind, interview)."""
    found = []
    origin = day.held_in or (day.unit.district if not day.unit.is_root else None)
    first = min((row.slot.starts_at for row in interviews if row.slot), default=None)
    declared = Conflict.objects.filter(person__panel_days__panel__day=day)
    conflicts = set(declared.values_list("application", flat=True))
    too_soon = first + timedelta(minutes=NOT_BEFORE[VERY_FAR_KM]) if first else None
    for interview in interviews:
        if interview.status not in {Status.PLANNED, Status.CALLED}:
            continue
        if interview.answer in {Answer.NO, Answer.OTHER}:
            found.append((interview.answer, interview))
        elif interview.application.can_come != CanCome.YES:
            found.append(("come", interview))
        if interview.application_id in conflicts:
            found.append(("conflict", interview))
        far = distances.road_km(origin, interview.application.unit.district) > VERY_FAR_KM
        early = too_soon and interview.slot and interview.slot.starts_at < too_soon
        if far and early:
            found.append(("far", interview))
    return found


def lists(day: InterviewDay, interviews: list[Interview]) -> list[tuple[Panel, list[Interview]]]:
    """The people of each panel who have a time, in the order of ``interviews``."""
    by_panel: dict[int | None, list[Interview]] = defaultdict(list)
    for interview in interviews:
        if interview.slot_id:
            by_panel[interview.panel_id].append(interview)
    return [(panel, by_panel[panel.pk]) for panel in scheduling.panels_of(day)]
