"""S1–S4: what a page of the form, a press of its buttons and a whole application cost, beside bare Django."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications import consent, steps
from tests.factories.desk import Places, a_drive
from tests.factories.form import SAMPLE
from tests.load import bare
from tests.load.beside import Visitor, milliseconds, say

pytestmark = pytest.mark.bench

# Beside a bare form, both measured in one run: performance.md, 1 and 2.
PRETALX = 680 / 12.1  # CPU of one submission
PRETALX_PAGE = 87 / 18  # its first page


@pytest.fixture
def world(as_served, db):
    now = timezone.now()
    places = Places(now)
    return places, a_drive(places.state, now - timedelta(hours=1))


def typed(places, drive, number=0):
    return {
        "name": {"name": "सुनीता मीणा", "phone": f"98765{number:05}", "on_whatsapp": "on"},
        "area": {"unit": places.booth.pk},
        "about": {"birth_year": "1995", "education": "बी.ए."},
        "work": {"since": "2-5", "roles": "बूथ अध्यक्ष", "work": "घर-घर संपर्क"},
        "social": {"no_links": "on"},
        "writing": {"prompt": drive.prompts.first().pk, "writing": SAMPLE},
        "photo": {"can_come": "yes", "serve_level": "district"},
    }


def address(drive, step):
    return f"/d/{drive.slug}/apply/{step}/"


def filled(handler, places, drive, number=0, until=None):
    """A visitor who has saved the steps before ``until``, or all seven."""
    visitor = Visitor(handler)
    visitor.get(address(drive, "name"))
    for step, answers in typed(places, drive, number).items():
        if step == until:
            break
        status, _headers, page = visitor.post(address(drive, step), **answers)
        assert status == 302, page
    return visitor


def test_each_page_of_the_form_beside_a_bare_form(world):
    places, drive = world
    twin, handler = Visitor(bare.handler()), Visitor().handler
    on_the_way = [filled(handler, places, drive, until=step) for step in steps.STEPS]
    pages = [(Visitor(handler), f"/d/{drive.slug}/")]
    pages += [(who, address(drive, step)) for who, step in zip(on_the_way, steps.STEPS, strict=True)]
    pages += [(filled(handler, places, drive), address(drive, "work"))]

    found = milliseconds(
        lambda: twin.get("/form/"),
        lambda: twin.get("/kept/"),
        *[lambda who=who, page=page: who.get(page) for who, page in pages],
    )

    form, kept, *own = found
    say("S1", "bare form", f"{form:.2f} ms, bare kept page {kept:.2f} ms", "-")
    for (_who, page), taken in zip(pages, own, strict=True):
        say("S1", f"GET {page}", f"{taken:.2f} ms, {form / taken:.1f} × bare form, {kept / taken:.2f} × kept", "5, 0.6")
    middle = sum(own) / len(own)
    say("S1", "all of them", f"{form / middle:.1f} × bare form, {kept / middle:.2f} × bare kept page", "5, 0.6")
    say("S1", "all of them", f"{PRETALX_PAGE * form / middle:.0f} × pretalx's first page", "20")


def test_handing_in_beside_a_bare_post(world):
    places, drive = world
    handler, twin = Visitor().handler, Visitor(bare.handler())
    twin.get("/form/")
    visitors = iter([filled(handler, places, drive, number) for number in range(100)])
    phones = iter(range(10_000))

    def hand_in():
        agreed = {"consent": "on", "version": consent.version()}
        status, headers, page = next(visitors).post(address(drive, "check"), **agreed)
        assert (status, "/a/" in headers["Location"]) == (302, True), page

    def bare_post():
        lines = {f"line{number}": "घर-घर संपर्क" for number in range(bare.FIELDS - 2)}
        assert twin.post("/form/", phone=f"+91{9000000000 + next(phones)}", place="7", **lines)[2] == "kept"

    own, other = milliseconds(hand_in, bare_post, times=10)

    with CaptureQueriesContext(connection) as asked:
        hand_in()
    questions = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    say("S2", "handing in", f"{own:.2f} ms, bare POST {other:.2f} ms, ratio {own / other:.2f}", "1.7")
    say("S2", "queries of handing in", len(questions), "8")


def test_a_whole_application_beside_pretalx(world):
    """All pages from the landing to the receipt. Pretalx took ``PRETALX`` bare forms for its seven requests."""
    places, drive = world
    handler, twin, numbers = Visitor().handler, Visitor(bare.handler()), iter(range(5000, 10_000))

    def apply():
        visitor, number = Visitor(handler), next(numbers)
        visitor.get(f"/d/{drive.slug}/")
        for step, answers in typed(places, drive, number).items():
            visitor.get(address(drive, step))
            assert visitor.post(address(drive, step), **answers)[0] == 302
        visitor.get(address(drive, "check"))
        agreed = {"consent": "on", "version": consent.version()}
        _status, headers, _page = visitor.post(address(drive, "check"), **agreed)
        assert visitor.get(headers["Location"])[0] == 200

    own, form = milliseconds(apply, lambda: twin.get("/form/"), times=5)

    say("S3", "a whole application, 18 requests", f"{own:.0f} ms, 1/{PRETALX * form / own:.0f} of pretalx", "1/20")


def test_a_post_that_fails_beside_a_bare_form(world):
    places, drive = world
    ours, twin = filled(None, places, drive), Visitor(bare.handler())
    wrong = {"name": {"name": "7", "phone": "12"}, "writing": {"writing": "कम"}, "about": {"birth_year": "95"}}

    form, *own = milliseconds(
        lambda: twin.get("/form/"),
        *[lambda step=step, sent=sent: ours.post(address(drive, step), **sent) for step, sent in wrong.items()],
    )

    for step, taken in zip(wrong, own, strict=True):
        say("S4", f"failing POST of {step}", f"{taken:.2f} ms, {taken / form:.2f} × bare form", "at most 2")
