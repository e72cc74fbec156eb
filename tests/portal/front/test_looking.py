"""An administrator sees a page with another's eyes, changes nothing, and the log knows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application
from committees.domain import letters
from portal.models import Event
from tests.factories import sunday
from tests.factories.everyone import PHONE

pytestmark = pytest.mark.django_db
NOW = sunday.at(11)


@pytest.fixture
def looks_as(everyone, time_machine):
    """The administrator's browser after choosing whose eyes."""
    time_machine.move_to(NOW, tick=False)

    def begin(role):
        browser = everyone.browser("admin")
        browser.post("/admin/look/", {"user": everyone.users[role].pk, "reason": "शिकायत की जाँच"})
        return browser

    return begin


def verbs(everyone):
    rows = Event.objects.filter(by=everyone.users["admin"]).order_by("pk")
    return [(row.verb, row.thing, row.data) for row in rows if "look" in row.verb]


def test_one_sees_the_other_s_page_with_a_banner_and_goes_back(everyone, looks_as):
    browser, incharge = looks_as("incharge"), everyone.users["incharge"]

    page = browser.get("/en/my/", follow=True).content.decode()
    browser.post(reverse("admin:look-end"))

    assert "You see what incharge sees, until 11:30" in page
    assert browser.get("/admin/").status_code == 200
    assert verbs(everyone) == [
        ("looked as", str(incharge.pk), {"reason": "शिकायत की जाँच"}),
        ("stopped looking as", str(incharge.pk), {}),
    ]


def test_nothing_can_be_changed(everyone, looks_as):
    browser, application = looks_as("office"), everyone.applications[0]
    before = Event.objects.count()

    refused = browser.post(reverse("applications:application-move", args=[application.ref]), {"to": "REJECTED"})

    assert refused.status_code == 403
    assert Application.objects.get(pk=application.pk).status == application.status
    assert Event.objects.count() == before


def test_marks_decisions_and_whole_numbers_stay_hidden(everyone, looks_as):
    office, panel = looks_as("office"), everyone.day.address

    page = office.get(reverse("applications:application", args=[everyone.applications[0].ref]))

    there = page.content.decode()
    assert page.status_code == 200
    assert PHONE[-10:] not in there.replace(" ", "")
    assert office.get(reverse("interviews:results", args=panel)).status_code == 404
    assert office.get(reverse("committees:jobs")).status_code == 403


def test_personal_links_are_not_lent(everyone, looks_as):
    browser, [held] = looks_as("incharge"), everyone.users["incharge"].person.appointments.filter(until=None)
    token = letters.token_of(held)

    pages = [browser.get(address, follow=True) for address in ("/my/", "/work/")]

    assert [(page.status_code, token in page.content.decode()) for page in pages] == [(200, False)] * 2
    theirs = ["/s/-/", "/s/-/leave/", "/me/", "/me/my-data.json", "/train/mine/"]
    assert [browser.get(address).status_code for address in theirs] == [403] * 5


def test_it_ends_by_itself(everyone, looks_as, time_machine):
    browser = looks_as("incharge")
    time_machine.move_to(NOW + timedelta(minutes=31), tick=False)

    answer = browser.get("/admin/")

    assert answer.status_code == 200
    assert [verb for verb, _thing, _data in verbs(everyone)] == ["looked as", "stopped looking as"]


@pytest.mark.parametrize("role", ["admin", "panel"])
def test_no_administrator_and_nobody_without_a_post_lends_their_eyes(everyone, looks_as, role):
    looks_as(role)

    assert verbs(everyone) == []
