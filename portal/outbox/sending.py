"""The sweep: takes what may leave in chunks, hands it over a handful at a time, notes how it went.

A chunk is reserved by one conditional update, and waits there as before; a
handful becomes ``SENDING`` just before it is handed over. So a sender that dies
leaves no more than a handful of which nobody knows whether it left: as many as
are handed over in a twentieth of a second, and with a slow provider as many as
it is spoken to at once (``SMS_LINES``).
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.crypto import get_random_string

from portal import channels, organisation, pulses, wording
from portal.models import Notice
from portal.models.notices import Channel, NoticeStatus, Urgency
from portal.outbox import lost, rates
from portal.outbox.leaving import may_leave, sms_left
from portal.outbox.promising import check, still_useful
from portal.outbox.stopping import stop_link
from portal.outbox.writing import Left, Stayed, write

CHUNK = 1000  # rows that are taken at once: memory stays flat however many wait
LONGEST_SWEEP = timedelta(seconds=55)  # the next begins a minute after it; who ends the worker waits no longer
AT_ONCE = 0.05  # seconds that a handful may take
SLOW = 0.01  # seconds for one message: from here on several are handed over side by side
TOO_LONG = 5.0  # seconds after which the rest of a handful is put back
LEFT_ALONE = 12  # tries in a row that did not work: the channel is asked again by the next sweep
MAX_TRIES = 10
RETRY_AFTER = timedelta(minutes=5)  # times the tries so far: ten tries in three hours and three quarters
STOP = "stop"  # the value by which the words ask for the way out


def send_at_once(notice: Notice, *, unsaved: dict[str, str], now: datetime) -> None:
    """Send one notice now, with values that are never written down: a sign-in code.

    The row enters already claimed, so no sweep takes it, and it is tried only
    once: a failure stands in the row, and the person asks for another. The
    sending has a thread of its own, so that the time a page takes does not
    tell whether a message left.
    """
    check(notice)
    notice.status, notice.claim, notice.claimed_at = NoticeStatus.SENDING, get_random_string(24), now
    notice.tries = 1
    notice.save(force_insert=True)
    notice.context = notice.context | unsaved  # for the channel alone; ``write`` notes other columns
    if settings.SEND_CODES_IN_THREAD:
        threading.Thread(target=_send_and_leave, args=(notice, now), name="send at once").start()
    else:
        _send_once(notice, now)


def _send_and_leave(notice: Notice, now: datetime) -> None:
    try:
        _send_once(notice, now)
    finally:
        connection.close()


def _send_once(notice: Notice, now: datetime) -> None:
    words = words_of(notice, wording.of_the_office())
    outcome = hand_over(notice, words, now, organisation.current().sms_paise, only_once=True)
    write([outcome], claim=notice.claim, now=now)


def send_due(*, now: datetime) -> dict[str, int]:
    """Send what is due, for less than a minute; the next sweep goes on.

    Safe to run at any time, any number of times, side by side. Not inside a
    transaction: what was taken in hand must be written before it leaves.
    """
    done = Counter(sent=0, failed=0, later=0)
    with transaction.atomic(durable=True):  # refuses to run inside another
        done["too_late"], done["unknown"] = lost.drop_what_is_too_late(now), lost.give_up_the_lost(now)
    sweep = Sweep(now)
    while not sweep.is_over and (chunk := sweep.take()):
        done += sweep.send(chunk)
        pulses.beat(name=pulses.OUTBOX, now=sweep.clock())
    pulses.beat(name=pulses.OUTBOX, now=sweep.clock())
    sweep.end()
    return {word: done[word] for word in ("sent", "failed", "later", "too_late", "unknown")}


class Sweep:
    """One sender at work, under a claim that no other bears."""

    def __init__(self, now: datetime) -> None:
        self.claim = get_random_string(24)
        self.clock = _clock(now)
        self.until = now + LONGEST_SWEEP
        self.own = wording.of_the_office()
        self.paise = organisation.current().sms_paise
        self.sms_left = sms_left(now=now)
        self.faults: Counter[str] = Counter()  # by channel: tries in a row that did not work
        self.size, self.is_slow = 1, False
        self.pool: ThreadPoolExecutor | None = None

    @property
    def is_over(self) -> bool:
        return self.clock() > self.until

    def end(self) -> None:
        if self.pool:
            self.pool.shutdown()

    def take(self) -> list[Notice]:
        """Reserve the next chunk for this sweep: the most urgent first, then the oldest."""
        at = self.clock()
        rows = Notice.objects.filter(may_leave(at), free(at)).exclude(channel__in=self._left_alone())
        most = min(CHUNK, self.sms_left or CHUNK)
        with transaction.atomic():
            front = list(rows.order_by("urgency", "due_at").select_for_update(skip_locked=True)[:most])
            ours = Notice.objects.filter(free(at), pk__in=[row.pk for row in front], status=NoticeStatus.QUEUED)
            if ours.update(claim=self.claim, claimed_at=at) < len(front):  # someone was quicker
                front = list(Notice.objects.filter(pk__in=[row.pk for row in front], claim=self.claim))
        for row in front:
            row.claim = self.claim
        return sorted(front, key=lambda row: (row.urgency, row.due_at, row.pk))

    def _left_alone(self) -> list[str]:
        tired = [channel for channel, faults in self.faults.items() if faults >= LEFT_ALONE]
        return tired if self.sms_left else [*tired, Channel.SMS]

    def send(self, chunk: list[Notice]) -> Counter[str]:
        """Hand a chunk over; what there is no time for goes back to the others."""
        done: Counter[str] = Counter()
        rest = chunk
        while rest := self._for_now(rest):
            asked = rest[: self._room(rest[: self.size])]
            rest = rest[len(asked) :]
            at = self.clock()
            handful = self.begin(asked, at)
            begun = time.monotonic()
            outcomes = list(self._outcomes(handful, at))
            took = time.monotonic() - begun
            write(outcomes, claim=self.claim, now=at)
            self._put_back(handful[len(outcomes) :])
            self._learn(outcomes, took)
            done.update("sent" if isinstance(outcome, Left) else outcome.word for outcome in outcomes)
        return done

    def _for_now(self, rows: list[Notice]) -> list[Notice]:
        """Those that there is still time for, and whose channel works; the others go back."""
        alone = self._left_alone()
        kept = [] if self.is_over else [row for row in rows if row.channel not in alone]
        if len(kept) < len(rows):
            lost.release(self.claim, [row.pk for row in rows if row not in kept])
        return kept

    def _room(self, rows: list[Notice]) -> int:
        texts = sum(row.channel == Channel.SMS for row in rows)
        if not texts or not settings.SMS_PER_SECOND:
            return len(rows)
        return min(len(rows), rates.take("sms", texts, per_second=settings.SMS_PER_SECOND))

    def begin(self, handful: list[Notice], at: datetime) -> list[Notice]:
        """Those of the handful that are still ours: not cancelled, not too late meanwhile."""
        keys = [row.pk for row in handful]
        ours = Notice.objects.filter(still_useful(at), pk__in=keys, claim=self.claim, status=NoticeStatus.QUEUED)
        if ours.update(status=NoticeStatus.SENDING, claimed_at=at, tries=F("tries") + 1) < len(keys):
            begun = Notice.objects.filter(pk__in=keys, claim=self.claim, status=NoticeStatus.SENDING)
            kept = set(begun.values_list("pk", flat=True))
            handful = [row for row in handful if row.pk in kept]
        for row in handful:
            row.tries += 1
        return handful

    def _outcomes(self, handful: list[Notice], at: datetime) -> Iterator[Left | Stayed]:
        """One after the other, or side by side where the provider is slow."""
        if self.is_slow:
            self.pool = self.pool or ThreadPoolExecutor(settings.SMS_LINES)
            ready = [(row, words_of(row, self.own)) for row in handful]  # here: a thread has no database
            yield from self.pool.map(lambda one: hand_over(*one, at, self.paise), ready)
            return
        begun = time.monotonic()
        for row in handful:
            yield hand_over(row, words_of(row, self.own), at, self.paise)
            if time.monotonic() - begun > TOO_LONG:
                return

    def _put_back(self, rows: list[Notice]) -> None:
        if rows:
            ours = Notice.objects.filter(pk__in=[row.pk for row in rows], claim=self.claim, status=NoticeStatus.SENDING)
            ours.update(status=NoticeStatus.QUEUED, claim="", tries=F("tries") - 1)

    def _learn(self, outcomes: list[Left | Stayed], seconds: float) -> None:
        """How fast the provider is, how many SMS are left to pay for, and which channel does not work."""
        for outcome in outcomes:
            channel = outcome.notice.channel
            works = isinstance(outcome, Left) or outcome.word == "failed"
            self.faults[channel] = 0 if works else self.faults[channel] + 1
            self.sms_left -= channel == Channel.SMS and self.sms_left > 0
        if outcomes:
            each = seconds / len(outcomes) * (min(settings.SMS_LINES, len(outcomes)) if self.is_slow else 1)
            self.is_slow = each > SLOW
            self.size = settings.SMS_LINES if self.is_slow else min(CHUNK, max(1, int(AT_ONCE / each)))


def free(at: datetime) -> Q:
    """Not reserved by a sweep that may still be at work."""
    return Q(claim="") | Q(claimed_at__lt=at - lost.RESERVED)


def words_of(notice: Notice, own: Mapping) -> wording.Words | wording.BadWords:
    """What is said, or why it cannot be; words to many carry the way out of them, which is written down nowhere."""
    if notice.urgency == Urgency.MANY:
        notice.context = {STOP: stop_link(notice)} | notice.context
    try:
        return wording.of(notice, own)
    except wording.BadWords as problem:
        return problem


def hand_over(
    notice: Notice, words: wording.Words | wording.BadWords, at: datetime, paise: int, *, only_once: bool = False
) -> Left | Stayed:
    """Give one notice to its channel; says how that went, and writes nothing."""
    if isinstance(words, wording.BadWords):
        return Stayed(notice, "failed", str(words))
    try:
        reference = channels.send(notice, words)
    except channels.PerhapsSent as problem:
        return Stayed(notice, "unknown", str(problem))
    except channels.CannotSend as problem:
        next_time = at + RETRY_AFTER * notice.tries
        too_late = notice.useful_until is not None and next_time >= notice.useful_until
        if not problem.may_work_later or only_once or notice.tries >= MAX_TRIES or too_late:
            return Stayed(notice, "failed", str(problem))
        return Stayed(notice, "later", str(problem), next_time)
    parts = wording.segments(words.text) if notice.channel == Channel.SMS else None
    return Left(notice, reference, parts, parts and parts * paise, words.dlt_id)


def _clock(now: datetime) -> Callable[[], datetime]:
    """The time since ``now``: a sweep lasts a while, and nothing in it may leave too late."""
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)
