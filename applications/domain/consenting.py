"""Consent that can be proved: the words as shown, who agreed when, and when they took it back."""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from string import ascii_lowercase

from django.db import transaction

from applications import consent
from applications.models import Application, Consent, ConsentText, Draft, Purpose
from applications.states import MOVES, Status
from portal import audit, kept, outbox, transitions
from portal.models import Person, User

# Consent ends from more states than an applicant's change of mind: what was refused leaves the lists too.
ENDS: transitions.Table = {
    status: {Status.WITHDRAWN} for status in MOVES if status not in {Status.APPOINTED, Status.MERGED, Status.WITHDRAWN}
}
AGAIN = ascii_lowercase[1:]
NO_PENCIL = {"pencilled": "", "pencilled_code": "", "pencilled_reason": "", "pencilled_by": None, "pencilled_at": None}


class UnknownNotice(Exception):
    """Nobody knows the words of this version: consent to it could not be proved."""


class TooManyTimes(Exception):
    """One version of the notice was corrected in this language as often as it can be."""


class NoLongerOurs(Exception):
    """Consent to the application itself was withdrawn: nothing can be agreed to on top of it."""


def text(*, version: str, language: str, now: datetime) -> ConsentText:
    """The words of this version in this language, put on record when first used. Raises ``UnknownNotice``."""
    rows = ConsentText.objects.filter(version=version, language=language)
    known = kept.remembered(("notice", version, language), rows.first)  # of rows that nobody can change
    if known:
        return known
    body = consent.words(version, language)
    if body is None:
        raise UnknownNotice(version)
    values = {"body": body, "digest": digest(body), "since": now}
    return ConsentText.objects.get_or_create(version=version, language=language, defaults=values)[0]


def notice(language: str) -> consent.Notice:
    """The notice in force in this language; in Hindi where nobody has added it."""
    if language in consent.OURS:
        return consent.ours(language)
    return next((one for one in further() if one.language == language), consent.ours("hi"))


def offered() -> list[consent.Notice]:
    """The notice in each language in which it may be read."""
    return [*map(consent.ours, consent.OURS), *further()]


def further() -> list[consent.Notice]:
    """The notice in force in each language that was added, the newest words of each."""
    found = kept.remembered(("notices", consent.version()), _further)
    return [consent.Notice(version, language, **body) for version, language, body in found]


def _further() -> list[tuple[str, str, dict]]:
    rows = ConsentText.objects.filter(version__startswith=consent.version()).exclude(language__in=consent.OURS)
    newest = {row.language: row for row in rows.order_by("version")}
    return [(row.version, row.language, row.body) for row in sorted(newest.values(), key=lambda row: row.language)]


@transaction.atomic
def add_language(*, language: str, said: list[str], by: User, now: datetime) -> ConsentText:
    """Offer the notice in a further language, or in better words.

    ``said`` is one text for each of ``consent.originals``. What was agreed to
    before stays as it was shown. Raises ``TooManyTimes``.
    """
    body = consent.translated(said)
    values = {"version": next_version(language), "body": body, "digest": digest(body), "since": now}
    row = ConsentText.objects.create(language=language, **values)
    audit.record("notice added in a language", row, by=by, now=now, language=language)
    kept.forget()
    return row


def next_version(language: str) -> str:
    """Better words in a language are a version of their own. Raises ``TooManyTimes``."""
    former = ConsentText.objects.filter(version__startswith=consent.version(), language=language).count()
    if former > len(AGAIN):
        raise TooManyTimes(language)
    return consent.version() + (f"-{AGAIN[former - 1]}" if former else "")


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
def withdraw(*, application: Application, by: User | None, now: datetime) -> None:
    """Take consent back, in whatever state the application is: from now on nothing more is done with it.

    Out of every list, count and export at once (``OUT_OF_SIGHT``), no message any
    more, no decision in pencil, no unread reading, no copy in a draft; an
    interview is void by derivation. What was done before stays lawful, so who
    was appointed keeps the seat and the letter. Saying it twice changes nothing.
    """
    row = Application.objects.select_for_update().select_related("drive").get(pk=application.pk)
    if row.consent_ended_at:
        return
    row.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    values = {"consent_ended_at": now, "wants_messages": False, **NO_PENCIL}
    if row.status in ENDS:
        transitions.move(row, to=Status.WITHDRAWN, table=ENDS, by=by, now=now, **values, changed_at=now)
    else:
        Application.objects.filter(pk=row.pk).update(**values)
    row.readings.filter(read_at=None).delete()
    Draft.objects.filter(submitted_as=row).delete()
    _silence(row, now)
    audit.record("took back consent", row, by=by, now=now)
    application.refresh_from_db()


def _silence(row: Application, now: datetime) -> None:
    """The whole number when nobody else is reached on it, else what waits for this one person."""
    others = Application.objects.filter(phone=row.phone, consent_ended_at=None).exclude(pk=row.pk)
    family = Person.objects.filter(phone=row.phone).exclude(pk=row.person_id or 0).exclude(share=row.share)
    if others.exists() or family.exists():
        outbox.cancel_for(phone=row.phone, name=row.name)
    else:
        outbox.silence(phone=row.phone, now=now)


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
        outbox.break_silence(phone=row.phone)
    else:
        standing.update(withdrawn_at=now)
    Application.objects.filter(pk=row.pk).update(wants_messages=on)
    application.wants_messages = on
    audit.record("agreed to messages" if on else "took back consent to messages", row, by=by, now=now)
