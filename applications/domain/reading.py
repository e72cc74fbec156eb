"""Looking at what is not shown to everyone who reads applications."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from applications.models import Application
from committees.domain import watching
from portal import audit
from portal.models import User

LOOKED = "opened the application"
PRINTED = "printed"


def looked(*, application: Application, by: User, now: datetime) -> None:
    """Somebody of the office opened it: written down once a day, for the applicant to read under "My data"."""
    morning = now.astimezone(timezone.get_default_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = audit.history(application).filter(verb=LOOKED, by=by, at__gte=morning)
    if not today.exists():
        audit.record(LOOKED, application, by=by, now=now)


def read_number(*, application: Application, why: str, words: str = "", by: User, now: datetime) -> str:
    """The full phone number of one applicant; that it was read, and why, is written down and counted."""
    return watching.read_number(thing=application, phone=application.phone, why=why, words=words, by=by, now=now)


@transaction.atomic
def printed(*, applications: list[Application], numbers_at: set[int], by: User, now: datetime) -> int:
    """These go on paper: written down with each, as for a file; how many carry the whole number.

    ``numbers_at`` are the keys of the units whose numbers this colleague may read.
    """
    open_ones = [row for row in applications if row.unit_id in numbers_at]
    masked = [row for row in applications if row.unit_id not in numbers_at]
    for rows, with_numbers in ((open_ones, True), (masked, False)):
        audit.record_many(PRINTED, rows, by=by, now=now, with_numbers=with_numbers)
    return len(open_ones)
