"""Applications leave the house as a file: few at a time, and never unnoticed."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from applications import exports
from applications.models import Application
from portal import audit
from portal.models import User

MOST = 100  # more needs a second person


class TooMany(Exception):
    """More rows than one person may take out alone; ``count`` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@transaction.atomic
def export(*, applications: QuerySet[Application], with_numbers: bool, by: User, now: datetime) -> bytes:
    """An Excel file of these applications. Raises ``TooMany``; each row of a file is in the log."""
    count = applications.count()
    if count > MOST:
        raise TooMany(count)
    rows = list(applications)
    audit.record_many("exported", rows, by=by, now=now, with_numbers=with_numbers)
    return exports.workbook(rows, who=str(by), now=now, with_numbers=with_numbers)
