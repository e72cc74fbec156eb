"""From the waiting list to a place that became free: one proposes, another approves, the person is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from applications.domain import reviewing
from applications.models import Application, Drive
from applications.states import Status
from committees.models import Post
from interviews.domain import conflicts, deciding
from interviews.domain.deciding import NeedsWords
from interviews.models import Decision, Promotion
from interviews.states import Outcome, Reason
from portal import audit, names
from portal.models import User
from portal.transitions import Stale


class NotWaiting(Exception):
    """This person does not stand on the waiting list any more."""


def line(drive: Drive) -> QuerySet[Decision]:
    """The waiting list of a drive, the first one first."""
    waiting = Decision.objects.filter(outcome=Outcome.WAITING, approved_at__isnull=False, interview__day__drive=drive)
    waiting = waiting.filter(interview__application__status=Status.WAITING)
    rows = waiting.select_related("interview__application__unit__district", "interview__day")
    return rows.order_by(F("place").asc(nulls_last=True), "approved_at", "pk")


def next_in_line(drive: Drive) -> Decision | None:
    """The first of the waiting list for whom nothing is proposed."""
    return line(drive).exclude(promotions__in=Promotion.objects.filter(dropped_at=None)).first()


def open_ones(drive: Drive) -> QuerySet[Promotion]:
    """Proposed, and not yet approved."""
    rows = Promotion.objects.filter(decision__interview__day__drive=drive, approved_at=None, dropped_at=None)
    rows = rows.select_related("decision__interview__application", "proposed_by__person", "post")
    return rows.order_by("proposed_at")


@transaction.atomic
def propose(
    *, decision: Decision, reason: str, words: str = "", post: Post | None = None, by: User, now: datetime
) -> Promotion:
    """Propose that this person gets the free place, in this post if one is named.

    Whoever is not the first in line needs a sentence.

    Raises ``NotWaiting``, ``NeedsWords``, ``conflicts.ConflictStands``, or
    ``Stale`` when somebody proposed it already; ``ValueError`` for a reason that is not on the list.
    """
    kind, said = Reason(reason), names.clean(words)[:250]
    first = next_in_line(decision.interview.day.drive)
    if not line(decision.interview.day.drive).filter(pk=decision.pk).exists():
        raise NotWaiting(str(decision.pk))
    conflicts.check(decision.interview, by.person_id)
    if (first != decision or kind == Reason.OTHER) and not said:
        raise NeedsWords(str(decision.pk))
    chosen = {"decision": decision, "reason": kind, "words": said, "post": post}
    try:
        with transaction.atomic():
            row = Promotion.objects.create(**chosen, proposed_by=by, proposed_at=now)
    except IntegrityError as problem:
        raise Stale(str(decision.pk)) from problem
    audit.record("proposed a promotion", row, by=by, now=now, place=decision.place, in_order=first == decision)
    return row


@transaction.atomic
def approve(*, promotion: Promotion, by: User, now: datetime) -> None:
    """The second person's yes: selected, and told after ten minutes.

    Raises what ``deciding.check_second`` raises, ``NotWaiting`` or ``Stale``.
    """
    interview = promotion.decision.interview
    deciding.check_second(interview=interview, proposed_by=promotion.proposed_by_id, by=by)
    seen = Promotion.objects.filter(pk=promotion.pk, approved_at=None, dropped_at=None)
    if not seen.update(approved_by=by, approved_at=now):
        raise Stale(str(promotion.pk))
    application = Application.objects.select_related("drive").get(pk=interview.application_id)
    if application.status != Status.WAITING:
        raise NotWaiting(application.ref)
    reviewing.select(application=application, by=by, now=now, reason=str(Reason(promotion.reason).label))
    audit.record("approved a promotion", promotion, by=by, now=now)


@transaction.atomic
def drop(*, promotion: Promotion, by: User, now: datetime) -> None:
    """The proposal is taken back. Raises ``Stale`` when it was approved or dropped."""
    if not Promotion.objects.filter(pk=promotion.pk, approved_at=None, dropped_at=None).update(dropped_at=now):
        raise Stale(str(promotion.pk))
    audit.record("dropped a promotion", promotion, by=by, now=now)
