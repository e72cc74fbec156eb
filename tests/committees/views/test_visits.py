"""Visits on the road: by the form, by the phone that waited for a network; the office sees who was where."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from committees.domain import forming, tree, visiting
from committees.models import Unit, Visit, VisitPhoto
from tests.factories.committees import make_holder, make_user
from tests.factories.form import picture

KEY = "0123456789abcdef"


@pytest.fixture
def today(clock, now):
    """The day on which all of this happens."""
    return now


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def incharge(units, today):
    return make_user("district-incharge", units["SKR"], today, "कविता शर्मा")


@pytest.fixture
def phone(incharge):
    return signed_in(incharge)


def said(**changed):
    return {"key": KEY, "unit": "AC036", "on": "2025-11-10", "place": "पलसाना", "met": "12", "note": "", **changed}


def sync(phone, *visits):
    answer = phone.post("/visits/sync", json.dumps({"visits": visits}), content_type="application/json")
    return answer.status_code, answer.json()["done"]


def visited(incharge, unit, today, number=0):
    told = visiting.Told(unit=unit, on=today.date(), place=f"चौपाल {number}", met=5, note="")
    return visiting.log(key=f"visit-{number}", told=told, person=incharge.person, by=incharge, now=today)


def test_a_visit_is_written_by_the_form_alone_then_changed_and_taken_back(phone, incharge, clock):
    bad = phone.post("/visits/", said(place=" ", met=""))
    phone.post("/visits/", said())
    visit = Visit.objects.get()
    old = phone.post(f"/visits/{visit.pk}/", said(on="2024-11-09"))
    phone.post(f"/visits/{visit.pk}/", said(met="14", unit="AC034"))

    assert sorted(bad.context["form"].errors) == ["met", "place"]
    assert (old.context["form"].errors["on"], Visit.objects.values_list("met", "unit__code").get()) == (
        ["पिछले एक साल या अगले दो महीने का कोई दिन चुनिए।"], (14, "AC034"),
    )  # fmt: skip
    clock.shift(timedelta(days=1))
    phone.force_login(incharge)
    late = phone.post(f"/visits/{visit.pk}/", {"do": "withdraw"}, follow=True)
    assert (Visit.objects.count(), "दौरा एक दिन तक ही बदला जा सकता है" in late.content.decode()) == (1, True)
    clock.shift(timedelta(hours=-1))
    phone.post(f"/visits/{visit.pk}/", {"do": "withdraw"})
    assert not Visit.objects.exists()


def test_what_waited_is_taken_once_and_each_is_told_why_not(phone):
    waiting = [said(), said(key="another-key", unit="AC046"), said(key="third-visit", on="2031-01-01")]

    first, again = sync(phone, *waiting), sync(phone, *waiting)

    assert first == again
    assert [(one["key"], bool(one["words"])) for one in first[1]] == [
        (KEY, False), ("another-key", True), ("third-visit", True),
    ]  # fmt: skip
    assert Visit.objects.values_list("unit__code", "place", "met").get() == ("AC036", "पलसाना", 12)


def shot(size=(1600, 1200)):
    return SimpleUploadedFile("me.jpg", picture(size=size), content_type="image/jpeg")


def test_a_photo_by_the_form_is_changed_and_taken_off(phone):
    bad = phone.post("/visits/", said(photo=SimpleUploadedFile("a.jpg", b"<svg/>")))
    phone.post("/visits/", said(photo=shot()))
    page = f"/visits/{Visit.objects.get().pk}/"

    assert bad.context["form"].errors["photo"] == ["फ़ोटो JPG, PNG या WebP हो; यह फ़ाइल इनमें से नहीं है"]
    assert f"{page}small.webp" in phone.get("/visits/").content.decode()
    phone.post(page, said(photo=shot((300, 200))))
    assert VisitPhoto.objects.values_list("width", "height").get() == (300, 200)
    phone.post(page, said(no_photo="on"))
    assert not VisitPhoto.objects.exists()
    assert "small.webp" not in phone.get("/visits/").content.decode()


def test_a_photo_that_waited_comes_with_its_visit_once(phone):
    visits = {"visits": json.dumps({"visits": [said(), said(key="another-key")]})}

    answers = [phone.post("/visits/sync", {**visits, "photo": shot()}) for _time in range(2)]

    assert [answer.json()["done"] for answer in answers] == [[{"key": KEY, "words": ""}]] * 2
    assert VisitPhoto.objects.values_list("visit__key", "width").get()[1] == 1024
    assert phone.post("/visits/sync", {"photo": shot()}).status_code == 422
    broken = phone.post("/visits/sync", {**visits, "photo": SimpleUploadedFile("a.jpg", b"no")}).json()
    assert "JPG" in broken["done"][0]["words"]


def test_a_photo_is_seen_by_who_sees_the_visit(units, phone, incharge, today):
    phone.post("/visits/", said(photo=shot()))
    visit = Visit.objects.get()
    page = f"/visits/{visit.pk}/"
    posts = [("state-office", "RJ"), ("auditor", "RJ"), ("reception", "RJ"), ("district-incharge", "JPR")]
    others = [signed_in(make_user(post, units[code], today)) for post, code in posts]

    seen = [[client.get(f"{page}{name}.webp") for name in ("photo", "small")] for client in (phone, *others)]

    codes = [[answer.status_code for answer in answers] for answers in seen]
    assert codes == [[200, 200], [200, 200], [200, 200], [404, 404], [404, 404]]
    large, small = seen[1]
    assert (large["Content-Type"], "no-store" in large["Cache-Control"]) == ("image/webp", True)
    assert len(small.content) < len(large.content)


@pytest.mark.parametrize("body", ["", "[]", "{", '{"visits": 1}', '{"visits": [1]}', '{"visits": [{"unit": 1}]}'])
def test_what_is_no_visit_is_refused_whole(phone, body):
    answer = phone.post("/visits/sync", body, content_type="application/json")

    assert (answer.status_code, answer.json()) == ({"": 200}.get(body, 422), {"done": []})
    assert not Visit.objects.exists()


def test_the_page_may_stay_on_the_phone_of_who_visits(phone, units, today):
    page, worker = phone.get("/visits/"), phone.get("/visits/sw.js")

    assert (page["X-Desk"], worker["Content-Type"]) == ("keep", "text/javascript; charset=utf-8")
    assert [unit.code for unit in page.context["form"].fields["unit"].queryset] == ["SKR", "AC034", "AC036"]
    reception = signed_in(make_user("reception", units["RJ"], today))
    assert [reception.get(address).status_code for address in ("/visits/", "/visits/sw.js", "/visits/of/")] == [404] * 3


@pytest.mark.parametrize("n", [1, 3])
def test_the_lists_ask_a_fixed_number_of_times(phone, incharge, units, today, django_assert_num_queries, n):
    for number in range(n):
        visited(incharge, units["AC036"], today, number)

    for address, queries in (("/visits/", MINE), ("/visits/of/?unit=sikar/36", OF)):
        with django_assert_num_queries(queries):
            page = phone.get(address)
        assert len(page.context["page"].object_list) == n


MINE, OF = 9, 8


def test_the_visits_of_others_are_seen_from_above_only(units, incharge, today):
    visit = visited(incharge, units["AC036"], today)
    office, neighbour = (
        signed_in(make_user(post, units[code], today))
        for post, code in [("state-office", "RJ"), ("district-incharge", "JPR")]
    )

    assert "चौपाल 0" in office.get("/visits/of/").content.decode()
    assert "चौपाल 0" not in neighbour.get("/visits/of/").content.decode()
    assert neighbour.get("/visits/of/?unit=sikar").status_code == 404
    assert [who.get(f"/visits/{visit.pk}/").status_code for who in (office, neighbour)] == [404, 404]


@pytest.mark.parametrize("n", [1, 3])
def test_the_office_sees_who_is_behind(units, incharge, today, django_assert_num_queries, n):
    for number in range(1, n):
        tree.add_unit(level="district", parent=units["RJ"], code=f"X{number}", **named(number), by=None, now=today)
    forming.make_seats_below(unit=units["RJ"], by=None, now=today)
    for unit in Unit.objects.filter(code__startswith="X"):
        make_holder("district-incharge", unit, today, form_by=today.date())
    office = signed_in(make_user("state-office", units["RJ"], today))
    visited(incharge, units["AC036"], today)

    with django_assert_num_queries(BEHIND):
        page = office.get("/incharges/behind/")

    assert [row.visits for row in page.context["rows"] if row.appointment.person_id == incharge.person_id] == [1]
    assert len(page.context["rows"]) == n
    assert signed_in(incharge).get("/incharges/behind/").status_code == 404


BEHIND = 8


def named(number):
    return {"name_hi": f"क{number}", "name_en": f"K{number}", "slug": f"k{number}"}
