"""Whoever has a conflict learns nothing, on no page, in no list, search, export or admin; and how it is set aside."""

from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from interviews.domain import conflicts, facts, kinship, scoring
from interviews.models import Conflict, ConflictLift, Interview, InterviewDay
from interviews.states import Bond
from portal.accounts import opening
from portal.models import Event
from tests.factories import sunday
from tests.factories.desk import an_application
from tests.factories.everyone import NAME, PHONE, Everyone
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted

SURNAME = NAME.split()[1]


def test_a_relative_finds_nothing_on_any_way(db, now):
    with time_machine.travel(at(11), tick=False):
        world = Everyone(now)
        application = world.interview.application
        Interview.objects.filter(pk=world.interview.pk).update(status="CANCELLED")
        for role in ("conflicted", "admin"):
            person = world.users[role].person
            conflicts.declare(application=application, person=person, by=None, now=at(10, 50))
        client, admin = world.browser("conflicted"), world.browser("admin")
        day = "/office/interviews/2025-11-16/rajya"
        pages = [f"{day}/", f"{day}/queue/?q={SURNAME}", f"{day}/print/", "/office/conflicts/", f"/known/?q={SURNAME}"]
        pages += ["/office/applications/", f"/office/applications/?q={SURNAME}"]
        asked = {"query": "", "column": ["ref", "name", "phone"]}
        book = client.post("/office/applications/export/", asked).content
        cells = {cell for row in load_workbook(BytesIO(book)).active.iter_rows(values_only=True) for cell in row}
        lists = ["/admin/applications/application/", f"/admin/applications/application/?q={SURNAME}"]

        conflicts.declare(
            application=world.applications[1], person=world.users["conflicted"].person, by=None, now=at(10, 50)
        )
        shown = {page: client.get(page).content.decode().replace(f'value="{SURNAME}"', "") for page in pages}
        assert [page for page, text in shown.items() if application.name in text or application.ref in text] == []
        assert application.ref not in cells
        assert application.ref not in "".join(admin.get(page).content.decode() for page in lists)
        assert admin.get(f"/admin/applications/application/{application.pk}/change/").status_code in {302, 404}
        assert application.ref in world.browser("office").get("/office/applications/").content.decode()


def test_no_gap_in_the_ranking_tells_the_place_of_a_relative(client, office, day, drive, places, now, panel):
    rows = [interviewed(day, shortlisted(drive, places.danta, now, one), now, when=at(11, 10 * one)) for one in (0, 1)]
    for interview, mark in zip(rows, (4, 3), strict=True):
        handed_in(interview, judges_of(panel)[0], (mark,) * 5, now=at(11, 30))
    conflicts.declare(application=rows[0].application, person=office.person, by=office, now=at(12))
    InterviewDay.objects.update(locked_at=at(17))
    client.force_login(office)

    page = client.get(f"/office/interviews/2025-11-16/{drive.slug}/results/")

    assert [row.rank for row in page.context["page"]] == [None]


@pytest.fixture
def judge(panel):
    return judges_of(panel)[0]


def test_who_may_know_whom_is_asked_not_decided(day, drive, places, now, judge):
    family = shortlisted(drive, places.danta, now, 1, phone=judge.phone, name="गीता देवी")
    own = shortlisted(drive, places.danta, now, 2, phone=judge.phone, share=1, name=judge.name)
    strange = shortlisted(drive, places.danta, now, 3)

    assert [kinship.between(judge, one) for one in (family, own, strange)] == [Bond.FAMILY, Bond.OWN, None]
    apart = {guest.key: set(guest.apart) for guest in facts.guests([day], [family, own, strange])}
    assert apart == {family.pk: {judge.pk}, own.pk: {judge.pk}, strange.pk: set()}
    assert Conflict.objects.count() == 0


def test_the_same_surname_at_the_same_place_is_near(drive, places, now, judge):
    mine = an_application(drive, places.danta, now, 1, name="विमला शर्मा", phone="+919811100000")
    type(mine).objects.filter(pk=mine.pk).update(person=judge)
    neighbour = an_application(drive, places.danta, now, 2, name="रमेश शर्मा")
    other = an_application(drive, places.danta, now, 3, name="रमेश मीणा")

    assert [kinship.between(judge, one) for one in (neighbour, other)] == [Bond.NEAR, None]


def test_a_conflict_is_declared_while_planning_by_naming_the_person_in_full(client, day, drive, places, now, judge):
    application = shortlisted(drive, places.danta, now, name=NAME, phone=PHONE)
    client.force_login(judge.user)
    part, whole = (client.get(f"/known/?q={text}").context["found"] for text in (SURNAME, NAME))

    client.post("/known/", {"ref": application.ref, "reason": "मौसी"})

    assert (part, whole) == ([], [application])
    assert Conflict.objects.get().person == judge
    assert client.get(f"/known/?q={NAME}").status_code == 200


def test_two_others_set_a_conflict_aside_and_it_stays_written(office, other_office, day, drive, places, now):
    application = shortlisted(drive, places.danta, now)
    conflict = conflicts.declare(application=application, person=office.person, reason="पड़ोसी", by=office, now=now)
    with pytest.raises(conflicts.NeedsOthers):
        conflicts.ask_lift(conflict=conflict, why="दूर के हैं", by=office, now=now)

    lift = conflicts.ask_lift(conflict=conflict, why="दूर के हैं", by=other_office, now=now)
    for same in (office, other_office):
        with pytest.raises(conflicts.NeedsOthers):
            conflicts.agree_lift(lift=lift, by=same, now=now)
    third = sunday.people.know(phone="9811199999", name="तीसरा साथी", now=now)
    conflicts.agree_lift(lift=lift, by=sunday_user(third, now), now=now)

    assert Conflict.objects.count() == 0
    assert (ConflictLift.objects.get().why, ConflictLift.objects.get().reason) == ("दूर के हैं", "पड़ोसी")
    assert Event.objects.filter(verb="set a conflict aside").count() == 1


def sunday_user(person, now):
    return opening.open_for(person=person, now=now)


def test_who_handed_in_marks_asks_the_office(interview_of, judge):
    handed_in(interview_of, judge)

    with pytest.raises(scoring.Frozen):
        conflicts.declare(application=interview_of.application, person=judge, by=None, now=at(12))


@pytest.fixture
def interview_of(day, drive, places, now):
    return interviewed(day, shortlisted(drive, places.danta, now), now)
