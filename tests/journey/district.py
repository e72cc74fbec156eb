"""A district gets its in-charge, who recruits there without interviews."""

import re

from applications.models import Application
from committees.models import Appointment
from tests.journey import applying, opening
from tests.journey.desk import ref_of
from tests.journey.road import at
from tests.walking import Device

INCHARGE, LAXMI = "9829555001", "9829555002"


def assign(road):
    """One of the office proposes, another agrees; the letter and the link leave; a yes follows."""
    page = road.desk(road.office).open("/incharges/").open("/incharges/sikar/")
    look = page.press(who="other", phone=INCHARGE, name="देवेंद्र सैनी", term_ends="2026-11-30", form_by="2025-12-20")
    look.press("confirm=1")
    assert road.tick() == []
    road.desk(road.second).open("/incharges/").open("/incharges/review/").press("act=agree")
    assert ("appointed", INCHARGE) in road.tick()

    assert road.tick(at(18, 14, 30)) == [("appointed_reminder", INCHARGE)]
    Device().open(road.link(INCHARGE, "appointed")).press("answer=yes")
    assert Appointment.objects.get(person__phone__endswith=INCHARGE).accepted_at == at(18, 14, 30)
    return Device()


def sign_in(road, device):
    """At the door of all: the number, and the code of the message."""
    ask = device.open("/login/").press(phone=INCHARGE)
    code = re.search(r"\d{6}", road.message(INCHARGE, "code"))[0]
    assert ask.press(code="000000" if code != "000000" else "111111").url.startswith("/login/code/")

    home = device.open("/login/code/").press(code=code)
    assert home.url == "/my/"
    assert "सीकर" in home.text
    assert "जयपुर" not in home.text


def only_the_own_part(road, device):
    """Ramesh of Jaipur is not there: not in the list, not by his address, not in the tree."""
    road.tick()
    desk = device.open("/office/applications/")
    assert "सुनीता मीणा" in desk.text
    assert "रमेश चौधरी" not in desk.text
    his = f"/office/applications/{ref_of('रमेश चौधरी')}/"
    hidden = [his, f"{his}photo", "/units/jaipur/", "/incharges/", "/office/interviews/new/"]
    assert [device.open(address).status for address in hidden] == [404] * len(hidden)
    assert device.open(f"/office/applications/{ref_of('सुनीता मीणा')}/").status == 200


def own_drive(road, device):
    """One level down: an own drive with an own poster; selected without an interview, and seated."""
    form = device.open("/office/drives/new/")
    words = opening.DRIVE | {"interview_on": "", "result_on": "", "opens_at": "2025-11-18T14:00"}
    words |= {"title_hi": "सीकर जिला टीम से जुड़ें", "closes_at": "2025-11-25T18:00"}
    drive = form.press(unit="सीकर", interviews=[], **words)
    slug = drive.url.rstrip("/").rpartition("/")[2]
    page = device.open("/posters/").press(drive=slug, via="meeting", unit="सीकर")
    address = f"/q/{page.url.rstrip('/').rpartition('/')[2]}"
    applying.apply(address, "लक्ष्मी कुमावत", LAXMI, "reengus", interviews=False)

    one = device.open("/office/applications/").open(f"/{ref_of('लक्ष्मी कुमावत')}/")
    one.press("to=SELECTED").press(seat="ब्लॉक अध्यक्ष")
    assert Application.objects.get(phone__endswith=LAXMI).status == "APPOINTED"
    assert set(road.tick()) == {("receipt", LAXMI), ("appointed", LAXMI)}
    Device().open(road.link(LAXMI, "appointed")).press("answer=yes")
