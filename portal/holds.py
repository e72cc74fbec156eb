"""The office holds notices of one template back, with a reason, and lets them go again.

What is held waits in the outbox; what is too late when it is let go is not sent.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from portal import audit
from portal.models import Hold, User

NEVER = {"code"}  # without it nobody signs in, not even who would let it go


class CannotHold(Exception):
    """These notices always leave."""


class AlreadyHeld(Exception):
    """They are held back already."""


class NotHeld(Exception):
    """Somebody let them go before."""


@transaction.atomic
def hold(*, template: str, reason: str, by: User, now: datetime) -> Hold:
    """Hold back what this template would say. Raises ``AlreadyHeld`` or ``CannotHold``."""
    if template in NEVER:
        raise CannotHold(template)
    try:
        with transaction.atomic():
            row = Hold.objects.create(template=template, reason=reason.strip(), held_by=by, held_at=now)
    except IntegrityError:
        raise AlreadyHeld(template) from None
    audit.record("held notices back", row, by=by, now=now, template=template, reason=row.reason)
    return row


@transaction.atomic
def let_go(*, template: str, by: User, now: datetime) -> None:
    """They leave again, from the next sweep on. Raises ``NotHeld``."""
    row = Hold.objects.filter(template=template, ended_at=None).first()
    if row is None or not Hold.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now, ended_by=by):
        raise NotHeld(template)
    audit.record("let notices go", row, by=by, now=now, template=template)
