"""The day itself: arrivals, tokens, who goes in, who did not come."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet

from applications.models import Application
from applications.states import Status as Applied
from interviews.domain.conflicts import ConflictStands
from interviews.domain.scheduling import DayClosed, HasInterview, NotShortlisted
from interviews.models import Conflict, Interview, InterviewDay, Panel
from interviews.states import HERE, MOVES, Status
from portal import audit
from portal.models import User
from portal.transitions import NotAllowed, Stale, move

SKIPS = 2  # called in vain so often means: did not come
BACK = 3  # how many go first after one was called in vain
WITHIN = timedelta(microseconds=1)
UNBOUND = {Status.PLANNED, Status.CALLED, Status.ARRIVED, Status.NO_SHOW}  # may go to another panel


class RoomBusy(Exception):
    """Somebody is with this panel."""


class NobodyWaits(Exception):
    """Nobody is in the line of this panel."""


class NoPanel(Exception):
    """The day has no panel that this person may see."""


@transaction.atomic
def check_in(*, interview: Interview, by: User | None, now: datetime) -> int:
    """The person is here. Returns the token, drawn once in order of arrival.

    Also brings back one who was said not to have come. Raises ``DayClosed``,
    ``NotShortlisted`` for one who withdrew, ``NotAllowed`` or ``Stale``.
    """
    day = interview.day
    if not InterviewDay.objects.filter(pk=day.pk, locked_at=None).exists():
        raise DayClosed(str(day))
    if not Interview.objects.in_plan().filter(pk=interview.pk).exists():
        raise NotShortlisted(str(interview.pk))
    panel = interview.panel or _shortest_line(interview)
    slot_at = interview.slot.starts_at if interview.slot else now
    move(
        interview,
        to=Status.ARRIVED,
        table=MOVES,
        by=by,
        now=now,
        token=interview.token or _draw(day),
        panel=panel,
        arrived_at=interview.arrived_at or now,
        queue_at=max(slot_at, now),
        skips=0,
    )
    return interview.token or 0


@transaction.atomic
def walk_in(*, day: InterviewDay, application: Application, by: User | None, now: datetime) -> Interview:
    """A shortlisted person without a time came: to the panel with the shortest line.

    Raises ``NotShortlisted``, ``HasInterview``, ``NoPanel`` or ``DayClosed``.
    """
    if application.status != Applied.SHORTLISTED or application.drive_id != day.drive_id:
        raise NotShortlisted(application.ref)
    interview = Interview.objects.of_day(day).in_plan().filter(application=application).first()
    if interview is None:
        try:
            with transaction.atomic():
                interview = Interview.objects.create(day=day, application=application)
        except IntegrityError as problem:
            raise HasInterview(application.ref) from problem
    check_in(interview=interview, by=by, now=now)
    return interview


@transaction.atomic
def call_next(*, panel: Panel, by: User | None, now: datetime) -> Interview:
    """The first of the line goes in. Raises ``RoomBusy``, ``NobodyWaits`` or ``Stale``."""
    interview = line_of(panel).first()
    if interview is None:
        raise NobodyWaits(str(panel))
    try:
        with transaction.atomic():
            move(interview, to=Status.IN_ROOM, table=MOVES, by=by, now=now, entered_at=now, left_at=None)
    except IntegrityError as problem:
        raise RoomBusy(str(panel)) from problem
    return interview


@transaction.atomic
def finish(*, interview: Interview, by: User | None, now: datetime) -> None:
    """The person comes out. Raises ``NotAllowed`` or ``Stale``."""
    move(interview, to=Status.DONE, table=MOVES, by=by, now=now, left_at=now)


@transaction.atomic
def finish_and_call(*, panel: Panel, by: User | None, now: datetime) -> Interview | None:
    """One comes out, the next goes in: the one button of a busy desk. ``None`` when nobody waits."""
    inside = Interview.objects.filter(panel=panel, status=Status.IN_ROOM).first()
    if inside:
        finish(interview=inside, by=by, now=now)
    if not line_of(panel).exists():
        return None
    return call_next(panel=panel, by=by, now=now)


@transaction.atomic
def skip(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Called in vain: three others go first; at the second time it counts as not come.

    That is taken back by checking the person in again. Raises ``NotAllowed`` or ``Stale``.
    """
    if interview.status != Status.IN_ROOM:
        raise NotAllowed(f"{interview.status}: nobody was called")
    skips = interview.skips + 1
    to = Status.NO_SHOW if skips >= SKIPS else Status.ARRIVED
    line = list(line_of(interview.panel)[:BACK]) if interview.panel else []
    after = line[-1].queue_at if line else interview.queue_at
    move(
        interview,
        to=to,
        table=MOVES,
        by=by,
        now=now,
        skips=skips,
        entered_at=None,
        queue_at=max(after or now, interview.queue_at or now) + WITHIN,
    )


