"""What the office does with requests for another time: gives one, offers one, or says no with a word."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from interviews.domain import calling, scheduling
from interviews.domain.calling import Closed
from interviews.models import Interview, Slot, TimeRequest
from interviews.querysets import InterviewQuerySet
from interviews.states import MOVABLE, Answer, Settled, Status
from portal import audit, names, outbox
from portal.models import Notice, User
from portal.transitions import Stale


class NeedsWord(Exception):
    """Who gets no other time hears why, in a word."""


def open_requests(interviews: InterviewQuerySet) -> QuerySet[TimeRequest]:
    """What nobody settled, of these interviews as far as they may still get another time, oldest first."""
    rows = TimeRequest.objects.filter(interview__in=interviews.in_plan().filter(status__in=MOVABLE), settled_at=None)
    return rows.order_by("asked_at", "pk")


def for_office(requests: QuerySet[TimeRequest]) -> QuerySet[TimeRequest]:
    """Those among them that wait for the office: nothing is offered, or another has the offered time meanwhile."""
    held = Interview.objects.filter(slot=OuterRef("offered")).exclude(status=Status.CANCELLED)
    return requests.filter(Q(offered=None) | Exists(held))


def settled(interviews: InterviewQuerySet) -> QuerySet[TimeRequest]:
    """What became of former requests, the newest first."""
    rows = TimeRequest.objects.filter(interview__in=interviews, settled_at__isnull=False)
    return rows.order_by("-settled_at", "-pk")


@transaction.atomic
def give(*, request: TimeRequest, slot: Slot, by: User | None, now: datetime) -> None:
    """The time that was asked for: it is the person's now, and a new call tells so.

    Raises ``Stale`` when the request is settled, and what ``scheduling.place``
    raises; ``NotThen`` for a time outside the hours asked for, which can only be offered.
    """
    _write(request, now=now, by=by, offered=None, outcome=Settled.GIVEN, settled_at=now)
    scheduling.place(interview=request.interview, slot=slot, because=[["asked"]], by=by, now=now)
    calling.tell_one(interview=request.interview, by=by, now=now)


@transaction.atomic
def offer(*, request: TimeRequest, slot: Slot, by: User | None, now: datetime) -> None:
    """Ask whether this time would do; it is kept for the person, and the former one stands until the yes.

    Raises ``Stale``, ``SlotTaken``, ``Closed`` for a time that is past, and
    what ``scheduling.fits`` raises, whatever the hours asked for.
    """
    interview = request.interview
    scheduling.open_or_raise(interview.day)
    if scheduling.is_held(slot) or TimeRequest.objects.filter(offered=slot, settled_at=None).exists():
        raise scheduling.SlotTaken(str(slot.pk))
    if min(slot.starts_at, interview.called_for or slot.starts_at) <= now:
        raise Closed(str(interview.pk))
    scheduling.fits(application=interview.application, slot=slot, is_agreed=True)
    _write(request, now=now, by=by, offered=slot, outcome=Settled.OFFERED)
    useful_until = min(slot.starts_at, interview.called_for or slot.starts_at)
    key = f"time_offered:{request.pk}:{slot.pk}"
    outbox.queue(
        calling.notices_to(
            interview, "time_offered", key=key, due_at=now, useful_until=useful_until, moment=slot.starts_at
        )
    )


@transaction.atomic
def take_back(*, request: TimeRequest, by: User | None, now: datetime) -> None:
    """Offer it no longer: the request waits for the office again. Raises ``Stale`` when it was answered."""
    _write(request, now=now, by=by, offered=None, outcome="")


@transaction.atomic
def refuse(*, request: TimeRequest, why: str, by: User | None, now: datetime) -> None:
    """No other time, for this reason: the told one stands, and the person says anew whether they come.

    Raises ``NeedsWord``, ``Stale``, and ``Closed`` for one who has no time that could stand.
    """
    words, interview = names.clean(why)[:120], request.interview
    if not words:
        raise NeedsWord
    told_for = interview.called_for
    if told_for is None or told_for <= now or interview.slot is None:
        raise Closed(str(interview.pk))
    _write(request, now=now, by=by, offered=None, outcome=Settled.REFUSED, settled_at=now)
    Interview.objects.filter(pk=interview.pk, answer=Answer.OTHER).update(answer="", answered_at=None)
    key = f"time_refused:{request.pk}"
    outbox.queue(
        calling.notices_to(
            interview, "time_refused", key=key, due_at=now, useful_until=told_for, moment=told_for, why=words
        )
    )


def word_of(request: TimeRequest) -> str:
    """The word with which the office said no: it stands in the message alone, where the person's data are kept."""
    told = Notice.objects.filter(key=f"time_refused:{request.pk}").order_by("-pk").first()
    return str(told.context.get("why", "")) if told else ""


def _write(request: TimeRequest, *, by: User | None, now: datetime, **values: object) -> None:
    """Settle it, or offer something, unless the person or a colleague was quicker."""
    outbox.cancel(f"time_offered:{request.pk}")
    rows = TimeRequest.objects.filter(
        pk=request.pk, settled_at=None, offered=request.offered_id, asked_at=request.asked_at
    )
    if not rows.update(settled_by=by, **values):
        raise Stale(str(request.pk))
    for field, value in values.items():
        setattr(request, field, value)
    outcome = values["outcome"] or "open again"
    audit.record(f"another time: {outcome}", request.interview, by=by, now=now)
