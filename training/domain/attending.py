"""Who was there: one tap for one person."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from portal import audit
from portal.models import User
from training.models import Attendance, Enrolment

DOORS_OPEN = timedelta(hours=2)  # before the beginning


class NotYet(Exception):
    """The doors are not open."""


class Cancelled(Exception):
    """There is no such workshop any more."""


class Certified(Exception):
    """The certificate is out: it must be cancelled first."""


def mark(*, enrolment: Enrolment, by: User, now: datetime) -> None:
    """Mark that the person came; marking twice is marking once. Raises ``NotYet`` or ``Cancelled``."""
    workshop = enrolment.workshop
    if workshop.cancelled_at:
        raise Cancelled(workshop.slug)
    if now < workshop.starts_at - DOORS_OPEN:
        raise NotYet(workshop.slug)
    try:
        with transaction.atomic():
            Attendance.objects.create(enrolment=enrolment, marked_at=now, marked_by=by)
            audit.record("came", enrolment, by=by, now=now)
    except IntegrityError:  # a colleague marked the same person
        return


@transaction.atomic
def unmark(*, enrolment: Enrolment, by: User, now: datetime) -> None:
    """Take a wrong mark back. Raises ``Certified``."""
    if Enrolment.objects.filter(pk=enrolment.pk, certificate__isnull=False).exists():
        raise Certified(str(enrolment.pk))
    gone, _kinds = Attendance.objects.filter(enrolment=enrolment).delete()
    if gone:
        audit.record("mark taken back", enrolment, by=by, now=now)
