"""The day itself: arrivals, tokens, who goes in, who did not come."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from applications.models import Application
from applications.states import Status as Applied
from interviews.domain.lines import WITHIN, line_of, pauses_now, room_of
from interviews.domain.scheduling import DayClosed, HasInterview, NotShortlisted
from interviews.models import Interview, InterviewDay, Panel
from interviews.states import MOVES, Status
from portal import audit
from portal.models import User
from portal.transitions import NotAllowed, Stale, move

SKIPS = 2  # called in vain so often means: did not come
BACK = 3  # how many go first after one was called in vain


class RoomBusy(Exception):
    """Somebody is with this panel."""


class NobodyWaits(Exception):
    """Nobody is in the line of this panel."""


class Paused(Exception):
    """The panel is away."""


@transaction.atomic
def check_in(*, interview: Interview, by: User | None, now: datetime) -> int:
    """The person is here. Returns the token, drawn once in order of arrival.

    Also brings back one who was said not to have come. Raises ``DayClosed``,
    ``NotShortlisted`` for one who withdrew, ``NotAllowed`` or ``Stale``.
    """
    day = interview.day
    if not InterviewDay.objects.filter(pk=day.pk, locked_at=None, cancelled_at=None).exists():
        raise DayClosed(str(day))
    if not Interview.objects.in_plan().filter(pk=interview.pk).exists():
        raise NotShortlisted(str(interview.pk))
    slot_at = interview.slot.starts_at if interview.slot else now
    move(
        interview,
        to=Status.ARRIVED,
        table=MOVES,
        by=by,
        now=now,
        token=interview.token or _draw(day),
        panel=room_of(interview, now),
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
                interview = Interview.objects.create(day=day, application=application, walked_in=True)
        except IntegrityError as problem:
            raise HasInterview(application.ref) from problem
    check_in(interview=interview, by=by, now=now)
    return interview


@transaction.atomic
def call_next(*, panel: Panel, who: int | None = None, by: User | None, now: datetime) -> Interview:
    """The first of the line goes in; or the one whom a desk without network called, by key.

    Raises ``Paused``, ``RoomBusy``, ``NobodyWaits`` or ``Stale``.
    """
    if pauses_now([panel.pk], now).exists():
        raise Paused(str(panel))
    line = line_of(panel)
    interview = (line.filter(pk=who) if who else line).first()
    if interview is None:
        raise NobodyWaits(str(panel))
    try:
        with transaction.atomic():
            called = {"last_called_at": now, "times_called": interview.times_called + 1}
            move(interview, to=Status.IN_ROOM, table=MOVES, by=by, now=now, entered_at=now, left_at=None, **called)
    except IntegrityError as problem:
        raise RoomBusy(str(panel)) from problem
    return interview


@transaction.atomic
def call_again(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Once more on the wall, for one who did not hear. Raises ``NotAllowed`` or ``Stale``."""
    if interview.status != Status.IN_ROOM:
        raise NotAllowed(f"{interview.status}: nobody was called")
    rows = Interview.objects.filter(pk=interview.pk, status=Status.IN_ROOM, times_called=interview.times_called)
    if not rows.update(last_called_at=now, times_called=interview.times_called + 1):
        raise Stale(str(interview.pk))
    interview.last_called_at, interview.times_called = now, interview.times_called + 1
    audit.record("called again", interview, by=by, now=now)


@transaction.atomic
def finish(*, interview: Interview, by: User | None, now: datetime) -> None:
    """The person comes out. Raises ``NotAllowed`` or ``Stale``."""
    move(interview, to=Status.DONE, table=MOVES, by=by, now=now, left_at=now)


@transaction.atomic
def finish_and_call(
    *, panel: Panel, inside: int | None, who: int | None = None, by: User | None, now: datetime
) -> Interview | None:
    """One comes out, the next goes in: the one button of a busy desk. ``None`` when nobody waits or the panel pauses.

    ``inside`` is the key of the interview whom the desk saw inside, or none:
    a second tap, a replay or a second desk must not end the person just
    called. Raises ``Stale`` when somebody else is inside meanwhile, ``RoomBusy``.
    """
    person = Interview.objects.filter(panel=panel, status=Status.IN_ROOM).first()
    if (person.pk if person else None) != inside:
        raise Stale(str(panel))
    if person:
        finish(interview=person, by=by, now=now)
        if not line_of(panel).exists() or pauses_now([panel.pk], now).exists():
            return None
    return call_next(panel=panel, who=who, by=by, now=now)


@transaction.atomic
def skip(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Called in vain: three others go first; at the second time it counts as not come.

    That is taken back by checking the person in again. Raises ``NotAllowed`` or ``Stale``.
    """
    if interview.status != Status.IN_ROOM:
        raise NotAllowed(f"{interview.status}: nobody was called")
    skips = interview.skips + 1
    to = Status.NO_SHOW if skips >= SKIPS else Status.ARRIVED
    room = room_of(interview, now)
    line = list(line_of(room)[:BACK])
    after = line[-1].queue_at if line else interview.queue_at
    move(
        interview,
        to=to,
        table=MOVES,
        by=by,
        now=now,
        skips=skips,
        panel=room,
        entered_at=None,
        queue_at=max(after or now, interview.queue_at or now) + WITHIN,
    )


def _draw(day: InterviewDay) -> int:
    """The next token. The update counts and holds the row until we commit, so nobody draws the same."""
    InterviewDay.objects.filter(pk=day.pk).update(last_token=F("last_token") + 1)
    return InterviewDay.objects.values_list("last_token", flat=True).get(pk=day.pk)
