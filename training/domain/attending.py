"""Who was there: one mark for a person and session, by whichever way it comes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from portal import audit
from portal.models import User
from training.models import Attendance, Enrolment, How, Session

DOORS_OPEN = timedelta(hours=2)  # before the beginning of a session


class NotYet(Exception):
    """The doors are not open."""


class Cancelled(Exception):
    """There is no such workshop any more."""


class Elsewhere(Exception):
    """The session is of another workshop."""


class Certified(Exception):
    """The certificate is out: it must be cancelled first."""


def mark(
    *,
    enrolment: Enrolment,
    session: Session,
    by: User | None,
    now: datetime,
    how: How = How.TAP,
    at: datetime | None = None,
) -> bool:
    """Mark that the person was at the session; marking twice is marking once. True when this was the first mark.

    ``at`` is when a phone without a network was tapped, where that can be believed. Raises ``NotYet``, ``Cancelled``
    or ``Elsewhere``.
    """
    check(enrolment=enrolment, session=session, now=now)
    believed = at if at and session.starts_at - DOORS_OPEN <= at <= now else now
    try:
        with transaction.atomic():
            Attendance.objects.create(session=session, enrolment=enrolment, how=how, marked_at=believed, marked_by=by)
            audit.record("came", enrolment, by=by, now=now, session=session.number, how=how)
    except IntegrityError:  # a colleague marked the same person, or the person scanned at the same moment
        return False
    return True


def check(*, enrolment: Enrolment, session: Session, now: datetime) -> None:
    """Raises ``NotYet``, ``Cancelled`` or ``Elsewhere`` where ``mark`` would."""
    workshop = enrolment.workshop
    if session.workshop_id != workshop.pk:
        raise Elsewhere(workshop.slug)
    if workshop.cancelled_at:
        raise Cancelled(workshop.slug)
    if now < session.starts_at - DOORS_OPEN:
        raise NotYet(workshop.slug)


@transaction.atomic
def mark_all(
    *, enrolments: Iterable[Enrolment], session: Session, by: User, now: datetime, how: How = How.PAPER
) -> int:
    """Those who signed on the sheet, all or none. Returns how many were not marked before. Raises as ``mark`` does."""
    return sum(mark(enrolment=enrolment, session=session, by=by, now=now, how=how) for enrolment in enrolments)


@transaction.atomic
def unmark(*, enrolment: Enrolment, session: Session, by: User, now: datetime) -> None:
    """Take a wrong mark back. Raises ``Certified``."""
    if Enrolment.objects.filter(pk=enrolment.pk, certificate__isnull=False).exists():
        raise Certified(str(enrolment.pk))
    gone, _kinds = Attendance.objects.filter(enrolment=enrolment, session=session).delete()
    if gone:
        audit.record("mark taken back", enrolment, by=by, now=now, session=session.number)


def session_of(*, sessions: Iterable[Session], now: datetime) -> Session | None:
    """The session that people come to now: the first that is not over, else the last."""
    known = sorted(sessions, key=lambda session: session.number)
    ahead = [session for session in known if session.ends_at > now]
    return next(iter(ahead or known[-1:]), None)
