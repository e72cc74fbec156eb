"""What those who were there thought of a workshop: three taps and a line."""

from datetime import datetime

from django.db import IntegrityError, transaction

from portal import audit
from training.models import Enrolment, Feedback


class NotThere(Exception):
    """Only who was there is asked."""


class Settled(Exception):
    """Given, and the certificate is out: it stays as it is."""


@transaction.atomic
def give(*, enrolment: Enrolment, content: int, teaching: int, place: int, words: str, now: datetime) -> None:
    """Say it once; say it otherwise until the certificate is out. Raises ``NotThere`` or ``Settled``."""
    if not Enrolment.objects.attended().filter(pk=enrolment.pk).exists():
        raise NotThere(str(enrolment.pk))
    said = {"content": content, "teaching": teaching, "place": place, "words": words, "at": now}
    try:
        with transaction.atomic():
            Feedback.objects.create(enrolment=enrolment, **said)
    except IntegrityError:  # said before, perhaps a moment ago
        changed = Feedback.objects.filter(enrolment=enrolment, enrolment__certificate=None).update(**said)
        if not changed:
            raise Settled(str(enrolment.pk)) from None
    audit.record("opinion given", enrolment, by=None, now=now)
