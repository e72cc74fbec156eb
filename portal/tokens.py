"""Keys with which a program reads what its owner may read; the addresses that take them are in ``portal.api``.

A key is 256 bits of chance. Only its digest is kept: nobody who reads the
database, and nobody at the office, can use it. It carries no rights of its
own: each request asks what its owner may do at that moment.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal import audit
from portal.models import Token, User

SCOPES = {
    "drives": _("the drives of my part, with the number of applications"),
    "units": _("the units of my part and their committees in numbers"),
    "coverage": _("strength and vacancies of my part"),
    "me": _("everything that is kept about me"),
}
LONGEST = timedelta(days=365)
MOST = 20  # valid keys of one owner
PREFIX = "srijan_"  # by which a key that slipped into a public place is recognised
SEEN_EVERY = timedelta(minutes=1)  # not every request writes


class UnfitKey(ValueError):
    """No name, nothing it may read, or a time that is over or longer than ``LONGEST``."""


class NameTaken(Exception):
    """The owner has a valid key of this name."""


class EnoughKeys(Exception):
    """The owner has ``MOST`` valid keys."""


def valid(now: datetime) -> QuerySet[Token]:
    """The keys that open something now."""
    return Token.objects.filter(ended_at=None, expires_at__gt=now)


@transaction.atomic
def issue(
    *, owner: User, name: str, scopes: Iterable[str], expires_at: datetime, by: User, now: datetime
) -> tuple[Token, str]:
    """A new key. The second value is the key itself, to be shown once and never known again.

    Raises ``UnfitKey``, ``NameTaken`` or ``EnoughKeys``.
    """
    wanted = [scope for scope in SCOPES if scope in set(scopes)]
    if not (name and wanted and now < expires_at <= now + LONGEST):
        raise UnfitKey(name)
    theirs = set(valid(now).filter(owner=owner).values_list("name", flat=True))
    if name in theirs:
        raise NameTaken(name)
    if len(theirs) >= MOST:
        raise EnoughKeys(owner.pk)
    key = f"{PREFIX}{secrets.token_urlsafe(32)}"
    told = {"name": name, "scopes": wanted, "expires_at": expires_at}
    token = Token.objects.create(owner=owner, digest=_digest(key), made_at=now, **told)
    audit.record("made a key", token, by=by, now=now, scopes=wanted, until=expires_at.isoformat())
    return token, key


@transaction.atomic
def end(*, token: Token, by: User, now: datetime) -> None:
    """From the next request on it opens nothing; again, nothing happens."""
    if Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=now):
        audit.record("ended a key", token, by=by, now=now)


def find(*, key: str, now: datetime) -> Token | None:
    """The valid key that this is, with its ``owner`` who may still sign in; notes that it was used.

    What is looked up about the owner may be remembered for this one request.
    """
    rows = valid(now).filter(digest=_digest(key), owner__is_active=True, owner__person__erased_at=None)
    token = rows.select_related("owner__person").first()
    if token is None:
        return None
    if token.used_at is None or token.used_at <= now - SEEN_EVERY:
        stale = Q(used_at=None) | Q(used_at__lte=now - SEEN_EVERY)
        Token.objects.filter(stale, pk=token.pk).update(used_at=now)
    token.owner.is_asking = True
    return token


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
