"""Who is told what, and when: promises are written here and kept from here.

``queue`` belongs into the transaction of the change. ``send_due`` takes one
row at a time by a conditional update, so many senders side by side never send
a row twice. A row that was in hand when its sender died becomes ``UNKNOWN``;
nothing sends it again but a person who looked (``try_again``).
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from portal import audit, channels, wording
from portal.models import Notice, Quiet, User
from portal.models.notices import Channel, NoticeStatus

BATCH = 200
LONGEST_SWEEP = timedelta(minutes=4)  # below Celery's time limit, far below IN_HAND
IN_HAND = timedelta(minutes=10)  # a sender that is silent for longer has died
MAX_TRIES = 10
RETRY_AFTER = timedelta(minutes=5)  # times the tries so far: ten tries in three hours and three quarters
LONGEST_KEY = 160
ANSWERS = "request:"  # keys of what a person asked for about their own data: told even to a silenced number
NOT_SENT = [NoticeStatus.FAILED, NoticeStatus.UNKNOWN]

log = logging.getLogger(__name__)


class BadPromise(ValueError):
    """A notice that could never be sent: no address for its channel, or useless before it is due."""


def queue(notices: Iterable[Notice], *, has_agreed: bool = False) -> None:
    """Promise each notice once: one with a known ``key`` changes nothing.

    What was cancelled may be promised again under its key. Nothing is promised
    to a number that was silenced, but answers to what it asks about its own data;
    of one that ``has_agreed`` in this very transaction it need not be asked. Raises
    ``BadPromise``: SQLite, told to ignore a known key, would drop a broken row
    without a word.
    """
    promised = list(notices)
    for notice in promised:
        _check(notice)
    if not has_agreed:
        promised = _not_silenced(promised)
    Notice.objects.bulk_create(promised, batch_size=BATCH, ignore_conflicts=True)


def cancel(prefix: str) -> int:
    """Take back what has not left yet: the key ``prefix``, and those that go on after it with a colon."""
    return _waiting(prefix).update(status=NoticeStatus.CANCELLED)


def waiting(prefix: str) -> Exists:
    """Would ``cancel`` find something? To be asked within another question."""
    return Exists(_waiting(prefix))


def _waiting(prefix: str) -> QuerySet[Notice]:
    stem = prefix.rstrip(":")
    ours = Notice.objects.filter(Q(key=stem) | Q(key__startswith=f"{stem}:"))
    return ours.filter(status=NoticeStatus.QUEUED)


@transaction.atomic
def silence(*, phone: str, now: datetime) -> None:
    """Nothing more to this number: consent was withdrawn. Takes back what waits; the number itself is not kept."""
    Quiet.objects.get_or_create(digest=_digest(phone), defaults={"since": now})
    waiting = Notice.objects.filter(phone=phone, status=NoticeStatus.QUEUED).exclude(key__startswith=ANSWERS)
    waiting.update(status=NoticeStatus.CANCELLED)


def break_silence(*, phone: str) -> None:
    """The number agreed to something anew."""
    Quiet.objects.filter(digest=_digest(phone)).delete()


def is_silenced(phone: str) -> bool:
    """Did this number withdraw consent to messages?"""
    return Quiet.objects.filter(digest=_digest(phone)).exists()


def silenced(phone: str) -> Exists:
    """The same, to be asked within another question."""
    return Exists(Quiet.objects.filter(digest=_digest(phone)))


def cancel_for(*, phone: str, name: str) -> None:
    """Take back what waits for one person on a number that others share."""
    waiting = Notice.objects.filter(phone=phone, status=NoticeStatus.QUEUED).exclude(key__startswith=ANSWERS)
    theirs = [notice.pk for notice in waiting if notice.context.get("name") == name]
    Notice.objects.filter(pk__in=theirs, status=NoticeStatus.QUEUED).update(status=NoticeStatus.CANCELLED)


@transaction.atomic
def try_again(*, notice: Notice, by: User, now: datetime) -> bool:
    """Send once more what failed or was perhaps sent, because a person asks for it; False when that is useless."""
    useful = Notice.objects.filter(_useful(now), pk=notice.pk, status__in=NOT_SENT)
    again = useful.update(status=NoticeStatus.QUEUED, due_at=now, tries=0, claim="")
    if again:
        audit.record("sent again", notice, by=by, now=now)
    return bool(again)


def send_at_once(notice: Notice, *, unsaved: dict[str, str], now: datetime) -> None:
    """Send one notice now, with values that are never written down: a sign-in code.

    The row enters already claimed, so no sweep takes it, and it is tried only
    once: a failure stands in the row, and the person asks for another. The
    sending has a thread of its own, so that the time a page takes does not
    tell whether a message left.
    """
    _check(notice)
    notice.status, notice.claim, notice.claimed_at = NoticeStatus.SENDING, get_random_string(24), now
    notice.tries = 1
    notice.save(force_insert=True)
    notice.context = notice.context | unsaved  # for the channel alone; ``_send`` writes other columns
    if settings.SEND_CODES_IN_THREAD:
        threading.Thread(target=_send_and_leave, args=(notice, now), name="send at once").start()
    else:
        _send(notice, now, wording.of_the_office(), only_once=True)


def _send_and_leave(notice: Notice, now: datetime) -> None:
    try:
        _send(notice, now, wording.of_the_office(), only_once=True)
    finally:
        connection.close()


def send_due(*, now: datetime) -> dict[str, int]:
    """Send what is due, for four minutes at most; the next sweep goes on.

    Safe to run at any time, any number of times, side by side. Not inside a
    transaction: what was taken in hand must be written before it leaves.
    """
    done = Counter(sent=0, failed=0, later=0)
    with transaction.atomic(durable=True):  # refuses to run inside another
        done["too_late"], done["unknown"] = _drop_what_is_too_late(now), _give_up_the_lost(now)
    clock, claim = _clock(now), get_random_string(24)
    own = wording.of_the_office()
    while due := _due(clock(), sms=sms_left(now=clock())):
        for notice in due:
            at = clock()
            if at - now > LONGEST_SWEEP:
                return dict(done)
            if _claim(notice, claim, at):
                done[_send(notice, at, own)] += 1
    return dict(done)


def _check(notice: Notice) -> None:
    if not (notice.email if notice.channel == Channel.EMAIL else notice.phone):
        raise BadPromise(f"{notice.key}: no address for {notice.channel}")
    if notice.useful_until and notice.useful_until <= notice.due_at:
        raise BadPromise(f"{notice.key}: useless before it is due")
    if len(notice.key) > LONGEST_KEY:
        raise BadPromise(f"{notice.key}: the key is longer than {LONGEST_KEY}")


def _not_silenced(promised: list[Notice]) -> list[Notice]:
    """Without those to numbers that withdrew their consent."""
    asked = {notice.phone: _digest(notice.phone) for notice in promised if not notice.key.startswith(ANSWERS)}
    if not asked:
        return promised
    quiet = set(Quiet.objects.filter(digest__in=asked.values()).values_list("digest", flat=True))
    return [notice for notice in promised if asked.get(notice.phone) not in quiet or notice.key.startswith(ANSWERS)]


def _digest(phone: str) -> str:
    return salted_hmac("portal.outbox.quiet", phone, algorithm="sha256").hexdigest()


def _clock(now: datetime) -> Callable[[], datetime]:
    """The time since ``now``: a sweep lasts minutes, and nothing in it may leave too late."""
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


def _useful(at: datetime) -> Q:
    return Q(useful_until=None) | Q(useful_until__gt=at)


def _drop_what_is_too_late(now: datetime) -> int:
    late = Notice.objects.filter(status=NoticeStatus.QUEUED, useful_until__lte=now)
    return late.update(status=NoticeStatus.TOO_LATE)


def _give_up_the_lost(now: datetime) -> int:
    lost = Notice.objects.filter(status=NoticeStatus.SENDING, claimed_at__lt=now - IN_HAND)
    return lost.update(status=NoticeStatus.UNKNOWN, error="the sender stopped while sending")


def sms_left(*, now: datetime) -> int:
    """How many SMS beside codes may still be paid for today (``SMS_A_DAY``); what is over waits for tomorrow."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Notice.objects.filter(channel=Channel.SMS, claimed_at__gte=midnight)
    gone = today.exclude(template="code").exclude(status=NoticeStatus.QUEUED).count()
    return max(0, settings.SMS_A_DAY - gone)


