"""Who is told what, and when: promises are written here and kept from here.

``queue`` belongs into the transaction of the change. ``send_due`` claims due
rows by one conditional update each time, so two senders never take the same
row; what a dead sender left behind is marked ``UNKNOWN``, never sent twice.
"""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import get_random_string

from portal import channels, wording
from portal.models import Notice
from portal.models.notices import NoticeStatus

BATCH = 500
IN_HAND = timedelta(minutes=10)  # a sender that is silent for longer has died
MAX_TRIES = 5
RETRY_AFTER = timedelta(minutes=5)


def queue(notices: Iterable[Notice]) -> None:
    """Promise each notice once: one with a known ``key`` changes nothing."""
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)


def cancel(prefix: str) -> int:
    """Take back what was promised under keys that begin so and has not left yet."""
    waiting = Notice.objects.filter(key__startswith=prefix, status=NoticeStatus.QUEUED)
    return waiting.update(status=NoticeStatus.CANCELLED)


def send_at_once(notice: Notice, *, unsaved: dict[str, str], now: datetime) -> None:
    """Send one notice now, with values that are never written down: a sign-in code.

    The row enters already claimed, so no sweep takes it, and it is tried only
    once: a failure stands in the row, and the person asks for another. The
    sending has a thread of its own, so that the time a page takes does not
    tell whether a message left.
    """
    notice.status, notice.claim, notice.claimed_at = NoticeStatus.SENDING, get_random_string(24), now
    notice.save(force_insert=True)
    notice.context = notice.context | unsaved  # for the channel alone; ``_send`` writes other columns
    if settings.SEND_CODES_IN_THREAD:
        threading.Thread(target=_send_and_leave, args=(notice, now), name="send at once").start()
    else:
        _send(notice, now, only_once=True)


def _send_and_leave(notice: Notice, now: datetime) -> None:
    try:
        _send(notice, now, only_once=True)
    finally:
        connection.close()


def send_due(*, now: datetime) -> dict[str, int]:
    """Send all that is due. Safe to run at any time, any number of times, side by side."""
    done = {"sent": 0, "failed": 0, "too_late": _drop_what_is_too_late(now), "unknown": _give_up_the_lost(now)}
    while claimed := _claim(now):
        for notice in claimed:
            done["sent" if _send(notice, now) else "failed"] += 1
    return done


def _drop_what_is_too_late(now: datetime) -> int:
    late = Notice.objects.filter(status=NoticeStatus.QUEUED, useful_until__lte=now)
    return late.update(status=NoticeStatus.TOO_LATE)


def _give_up_the_lost(now: datetime) -> int:
    lost = Notice.objects.filter(status=NoticeStatus.SENDING, claimed_at__lt=now - IN_HAND)
    return lost.update(status=NoticeStatus.UNKNOWN, error="the sender stopped while sending")


def _claim(now: datetime) -> list[Notice]:
    """Take up to ``BATCH`` due rows for this sender alone."""
    claim = get_random_string(24)
    due = Notice.objects.filter(status=NoticeStatus.QUEUED, due_at__lte=now).order_by("due_at", "pk")
    chosen = list(due.values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        Notice.objects.filter(pk__in=chosen, status=NoticeStatus.QUEUED).update(
            status=NoticeStatus.SENDING, claim=claim, claimed_at=now
        )
    return list(Notice.objects.filter(claim=claim, status=NoticeStatus.SENDING).order_by("due_at", "pk"))


def _send(notice: Notice, now: datetime, *, only_once: bool = False) -> bool:
    """Hand one notice to its channel and write down how it went."""
    mine = Notice.objects.filter(pk=notice.pk, claim=notice.claim, status=NoticeStatus.SENDING)
    tries = notice.tries + 1
    try:
        reference = channels.send(notice, wording.of(notice))
    except channels.CannotSend as problem:
        again = problem.may_work_later and tries < MAX_TRIES and not only_once
        mine.update(
            status=NoticeStatus.QUEUED if again else NoticeStatus.FAILED,
            due_at=now + RETRY_AFTER * tries if again else notice.due_at,
            tries=tries,
            error=str(problem)[:300],
        )
        return False
    mine.update(status=NoticeStatus.SENT, sent_at=now, tries=tries, reference=reference, error="")
    return True
