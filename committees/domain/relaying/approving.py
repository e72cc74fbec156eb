"""The second person's word: on a message, and on a correction of its words. Calling back takes one person."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from committees.domain.relaying import writing
from committees.models import Broadcast, BroadcastText
from portal import audit, outbox
from portal.models import User

PROMISED = ("message", "message_reminder", "message_above")  # beginnings of the keys of its notices


class SamePerson(Exception):
    """Who wrote it cannot be the one who approves."""


class Decided(Exception):
    """Somebody approved it or called it back before."""


class Stale(Exception):
    """It was changed after this person read it."""


class TooLate(Exception):
    """It would be useless by now."""


class NotOut(Exception):
    """It has not been approved, or was called back: there is nothing to correct."""


class AlreadyAsked(Exception):
    """A correction waits already."""


@transaction.atomic
def approve(*, broadcast: Broadcast, text: BroadcastText, by: User, now: datetime) -> None:
    """Let it go at its time, with the words that this person read.

    Raises ``SamePerson``, ``TooLate``, ``Decided`` or ``Stale``; then nothing has changed.
    """
    if by.person_id in (broadcast.made_by.person_id, text.made_by.person_id):
        raise SamePerson(str(broadcast.pk))
    if broadcast.valid_until <= now:
        raise TooLate(str(broadcast.pk))
    waiting = Broadcast.objects.filter(pk=broadcast.pk, approved_at=None, recalled_at=None)
    if not waiting.update(approved_by=by, approved_at=now):
        raise Decided(str(broadcast.pk))
    if broadcast.texts.filter(number__gt=text.number).exists():
        raise Stale(str(broadcast.pk))
    BroadcastText.objects.filter(pk=text.pk).update(approved_by=by, approved_at=now)
    audit.record("approved a message", broadcast, by=by, now=now, version=text.number)


@transaction.atomic
def correct(*, broadcast: Broadcast, words: str, by: User, now: datetime) -> BroadcastText:
    """Propose other words for a message that went out. Raises ``NotOut``, ``AlreadyAsked`` or ``writing.TooLong``."""
    out = Broadcast.objects.filter(pk=broadcast.pk, approved_at__isnull=False, recalled_at=None)
    if not out.update(number=F("number")):  # of two at one moment the second waits here, and finds the first
        raise NotOut(str(broadcast.pk))
    holds = broadcast.texts.filter(approved_at__isnull=False).aggregate(last=Max("number"))["last"]
    if broadcast.texts.filter(number__gt=holds).exists():
        raise AlreadyAsked(str(broadcast.pk))
    text = writing.add_text(broadcast=broadcast, text=words, by=by, now=now)
    audit.record("proposed a correction", broadcast, by=by, now=now, version=text.number)
    return text


@transaction.atomic
def approve_correction(*, text: BroadcastText, by: User, now: datetime) -> None:
    """From now on every link shows these words, with a note. Raises ``SamePerson``, ``NotOut`` or ``Decided``."""
    if by.person_id == text.made_by.person_id:
        raise SamePerson(str(text.pk))
    if not Broadcast.objects.filter(pk=text.broadcast_id, recalled_at=None).exists():
        raise NotOut(str(text.broadcast_id))
    if not BroadcastText.objects.filter(pk=text.pk, approved_at=None).update(approved_by=by, approved_at=now):
        raise Decided(str(text.pk))
    audit.record("corrected a message", text.broadcast, by=by, now=now, version=text.number)


@transaction.atomic
def drop_correction(*, text: BroadcastText, by: User, now: datetime) -> None:
    """The words stay as they are. Raises ``Decided``."""
    gone, _rows = BroadcastText.objects.filter(pk=text.pk, approved_at=None, number__gt=1).delete()
    if not gone:
        raise Decided(str(text.pk))
    audit.record("dropped a correction", text.broadcast, by=by, now=now, version=text.number)


@transaction.atomic
def call_back(*, broadcast: Broadcast, reason: str, by: User, now: datetime) -> None:
    """At once, also before it was approved: nothing more leaves, and every page says so. Raises ``Decided``."""
    stands = Broadcast.objects.filter(pk=broadcast.pk, recalled_at=None)
    if not stands.update(recalled_by=by, recalled_at=now, recalled_because=reason):
        raise Decided(str(broadcast.pk))
    for word in PROMISED:
        outbox.cancel(f"{word}:{broadcast.pk}")
    audit.record("called a message back", broadcast, by=by, now=now)
