"""Six digits by SMS that prove a phone is in someone's hand.

The code itself is never written down: the database keeps an HMAC of it, the
notice in the outbox is sent with a blank, and the digits pass through memory
once, from here to the channel.
"""

import secrets
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from portal import organisation, outbox, throttle
from portal.bilingual import spoken
from portal.models import Notice, PhoneCode

LENGTH = 6
GOOD_FOR = timedelta(minutes=10)
TRIES = 5  # also a constraint in the database
SENDS_AN_HOUR = 3
HOUR, DAY = 3600, 86400


def ask(*, phone: str, session: str, now: datetime) -> None:
    """Send a code to the phone, good for ten minutes and for this browser session alone.

    ``phone`` is normalised; ``session`` is a secret string kept in the
    visitor's session. An earlier code of the session no longer counts. Call it
    outside a transaction: the message leaves at once.

    Raises ``throttle.TooMany`` after three codes to one phone within an hour,
    and when the installation's codes of the day are used up.
    """
    _count(phone, now)
    code = f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"
    PhoneCode.objects.create(phone=phone, session=session, digest=_digest(phone, session, code), sent_at=now)
    _send(phone, code, now)
    if settings.DEMO:
        cache.set(f"demo-code:{session}", code, GOOD_FOR.seconds)


def pretend(*, phone: str, now: datetime) -> None:
    """What ``ask`` does, without a message: for numbers that nobody signs in with. Raises as ``ask`` does."""
    count_alike(phone=phone, now=now)
    session = secrets.token_hex(16)
    PhoneCode.objects.create(phone=phone, session=session, digest=_digest(phone, session, ""), sent_at=now)


def count_alike(*, phone: str, now: datetime) -> None:
    """For a number that gets no message: the limits of one that does. Raises as ``ask`` does.

    It costs nothing, so it takes nothing from the codes of the day: no script can use them up with invented numbers.
    """
    throttle.hit("codes-to", phone, limit=SENDS_AN_HOUR, seconds=HOUR)
    throttle.look("codes-a-day", f"{now:%Y-%m-%d}", limit=settings.CODES_A_DAY, seconds=DAY)


@contextmanager
def taking_its_time() -> Iterator[None]:
    """Known and unknown numbers end at one moment: whoever measures learns nothing."""
    until = time.monotonic() + settings.ASKING_TAKES
    try:
        yield
    finally:
        time.sleep(max(0, until - time.monotonic()))


def check(*, phone: str, session: str, code: str, now: datetime) -> bool:
    """Is this the code? Right only once, within ten minutes and five tries.

    Does the same work for a phone that never asked, so that time tells nothing.
    """
    given = _digest(phone, session, read(code))
    sent = PhoneCode.objects.filter(phone=phone, session=session, sent_at__gt=now - GOOD_FOR).order_by(
        "-sent_at", "-pk"
    )
    latest = sent.first()
    alive = PhoneCode.objects.filter(pk=latest.pk if latest else 0, used_at=None)
    may_try = alive.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
    right = constant_time_compare(given, latest.digest if latest else _digest("", "", ""))
    return bool(may_try and right and alive.update(used_at=now))


def read(text: str) -> str:
    """The digits that a person typed, in any script and with any blanks."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def shown_in_demo(session: str) -> str:
    """A demo sends no SMS, so its page shows the code in a ribbon. Empty everywhere else."""
    return cache.get(f"demo-code:{session}", "") if settings.DEMO and session else ""


def _count(phone: str, now: datetime) -> None:
    throttle.hit("codes-to", phone, limit=SENDS_AN_HOUR, seconds=HOUR)
    throttle.hit("codes-a-day", f"{now:%Y-%m-%d}", limit=settings.CODES_A_DAY, seconds=DAY)


def _send(phone: str, code: str, now: datetime) -> None:
    language = get_language() or settings.LANGUAGE_CODE
    ours = organisation.current()
    notice = Notice(
        key=f"code:{secrets.token_hex(12)}",
        phone=phone,
        language=language,
        template="code",
        context={"organisation": spoken(ours, "name", language)},
        due_at=now,
        useful_until=now + GOOD_FOR,
    )
    outbox.send_at_once(notice, unsaved={"code": code}, now=now)


def _digest(phone: str, session: str, code: str) -> str:
    """Keyed, since a plain hash of six digits is guessed in a second."""
    return salted_hmac("portal.accounts.phone_codes", f"{phone} {session} {code}", algorithm="sha256").hexdigest()
