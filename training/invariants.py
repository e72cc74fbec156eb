"""What must always be true of workshops and certificates."""

from django.db.models import Count, F, Max, Min, Q, QuerySet

from portal.invariants import always
from portal.models.documents import DocumentKind
from training.domain.attending import DOORS_OPEN
from training.models import Attendance, Enrolment, Feedback, How, QuizQuestion, Workshop


@always("Nobody was at a session before its doors opened.")
def attendances_too_early() -> QuerySet:
    return Attendance.objects.filter(marked_at__lt=F("session__starts_at") - DOORS_OPEN)


@always("Who was at a session was invited to its workshop.")
def attendances_elsewhere() -> QuerySet:
    return Attendance.objects.exclude(session__workshop=F("enrolment__workshop"))


@always("Only who scanned the code at the door was marked by nobody.")
def attendances_marked_by_nobody() -> QuerySet:
    return Attendance.objects.filter(marked_by=None).exclude(how=How.QR)


@always("A workshop has a session and lasts from its first to its last.")
def workshops_that_do_not_fit_their_sessions() -> QuerySet:
    lasts = Workshop.objects.annotate(first=Min("sessions__starts_at"), last=Max("sessions__ends_at"))
    return lasts.exclude(first=F("starts_at"), last=F("ends_at"))


@always("A person's batch of a series is a workshop of it.")
def batches_of_another_series() -> QuerySet:
    return Enrolment.objects.filter(batch_of__isnull=False).exclude(batch_of=F("workshop__series"))


@always("A certificate that is valid is of somebody who was there.")
def certificates_of_the_absent() -> QuerySet:
    return Enrolment.objects.filter(certificate__isnull=False, certificate__revoked_at=None, attendances=None)


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


@always("A question of a quiz has two answers or more, one of them right.")
def questions_without_one_right_answer() -> QuerySet:
    right = Count("choices", filter=Q(choices__is_right=True))
    return QuizQuestion.objects.annotate(answers=Count("choices"), right=right).exclude(answers__gte=2, right=1)


@always("Who has an opinion of a workshop was there.")
def opinions_of_the_absent() -> QuerySet:
    return Feedback.objects.filter(enrolment__attendances=None)
