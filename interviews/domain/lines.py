"""The lines before the panels: their order, who goes first, who changes the line, a panel that pauses."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from interviews.domain import hours
from interviews.domain.conflicts import ConflictStands
from interviews.models import Conflict, Interview, Panel, PanelMember, Pause
from interviews.states import HERE, Priority, Status
from portal import audit, names
from portal.models import User
from portal.transitions import NotAllowed, Stale

UNBOUND = {Status.PLANNED, Status.CALLED, Status.ARRIVED, Status.NO_SHOW}  # may go to another panel, or first
WITHIN = timedelta(microseconds=1)


class NoPanel(Exception):
    """The day has no panel that this person may see."""


def line_of(panel: Panel) -> QuerySet[Interview]:
    """Who waits before this panel, the next one first."""
    return Interview.objects.waiting().filter(panel=panel)


def open_to(interview: Interview, now: datetime) -> QuerySet[Panel]:
    """The panels of the day before which this person may still come: nobody sits there any more who must not judge."""
    must_not = Conflict.objects.filter(application=interview.application_id).values("person")
    closed = PanelMember.objects.filter(person__in=must_not, ends_at__gt=now).values("panel")
    return Panel.objects.filter(day=interview.day_id).exclude(pk__in=closed)


def shortest(interview: Interview, now: datetime) -> Panel:
    """The one of them with the fewest to come; one that has left only where no other is there. Raises ``NoPanel``."""
    to_come = Count("interviews", filter=Q(interviews__status__in=[Status.CALLED, *HERE - {Status.DONE}]))
    panels = open_to(interview, now).annotate(to_come=to_come).order_by("to_come", "name")
    chosen = min(panels, key=lambda panel: has_left(panel, now), default=None)
    if chosen is None:
        raise NoPanel(str(interview.day_id))
    return chosen


def has_left(panel: Panel, now: datetime) -> bool:
    """Is its day over, by its own hours?"""
    return panel.closes is not None and hours.moment(panel.date, panel.closes) <= now


def room_of(interview: Interview, now: datetime) -> Panel:
    """Before which panel this person waits: the own one while it is there. Raises ``NoPanel``."""
    panel = interview.panel
    return panel if panel and not has_left(panel, now) else shortest(interview, now)


@transaction.atomic
def move_panel(*, interview: Interview, panel: Panel, by: User | None, now: datetime) -> None:
    """Before another panel of the same day. Raises ``ConflictStands``, ``NotAllowed`` or ``Stale``."""
    if panel.day_id != interview.day_id or interview.status not in UNBOUND:
        raise NotAllowed(interview.status)
    if not open_to(interview, now).filter(pk=panel.pk).exists():
        raise ConflictStands(str(panel))
    rows = Interview.objects.filter(pk=interview.pk, panel=interview.panel_id, status__in=UNBOUND)
    if not rows.update(panel=panel):
        raise Stale(str(interview.pk))
    interview.panel = panel
    audit.record("moved to a panel", interview, by=by, now=now, panel=panel.pk)


@transaction.atomic
def let_first(*, interview: Interview, priority: str, by: User | None, now: datetime) -> None:
    """This person goes first, for a reason everybody may see; without a reason no longer.

    Raises ``ValueError`` for a reason we do not know, ``NotAllowed`` for one who is inside or through, ``Stale``.
    """
    reason = Priority(priority).value if priority else ""
    if interview.status not in UNBOUND:
        raise NotAllowed(interview.status)
    rows = Interview.objects.filter(pk=interview.pk, priority=interview.priority, status__in=UNBOUND)
    if not rows.update(priority=reason, priority_by=by if reason else None):
        raise Stale(str(interview.pk))
    interview.priority = reason
    audit.record("let first" if reason else "no longer first", interview, by=by, now=now)


def pauses_now(panels: list[int], now: datetime) -> QuerySet[Pause]:
    """The pauses of whole panels that go on now, open ones or announced ones."""
    running = Pause.objects.filter(panel__in=panels, person=None, starts_at__lte=now)
    return running.filter(Q(ends_at=None) | Q(ends_at__gt=now)).order_by("starts_at")


@transaction.atomic
def pause(*, panel: Panel, why: str, by: User | None, now: datetime) -> Pause:
    """The panel is away from now until somebody ends it. Raises ``Stale`` when it is away already."""
    if pauses_now([panel.pk], now).exists():
        raise Stale(str(panel))
    try:
        with transaction.atomic():
            row = Pause.objects.create(panel=panel, starts_at=now, why=names.clean(why)[:120])
    except IntegrityError as problem:
        raise Stale(str(panel)) from problem
    audit.record("paused the panel", panel, by=by, now=now)
    return row


@transaction.atomic
def end_pause(*, panel: Panel, by: User | None, now: datetime) -> None:
    """The panel is back. Raises ``Stale`` when it was not away."""
    ended = 0
    for row in pauses_now([panel.pk], now):
        ended += Pause.objects.filter(pk=row.pk, ends_at=row.ends_at).update(ends_at=max(now, row.starts_at + WITHIN))
    if not ended:
        raise Stale(str(panel))
    audit.record("ended the pause of the panel", panel, by=by, now=now)
