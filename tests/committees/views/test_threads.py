"""An in-charge asks the state office, and both write on; who comes after finds it, a neighbour does not."""

from datetime import timedelta

import pytest
from django.test import Client

from committees.domain import asking, seats
from committees.models import Thread, ThreadLine
from tests.factories.committees import make_user

KEY = "0123456789abcdef0123456789abcdef"
WORDS = "बैठक का ख़र्च कौन देता है?"


@pytest.fixture
def today(clock, now):
    """The day on which all of this happens."""
    return now


@pytest.fixture
def incharge(units, today):
    return make_user("district-incharge", units["SKR"], today, "कविता शर्मा")


@pytest.fixture
def office(units, today):
    return make_user("state-office", units["RJ"], today, "विमला शर्मा")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def asked(incharge, units, today, number=0):
    told = {"unit": units["SKR"], "about": units["AC036"], "words": f"{WORDS} {number}"}
    return asking.ask(key=f"k{number}", by=incharge, now=today + timedelta(minutes=number), **told)


def ask(phone, **changed):
    return phone.post("/ask/", {"key": KEY, "about": "AC036", "words": WORDS, **changed})


def test_the_road_of_a_question(incharge, office, clock):
    phone, desk = signed_in(incharge), signed_in(office)
    assert ask(phone, words=" ").context["form"].errors["words"] == ["थोड़े शब्दों में लिखें"]
    assert ask(phone, about="AC046").context["form"].errors.keys() == {"about"}
    ask(phone)
    ask(phone)  # a second press
    thread = Thread.objects.get()
    page = f"/ask/{thread.pk}/"

    assert (thread.unit.code, thread.about.code) == ("SKR", "AC036")
    home = desk.get("/", follow=True).content.decode()
    assert "प्रभारी का 1 प्रश्न उत्तर की राह देख रहा है" in home
    assert [desk.get(at).context["questions"] for at in ("/incharges/", "/units/")] == [1, 1]
    clock.shift(timedelta(hours=3))
    desk.force_login(office)
    waiting = desk.get("/ask/").content.decode()
    assert all(said in waiting for said in ("सीकर", "कविता शर्मा", "36 दांतारामगढ़", "3 घंटे पहले", WORDS))

    early = desk.post(f"{page}close/", follow=True).content.decode()
    desk.post(page, {"key": KEY, "words": "ज़िला कार्यालय।\n\nरसीद रखें।"})
    assert "पहले उत्तर दें, फिर बंद करें।" in early
    phone.force_login(incharge)
    assert page in phone.get("/my/").content.decode()
    assert "रसीद रखें।" in phone.get(page).content.decode()
    assert page not in phone.get("/my/").content.decode()

    phone.post(page, {"key": KEY[::-1], "words": "ठीक है।"})
    phone.post(f"{page}close/")
    late = desk.post(page, {"key": KEY[1:] + "a", "words": "शुभ हो।"})
    assert late.context["form"].non_field_errors() == ["यह प्रश्न इस बीच बंद हो गया। नया प्रश्न पूछें।"]
    assert "शुभ हो।" in late.content.decode()
    assert list(ThreadLine.objects.values_list("from_office", flat=True)) == [False, True, False]
    assert "कोई प्रश्न उत्तर की राह नहीं देख रहा।" in desk.get("/ask/").content.decode()
    assert WORDS in desk.get("/ask/?show=all").content.decode()


def test_the_unit_keeps_its_questions_and_nobody_beside_it_sees_them(incharge, office, units, today, clock):
    thread = asked(incharge, units, today)
    page = f"/ask/{thread.pk}/"
    seats.end(appointment=incharge.person.appointments.get(), reason="कार्यकाल पूरा", by=None, now=today)
    successor = make_user("district-incharge", units["SKR"], today)
    others = [make_user(post, units[code], today) for post, code in OTHERS]

    assert signed_in(successor).get(page).status_code == 200
    for user in (incharge, *others):
        client = signed_in(user)
        answers = [client.get(page), client.post(page, {"key": KEY, "words": "क"}), client.post(f"{page}close/")]
        assert [answer.status_code for answer in answers] == [404] * 3
        assert WORDS not in client.get("/ask/").content.decode()


OTHERS = [("district-incharge", "JPR"), ("district-president", "SKR"), ("auditor", "RJ"), ("admin", "RJ")]


@pytest.mark.parametrize("n", [1, 3])
def test_the_lists_ask_a_fixed_number_of_times(incharge, office, units, today, django_assert_num_queries, n):
    for number in range(n):
        asked(incharge, units, today, number)

    for user, queries in ((incharge, MINE), (office, OFFICE)):
        client = signed_in(user)
        with django_assert_num_queries(queries):
            page = client.get("/ask/")
        assert len(page.context["page"].object_list) == n


MINE, OFFICE = 8, 7
