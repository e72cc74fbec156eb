"""What people do with a message: open it, say that they read it, pass it on, answer. Their link is the key.

Each is counted once a person, by a conditional update; the row itself is what is written down about it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from committees.domain.relaying import telling
from committees.models import Relay
from portal import names, outbox

LONGEST_REPLY = 300


class Over(Exception):
    """The message was called back: there is nothing to say to it any more."""


class NoWords(Exception):
    """An answer without a word, too long, or to a message that wants none."""


def open_page(*, relay: Relay, now: datetime) -> None:
    """The person looked at the message."""
    _note(relay, now, "opened_at")


@transaction.atomic
def acknowledge(*, relay: Relay, now: datetime) -> None:
    """The person has read it. Said again it changes nothing. Raises ``Over``."""
    _check(relay)
    _note(relay, now, "opened_at", "acknowledged_at")
    _no_more_reminders(relay)


@transaction.atomic
def pass_on(*, relay: Relay, now: datetime) -> None:
    """The person sends it on: nobody does that unread. Raises ``Over``."""
    _check(relay)
    _note(relay, now, "opened_at", "acknowledged_at", "passed_on_at")
    _no_more_reminders(relay)


@transaction.atomic
def reply(*, relay: Relay, words: str, now: datetime) -> None:
    """An answer to who wrote it, where one is wanted; the last one stands. Raises ``Over`` or ``NoWords``."""
    _check(relay)
    said = names.clean(words)
    if not relay.broadcast.wants_reply or not 0 < len(said) <= LONGEST_REPLY:
        raise NoWords(str(relay.pk))
    _note(relay, now, "opened_at", "acknowledged_at")
    Relay.objects.filter(pk=relay.pk).update(reply=said, replied_at=now)
    _no_more_reminders(relay)


def click(*, relay: Relay, now: datetime) -> None:
    """Somebody opened what this person passed on: counted, and nothing else is known of them."""
    Relay.objects.filter(pk=relay.pk, broadcast__valid_until__gt=now).update(clicks=F("clicks") + 1)


def _check(relay: Relay) -> None:
    if relay.broadcast.recalled_at is not None:
        raise Over(str(relay.pk))


def _note(relay: Relay, now: datetime, *columns: str) -> None:
    """The first time of each stays. The last of them is the one that this is about."""
    fresh = Relay.objects.filter(pk=relay.pk, **{columns[-1]: None})
    fresh.update(**{column: Coalesce(column, now) for column in columns})


def _no_more_reminders(relay: Relay) -> None:
    for word in ("message", "message_reminder"):
        outbox.cancel(telling.key_of(word, relay).removesuffix(":sms"))
