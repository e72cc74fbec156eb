"""What will be sent in two weeks, and what was in the last one: the calendar of the office.

Eight questions, however many notices there are; and some for each message or workshop planned ahead.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from portal import forecasts, moments
from portal.models import Hold, Notice
from portal.models.notices import NoticeStatus

AHEAD = timedelta(days=14)
BACK = timedelta(days=7)
STATES = [
    NoticeStatus.SENT,
    NoticeStatus.DELIVERED,
    NoticeStatus.FAILED,
    NoticeStatus.UNKNOWN,
    NoticeStatus.TOO_LATE,
]


@dataclass
class Day:
    """What leaves on one day: how many by template, promised already and foreseen."""

    date: date
    lines: dict[str, list[int]] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[moments.Moment | None, str, int, int]]:
        known = moments.every()
        found = [(known.get(name), name, *numbers) for name, numbers in self.lines.items()]
        return sorted(found, key=lambda row: (-row[2] - row[3], row[1]))

    @property
    def total(self) -> int:
        return sum(map(sum, self.lines.values()))


class Gone(NamedTuple):
    """What became of the notices of one template."""

    says: str
    template: str
    counts: list[tuple[str, int]]  # by ``STATES``
    rupees: float


def ahead(now: datetime) -> list[Day]:
    """The next days on which something leaves. What is due already stands at today."""
    until = now + AHEAD
    days: dict[date, Day] = {}
    waiting = Notice.objects.filter(status=NoticeStatus.QUEUED, due_at__lte=until).order_by()
    queued = waiting.annotate(day=TruncDate("due_at")).values_list("day", "template").annotate(Count("pk"))
    for day, template, count in queued:
        _add(days, max(day, timezone.localdate(now)), template, count, 0)
    for (day, template), count in forecasts.by_day(now, until).items():
        _add(days, day, template, 0, count)
    return [days[day] for day in sorted(days)]


def _add(days: dict[date, Day], day: date, template: str, promised: int, foreseen: int) -> None:
    numbers = days.setdefault(day, Day(day)).lines.setdefault(template, [0, 0])
    numbers[0] += promised
    numbers[1] += foreseen


def lately(now: datetime) -> list[Gone]:
    """The last week by template, the most frequent first."""
    rows = Notice.objects.filter(due_at__gt=now - BACK, due_at__lte=now, status__in=STATES).order_by()
    counts: dict[str, Counter[str]] = {}
    paise: Counter[str] = Counter()
    for template, status, count, cost in rows.values_list("template", "status").annotate(Count("pk"), Sum("cost")):
        counts.setdefault(template, Counter())[status] += count
        paise[template] += cost or 0
    known = moments.every()
    found = []
    for name, by in counts.items():
        says = str(known[name].says) if name in known else name
        found.append(Gone(says, name, [(state.label, by[state]) for state in STATES], paise[name] / 100))
    return sorted(found, key=lambda one: (-sum(count for _state, count in one.counts), one.template))


def held() -> list[Hold]:
    """What the office holds back, the latest first; each says in ``told`` what that is."""
    rows = list(Hold.objects.filter(ended_at=None).select_related("held_by__person").order_by("-held_at"))
    known = moments.every()
    for row in rows:
        row.told = known[row.template].says if row.template in known else row.template
    return rows


def written_once() -> list[tuple[moments.Reminder, moments.Moment]]:
    """Every reminder of a deadline with its moment, in the order of the work."""
    order = {stage: place for place, stage in enumerate(moments.Stage)}
    pairs = [(reminder, moments.every()[template]) for template, reminder in moments.reminders().items()]
    return sorted(pairs, key=lambda pair: (order[pair[1].stage], pair[0].template))
