"""What happened to a unit, and where an old address leads."""

from datetime import timedelta

import pytest
from django.test import Client

from committees.domain import tree
from committees.models import Unit
from tests.factories.committees import make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


@pytest.fixture
def moved(units, office, now):
    """The block of Danta Ramgarh hangs below Amber from tomorrow on."""
    tree.move(unit=units["AC036-A"], parent=units["AC046"], by=office, now=now + DAY)


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def test_the_page_tells_what_happened_and_what_was_there_on_a_day(moved, office, now):
    browser = signed_in(office)

    left, came = (browser.get(f"/units/{path}/history/") for path in ("sikar/36", "jaipur/46"))
    on_the_day = browser.get(f"/units/sikar/36/history/?on={now.date()}")

    told = left.content.decode()
    assert [change.kind for change, _facts in left.context["rows"]] == ["moved"]
    assert [change.kind for change, _facts in came.context["rows"]] == ["moved"]
    assert "36 दांतारामगढ़ → 46 आमेर" in told
    assert "विमला शर्मा" in told
    assert [child.code for child in on_the_day.context["children"]] == ["AC036-A"]
    assert browser.get("/units/sikar/36/history/?on=x").context["day"] is None


def test_an_old_address_leads_to_the_same_page_of_the_new_one(moved, units, office, now):
    browser = signed_in(office)
    booth = "reengus/palsana/b-112"

    answers = [browser.get(f"/units/sikar/36/{booth}/{rest}") for rest in ("", "committee/?x=1", "history/")]

    assert [(answer.status_code, answer.headers.get("Location")) for answer in answers] == [
        (301, f"/units/jaipur/46/{booth}/"),
        (301, f"/units/jaipur/46/{booth}/committee/?x=1"),
        (301, f"/units/jaipur/46/{booth}/history/"),
    ]
    assert browser.post(f"/units/sikar/36/{booth}/committee/form/").status_code == 404


def test_an_old_address_tells_strangers_nothing_and_a_present_unit_wins(moved, units, now):
    stranger = signed_in(make_user("district-incharge", units["SKR"], now, "रमेश"))
    assert stranger.get("/units/sikar/36/reengus/").status_code == 404
    words = {"name_hi": "रींगस", "name_en": "Reengus", "by": None, "now": now}

    tree.add_unit(level="block", parent=Unit.objects.get(code="AC036"), code="NEW", **words)

    assert stranger.get("/units/sikar/36/reengus/").context["unit"].code == "NEW"


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_a_fixed_number_of_times(units, office, now, django_assert_num_queries, n):
    for number in range(n):
        tree.rename(unit=units["AC036-A"], name_hi=f"क{number}", name_en=f"K{number}", by=office, now=now)
    browser = signed_in(office)

    with django_assert_num_queries(8):
        browser.get("/units/sikar/36/history/")