def _due(at: datetime, *, sms: int = BATCH) -> list[Notice]:
    """The next batch, with no more than ``sms`` messages that cost money."""
    due = Notice.objects.filter(_useful(at), status=NoticeStatus.QUEUED, due_at__lte=at).order_by("due_at", "pk")
    if sms >= BATCH:
        return list(due[:BATCH])
    return [*due.filter(channel=Channel.SMS)[:sms], *due.exclude(channel=Channel.SMS)[:BATCH]]


def _claim(notice: Notice, claim: str, at: datetime) -> bool:
    """Take one row for this sender alone; False when it was cancelled, taken or too late meanwhile."""
    if notice.useful_until and notice.useful_until <= at:
        return False
    free = Notice.objects.filter(pk=notice.pk, status=NoticeStatus.QUEUED, tries=notice.tries)
    notice.claim, notice.tries = claim, notice.tries + 1
    return bool(free.update(status=NoticeStatus.SENDING, claim=claim, claimed_at=at, tries=notice.tries))


def _send(notice: Notice, at: datetime, own: Mapping, *, only_once: bool = False) -> str:
    """Hand one notice to its channel and write down how it went; the word for it in the sweep's answer."""
    try:
        reference = channels.send(notice, wording.of(notice, own))
    except wording.BadWords as problem:
        return _write(notice, "failed", status=NoticeStatus.FAILED, error=str(problem))
    except channels.PerhapsSent as problem:
        return _write(notice, "unknown", status=NoticeStatus.UNKNOWN, error=str(problem))
    except channels.CannotSend as problem:
        next_time = at + RETRY_AFTER * notice.tries
        too_late = notice.useful_until is not None and next_time >= notice.useful_until
        if not problem.may_work_later or only_once or notice.tries >= MAX_TRIES or too_late:
            return _write(notice, "failed", status=NoticeStatus.FAILED, error=str(problem))
        return _write(notice, "later", status=NoticeStatus.QUEUED, due_at=next_time, error=str(problem))
    return _write(notice, "sent", status=NoticeStatus.SENT, sent_at=at, reference=reference, error="")


def _write(notice: Notice, word: str, *, error: str, **columns: object) -> str:
    """The truth about this try, even when it comes after the row was given up; never about a later try.

    A claim is drawn for one sweep, which takes a row in hand once: whose claim it bears still waits for this word.
    """
    Notice.objects.filter(pk=notice.pk, claim=notice.claim).update(error=error[:300], **columns)
    if error:
        log.warning("notice %s %s: %s", notice.pk, word, error)
    return word
