"""Who is trained in a series, and who is to be."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from committees.models import Appointment
from training.models import Enrolment, Series

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


def let_go(*, now: datetime) -> int:
    """Free for another batch whoever was in one that is over or will not be. Returns how many."""
    held = Enrolment.objects.filter(batch_of__isnull=False)
    over = Q(workshop__cancelled_at__isnull=False) | Q(workshop__ends_at__lte=now)
    waits = held.attended().filter(certificate=None, workshop__ends_at__gt=now - PAPERS_TAKE)
    return held.filter(over).exclude(pk__in=waits.values("pk")).update(batch_of=None)
