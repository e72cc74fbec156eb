"""Whether everybody may see that somebody sits in a seat: the person alone says so, and may take it back."""

from datetime import datetime

from django.db import transaction

from committees.models import Appointment
from portal import audit


@transaction.atomic
def agree(*, appointment: Appointment, now: datetime) -> None:
    """Name and post may be shown to everybody. Said twice, it stays as it was first said."""
    if Appointment.objects.filter(pk=appointment.pk, until=None, shown_at=None).update(shown_at=now):
        appointment.shown_at = now
        audit.record("may be shown", appointment, by=None, now=now)


@transaction.atomic
def take_back(*, appointment: Appointment, now: datetime) -> None:
    """They are shown no longer."""
    if Appointment.objects.filter(pk=appointment.pk).exclude(shown_at=None).update(shown_at=None):
        appointment.shown_at = None
        audit.record("is shown no longer", appointment, by=None, now=now)
