"""Letters and certificates: issue, draw, cancel, check."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal import audit, codes, organisation, qr, signatures, typesetting
from portal.bilingual import spoken
from portal.models import Document, Person, User
from portal.models.documents import DocumentKind

CODE_LENGTH = 10  # nine random characters and a check character: 45 bits
TEMPLATES = {DocumentKind.LETTER: "appointment_letter", DocumentKind.CERTIFICATE: "certificate"}
PAPER_WIDTH = {DocumentKind.LETTER: 210, DocumentKind.CERTIFICATE: 297}  # millimetres, as the templates say
PICTURE_WIDTH = 1080  # pixels: what WhatsApp shows as it is
MASK = 2  # of the QR with a signature


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


@transaction.atomic
def replace(*, document: Document, by_new: Document, reason: str, by: User | None, now: datetime) -> None:
    """Cancel a document because ``by_new`` stands in its place. Raises ``AlreadyCancelled``."""
    revoke(document=document, reason=reason, by=by, now=now)
    Document.objects.filter(pk=document.pk).update(replaced_by=by_new)
    document.replaced_by = by_new
    audit.record("replaced", document, by=by, now=now, with_document=by_new.pk)


def number_of(document: Document) -> str:
    """The visible number of a paper, ``2025/000123``: year of issue and a running number."""
    return f"{timezone.localdate(document.issued_at).year}/{document.pk:06d}"


def verify_url(document: Document) -> str:
    """The address that is printed."""
    return f"{settings.SITE_URL}/v/{codes.pretty(document.code)}"


def qr_text(document: Document) -> str:
    """What the QR holds: the address, and behind it name, post and day with our signature, see ``signatures``."""
    facts = [document.holder, document.title, timezone.localdate(document.issued_at).isoformat()]
    said = signatures.say(document.code, facts)
    return f"{verify_url(document)}?{said}" if said else verify_url(document)


def standing(document: Document, now: datetime) -> str:
    """``valid``, ``revoked``, ``replaced`` or ``expired``, for the public check."""
    if document.replaced_by_id:
        return "replaced"
    if document.revoked_at:
        return "revoked"
    expired = document.valid_until is not None and document.valid_until < timezone.localdate(now)
    return "expired" if expired else "valid"


def pdf(document: Document) -> bytes:
    """The document as a PDF, drawn from what was kept as printed."""
    return typesetting.pdf(TEMPLATES[DocumentKind(document.kind)], _data(document))


def png(document: Document) -> bytes:
    """The same as a picture to send on, ``PICTURE_WIDTH`` wide."""
    kind = DocumentKind(document.kind)
    dots = PICTURE_WIDTH / (PAPER_WIDTH[kind] / 25.4)
    return typesetting.png(TEMPLATES[kind], _data(document), dots_per_inch=dots)


def _data(document: Document) -> dict[str, Any]:
    text = qr_text(document)
    return document.printed | {
        "number": number_of(document),
        "holder": document.holder,
        "title": document.title,
        "place": document.place,
        "code": codes.pretty(document.code),
        "url": verify_url(document),
        "qr": qr.svg(text, mask=None if text == verify_url(document) else MASK),
    }
