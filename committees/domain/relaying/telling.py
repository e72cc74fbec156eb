"""What people are told about a message: that it is there, once more, and that others have not read it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from committees import broadcasting
from committees.models import Broadcast, Relay
from portal import addresses, numbers, personal
from portal.models import Notice, Person

LANGUAGES = ("hi", "en")


def key_of(word: str, relay: Relay, when: str = "") -> str:
    """The occasion; ``outbox.cancel(f"{word}:{broadcast}")`` finds all of a message."""
    occasion = f"{word}:{relay.broadcast_id}:{relay.pk}"
    return f"{occasion}:{when}:sms" if when else f"{occasion}:sms"


def first_notices(
    broadcast: Broadcast, relays: Iterable[Relay], people: Mapping[int, Person], now: datetime
) -> list[Notice]:
    """One SMS to each, with the personal link."""
    template, words = broadcasting.template_of(broadcast), _words(broadcast)
    return [_notice(broadcast, relay, people[relay.person_id], template, "message", words, now) for relay in relays]


def reminders(broadcast: Broadcast, relays: Iterable[Relay], now: datetime, when: str = "") -> list[Notice]:
    """The same link once more; ``when`` tells apart one that a person asked for. The people must be selected."""
    words, word = _words(broadcast), "message_reminder"
    return [_notice(broadcast, relay, relay.person, word, word, words, now, when) for relay in relays]


def above_notice(
    *, broadcast: Broadcast, person: Person, silent: int, page: str, occasion: str, now: datetime
) -> Notice:
    """To whom the part above belongs: so many of theirs have not read it. Not when the message is over."""
    notice = personal.sms(
        person,
        occasion=f"message_above:{broadcast.pk}:{occasion}",
        template="message_above",
        words=lambda: {"number": str(broadcast.number), "count": numbers.lakh(silent), "url": page},
        now=now,
        useful_until=broadcast.valid_until,
    )
    notice.reach = broadcast.unit_id
    return notice


def _words(broadcast: Broadcast) -> dict[str, dict[str, str]]:
    return {language: broadcasting.words_of_the_sms(broadcast, language) for language in LANGUAGES}


def _notice(
    broadcast: Broadcast,
    relay: Relay,
    person: Person,
    template: str,
    word: str,
    words: Mapping[str, dict[str, str]],
    now: datetime,
    when: str = "",
) -> Notice:
    page = addresses.whole("committees:message-own", relay.link_key, language=person.language)
    return Notice(
        key=key_of(word, relay, when),
        phone=person.phone,
        spare_email=person.email,
        language=person.language,
        template=template,
        context=words[person.language] | {"name": person.name, "url": page},
        reach=relay.unit_id,
        due_at=now,
        useful_until=broadcast.valid_until,
    )
