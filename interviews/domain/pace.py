"""How fast each room goes, when it will be through, and about when whose turn is. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from interviews.domain import hours, turnout
from interviews.models import Interview, InterviewDay, Panel, Pause
from interviews.states import Status

ENOUGH = 3  # people heard, before the pace of today counts
LEARNED = 10  # people whose time has come, before the turnout of today counts
GIVEN_UP = timedelta(minutes=45)  # after the time: no longer counted upon
A_WHILE = timedelta(minutes=10)  # a pause without an end is taken for so long from now
ALMOST_OUT = timedelta(minutes=1)
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Line:
    """One panel as the desk sees it. ``late`` is in minutes after the room's end; ``minutes`` today's pace."""

    panel: Panel
    inside: Interview | None
    waiting: list[Interview]
    to_come: int
    done: int
    minutes: int | None
    pause: Pause | None
    forecast: datetime | None = None
    late: int = 0
    spare: int = 0  # how many more the room can hear before its end, as it looks now
    turns: dict[int, datetime] = field(default_factory=dict)  # key of who waits: about when

    @property
    def soon(self) -> Interview | None:
        """Who goes in next."""
        return self.waiting[0] if self.waiting else None


def lines(day: InterviewDay, interviews: list[Interview], now: datetime) -> list[Line]:
    """Each panel: who is inside, who waits in which order and until when. Three queries, whatever the day."""
    by_panel: dict[int | None, list[Interview]] = defaultdict(list)
    for interview in interviews:
        by_panel[interview.panel_id].append(interview)
    share = coming(day, interviews, now)
    panels = Panel.objects.filter(day=day).prefetch_related("pauses").order_by("name")
    return [_line(day, panel, by_panel[panel.pk], share, now) for panel in panels]


def place_of(interview: Interview, rows: list[Interview], now: datetime) -> tuple[int, datetime] | None:
    """How many go in before this person, and about when; ``None`` for who does not wait. ``rows``: all of the day."""
    for line in lines(interview.day, rows, now):
        if interview.pk in line.turns:
            return [row.pk for row in line.waiting].index(interview.pk), line.turns[interview.pk]
    return None


def coming(day: InterviewDay, interviews: Iterable[Interview], now: datetime) -> float:
    """Which share of those called comes: as seen today once there is enough to see, else as expected for the day."""
    due = [row for row in interviews if row.slot and row.slot.starts_at + GIVEN_UP <= now and row.called_for]
    if len(due) >= LEARNED:
        return sum(row.arrived_at is not None for row in due) / len(due)
    return turnout.expected(day).percent / 100


def in_order(rows: Iterable[Interview], now: datetime) -> list[Interview]:
    """As ``Interview.objects.waiting`` orders them."""
    waiting = [row for row in rows if row.status == Status.ARRIVED]
    waiting.sort(key=lambda row: (not (row.priority and not row.skips), row.queue_at or now, row.token or 0))
    return waiting


def after(start: datetime, work: timedelta, shut: Iterable[hours.Span]) -> datetime:
    """When so much work is done that begins at ``start`` and rests while the room is shut."""
    at = start
    for span in sorted(shut):
        if span.ends_at <= at:
            continue
        free = max(span.starts_at - at, timedelta())
        if free and work <= free:
            return at + work
        work -= free
        at = span.ends_at
    return at + work


def _line(day: InterviewDay, panel: Panel, rows: list[Interview], share: float, now: datetime) -> Line:
    pauses = [row for row in panel.pauses.all() if row.person_id is None]
    heard = [row for row in rows if row.status == Status.DONE]
    over = [row.left_at - row.entered_at for row in heard if row.entered_at and row.left_at]
    pace = sum(over, timedelta()) / len(over) if over else None
    line = Line(
        panel=panel,
        inside=next((row for row in rows if row.status == Status.IN_ROOM), None),
        waiting=in_order(rows, now),
        to_come=sum(row.status == Status.CALLED for row in rows),
        done=len(over),
        minutes=max(1, round(pace.total_seconds() / 60)) if pace else None,
        pause=next((row for row in pauses if row.starts_at <= now < (row.ends_at or FOREVER)), None),
    )
    usual = timedelta(minutes=day.slot_minutes)
    step = (pace if pace and len(over) >= ENOUGH else usual) + timedelta(minutes=day.gap_minutes)
    _foresee(line, day, rows, step, _shut(day, pauses, now), share, now)
    return line


def _foresee(
    line: Line,
    day: InterviewDay,
    rows: list[Interview],
    step: timedelta,
    shut: list[hours.Span],
    share: float,
    now: datetime,
) -> None:
    start = max(now, hours.moment(day.date, line.panel.opens or day.starts))
    rest = timedelta()
    if line.inside and line.inside.entered_at:
        rest = max(step - (now - line.inside.entered_at), ALMOST_OUT)
    line.turns = {row.pk: after(start, rest + place * step, shut) for place, row in enumerate(line.waiting)}
    coming = [row for row in rows if row.status == Status.CALLED and row.slot and row.slot.starts_at + GIVEN_UP > now]
    end = hours.moment(day.date, line.panel.closes or day.ends)
    work = rest + (len(line.waiting) + share * len(coming)) * step
    through = after(start, work, shut)
    closed = sum((max(span.ends_at - max(span.starts_at, through), timedelta()) for span in shut), timedelta())
    line.spare = max(0, int((end - through - closed) / step))
    if not (line.waiting or line.inside or coming):
        return
    line.forecast = max([through, *(row.slot.ends_at for row in coming if row.slot)])
    line.late = max(0, round((line.forecast - end).total_seconds() / 60))


def _shut(day: InterviewDay, pauses: list[Pause], now: datetime) -> list[hours.Span]:
    shut = [hours.Span(row.starts_at, row.ends_at or max(now, row.starts_at) + A_WHILE) for row in pauses]
    if day.break_starts and day.break_ends:
        shut.append(hours.Span(hours.moment(day.date, day.break_starts), hours.moment(day.date, day.break_ends)))
    return shut
