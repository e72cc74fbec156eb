"""What must always be true of workshops and certificates."""

from django.db.models import F, Q, QuerySet

from portal.invariants import always
from portal.models.documents import DocumentKind
from training.models import Attendance, Enrolment


@always("Nobody was there before the workshop began.")
def attendances_too_early() -> QuerySet:
    return Attendance.objects.filter(marked_at__lt=F("enrolment__workshop__starts_at"))


@always("A certificate that is valid is of somebody who was there.")
def certificates_of_the_absent() -> QuerySet:
    return Enrolment.objects.filter(certificate__isnull=False, certificate__revoked_at=None, attendance=None)


@always("A certificate is a certificate of who was enrolled.")
def certificates_of_others() -> QuerySet:
    own = Q(certificate__person=F("person"), certificate__kind=DocumentKind.CERTIFICATE)
    return Enrolment.objects.filter(certificate__isnull=False).exclude(own)


@always("An answer to an invitation has its time.")
def answers_at_no_time() -> QuerySet:
    return Enrolment.objects.exclude(answer="").filter(answered_at=None)


@always("Nobody answers before being invited.")
def answers_before_the_invitation() -> QuerySet:
    return Enrolment.objects.filter(answered_at__lt=F("invited_at"))
