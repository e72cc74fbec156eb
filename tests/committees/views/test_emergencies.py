"""An administrator sees more for an hour, when a second person agreed, and everybody knows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal import emergencies
from portal.models import BreakGlass, Event, Notice
from tests.factories import sunday

PAGE = "/admin/emergency/"


@pytest.fixture
def world(everyone, clock):
    emergencies.end(glass=everyone.glass, by=everyone.users["admin"], now=sunday.at(10))
    clock.move_to(sunday.at(11))
    return everyone


@pytest.fixture
def admin(world):
    return world.browser("admin")


@pytest.fixture
def office(world):
    return world.browser("office")


def asked(admin):
    admin.post(PAGE, {"reason": "एक आवेदन खुलता नहीं"})
    return BreakGlass.objects.latest("pk")


def pages(world):
    ref = world.applications[0].ref
    return [f"/office/applications/{ref}/", "/office/interviews/2025-11-16/rajya/results/", "/office/applications/"]


def test_an_hour_begins_with_the_second_persons_word_and_ends_by_itself(world, admin, office, clock):
    glass, addresses = asked(admin), pages(world)
    assert [admin.get(address).status_code for address in addresses] == [404, 404, 404]

    office.post(f"/emergencies/{glass.pk}/agree/")
    during = [admin.get(address) for address in addresses]
    clock.shift(timedelta(minutes=61))
    after = [admin.get(address).status_code for address in addresses]

    assert [answer.status_code for answer in during] == [200, 200, 200]
    assert all("आपात पहुँच" in answer.content.decode() for answer in during)
    assert after == [404, 404, 404]
    looked = Event.objects.filter(verb="looked in an emergency", thing=str(glass.pk)).order_by("pk")
    assert [event.data["path"] for event in looked] == addresses


def test_the_whole_number_is_shown_and_nothing_can_be_changed(world, admin, office):
    glass, ref = asked(admin), world.applications[0].ref
    office.post(f"/emergencies/{glass.pk}/agree/")

    shown = admin.post(f"/office/applications/{ref}/number/", {"why": "check"})
    refused = [
        admin.post(f"/office/applications/{ref}/move/", {"to": "SELECTED"}).status_code,
        admin.post("/office/applications/export/", {"column": ["name"]}).status_code,
        admin.post("/office/interviews/2025-11-16/rajya/results/propose/", {}).status_code,
    ]

    assert "98765 00777" in shown.content.decode()
    assert refused == [404, 404, 404]


def test_it_ends_by_a_press_of_either(world, admin, office):
    glass, address = asked(admin), pages(world)[0]
    office.post(f"/emergencies/{glass.pk}/agree/")
    assert admin.get(address).status_code == 200

    office.post(f"/emergencies/{glass.pk}/end/")

    assert admin.get(address).status_code == 404


def test_only_the_session_that_asked_sees_more(world, admin, office):
    glass = asked(admin)
    office.post(f"/emergencies/{glass.pk}/agree/")

    assert world.browser("admin").get(pages(world)[0]).status_code == 404


def test_nobody_agrees_alone_or_twice(world, admin, office, now):
    glass = asked(admin)

    assert admin.post(f"/emergencies/{glass.pk}/agree/").status_code == 404
    with pytest.raises(emergencies.SamePerson):
        emergencies.agree(glass=glass, watchers=[], by=world.users["admin"], now=sunday.at(11))
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=glass.pk).update(agreed_by=world.users["admin"])
    emergencies.agree(glass=glass, watchers=[], by=world.users["office"], now=sunday.at(11))
    with pytest.raises(emergencies.NotWaiting):
        emergencies.agree(glass=glass, watchers=[], by=world.users["conflicted"], now=sunday.at(11))
    with pytest.raises(emergencies.AlreadyAsked):
        emergencies.ask(reason="फिर से", watchers=[], by=world.users["admin"], now=sunday.at(11))


def test_auditors_and_state_office_are_told_and_see_what_was_looked_at(world, admin, office):
    glass = asked(admin)
    office.post(f"/emergencies/{glass.pk}/agree/")
    admin.get(pages(world)[0])

    told = {
        template: set(Notice.objects.filter(template=template).values_list("phone", flat=True))
        for template in ("emergency_asked", "emergency_begun")
    }
    page = world.browser("auditor").get("/emergencies/").content.decode()

    watchers = {world.users[role].person.phone for role in ("office", "conflicted", "auditor")}
    assert told == {"emergency_asked": watchers, "emergency_begun": watchers}
    assert pages(world)[0] in page
    assert "/agree/" not in page
