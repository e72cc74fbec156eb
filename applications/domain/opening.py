"""The promise of a word on the day a drive opens."""

from datetime import datetime

from django.db import transaction

from applications.domain import telling
from applications.models import Drive
from portal import outbox


@transaction.atomic
def tell_when_open(*, drive: Drive, phone: str, language: str, now: datetime) -> None:
    """Promise one message at the opening. Asking twice changes nothing; after the opening nothing is promised."""
    if now >= drive.opens_at:
        return
    news = telling.notice(
        key=f"open:{drive.pk}:{phone}",
        phone=phone,
        language=language,
        template="open",
        drive=drive,
        due_at=drive.opens_at,
        useful_until=drive.closes_at,
        url=telling.address("landing", drive.slug, language=language),
    )
    outbox.queue([news])
