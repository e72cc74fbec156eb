"""Certificates for those who met the rule (``training.rule``), with the same public check as letters."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation

from committees.days import day_of
from portal import dates, documents, outbox
from portal.models import Document, User
from portal.models.documents import DocumentKind
from training import rule
from training.domain import telling
from training.models import Enrolment, Workshop
from training.querysets import EnrolmentQuerySet

TO_MEND = timedelta(hours=1)  # after the end, in which a wrong mark is taken back before the clock certifies
LOOKED_AT = timedelta(days=90)  # after the end, in which the clock certifies what came late: a list on paper, a quiz
A_SWEEP = 200


class NotOver(Exception):
    """A workshop certifies when it is over."""


class _Quicker(Exception):
    """A colleague issued this one."""


def issue(*, workshop: Workshop, by: User | None, now: datetime) -> int:
    """Issue a certificate to each who met the rule and has none, and tell them. Returns how many.

    Each person's certificate stands for itself: pressing again, or together
    with a colleague, issues what is missing and nothing twice. Raises
    ``NotOver``, also for a cancelled workshop.
    """
    if workshop.cancelled_at or now < workshop.ends_at:
        raise NotOver(workshop.slug)
    return _issue_to(rule.met(workshop.enrolments.filter(certificate=None), now), by, now)


def issue_due(*, now: datetime) -> int:
    """The same without anybody's hand, a while after the end. Safe to run as often as you like. Returns how many."""
    over = Enrolment.objects.filter(
        certificate=None,
        workshop__cancelled_at=None,
        workshop__ends_at__lte=now - TO_MEND,
        workshop__ends_at__gt=now - LOOKED_AT,
    )
    return _issue_to(rule.met(over, now).order_by("pk")[:A_SWEEP], None, now)


def issue_at_once(*, enrolment: Enrolment, now: datetime) -> bool:
    """To one person, who has just done what was lacking; False when more is lacking, or the workshop is not over."""
    over = Enrolment.objects.filter(
        pk=enrolment.pk, certificate=None, workshop__cancelled_at=None, workshop__ends_at__lte=now - TO_MEND
    )
    return bool(_issue_to(rule.met(over, now), None, now))


def _issue_to(rows: EnrolmentQuerySet, by: User | None, now: datetime) -> int:
    rows = rows.select_related("person", "workshop__unit", "workshop__series")
    return sum(_issue_one(enrolment, by, now) for enrolment in rows)


def _issue_one(enrolment: Enrolment, by: User | None, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _certify(enrolment, by, now)
    except _Quicker:
        return False
    return True


def _certify(enrolment: Enrolment, by: User | None, now: datetime) -> None:
    document = _paper(enrolment, by, now)
    if not Enrolment.objects.filter(pk=enrolment.pk, certificate=None).update(certificate=document):
        raise _Quicker
    enrolment.certificate = document
    until = now + telling.CERTIFICATE_FOR
    outbox.queue([telling.notice(enrolment=enrolment, template="workshop_certificate", now=now, useful_until=until)])


def _paper(enrolment: Enrolment, by: User | None, now: datetime) -> Document:
    workshop, person = enrolment.workshop, enrolment.person
    until = _valid_until(workshop, now)
    with translation.override(person.language):
        printed = documents.letterhead(person.language) | {"dates": _dates(workshop)}
        trainers = ", ".join(trainer.name for trainer in workshop.trainers.all())
        if trainers:
            printed["trainer"] = trainers
        if until:
            printed["valid_until"] = dates.short_date(until)
        return documents.issue(
            kind=DocumentKind.CERTIFICATE,
            person=person,
            title=workshop.title,
            place=workshop.place,
            printed=printed,
            valid_until=until,
            by=by,
            now=now,
        )


def _valid_until(workshop: Workshop, now: datetime) -> date | None:
    """The last day: as many months on as the series says, counted from the day of issue; the 31st becomes the 30th."""
    months = workshop.series.valid_months if workshop.series else None
    if not months:
        return None
    today = day_of(now)
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _dates(workshop: Workshop) -> str:
    first, last = dates.short_date(workshop.starts_at), dates.short_date(workshop.ends_at)
    return first if first == last else f"{first} – {last}"
