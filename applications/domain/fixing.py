"""From the first score on, what is scored by stays as it is."""

from datetime import datetime

from django.db import transaction

from applications.models import Drive
from portal import audit
from portal.models import User


@transaction.atomic
def fix_criteria(*, drive: Drive, by: User | None, now: datetime) -> None:
    """Criteria, anchors, weights and the rule of the ranking of this drive are fixed. Said again, nothing happens.

    The database itself refuses changes from here on.
    """
    if drive.rubric_locked_at:
        return
    if Drive.objects.filter(pk=drive.pk, rubric_locked_at=None).update(rubric_locked_at=now):
        audit.record("fixed the criteria", drive, by=by, now=now)
        drive.rubric_locked_at = now
