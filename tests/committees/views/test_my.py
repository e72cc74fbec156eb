"""The in-charge's home: a headline, what comes next, each level, and the first days."""

from datetime import timedelta

import pytest
from django.test import Client

from committees.domain import seats, tallying, visiting
from tests.factories.committees import make_holder, make_person

QUERIES = 28


@pytest.fixture
def today(clock, now):
    """The day on which all of this happens."""
    return now


@pytest.fixture
def given(units, today):
    """Sikar in the hands of Kavita, for three weeks."""
    kavita = make_person(today, "कविता शर्मा")
    return make_holder("district-incharge", units["SKR"], today, kavita, form_by=today.date() + timedelta(days=12))


@pytest.fixture
def home(given):
    client = Client()
    client.force_login(given.person.user)
    return client


def form(unit, now):
    for seat in unit.seats.of_committee():
        make_holder(seat.post.code, unit, now, make_person(now, "अध्यक्ष जी"), accepted=True)


def first_days(page):
    return [bool(done) for _words, _address, done in page.context["first_days"]]


def test_the_first_day_welcomes_and_tells_what_comes_next(home, today, given):
    page = home.get("/my/")

    assert page.context["headline"] == "सीकर: 2 में से 0 विधानसभा समिति बनी · 12 दिन बाकी"
    assert (first_days(page), len(page.context["steps"])) == ([False] * 4, 3)
    assert "आपने यह नियुक्ति अभी स्वीकार नहीं की है।" in page.content.decode()
    assert (home.get("/my/sikar/").status_code, home.get("/my/jaipur/").status_code) == (200, 404)


def test_the_steps_of_the_first_days_are_ticked_off(home, units, today, given):
    seats.accept(appointment=given, now=today)
    make_holder("assembly-president", units["AC034"], today)
    told = visiting.Told(unit=units["AC034"], on=today.date(), place="धोद", met=9, note="")
    visiting.log(key="the-first", told=told, person=given.person, by=given.person.user, now=today)

    page = home.get("/my/")

    assert first_days(page) == [True, True, False, True]
    assert "10 नवंबर 2025 · <b>धोद</b> · 34 धोद" in page.content.decode()


def test_who_is_behind_is_told_so_and_what_to_begin_with(home, units, given, clock):
    clock.shift(timedelta(days=13))
    home.force_login(given.person.user)

    page = home.get("/my/")

    assert page.context["headline"] == "सीकर: 2 में से 0 विधानसभा समिति बनी · तिथि बीत चुकी है"
    assert page.context["is_late"]
    assert page.context["steps"][0].url == "/units/sikar/committee/form/"


def test_when_all_stand_there_is_something_to_share(home, units, today, given):
    for code in ("SKR", "AC034", "AC036", "AC036-A", "AC036-A-M1", "AC036-P112"):
        form(units[code], today)
    tallying.count_all(now=today)

    page = home.get("/my/")

    assert (page.context["done"], page.context["steps"]) == (True, [])
    assert [task.status for task in page.context["tasks"]] == ["done"] * 4
    assert "https://wa.me/?text=%E0%A4%B8%E0%A5%80%E0%A4%95%E0%A4%B0" in page.content.decode()


@pytest.mark.parametrize("chairs", [1, 2])
def test_the_home_asks_a_fixed_number_of_times(home, units, today, django_assert_num_queries, chairs):
    for code in ("AC034", "AC036")[:chairs]:
        make_holder("assembly-president", units[code], today)
    home.get("/my/")

    with django_assert_num_queries(QUERIES):
        page = home.get("/my/")

    assert len(page.context["below"]) == chairs


def test_the_home_may_stay_on_the_phone_and_every_page_can_make_it_forget(home, units, given, today):
    worker = '<script src="/static/copies.js"'
    before, page, after = home.get("/work/"), home.get("/my/"), home.get("/work/")

    assert (page["X-Desk"], home.cookies["copies"].value) == ("keep", str(given.person.user.pk))
    assert home.cookies["copies"]["httponly"]
    assert [worker in one.content.decode() for one in (before, page, after)] == [False, True, True]
    assert 'data-worker="/my/sw.js"' in page.content.decode()
    assert home.get("/my/sw.js")["Content-Type"] == "text/javascript; charset=utf-8"
    assert "X-Desk" not in home.get("/my/sikar/")

    other = make_holder("district-president", units["SKR"], today)
    home.force_login(other.person.user)
    assert "data-forget" in home.get("/work/").content.decode()
    assert home.get("/my/sw.js").status_code == 404
    home.logout()
    home.cookies["copies"] = str(given.person.user.pk)
    assert "data-forget" in home.get("/login/").content.decode()
