"""Promises: made once, taken back, made again; and the numbers that want to hear nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils.crypto import salted_hmac

from portal import audit, moments
from portal.models import Notice, Quiet, User
from portal.models.notices import Channel, NoticeStatus, Urgency
from portal.worded import Later

BATCH = 200
SLICE = 1000  # promises that are looked at together: a letter to sixty thousand is never in memory whole
LONGEST_KEY = 160
ANSWERS = "request:"  # keys of what a person asked for about their own data: told even to a silenced number
NOT_SENT = [NoticeStatus.FAILED, NoticeStatus.UNKNOWN]


class BadPromise(ValueError):
    """A notice that could never be sent: no address for its channel, or useless before it is due."""


def queue(notices: Iterable[Notice], *, has_agreed: bool = False) -> None:
    """Promise each notice once: one with a known ``key`` changes nothing.

    How urgent it is says the moment of its template (``portal.moments``). What was
    cancelled may be promised again under its key. Nothing is promised to a number
    that was silenced, but answers to what it asks about its own data; of one that
    ``has_agreed`` in this very transaction it need not be asked. Raises
    ``BadPromise``: SQLite, told to ignore a known key, would drop a broken row
    without a word.
    """
    for promised in _slices(notices):
        for notice in promised:
            notice.urgency = moments.urgency_of(notice.template)
            check(notice)
        kept = promised if has_agreed else _not_silenced(promised)
        Notice.objects.bulk_create(kept, batch_size=BATCH, ignore_conflicts=True)


def cancel(prefix: str) -> int:
    """Take back what has not left yet: the key ``prefix``, and those that go on after it with a colon."""
    return _waiting(prefix).update(status=NoticeStatus.CANCELLED)


def _waiting(prefix: str) -> QuerySet[Notice]:
    stem = prefix.rstrip(":")
    return _queued(stem, f"{stem}:")


def _queued(stem: str | Later, start: str | Later) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(key=stem) | Q(key__begins=start), status=NoticeStatus.QUEUED)


def standing() -> tuple[Exists, Exists]:
    """Is a number silenced, and would ``cancel`` find something? To be asked within a ``Worded`` of another table."""
    quiet = Quiet.objects.filter(digest=Later("digest"))
    return Exists(quiet), Exists(_queued(Later("stem"), Later("start")))


def standing_of(phone: str, prefix: str) -> dict[str, str]:
    """What ``standing`` is to be asked with."""
    stem = prefix.rstrip(":")
    return {"digest": _digest(phone), "stem": stem, "start": f"{stem}:"}


@transaction.atomic
def silence(*, phone: str, now: datetime, only_many: bool = False) -> None:
    """Nothing more to this number: consent was withdrawn. Takes back what waits; the number itself is not kept.

    ``only_many``: whoever only wants no messages to many still hears what concerns them alone.
    """
    Quiet.objects.get_or_create(digest=_digest(phone, only_many=only_many), defaults={"since": now})
    waiting = Notice.objects.filter(phone=phone, status=NoticeStatus.QUEUED).exclude(key__begins=ANSWERS)
    if only_many:
        waiting = waiting.filter(urgency=Urgency.MANY)
    waiting.update(status=NoticeStatus.CANCELLED)


def break_silence(*, phone: str, only_many: bool = False) -> None:
    """The number agreed to something anew."""
    Quiet.objects.filter(digest=_digest(phone, only_many=only_many)).delete()


def is_silenced(phone: str, *, only_many: bool = False) -> bool:
    """Did this number withdraw consent to messages; or, ``only_many``, to those that go to many?"""
    return Quiet.objects.filter(digest=_digest(phone, only_many=only_many)).exists()


def cancel_for(*, phone: str, name: str) -> None:
    """Take back what waits for one person on a number that others share."""
    waiting = Notice.objects.filter(phone=phone, status=NoticeStatus.QUEUED).exclude(key__begins=ANSWERS)
    theirs = [notice.pk for notice in waiting if notice.context.get("name") == name]
    Notice.objects.filter(pk__in=theirs, status=NoticeStatus.QUEUED).update(status=NoticeStatus.CANCELLED)


@transaction.atomic
def try_again(*, notice: Notice, by: User, now: datetime) -> bool:
    """Send once more what failed or was perhaps sent, because a person asks for it; False when that is useless."""
    useful = Notice.objects.filter(still_useful(now), pk=notice.pk, status__in=NOT_SENT)
    again = useful.update(status=NoticeStatus.QUEUED, due_at=now, tries=0, claim="", sent_at=None)
    if again:
        audit.record("sent again", notice, by=by, now=now)
    return bool(again)


def still_useful(at: datetime) -> Q:
    """Of use to the person at this time."""
    return Q(useful_until=None) | Q(useful_until__gt=at)


def check(notice: Notice) -> None:
    """Raises ``BadPromise``."""
    if not (notice.email if notice.channel == Channel.EMAIL else notice.phone):
        raise BadPromise(f"{notice.key}: no address for {notice.channel}")
    if notice.useful_until and notice.useful_until <= notice.due_at:
        raise BadPromise(f"{notice.key}: useless before it is due")
    if len(notice.key) > LONGEST_KEY:
        raise BadPromise(f"{notice.key}: the key is longer than {LONGEST_KEY}")


def _slices(notices: Iterable[Notice]) -> Iterator[list[Notice]]:
    rest = iter(notices)
    while promised := list(islice(rest, SLICE)):
        yield promised


def _not_silenced(promised: list[Notice]) -> list[Notice]:
    """Without those to numbers that withdrew their consent."""
    asked = [_wishes(notice) for notice in promised]
    digests = set().union(*asked)
    if not digests:
        return promised
    quiet = set(Quiet.objects.filter(digest__in=digests).values_list("digest", flat=True))
    return [notice for notice, wishes in zip(promised, asked, strict=True) if not quiet & wishes]


def _wishes(notice: Notice) -> set[str]:
    """Under which names a wish not to hear this would stand."""
    if notice.key.startswith(ANSWERS):
        return set()
    wishes = {_digest(notice.phone)}
    return wishes | {_digest(notice.phone, only_many=True)} if notice.urgency == Urgency.MANY else wishes


def _digest(phone: str, *, only_many: bool = False) -> str:
    salt = "portal.outbox.quiet.many" if only_many else "portal.outbox.quiet"
    return salted_hmac(salt, phone, algorithm="sha256").hexdigest()
