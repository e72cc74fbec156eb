"""When a person learns or teaches, for whoever plans something else (``settings.DUTIES``)."""

from datetime import datetime

from django.db.models import Q

from portal.duties import Duty
from training.models import Answer, Workshop


def of(*, person: int, starts: datetime, ends: datetime) -> list[Duty]:
    """The workshops of this time to which the person comes, and those that they teach."""
    comes = Q(enrolments__person=person, enrolments__answer__in=[Answer.YES, Answer.WAITING])
    rows = Workshop.objects.on().filter(comes | Q(trainers=person), starts_at__lt=ends, ends_at__gt=starts).distinct()
    return [Duty(key_of(row), str(row.title), row.starts_at, row.ends_at) for row in rows]


def key_of(workshop: Workshop) -> str:
    return f"workshop:{workshop.pk}"
