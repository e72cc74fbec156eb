"""Taking an application back, as easily as it was given."""

from datetime import datetime

from django.db import transaction

from applications.domain import telling
from applications.models import Application
from applications.states import MOVES, Status
from portal import names, outbox
from portal.models.notices import NoticeStatus
from portal.transitions import Table, move


class TooLate(Exception):
    """The deadline has passed: what was taken back stays so."""


@transaction.atomic
def withdraw(*, application: Application, why: str, now: datetime) -> None:
    """Take the application back; nothing more is sent about it. Raises ``transitions.NotAllowed`` or ``Stale``."""
    reason = names.clean(why)[:300]
    move(application, to=Status.WITHDRAWN, table=MOVES, by=None, now=now, withdrawn_why=reason, changed_at=now)
    telling.promises_to(application).update(status=NoticeStatus.CANCELLED)


@transaction.atomic
def undo(*, application: Application, now: datetime) -> None:
    """Put it back among those received, until the deadline. Raises ``TooLate``, ``NotAllowed`` or ``Stale``."""
    if application.status == Status.WITHDRAWN and (application.consent_ended_at or now >= application.drive.closes_at):
        raise TooLate(application.ref)
    back: Table = {Status.WITHDRAWN: {Status.SUBMITTED}}
    move(application, to=Status.SUBMITTED, table=back, by=None, now=now, withdrawn_why="", changed_at=now)
    outbox.queue([telling.receipt(application, now)])  # leaves only when the first one had not
