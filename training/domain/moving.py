"""Another date: the same series elsewhere in time, in one tap; or waiting until there is one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from committees.levels import ANCESTORS
from committees.models import Appointment
from portal import outbox
from training.domain import inviting, telling
from training.models import Answer, Enrolment, Workshop


class Full(Exception):
    """The last place of the other date has just gone."""


def others(*, enrolment: Enrolment, now: datetime) -> QuerySet[Workshop]:
    """The batches of the series that are for this person too and have a free place, the next first."""
    series = enrolment.workshop.series_id
    rows = Workshop.objects.inviting(now).filter(series=series, series__isnull=False).exclude(pk=enrolment.workshop_id)
    sitting = Appointment.objects.current(now).filter(person=enrolment.person_id).select_related("seat__unit")
    mine = Q(pk=None)
    for seat in (appointment.seat for appointment in sitting):
        chain = {getattr(seat.unit, f"{level}_id") for level in ANCESTORS} | {seat.unit_id}
        mine |= Q(unit__in=chain - {None}, level__in=["", seat.unit.level])
    return rows.filter(mine).with_numbers().filter(coming__lt=F("capacity")).order_by("starts_at", "pk")


@transaction.atomic
def ask_for_another(*, enrolment: Enrolment, now: datetime) -> None:
    """The date does not suit: the place is free again, and the next batch invites. Raises ``inviting.TooLate``."""
    inviting.in_time(enrolment=enrolment, now=now)
    inviting.leave(enrolment=enrolment, to=Answer.OTHER, now=now)


@transaction.atomic
def move(*, enrolment: Enrolment, to: Workshop, now: datetime) -> Enrolment:
    """Give up the place here and take one there. Returns the new invitation.

    Raises ``Full``, ``inviting.TooLate`` or ``inviting.InAnother``; then nothing has changed.
    """
    ask_for_another(enrolment=enrolment, now=now)
    new, _created = Enrolment.objects.get_or_create(workshop=to, person=enrolment.person, defaults={"invited_at": now})
    inviting.answer(enrolment=new, coming=True, now=now)
    if new.answer != Answer.YES:
        raise Full(to.slug)
    outbox.queue(
        [
            telling.notice(
                enrolment=new,
                template="workshop_moved",
                now=now,
                useful_until=to.starts_at,
                occasion=f"{now:%Y%m%d%H%M%S}",
            )
        ]
    )
    return new
