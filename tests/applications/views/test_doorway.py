"""The page of a drive and the steps of its form are given at the door, and are the same pages."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from applications import steps
from applications.models import Draft, Question
from tests.applications.views.test_apply import ABOUT, NAME, WORK, address, fill, submit
from tests.factories.form import picture

OF_ONE_ANSWER = re.compile(r'(nonce|name="(csrfmiddlewaretoken|page_made|page)" value)="[^"]+"')

pytestmark = pytest.mark.usefixtures("clock")


def test_the_door_gives_the_very_page_of_the_long_way_and_only_to_strangers(client, drive, django_assert_num_queries):
    address = f"/d/{drive.slug}/"
    first = client.get(address)
    with django_assert_num_queries(0):
        again = client.get(address)
    client.cookies["messages"] = "something was said"
    known = client.get(address)

    assert {**again.headers, "Content-Security-Policy": ""} == {**first.headers, "Content-Security-Policy": ""}
    assert again.headers["Content-Security-Policy"] != first.headers["Content-Security-Policy"]
    assert again.content.decode().split("nonce=")[0] == first.content.decode().split("nonce=")[0]
    assert [answer.context is None for answer in (again, known)] == [True, False]


def test_what_changed_is_not_given_at_the_door(client, drive):
    address = f"/d/{drive.slug}/"
    client.get(address)
    drive.title_hi = "नया नाम"
    drive.save()

    page = client.get(address)

    assert "नया नाम" in page.content.decode()


def visitor(**answers):
    """Answers of one who filled in the form so far; values that HTML would break on."""
    return {
        "name": NAME | {"name": '<b>सुनीता</b> "मीणा" & साथी'},
        "work": WORK | {"roles": "</textarea><script>alert(1)</script>", "work": "  \nपहली पंक्ति\nदूसरी & तीसरी"},
        "photo": {"can_come": "yes", "photo": SimpleUploadedFile("a.jpg", picture(), "image/jpeg")},
    } | answers


def by_the_long_way(client, page):
    client.cookies["messages"] = "something was said"
    answer = client.get(page)
    del client.cookies["messages"]
    return answer


def alike(answer):
    return OF_ONE_ANSWER.sub("", answer.content.decode())


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("until", ["name", "area", "work", "check"])
def test_a_step_at_the_door_is_the_very_page_of_the_long_way(drive, places, until, language):
    warm, client = Client(), Client()
    fill(warm, drive, places)
    fill(client, drive, places, until=until, **visitor())

    for step in steps.STEPS:
        page = language + address(drive, step)
        warm.get(page)
        at_the_door, long = client.get(page), by_the_long_way(client, page)

        assert (at_the_door.status_code, at_the_door.headers.get("Location")) == (
            long.status_code,
            long.headers.get("Location"),
        )
        assert alike(at_the_door) == alike(long)
        assert long.status_code == 302 or "Content-Language" in at_the_door.headers


def test_a_step_at_the_door_asks_for_the_draft_and_nothing_else(client, drive, places, django_assert_num_queries):
    fill(client, drive, places, **visitor())
    for step in [step for step in steps.STEPS if step != "area"]:  # there the picker shows where this visitor is
        client.get(address(drive, step))
        with django_assert_num_queries(1):
            again = client.get(address(drive, step))
        assert (again.status_code, again.context) == (200, None)


def test_nobody_is_given_at_the_door_what_another_wrote(drive, places):
    first, second, nobody = Client(), Client(), Client()
    fill(first, drive, places, **visitor())
    fill(second, drive, places, name=NAME | {"name": "गीता बैरवा", "phone": "9876500002"}, about=ABOUT)

    for client, own in [(first, "&lt;b&gt;सुनीता"), (second, "गीता बैरवा"), (first, "&lt;b&gt;सुनीता"), (nobody, "")]:
        page = client.get(address(drive, "name")).content.decode()
        assert [name in page for name in ("&lt;b&gt;सुनीता", "गीता बैरवा")] == [own[:3] == "&lt", own[:3] == "गीत"]


def test_who_has_handed_in_or_comes_too_late_goes_the_long_way(client, drive, places, clock):
    late = Client()
    fill(client, drive, places)
    fill(late, drive, places, until="area", name=NAME | {"phone": "9876500002"})
    assert client.get(address(drive, "work")).status_code == 200

    receipt = submit(client, drive, draft=Draft.objects.first().pk)["Location"]
    assert client.get(address(drive, "work"))["Location"] == receipt
    assert Client().get(address(drive, "work"))["Location"] == address(drive, "name")

    clock.move_to(drive.closes_at - timedelta(seconds=5))
    assert late.get(address(drive, "work")).status_code == 200
    clock.shift(timedelta(seconds=5))
    assert "ले ली" not in late.get(address(drive, "work")).content.decode()
    assert late.get(address(drive, "work")).templates[0].name == "applications/too_late.html"


def test_what_an_admin_changes_is_not_given_at_the_door(client, drive, places):
    fill(client, drive, places)
    client.get(address(drive, "work"))
    Question.objects.create(drive=drive, step="work", order=1, kind="line", label_hi="कौन सा गाँव?")

    for _time in range(2):
        page = client.get(address(drive, "work"))
        assert "कौन सा गाँव?" in page.content.decode()
        assert page.context is not None or "कौन" in page.content.decode()


def test_who_comes_of_age_this_year_finds_the_own_tick_again(client, drive, places):
    edge = ABOUT | {"birth_year": "2007", "adult": "on"}
    fill(client, drive, places, about=edge)
    other = Client()
    fill(other, drive, places, name=NAME | {"phone": "9876500002"})

    for _time in range(2):
        assert 'name="adult"' not in other.get(address(drive, "about")).content.decode()
        page = client.get(address(drive, "about")).content.decode()
        assert re.search(r'name="adult"[^>]* checked', page)
    assert client.post(address(drive, "about"), edge)["Location"] == address(drive, "work")


def test_without_the_database_the_door_says_so_as_the_long_way_does(drive, places):
    client = Client(raise_request_exception=False)
    fill(client, drive, places)
    client.get(address(drive, "work"))

    def refuse(execute, sql, params, many, context):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        assert client.get(address(drive, "work")).status_code == 503
