"""The desk looks for somebody: written down, for the applicant to read under "My data"."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from applications.domain import reading
from applications.models import Application
from interviews.models import InterviewDay
from portal import audit
from portal.models import User


@transaction.atomic
def searched(*, day: InterviewDay, found: Iterable[Application], by: User, now: datetime) -> None:
    """A search at the desk and whom it showed; never the words of the search, they may be a number."""
    people = list(found)
    audit.record("searched at the desk", day, by=by, now=now, found=len(people))
    for application in people:
        reading.looked(application=application, by=by, now=now)
