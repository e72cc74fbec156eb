"""Two colleagues at one desk: who saves over what they have not seen is shown both, and decides knowingly."""

import random

from applications.domain import driving, reviewing
from applications.models import Application, Drive
from applications.states import Reason, Status
from committees.levels import Role
from portal import audit
from tests.factories.desk import a_colleague, an_application

DOOR = "portal.accounts.backend.DoorBackend"


def opened_of(page):
    return page.content.decode().partition('name="opened" value="')[2].partition('"')[0]


def test_a_decision_over_another_s_is_shown_beside_it_and_taken_knowingly(at_office, drive, places, office, now):
    application = an_application(drive, places.booth, now)
    address = f"/office/applications/{application.ref}/"
    seen = opened_of(at_office.get(address))
    other = a_colleague(places.state, Role.STATE_OFFICE, now, number=9, name="हेमंत जोशी")
    reviewing.reject(application=application, by=other, now=now, reason="क्षेत्र से बाहर")

    answer = at_office.post(f"{address}move/", {"to": "SUBMITTED", "opened": seen})
    both = answer.content.decode()
    unchanged = Application.objects.get().status
    again = at_office.post(f"{address}move/", {"to": "SUBMITTED", "opened": opened_of(answer)})

    assert (answer.status_code, unchanged) == (409, Status.NOT_SELECTED)
    assert "हेमंत जोशी" in both
    assert "क्षेत्र से बाहर" in both
    assert 'name="to" value="SUBMITTED"' in both
    assert (again.status_code, Application.objects.get().status) == (302, Status.SUBMITTED)


def test_the_kind_of_reason_stands_beside_what_was_decided_meanwhile(at_office, drive, places, now):
    application = an_application(drive, places.booth, now)
    address, seen = f"/office/applications/{application.ref}/move/", reviewing.shown(application)
    at_office.post(address, {"to": "WAITING", "opened": seen})

    said = {"to": "NOT_SELECTED", "code": Reason.NO_ROOM.value, "reason": "सूची भर गई", "opened": seen}
    answer = at_office.post(address, said)

    assert answer.context["typed"].rows[1][1] == f"{Reason.NO_ROOM.label}, सूची भर गई"


def test_a_pencil_over_another_s_pencil_is_no_silent_change(at_office, drive, places, now):
    application = an_application(drive, places.booth, now)
    address, pencil = f"/office/applications/{application.ref}/move/", {"way": "pencil"}
    seen = reviewing.shown(application)

    first = at_office.post(address, pencil | {"to": "WAITING", "opened": seen})
    second = at_office.post(address, pencil | {"to": "SHORTLISTED", "opened": seen})

    assert (first.status_code, second.status_code, Application.objects.get().pencilled) == (302, 409, "WAITING")


def test_the_words_of_a_drive_are_not_saved_over_a_colleague_s(at_office, drive, office, now):
    seen = opened_of(at_office.get("/office/drives/pradesh-2025/"))
    driving.reword(drive=drive, values={"title_hi": "पहला शीर्षक"}, by=None, now=now)
    mine = {"title_hi": "दूसरा शीर्षक", "purpose_hi": drive.purpose_hi, "title_en": drive.title_en}

    answer = at_office.post("/office/drives/pradesh-2025/", mine | {"opened": seen})
    both = answer.content.decode()
    unchanged = Drive.objects.get().title_hi
    at_office.post("/office/drives/pradesh-2025/", mine | {"opened": opened_of(answer)})

    assert (answer.status_code, unchanged) == (409, "पहला शीर्षक")
    assert "पहला शीर्षक" in both
    assert "दूसरा शीर्षक" in both
    assert Drive.objects.get().title_hi == "दूसरा शीर्षक"


def test_sixty_mixed_saves_lose_none(drive, now):
    """Three colleagues save from pages of any age; what was written over had been seen by who wrote over it."""
    draw = random.Random(7)
    pages = {name: driving.fingerprint(drive) for name in "abc"}
    history, refused = [drive.title_hi], []
    for nth in range(60):
        who = draw.choice("abc")
        try:
            driving.reword(drive=drive, values={"title_hi": f"{who} {nth}"}, opened=pages[who], by=None, now=now)
            history.append(f"{who} {nth}")
        except driving.Reworded as other:
            refused.append((other.there.title_hi, history[-1]))
        if draw.random() < 0.7:
            pages[who] = driving.fingerprint(Drive.objects.get())

    assert Drive.objects.get().title_hi == history[-1]
    assert audit.history(drive).filter(verb="changed").count() == len(history) - 1
    assert [there for there, _last in refused] == [last for _there, last in refused]
    assert len(history) + len(refused) == 61
    assert 0 < len(refused) < 60
