"""From a draft to a receipt: once, however often the button is pressed."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from applications import steps
from applications.domain import asking, consenting, linking, telling
from applications.domain.drafting import Closed
from applications.models import Application, Draft, Drive
from applications.models.links import Via
from committees.models import Unit
from portal import audit, codes, folding, outbox

__all__ = ["AlreadyApplied", "Closed", "Incomplete", "PhoneFull", "submit"]

REF_SIGNS = 8
FAMILY = (1, 2, 3)  # shares of a phone that its own person has lent


class AlreadyApplied(Exception):
    """There is an application of this phone in this drive: ``application``."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.ref)
        self.application = application


class PhoneFull(AlreadyApplied):
    """The phone carries three of the family already."""


class Incomplete(Exception):
    """These ``steps`` have brought nothing yet."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.steps = missing


class _SubmittedMeanwhile(Exception):
    """Another press of the button was quicker."""


def submit(*, draft: Draft, consent_version: str, wants_messages: bool, now: datetime) -> Application:
    """Hand the draft in; a second press answers with the same application.

    The deadline is decided here, once, by ``Drive.takes``; the database decides
    who of two is first. Raises ``Closed``, ``Incomplete``, ``AlreadyApplied``
    or ``PhoneFull``, and then the draft is as it was.
    """
    draft = fresh(draft)
    if draft.submitted_as:
        return draft.submitted_as
    must_be_ready(draft=draft, now=now)
    words = consenting.text(version=consent_version, language=draft.language, now=now)
    consent = {"consent_text": words, "consent_at": now, "wants_messages": wants_messages}
    try:
        return _first_free_share(draft, consent, now)
    except _SubmittedMeanwhile:
        return Application.objects.select_related("drive").get(draft=draft.pk)


def must_be_ready(*, draft: Draft, now: datetime) -> None:
    """Raises ``Closed`` or ``Incomplete``."""
    if not draft.drive.takes(draft, now):
        raise Closed(draft.drive.slug)
    missing = steps.missing(draft.answers, draft.drive) or _lost_place(draft)
    if missing:
        raise Incomplete(missing)


def fresh(draft: Draft) -> Draft:
    """The draft as it is now, with all that handing it in looks at."""
    rows = Draft.objects.select_related("drive__unit", "submitted_as__drive", "link", "first_link", "entered_by")
    return rows.get(pk=draft.pk)


def _lost_place(draft: Draft) -> list[str]:
    """A unit may have been merged away since it was chosen."""
    return [] if Unit.objects.filter(pk=draft.answers["area"]["unit"]).exists() else ["area"]


def _first_free_share(draft: Draft, consent: dict[str, Any], now: datetime) -> Application:
    family = draft.answers["name"].get("family", False)
    taken: list[Application] = []
    for share in FAMILY if family else (0,):
        try:
            return _hand_in(draft, share, consent, now)
        except IntegrityError:
            taken += _taken(draft.drive, draft.phone, share)
            if len(taken) < (share or 1):  # not the phone: two application numbers met, once in 30 billion
                return _hand_in(draft, share, consent, now)
            if fresh(draft).submitted_as_id:
                raise _SubmittedMeanwhile from None
    raise (PhoneFull if family else AlreadyApplied)(taken[-1])


def _taken(drive: Drive, phone: str, share: int) -> QuerySet[Application]:
    return Application.objects.select_related("drive").filter(drive=drive, phone=phone, share=share)


@transaction.atomic
def _hand_in(draft: Draft, share: int, consent: dict[str, Any], now: datetime) -> Application:
    application = Application.objects.create(**_from(draft, now), **consent, share=share, ref=codes.new(REF_SIGNS))
    mine = Draft.objects.filter(pk=draft.pk, submitted_as=None)
    if not mine.update(submitted_as=application):
        raise _SubmittedMeanwhile
    asking.hand_over(draft=draft, application=application, now=now)
    consenting.record(applications=[application], now=now)
    outbox.break_silence(phone=application.phone)  # a new application is a new consent
    linking.make_link(drive=draft.drive, via=Via.FRIEND, referrer=application, by=None, now=now)
    audit.record("submitted", application, by=draft.entered_by, now=now, in_grace=application.in_grace)
    outbox.cancel(f"draft:{draft.drive_id}:{draft.phone}:")
    outbox.queue([telling.receipt(application, now)])
    return application


def _from(draft: Draft, now: datetime) -> dict[str, Any]:
    """The columns of an application, from the answers of a draft."""
    return {
        "drive": draft.drive,
        **columns({step: draft.answers[step] for step in steps.steps_of(draft.drive)}),
        "entered_by": draft.entered_by,
        "photo_id": draft.photo_id,
        "link": draft.link,
        "first_link": draft.first_link,
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
