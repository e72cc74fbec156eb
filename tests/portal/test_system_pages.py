"""Pages of misfortune: each shows the next step, and keeps what was typed."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from portal import views
from tests.factories.desk import Places, a_drive


@pytest.fixture
def drive(db, now, time_machine):
    time_machine.move_to(now, tick=False)
    return a_drive(Places(now).state, now)


def test_what_is_not_found_is_searched_among_the_open_drives(drive):
    lost = Client().get("/nowhere/").content.decode()
    found = Client().get("/d/", {"q": "rajasthan"}).content.decode()
    nothing = Client().get("/d/", {"q": "सीकर"}).content.decode()

    assert 'action="/d/"' in lost
    assert (drive.title in found, drive.title in nothing) == (True, False)


def test_a_broken_page_keeps_what_was_typed(drive):
    request = RequestFactory().post("/d/pradesh-2025/apply/work/", {"work": "घर-घर संपर्क"})

    page = views.broken(request)

    assert (page.status_code, "घर-घर संपर्क" in page.content.decode()) == (500, True)


def test_outside_one_s_area_it_says_whose_it_is(db):
    assert "प्रदेश कार्यालय देता है" in render_to_string("403.html", {}, RequestFactory().get("/"))


@pytest.mark.parametrize(("language", "words"), [("", "बटन दबाने पर ही"), ("/en", "only with its button")])
def test_what_only_a_button_opens_says_so_instead_of_nothing(drive, language, words):
    page = Client().get(f"{language}/resume/leave/")

    assert (page.status_code, page["Allow"], words in page.content.decode()) == (405, "POST", True)
    assert Client().head("/resume/leave/").status_code == 405
