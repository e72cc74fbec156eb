"""Letters and certificates: issued once, checked by anyone, cancelled with a reason."""

import io
from datetime import date, timedelta

import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from PIL import Image
from pypdf import PdfReader

from portal import audit, codes, documents, organisation
from portal.models import Document
from portal.models.documents import DocumentKind
from tests.factories.committees import make_person
from tests.portal.test_typesetting import words_of

LETTER = {"date": "10 नवंबर 2025", "term_from": "10 नवंबर 2025"}
CERTIFICATE = {"dates": "6–7 दिसंबर 2025"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return organisation.save(
        name_hi="प्रदेश सोशल मीडिया विभाग",
        name_en="State Social Media Department",
        office_hi="प्रदेश कार्यालय, जयपुर",
        signs_hi="कविता शर्मा, प्रदेश संयोजक, राजस्थान",
        brand="#7a1f3d",
    )


def issue(now, kind=DocumentKind.LETTER, printed=LETTER, language="hi", **fields):
    return documents.issue(
        kind=kind,
        person=make_person(now),
        title="जिला प्रभारी",
        place="सीकर (जिला)",
        printed=documents.letterhead(language) | printed,
        by=None,
        now=now,
        **fields,
    )


# --- the letterhead ---------------------------------------------------------------


def test_a_letterhead_carries_the_organisation(ours):
    assert documents.letterhead("hi") == {
        "language": "hi",
        "organisation": "प्रदेश सोशल मीडिया विभाग",
        "contact": "प्रदेश कार्यालय, जयपुर",
        "brand": {"brand": "#7a1f3d", "on_brand": ours.on_brand, "strong": ours.strong, "tint": ours.tint},
        "logo": None,
        "issuer_name": "कविता शर्मा",
        "issuer_post": "प्रदेश संयोजक, राजस्थान",
    }


def signed(language):
    letter = documents.letterhead(language)
    return letter["issuer_name"], letter["issuer_post"]


def test_one_person_signs_in_both_languages_though_known_in_hindi_only(ours):
    assert signed("en") == signed("hi") == ("कविता शर्मा", "प्रदेश संयोजक, राजस्थान")

    organisation.save(signs_en="Kavita Sharma, State Convenor")

    assert signed("en") == ("Kavita Sharma", "State Convenor")


def test_without_a_signer_the_organisation_signs(ours):
    organisation.save(signs_hi="")

    assert signed("en") == ("State Social Media Department", "Authorised signatory")
    assert signed("hi") == ("प्रदेश सोशल मीडिया विभाग", "अधिकृत हस्ताक्षरकर्ता")


# --- issuing --------------------------------------------------------------------------


def test_a_letter_has_a_code_that_its_page_and_its_qr_share(ours, now):
    letter = issue(now)

    words = words_of(documents.pdf(letter))

    assert codes.read(letter.code, documents.CODE_LENGTH) == letter.code
    assert documents.verify_url(letter) == f"http://testserver/v/{codes.pretty(letter.code)}"
    for text in ("सुनीता मीणा", "जिला प्रभारी", "सीकर (जिला)", "कविता शर्मा", codes.pretty(letter.code)):
        assert text in words
    assert [event.verb for event in audit.history(letter)] == ["issued"]


def test_the_number_on_the_letter_is_its_own(ours, now):
    letter = issue(now)

    assert documents.number_of(letter) == f"2025/{letter.pk:06d}"
    assert documents.number_of(letter) in words_of(documents.pdf(letter))


@pytest.mark.parametrize(
    ("kind", "printed", "size"),
    [(DocumentKind.LETTER, LETTER, (1080, 1527)), (DocumentKind.CERTIFICATE, CERTIFICATE, (1080, 764))],
)
def test_the_picture_to_send_on_is_as_wide_as_a_phone_shows_and_its_code_is_read(ours, now, kind, printed, size):
    paper = issue(now, kind, printed)

    picture = Image.open(io.BytesIO(documents.png(paper)))

    assert picture.size == size
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == documents.qr_text(paper)
    assert code.text.startswith(f"{documents.verify_url(paper)}?सुनीता_मीणा;जिला_प्रभारी;2025-11-10;")


def test_a_printed_code_is_read_from_four_times_as_far(ours, now):
    """600 dots an inch from the printer, a quarter of them in the camera."""
    letter = issue(now)
    dots = documents.PICTURE_WIDTH / (210 / 25.4)

    picture = Image.open(io.BytesIO(documents.png(letter)))
    scale = 150 / dots
    seen = picture.resize((round(picture.width * scale), round(picture.height * scale)))

    assert zxingcpp.read_barcode(seen).text == documents.qr_text(letter)


def test_without_a_key_the_code_carries_the_address_alone(ours, now, settings):
    settings.LETTER_KEYS = []
    letter = issue(now)

    assert documents.qr_text(letter) == documents.verify_url(letter)


def test_a_certificate_is_one_page(ours, now):
    certificate = issue(now, DocumentKind.CERTIFICATE, CERTIFICATE)

    assert len(PdfReader(io.BytesIO(documents.pdf(certificate))).pages) == 1


def test_every_kind_of_document_has_a_template():
    assert set(documents.TEMPLATES) == set(DocumentKind)


def test_a_paper_says_what_it_said_when_it_was_issued(ours, now):
    letter = issue(now)
    before = documents.pdf(letter)

    type(letter.person).objects.update(name="दूसरा नाम")
    organisation.save(name_hi="दूसरा संगठन", signs_hi="दूसरा व्यक्ति", brand="#004d40")

    assert documents.pdf(Document.objects.get(pk=letter.pk)) == before


def test_an_english_letter_needs_no_hindi(ours, now):
    english = {"date": "10 November 2025", "term_from": "10 November 2025"}

    assert "Letter of Appointment" in words_of(documents.pdf(issue(now, printed=english, language="en")))


# --- standing -----------------------------------------------------------------------------


def test_a_letter_is_valid_through_its_last_day_in_jaipur(now):
    letter = issue(now, valid_until=date(2025, 11, 10))
    last_minute = now.replace(hour=23, minute=59)

    assert documents.standing(letter, last_minute) == "valid"
    assert documents.standing(letter, last_minute + timedelta(minutes=1)) == "expired"
    assert documents.standing(issue(now), now + timedelta(days=9999)) == "valid"


def test_a_cancelled_letter_says_so_and_keeps_its_reason(now):
    letter = issue(now, valid_until=date(2025, 11, 10))

    documents.revoke(document=letter, reason="कार्यकाल समाप्त", by=None, now=now)

    kept = Document.objects.get()
    assert (kept.revoked_at, kept.revoked_reason) == (now, "कार्यकाल समाप्त")
    assert documents.standing(kept, now + timedelta(days=99)) == "revoked"
    assert documents.standing(letter, now) == "revoked"  # the caller's own copy knows it too
    assert [event.verb for event in audit.history(letter)] == ["issued", "cancelled"]


def test_a_letter_is_cancelled_once(now):
    letter = issue(now)
    documents.revoke(document=letter, reason="एक", by=None, now=now)

    with pytest.raises(documents.AlreadyCancelled):
        documents.revoke(document=letter, reason="दो", by=None, now=now)

    assert Document.objects.get().revoked_reason == "एक"


def test_a_letter_is_replaced_once_and_says_so(now):
    old, new, late = issue(now), issue(now), issue(now)

    documents.replace(document=old, by_new=new, reason="नाम गलत", by=None, now=now)

    kept = Document.objects.get(pk=old.pk)
    assert (kept.replaced_by, kept.revoked_reason, documents.standing(kept, now)) == (new, "नाम गलत", "replaced")
    assert documents.standing(Document.objects.get(pk=new.pk), now) == "valid"
    with pytest.raises(documents.AlreadyCancelled):
        documents.replace(document=kept, by_new=late, reason="फिर", by=None, now=now)


def test_nothing_is_cancelled_without_a_reason(now):
    letter = issue(now)

    with pytest.raises(IntegrityError), transaction.atomic():
        documents.revoke(document=letter, reason="", by=None, now=now)

    assert documents.standing(Document.objects.get(), now) == "valid"
