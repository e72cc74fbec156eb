"""Those who sit, learn: invited by the clock, marked at the door, with a certificate."""

from io import BytesIO

from pypdf import PdfReader

from portal import codes
from tests.journey.district import INCHARGE, LAXMI
from tests.journey.road import SUNITA, at
from tests.walking import Device
from training.models import Enrolment, Workshop


def plan(road):
    """By the office; the trainer who is ticked there finds it among their own, and nothing else."""
    page = road.desk(road.office).open("/train/").open("/train/new/")
    planned = page.press(
        title_hi="सोशल मीडिया के नए साधन", unit="सीकर", date="2025-11-23", begins="10:00", ends="16:00",
        place_hi="टाउन हॉल, सीकर", capacity="2", invites_from="2025-11-18", trainers=page.offered("trainers"),
    )  # fmt: skip
    assert list(Workshop.objects.get().trainers.all()) == [road.trainer.person]
    assert road.desk(road.trainer).open("/train/").open(planned.url).status == 200
    assert road.desk(road.trainer).open("/train/new/").status == 404
    return planned.url


def invite(road, workshop):
    """The clock invites who sits in the district; two say yes, one says no, one is silent."""
    assert road.tick() == [("workshop_invited", phone) for phone in sorted([SUNITA, LAXMI, INCHARGE])]
    page = Device().open(road.link(SUNITA, "workshop_invited")).press("coming=yes")
    assert page.open(".ics").response["Content-Type"].startswith("text/calendar")
    Device().open(road.link(LAXMI, "workshop_invited")).press("coming=no")
    assert "सुनीता मीणा" in road.desk(road.trainer).open(workshop).text
    assert road.tick() == []


def remind(road):
    """Two days before and three hours before; who is silent is asked, who said no is left alone."""
    assert road.tick(at(18, 14, 41)) == []
    assert road.tick(at(21, 9, 59)) == []
    assert road.tick(at(21, 10)) == [("workshop_2d", SUNITA), ("workshop_2d_ask", INCHARGE)]
    assert road.tick(at(22, 12)) == []
    assert road.tick(at(23, 6, 59)) == []
    assert road.tick(at(23, 7)) == [("drive_closing", INCHARGE), ("workshop_3h", SUNITA)]  # after the night


def attend(road, workshop):
    road.wait_until(at(23, 10, 5))
    page = road.desk(road.trainer).open(f"{workshop}attendance/")
    assert "लक्ष्मी" not in page.text
    page = page.press("action=mark")
    assert [form for form in page.forms if form.has("action=mark", [])] == []


def certify(road, workshop):
    """After the end, for who was there; the paper and its public check."""
    road.wait_until(at(23, 16, 1))
    road.desk(road.office).open(workshop).press(to="/certify/")

    assert road.tick() == [("workshop_certificate", SUNITA)]
    paper = Device().open(road.link(SUNITA, "workshop_certificate")).open(".pdf").response
    code = codes.pretty(Enrolment.objects.get(certificate__isnull=False).certificate.code)
    assert code in PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    check = road.desk(road.trainer).open(workshop).open("/v/")
    assert check.url.endswith(code)
    assert "सुनीता मीणा" in check.text
