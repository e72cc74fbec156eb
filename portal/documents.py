"""Letters and certificates: issue, draw, cancel, check."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal import audit, codes, organisation, qr, typesetting
from portal.bilingual import spoken
from portal.models import Document, Person, User
from portal.models.documents import DocumentKind

CODE_LENGTH = 10  # nine random characters and a check character: 45 bits
TEMPLATES = {DocumentKind.LETTER: "appointment_letter", DocumentKind.CERTIFICATE: "certificate"}


class AlreadyCancelled(Exception):
    """The document was cancelled before."""


def letterhead(language: str) -> dict[str, Any]:
    """What every paper of this installation prints, as it stands today: the callers add their own words.

    ``language`` is "hi" or "en". Who signs comes from the organisation as
    "name, post", the Hindi one where there is no English: one person signs in both
    languages. Without a name the organisation itself signs.
    """
    ours = organisation.current()
    name = spoken(ours, "name", language)
    signs, _comma, post = spoken(ours, "signs", language).partition(",")
    with translation.override(language):
        return {
            "language": language,
            "organisation": name,
            "contact": spoken(ours, "office", language),
            "brand": {"brand": ours.brand, "on_brand": ours.on_brand, "strong": ours.strong, "tint": ours.tint},
            "logo": None,
            "issuer_name": signs.strip() or name,
            "issuer_post": post.strip() or _("Authorised signatory"),
        }


@transaction.atomic
def issue(
    *,
    kind: str,
    person: Person,
    title: str,
    place: str,
    printed: dict[str, Any],
    valid_until: date | None = None,
    by: User | None,
    now: datetime,
) -> Document:
    """A new document with a fresh public code.

    ``printed`` is all that its page shows beside holder, title and place:
    ``letterhead`` and what the paper's template in ``templates/documents/``
    asks for, all of it JSON, dates in words.
    """
    document = Document.objects.create(
        code=codes.new(CODE_LENGTH),
        kind=kind,
        person=person,
        holder=person.name,
        title=title,
        place=place,
        printed=printed,
        issued_at=now,
        valid_until=valid_until,
    )
    audit.record("issued", document, by=by, now=now)
    return document


@transaction.atomic
def revoke(*, document: Document, reason: str, by: User | None, now: datetime) -> None:
    """Cancel a document; the public check says so from now on.

    Raises ``AlreadyCancelled``.
    """
    if not Document.objects.filter(pk=document.pk, revoked_at=None).update(revoked_at=now, revoked_reason=reason):
        raise AlreadyCancelled(document.code)
    document.revoked_at, document.revoked_reason = now, reason
    audit.record("cancelled", document, by=by, now=now)


def verify_url(document: Document) -> str:
    """The address in the QR."""
    return f"{settings.SITE_URL}/v/{codes.pretty(document.code)}"


def standing(document: Document, now: datetime) -> str:
    """``valid``, ``revoked`` or ``expired``, for the public check."""
    if document.revoked_at:
        return "revoked"
    expired = document.valid_until is not None and document.valid_until < timezone.localdate(now)
    return "expired" if expired else "valid"


def pdf(document: Document) -> bytes:
    """The document as a PDF, drawn from what was kept as printed."""
    data = document.printed | {
        "holder": document.holder,
        "title": document.title,
        "place": document.place,
        "code": codes.pretty(document.code),
        "url": verify_url(document),
        "qr": [[bool(cell) for cell in row] for row in qr.matrix(verify_url(document))],
    }
    return typesetting.pdf(TEMPLATES[DocumentKind(document.kind)], data)
