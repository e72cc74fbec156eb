"""Consent that can be proved: the words as shown, who agreed when, and when they took it back."""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from applications import consent
from applications.models import Application, Consent, ConsentText, Purpose
from portal import audit
from portal.models import User


class UnknownNotice(Exception):
    """Nobody knows the words of this version: consent to it could not be proved."""


class NoLongerOurs(Exception):
    """Consent to the application itself was withdrawn: nothing can be agreed to on top of it."""


def text(*, version: str, language: str, now: datetime) -> ConsentText:
    """The words of this version in this language, put on record when first used. Raises ``UnknownNotice``."""
    known = ConsentText.objects.filter(version=version, language=language).first()
    if known:
        return known
    body = consent.words(version, language)
    if body is None:
        raise UnknownNotice(version)
    values = {"body": body, "digest": digest(body), "since": now}
    return ConsentText.objects.get_or_create(version=version, language=language, defaults=values)[0]


def digest(body: dict[str, list]) -> str:
    """SHA-256 over the words, in one spelling of JSON."""
    return sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def record(*, applications: Iterable[Application], now: datetime) -> None:
    """Write the consents that these new applications carry. Needs ``consent_text`` and ``wants_messages``."""
    Consent.objects.bulk_create(
        Consent(
            application=application,
            purpose=purpose,
            text_id=application.consent_text_id,
            given_at=application.consent_at,
        )
        for application in applications
        for purpose in ([*Purpose] if application.wants_messages else [Purpose.APPLICATION])
    )


@transaction.atomic
def set_messages(*, application: Application, on: bool, by: User | None, now: datetime) -> None:
    """Later messages: yes or no. Saying the same again changes nothing. Raises ``NoLongerOurs``."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    if on and row.consent_ended_at:
        raise NoLongerOurs(row.ref)
    standing = row.consents.filter(purpose=Purpose.MESSAGES, withdrawn_at=None)
    if on == standing.exists():
        return
    if on:
        words = text(version=consent.version(), language=row.language, now=now)
        Consent.objects.create(application=row, purpose=Purpose.MESSAGES, text=words, given_at=now)
    else:
        standing.update(withdrawn_at=now)
    Application.objects.filter(pk=row.pk).update(wants_messages=on)
    application.wants_messages = on
    audit.record("agreed to messages" if on else "took back consent to messages", row, by=by, now=now)
