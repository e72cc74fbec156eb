"""Certificates for those who were there, with the same public check as letters."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from portal import dates, documents, outbox
from portal.models import User
from portal.models.documents import DocumentKind
from training.domain import telling
from training.models import Enrolment, Workshop


class NotOver(Exception):
    """A workshop certifies when it is over."""


class _Quicker(Exception):
    """A colleague issued this one."""


def issue(*, workshop: Workshop, by: User, now: datetime) -> int:
    """Issue a certificate to each who came and has none, and tell them. Returns how many.

    Each person's certificate stands for itself: pressing again, or together
    with a colleague, issues what is missing and nothing twice. Raises
    ``NotOver``, also for a cancelled workshop.
    """
    if workshop.cancelled_at or now < workshop.ends_at:
        raise NotOver(workshop.slug)
    rows = workshop.enrolments.attended().filter(certificate=None).select_related("person", "workshop__unit")
    return sum(_issue_one(enrolment, by, now) for enrolment in rows)


def _issue_one(enrolment: Enrolment, by: User, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _certify(enrolment, by, now)
    except _Quicker:
        return False
    return True


def _certify(enrolment: Enrolment, by: User, now: datetime) -> None:
    workshop, person = enrolment.workshop, enrolment.person
    with translation.override(person.language):
        printed = documents.letterhead(person.language) | {"dates": _dates(workshop)}
        trainers = ", ".join(trainer.name for trainer in workshop.trainers.all())
        if trainers:
            printed["trainer"] = trainers
        document = documents.issue(
            kind=DocumentKind.CERTIFICATE,
            person=person,
            title=workshop.title,
            place=workshop.place,
            printed=printed,
            by=by,
            now=now,
        )
    if not Enrolment.objects.filter(pk=enrolment.pk, certificate=None).update(certificate=document):
        raise _Quicker
    enrolment.certificate = document
    until = now + telling.CERTIFICATE_FOR
    outbox.queue(telling.notices(enrolment=enrolment, template="workshop_certificate", now=now, useful_until=until))


def _dates(workshop: Workshop) -> str:
    first, last = dates.short_date(workshop.starts_at), dates.short_date(workshop.ends_at)
    return first if first == last else f"{first} – {last}"
