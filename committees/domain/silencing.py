"""Silence before a poll, the model code: one person orders it and it holds at once, for nobody may be late."""

from datetime import datetime

from django.db import transaction

from committees.models import Silence, Unit
from portal import audit
from portal.models import User


class Backwards(Exception):
    """It would end before it starts, or is over already."""


class Ended(Exception):
    """It is over already."""


@transaction.atomic
def order(*, unit: Unit, starts_at: datetime, ends_at: datetime, reason: str, by: User, now: datetime) -> Silence:
    """From ``starts_at`` on nothing for many leaves to this area. Raises ``Backwards``."""
    if ends_at <= max(starts_at, now):
        raise Backwards(str(ends_at))
    silence = Silence.objects.create(
        unit=unit, starts_at=starts_at, ends_at=ends_at, reason=reason, made_by=by, made_at=now
    )
    audit.record("ordered a silence", silence, by=by, now=now, unit=unit.pk)
    return silence


@transaction.atomic
def end(*, silence: Silence, by: User, now: datetime) -> None:
    """End it before its time: what waited leaves now. Raises ``Ended``."""
    going = Silence.objects.filter(pk=silence.pk, ended_at=None, ends_at__gt=now)
    if not going.update(ended_by=by, ended_at=now):
        raise Ended(str(silence.pk))
    audit.record("ended a silence", silence, by=by, now=now)