@transaction.atomic
def move_panel(*, interview: Interview, panel: Panel, by: User | None, now: datetime) -> None:
    """Before another panel of the same day. Raises ``ConflictStands``, ``NotAllowed`` or ``Stale``."""
    if panel.day_id != interview.day_id or interview.status not in UNBOUND:
        raise NotAllowed(interview.status)
    if Conflict.objects.filter(application=interview.application_id, person__panel_days__panel=panel).exists():
        raise ConflictStands(str(panel))
    rows = Interview.objects.filter(pk=interview.pk, panel=interview.panel_id, status__in=UNBOUND)
    if not rows.update(panel=panel):
        raise Stale(str(interview.pk))
    interview.panel = panel
    audit.record("moved to a panel", interview, by=by, now=now, panel=panel.pk)


@transaction.atomic
def close_day(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """The doors close: who was called and did not come is marked so, no more sheets. Returns how many did not come.

    Raises ``RoomBusy`` while somebody is with a panel, ``Stale`` when it is closed.
    """
    if Interview.objects.of_day(day).filter(status__in=[Status.IN_ROOM, Status.ARRIVED]).exists():
        raise RoomBusy(str(day))
    if not InterviewDay.objects.filter(pk=day.pk, locked_at=None).update(locked_at=now):
        raise Stale(str(day))
    day.locked_at = now
    absent = list(Interview.objects.of_day(day).in_plan().filter(status=Status.CALLED))
    for interview in absent:
        move(interview, to=Status.NO_SHOW, table=MOVES, by=by, now=now)
    audit.record("closed the day", day, by=by, now=now, absent=len(absent))
    return len(absent)


@transaction.atomic
def reopen_day(*, day: InterviewDay, by: User | None, now: datetime) -> None:
    """Sheets and arrivals are taken again. Raises ``Stale`` when it is open."""
    if not InterviewDay.objects.filter(pk=day.pk, locked_at__isnull=False).update(locked_at=None):
        raise Stale(str(day))
    day.locked_at = None
    audit.record("reopened the day", day, by=by, now=now)


def line_of(panel: Panel) -> QuerySet[Interview]:
    """Who waits before this panel, the next one first."""
    return Interview.objects.waiting().filter(panel=panel)


def _draw(day: InterviewDay) -> int:
    """The next token. The update counts and holds the row until we commit, so nobody draws the same."""
    InterviewDay.objects.filter(pk=day.pk).update(last_token=F("last_token") + 1)
    return InterviewDay.objects.values_list("last_token", flat=True).get(pk=day.pk)


def _shortest_line(interview: Interview) -> Panel:
    """The panel with the fewest to come that has no member in conflict with this person."""
    in_conflict = Conflict.objects.filter(application=interview.application_id).values("person__panel_days__panel")
    to_come = Count("interviews", filter=Q(interviews__status__in=[Status.CALLED, *HERE - {Status.DONE}]))
    panels = Panel.objects.filter(day=interview.day_id).exclude(pk__in=in_conflict)
    chosen = panels.annotate(to_come=to_come).order_by("to_come", "name").first()
    if chosen is None:
        raise NoPanel(str(interview.day_id))
    return chosen
