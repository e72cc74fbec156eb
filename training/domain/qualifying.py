"""Who is trained in a series, and who is to be."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from committees.models import Appointment
from training.models import Enrolment, Series, Workshop
from training.moments import ASKED_AGAIN, JUST_INVITED

PAPERS_TAKE = timedelta(days=30)  # who was there waits so long for the certificate before another invitation


def lacking(*, sitting: QuerySet[Appointment], series: Series, now: datetime) -> QuerySet[Appointment]:
    """Of these who sit, those whom the next batch is for.

    They hold no valid certificate of the series, have no batch of it ahead of them, and hold that of the series
    that comes before.
    """
    learnt = Enrolment.objects.filter(person=OuterRef("person"))
    valid = learnt.certified(now)
    rows = sitting.exclude(Exists(valid.filter(workshop__series=series)))
    rows = rows.exclude(Exists(learnt.filter(batch_of=series)))
    if series.prerequisite_id:
        rows = rows.filter(Exists(valid.filter(workshop__series=series.prerequisite_id)))
    return rows


def lapse(*, now: datetime) -> int:
    """Whoever was asked again and says nothing until a day before gives the batch free. Returns how many.

    The next sweep invites others in their place, and them to another batch. They may still say yes to this one.
    """
    closing = Workshop.objects.ahead(now).filter(starts_at__lte=now + ASKED_AGAIN.until)
    was_asked = F("workshop__starts_at") - ASKED_AGAIN.until - JUST_INVITED
    silent = Enrolment.objects.still_asked().filter(batch_of__isnull=False, workshop__in=closing)
    return silent.filter(invited_at__lte=was_asked).update(batch_of=None, lapsed_at=now)


def answer_by(enrolment: Enrolment, now: datetime) -> datetime | None:
    """Until when a silent person keeps the batch; nothing where silence costs nothing."""
    closes = ASKED_AGAIN.useful_until(enrolment.workshop.starts_at)
    if enrolment.answer or enrolment.batch_of_id is None or enrolment.invited_at > closes - JUST_INVITED:
        return None
    return closes if closes > now else None


def let_go(*, now: datetime) -> int:
    """Free for another batch whoever was in one that is over or will not be. Returns how many."""
    held = Enrolment.objects.filter(batch_of__isnull=False)
    over = Q(workshop__cancelled_at__isnull=False) | Q(workshop__ends_at__lte=now)
    waits = held.attended().filter(certificate=None, workshop__ends_at__gt=now - PAPERS_TAKE)
    return held.filter(over).exclude(pk__in=waits.values("pk")).update(batch_of=None)
