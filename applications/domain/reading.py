"""Looking at what is not shown to everyone who reads applications."""

from datetime import datetime

from django.db import transaction

from applications.models import Application
from portal import audit
from portal.models import User


@transaction.atomic
def read_number(*, application: Application, by: User, now: datetime) -> str:
    """The full phone number of one applicant; that it was read is written down."""
    audit.record("read the number", application, by=by, now=now)
    return application.phone
