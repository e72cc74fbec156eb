"""What stands still in any state goes on, or ends in sight."""

from datetime import datetime, timedelta

from portal.models import Notice
from portal.models.notices import NoticeStatus
from portal.outbox.promising import still_useful

IN_HAND = timedelta(minutes=10)  # a sender that is silent for longer has died
RESERVED = timedelta(minutes=2)  # twice as long as a sweep


def drop_what_is_too_late(now: datetime) -> int:
    """What waits and is of no use any more."""
    late = Notice.objects.filter(status=NoticeStatus.QUEUED, useful_until__lte=now)
    return late.update(status=NoticeStatus.TOO_LATE)


def give_up_the_lost(now: datetime) -> int:
    """What was being handed over when its sender died was perhaps sent."""
    lost = Notice.objects.filter(status=NoticeStatus.SENDING, claimed_at__lt=now - IN_HAND)
    return lost.update(status=NoticeStatus.UNKNOWN, error="the sender stopped while sending")


def release(claim: str, keys: list[int]) -> None:
    """A sweep gives back what it reserved and has no time for."""
    if keys:
        Notice.objects.filter(pk__in=keys, claim=claim, status=NoticeStatus.QUEUED).update(claim="")


def free_the_reserved(now: datetime) -> int:
    """What a sweep reserved that died before it came to it."""
    reserved = Notice.objects.filter(still_useful(now), status=NoticeStatus.QUEUED, claimed_at__lt=now - RESERVED)
    return reserved.exclude(claim="").update(claim="")
