"""What the page of several days shows: the times of each, their sum, and whether it suffices. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from applications.models import Application
from applications.models.answers import CanCome
from applications.states import Status as Applied
from interviews.domain import scheduling, turnout
from interviews.models import Interview, InterviewDay, Panel, Slot
from interviews.states import MOVABLE, Status


@dataclass
class Row:
    """One day: its panels, its times, how many are given, and how many of these nobody was told."""

    day: InterviewDay
    panels: int
    times: int
    given: int
    unsent: int

    @property
    def free(self) -> int:
        return self.times - self.given


@dataclass
class Together:
    """Several days as one: ``listed`` stand on the interview list, ``waiting`` can come and have no time."""

    rows: list[Row]
    listed: int
    waiting: int
    silent: int  # without a time, and did not say that they can come
    percent: int

    @property
    def times(self) -> int:
        return sum(row.times for row in self.rows)

    @property
    def free(self) -> int:
        return sum(row.free for row in self.rows)

    @property
    def expected(self) -> int:
        return -(-self.listed * self.percent // 100)

    @property
    def fits(self) -> bool:
        return self.expected <= self.times


def of(days: Sequence[InterviewDay]) -> Together:
    """These days of one drive and area."""
    moved = Q(called_for=None) | ~Q(called_for=F("slot__starts_at"))
    held = Interview.objects.filter(day__in=days, slot__isnull=False).exclude(status=Status.CANCELLED)
    unsent = Count("pk", filter=moved & Q(status__in=MOVABLE))
    given = {row["day"]: row for row in held.order_by().values("day").annotate(all=Count("pk"), unsent=unsent)}
    panels = dict(Panel.objects.filter(day__in=days).order_by().values_list("day").annotate(Count("pk")))
    times = dict(Slot.objects.filter(panel__day__in=days).order_by().values_list("panel__day").annotate(Count("pk")))
    rows = [
        Row(
            day,
            panels.get(day.pk, 0),
            times.get(day.pk, 0),
            given.get(day.pk, {}).get("all", 0),
            given.get(day.pk, {}).get("unsent", 0),
        )
        for day in days
    ]
    without = scheduling.waiting_for(days).order_by().values_list("can_come").annotate(Count("pk")) if days else []
    can = dict(without)
    waiting = can.pop(CanCome.YES, 0)
    return Together(rows, _listed(days), waiting, sum(can.values()), _percent(rows))


def _listed(days: Sequence[InterviewDay]) -> int:
    if not days:
        return 0
    return Application.objects.under(days[0].unit).filter(drive=days[0].drive_id, status=Applied.SHORTLISTED).count()


def _percent(rows: Sequence[Row]) -> int:
    """The share that comes: of days with different ones the mean, weighed by their times."""
    unsaid = next((row.day for row in rows if not row.day.turnout), None)
    learned = turnout.expected(unsaid).percent if unsaid else 0
    total = sum(row.times for row in rows)
    shares = sum(row.times * (row.day.turnout or learned) for row in rows)
    return round(shares / total) if total else learned or turnout.USUAL
