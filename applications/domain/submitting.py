"""From a draft to a receipt: once, however often the button is pressed."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from applications import steps
from applications.domain import asking, consenting, telling
from applications.domain.drafting import Closed
from applications.domain.duplicates import SAME_NAME
from applications.models import Application, Draft, Drive
from applications.querysets import REF_SIGNS
from committees.models import Unit
from portal import audit, codes, folding, outbox
from portal.worded import Later, Worded

__all__ = ["AlreadyApplied", "Closed", "Incomplete", "PhoneFull", "submit"]

SLICE = 1000
FAMILY = (1, 2, 3)  # shares of a phone that its own person has lent
SHARES = (0, *FAMILY)

_standing = Worded(lambda: Unit.objects.filter(pk=Later("unit")).values_list(*outbox.standing()))


class AlreadyApplied(Exception):
    """This person's own application is in this drive: ``application``."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.ref)
        self.application = application


class PhoneFull(AlreadyApplied):
    """The phone carries as many as it can."""


class Incomplete(Exception):
    """These ``steps`` have brought nothing yet."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.steps = missing


class _Moved(Exception):
    """Since the draft was read, another press of the button or another tab was quicker."""


class Number(NamedTuple):
    """What is known of the number that hands in."""

    is_silenced: bool
    is_reminded: bool  # something is still to be sent about the draft


def submit(
    *, draft: Draft, consent_version: str, wants_messages: bool, now: datetime, read_in: str = ""
) -> Application:
    """Hand the draft in, as it was just read; a second press answers with the same application.

    ``read_in`` is the language in which the notice was read, else that of the draft.

    The deadline is decided here, once, by ``Drive.takes``; the database decides
    who of two is first. Nothing saved meanwhile is left behind: what has moved
    since it was read is read anew. Raises ``Closed``, ``Incomplete``,
    ``AlreadyApplied`` or ``PhoneFull``, and then the draft is as it was.
    """
    row = draft
    while row.submitted_as is None:
        number = must_be_ready(draft=row, now=now)
        words = consenting.text(version=consent_version, language=read_in or row.language, now=now)
        consent = {"consent_text": words, "consent_at": now, "wants_messages": wants_messages}
        try:
            draft.submitted_as = _first_free_share(row, number, consent, now)
        except _Moved:
            row = fresh(row)
        else:
            return draft.submitted_as
    return row.submitted_as


def must_be_ready(*, draft: Draft, now: datetime) -> Number:
    """Raises ``Closed`` or ``Incomplete``."""
    if not draft.drive.takes(draft, now):
        raise Closed(draft.drive.slug)
    if missing := steps.missing(draft.answers, draft.drive):
        raise Incomplete(missing)
    number = _number(draft)
    if number is None:
        raise Incomplete(["area"])
    return number


def fresh(draft: Draft) -> Draft:
    """The draft as it is now, with all that handing it in looks at."""
    rows = Draft.objects.select_related("drive__unit", "submitted_as__drive", "link", "first_link", "entered_by")
    return rows.get(pk=draft.pk)


def free_refs(count: int) -> list[str]:
    """So many application numbers that nobody has: among a million, two drawn at random do meet."""
    found: set[str] = set()
    while len(found) < count:
        fresh = {codes.new(REF_SIGNS) for _number in range(min(SLICE, count - len(found)))}
        found |= fresh - set(Application.objects.filter(ref__in=fresh).values_list("ref", flat=True))
    return list(found)


def _number(draft: Draft) -> Number | None:
    """``None`` without a place: a unit may have been merged away since it was chosen."""
    asked = outbox.standing_of(draft.phone, _reminders(draft))
    found = _standing.rows(unit=draft.answers["area"]["unit"], **asked)
    return Number(*found[0]) if found else None


def _reminders(draft: Draft) -> str:
    return f"draft:{draft.drive_id}:{draft.phone}:"


def _first_free_share(draft: Draft, number: Number, consent: dict[str, Any], now: datetime) -> Application:
    """Somebody else on this number is no reason to refuse, nor to tell: whoever asks may be a stranger."""
    family = draft.answers["name"].get("family", False)
    taken: list[Application] = []
    for place, share in enumerate(FAMILY if family else SHARES, start=1):
        try:
            return _hand_in(draft, share, number, consent, now)
        except IntegrityError:
            taken += _taken(draft.drive, draft.phone, share)
            if len(taken) < place:  # not the phone: two application numbers met, once in 30 billion
                return _hand_in(draft, share, number, consent, now)
            if fresh(draft).submitted_as_id:
                raise _Moved from None
            if not family and is_theirs(taken[-1], **_who(draft)):
                raise AlreadyApplied(taken[-1]) from None
    raise PhoneFull(taken[-1])


def is_theirs(application: Application, *, name: str, birth_year: int) -> bool:
    """On one number: is this the application of the person with this name and year of birth?"""
    alike = folding.similarity(folding.fine(application.name), folding.fine(name))
    return application.birth_year == birth_year and alike >= SAME_NAME


def _who(draft: Draft) -> dict[str, Any]:
    written = columns(draft.answers)
    return {word: written[word] for word in ("name", "birth_year")}


def _taken(drive: Drive, phone: str, share: int) -> QuerySet[Application]:
    return Application.objects.select_related("drive").filter(drive=drive, phone=phone, share=share)


@transaction.atomic
def _hand_in(draft: Draft, share: int, number: Number, consent: dict[str, Any], now: datetime) -> Application:
    application = Application.objects.create(**_from(draft, now), **consent, share=share, ref=codes.new(REF_SIGNS))
    mine = Draft.objects.filter(pk=draft.pk, submitted_as=None, saved_at=draft.saved_at)
    if not mine.update(submitted_as=application):
        raise _Moved
    asking.hand_over(draft=draft, application=application, now=now)
    consenting.record(applications=[application], now=now)
    if number.is_silenced:
        outbox.break_silence(phone=application.phone)  # a new application is a new consent
    if number.is_reminded:
        outbox.cancel(_reminders(draft))
    audit.record("submitted", application, by=draft.entered_by, now=now, in_grace=application.in_grace)
    outbox.queue([telling.receipt(application, now)], has_agreed=True)
    return application


def _from(draft: Draft, now: datetime) -> dict[str, Any]:
    """The columns of an application, from the answers of a draft."""
    return {
        "drive": draft.drive,
        **columns({step: draft.answers[step] for step in steps.steps_of(draft.drive)}),
        "entered_by_id": draft.entered_by_id,
        "photo_id": draft.photo_id,
        "link_id": draft.link_id,
        "first_link_id": draft.first_link_id,
        "language": draft.language,
        "begun_at": draft.begun_at,
        "submitted_at": now,
        "changed_at": now,
        "in_grace": now >= draft.drive.closes_at,
    }


def columns(answers: dict[str, Any]) -> dict[str, Any]:
    """What the answers of some steps mean as columns of an application."""
    flat = {word: value for step in answers.values() for word, value in step.items()}
    for mark in ("family", "late"):
        flat.pop(mark, None)
    if any("extra" in step for step in answers.values()):
        own = {question: answer for step in answers.values() for question, answer in step.get("extra", {}).items()}
        flat["extra"] = asking.kept(own)
    for word in ("unit", "prompt"):
        if word in flat:
            flat[f"{word}_id"] = flat.pop(word)
    if "unit_id" in flat:
        flat["placed_at"] = None  # whatever the office found before, the place is told anew
    if "name" in flat:
        flat["name_key"] = folding.search_key(flat["name"])[:240]
    return flat
