"""Plans by pages: one of the state office makes one, another agrees, undoing takes both; nobody else sees them."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from committees.models import Plan, Unit
from tests.factories.committees import make_user

pytestmark = pytest.mark.django_db
FILE = b"old,new,name_hi,name_en,mandal\n112,113,,,\n,114,\xe0\xa4\x95,K,AC036-A-M1\n"


@pytest.fixture
def browsers(units, now):
    """Two of the state office and the in-charge of Sikar, each at a screen."""
    posts = {"one": ("state-office", "RJ"), "two": ("state-office", "RJ"), "sikar": ("district-incharge", "SKR")}
    seen = {name: Client() for name in posts}
    for name, (post, code) in posts.items():
        seen[name].force_login(make_user(post, units[code], now, name))
    with time_machine.travel(now, tick=False):
        yield seen


def planned(browser, kind, unit, **sent):
    return browser.post(f"/units/plans/new/{kind}/?unit={unit}", {"effective_on": "2025-11-10", **sent})


def test_a_plan_is_made_seen_agreed_to_and_undone(browsers):
    planned(browsers["one"], "renumber", "AC036", file=SimpleUploadedFile("booths.csv", FILE))
    page = Plan.objects.get().key.join(["/units/plans/", "/"])
    own, other = (browsers[name].get(page).content.decode() for name in ("one", "two"))

    agreed = browsers["two"].post(f"{page}agree/", follow=True).content.decode()

    assert ("सहमति दें और अभी लागू करें" in own, "सहमति दें और अभी लागू करें" in other) == (False, True)
    assert "booths.csv" in agreed
    assert list(Unit.objects.filter(level="booth").values_list("number", flat=True).order_by("number")) == [113, 114]
    asked = browsers["two"].post(f"{page}undo-asked/", follow=True).content.decode()
    browsers["two"].post(f"{page}undo/")
    assert ("सब वापस लें" in asked, Unit.objects.filter(level="booth").count()) == (False, 2)
    browsers["one"].post(f"{page}undo/")
    assert Unit.objects.get(level="booth").number == 112


def test_each_kind_is_chosen_on_a_page(browsers, now):
    new = {"name_hi": "नया", "name_en": "New", "number": 500, "code": "AC500", "children": ["AC036-A"]}

    for kind, unit, sent in (
        ("merge", "AC036", {"gone": ["AC034"]}),
        ("split", "AC036", new),
        ("move", "AC036", {"to": "JPR"}),
    ):
        assert browsers["one"].get(f"/units/plans/new/{kind}/?unit={unit}").status_code == 200
        assert planned(browsers["one"], kind, unit, **sent).status_code == 302

    assert [plan.kind for plan in Plan.objects.order_by("pk")] == ["merge", "split", "move"]
    listed = browsers["two"].get("/units/plans/?q=sikar")
    assert len(listed.context["plans"]) == 3
    assert "SKR" in {unit.code for unit in listed.context["found"]}


def test_a_wrong_file_is_told_by_row_and_column(browsers):
    bad = SimpleUploadedFile("b.csv", FILE.replace(b"112,", b"999,").replace(b"M1", b"M9"))

    answer = planned(browsers["one"], "renumber", "AC036", file=bad)

    assert answer.status_code == 422
    assert [problem[:2] for problem in answer.context["problems"]] == [(2, "old"), (3, "mandal")]
    assert not Plan.objects.exists()


def test_plans_are_not_there_for_others_nor_agreed_to_by_their_maker(browsers):
    planned(browsers["one"], "move", "AC036", to="JPR")
    page = Plan.objects.get().key.join(["/units/plans/", "/"])

    answers = [
        browsers["sikar"].get("/units/plans/"),
        browsers["sikar"].get(page),
        planned(browsers["sikar"], "move", "AC036"),
    ]
    answers += [browsers["sikar"].post(f"{page}{act}/") for act in ("agree", "drop", "undo", "undo-asked")]
    answers.append(browsers["one"].post(f"{page}agree/"))

    assert [answer.status_code for answer in answers] == [404] * 8
    assert Plan.objects.get().applied_at is None


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_a_fixed_number_of_times(browsers, django_assert_num_queries, n):
    for to in ["JPR"] * n:
        planned(browsers["one"], "move", "AC036", to=to)

    with django_assert_num_queries(6):
        browsers["one"].get("/units/plans/")
