"""A day taken along on a phone: whom this person will judge, readable without a network."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from interviews.models import Interview
from portal import audit
from portal.models import Event, User

TAKEN = "took along on a phone"


@transaction.atomic
def take_along(*, interviews: Iterable[Interview], by: User, now: datetime) -> None:
    """These people's cards go on the phone: written down once a day with each, for them to read under "My data"."""
    people = [interview.application for interview in interviews]
    morning = now.astimezone(timezone.get_default_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Event.objects.filter(verb=TAKEN, by=by, at__gte=morning, kind="applications.application")
    known = set(today.values_list("thing", flat=True))
    audit.record_many(TAKEN, [person for person in people if str(person.pk) not in known], by=by, now=now)
