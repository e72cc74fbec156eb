"""The menu of each role, and whose part of the organisation a page speaks of."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from applications.domain import readings
from committees.context import navigation
from committees.levels import Role
from tests.factories.committees import make_user
from tests.factories.desk import Places, a_colleague, a_drive, an_application

MENUS = {
    ("state-office", "RJ"): ["applications", "interviews", "committees", "training", "messages"],
    ("district-incharge", "SKR"): ["my", "applications", "committees", "messages", "posters"],
    ("assembly-president", "AC036"): ["committees", "work"],
    ("trainer", "RJ"): ["work"],  # the workshops one leads are a duty, and come with the first of them
    ("reception", "RJ"): ["interviews", "work"],
    ("auditor", "RJ"): ["committees", "messages", "work"],
    ("admin", "RJ"): ["admin", "work"],
}


def menu(user):
    request = RequestFactory().get("/")
    request.user = user
    return navigation(request)["navigation"]


@pytest.mark.parametrize(("post", "code"), MENUS)
def test_each_role_has_its_own_menu(units, now, post, code):
    found = menu(make_user(post, units[code], now))

    assert [item["key"] for item in found["items"]] == MENUS[post, code]


def test_who_was_given_readings_finds_them_by_the_menu(db, now):
    places = Places(now)
    reader = a_colleague(places.booth, Role.MEMBER, now, 7, "पाठक")
    application = an_application(a_drive(places.state, now), places.booth, now)

    readings.give(applications=[application], reader=reader, by=None, now=now)

    assert [item["key"] for item in menu(reader)["items"]] == ["reading", "work"]


def test_the_scope_names_the_slice(units, now):
    assert menu(make_user("district-incharge", units["SKR"], now))["scope"] == "जिला सीकर · 2 विधानसभा"
    assert menu(make_user("auditor", units["RJ"], now))["scope"] == "राजस्थान · 2 जिले"


def test_strangers_have_no_menu_and_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = menu(AnonymousUser())

    assert (found["items"], found["scope"]) == ([], "")
