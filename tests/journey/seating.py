"""From a selected applicant to a chair, with a paper that anyone can check."""

from io import BytesIO

from pypdf import PdfReader

from committees.models import Appointment
from portal import codes
from tests.journey.desk import ref_of
from tests.journey.road import SUNITA, at
from tests.walking import Device


def appoint_her(road, hers):
    """A vacant chair on her own line of units; the news leaves with a personal link."""
    page = road.desk(road.office).open(f"/office/applications/{ref_of('सुनीता मीणा')}/")
    page = page.press(seat="जिला समिति सदस्य", term_ends="2026-11-16")

    assert road.tick() == [("appointed", SUNITA)]
    assert "नियु" in page.text
    return Appointment.objects.get(person__phone__endswith=SUNITA).letter.code


def she_accepts(road, letter):
    """By the link alone: the letter as PDF, its public check, and a yes."""
    page = Device().open(road.link(SUNITA, "appointed"))
    paper = page.open(".pdf").response
    assert paper["Content-Type"] == "application/pdf"
    assert codes.pretty(letter) in PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    check = page.open("/v/")
    assert (check.status, "मान्य" in check.text) == (200, True)
    assert Device().open(f"/l/{letter}.pdf").status == 404  # the code alone opens no paper

    page.press("answer=yes")
    assert Appointment.objects.get(letter__code=letter).accepted_at == at(16, 14, 25)


def the_tree_counts_her(road):
    page = road.desk(road.office).open("/units/sikar/")
    assert "21 में से 1 पद भरे, 1 नियुक्त" in page.text


def a_paper_is_cancelled(road, letter):
    """A paper with a fault is taken back, and a new one follows; the old code says so to everyone."""
    committee = road.desk(road.office).open("/units/sikar/committee/")
    committee.open(f"/l/{letter}/cancel/").press(reason="नाम में त्रुटि", anew="on")

    assert "बदला गया" in Device().open(f"/v/{letter}").text
    new = Appointment.objects.get(person__phone__endswith=SUNITA).letter.code
    assert new != letter
    assert "मान्य" in Device().open(f"/v/{new}").text
