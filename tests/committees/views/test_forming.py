"""Filling posts: the number first; in-charges; each one's home."""

import pytest

from committees.domain import proposing
from committees.models import Appointment, Nomination
from portal.models import Event, Notice, Person
from tests.factories.committees import make_holder, make_person, make_user

FORM = "/units/sikar/36/committee/form/"


@pytest.fixture
def incharge(client, units, now):
    user = make_user("district-incharge", units["SKR"], now, "कविता शर्मा")
    client.force_login(user)
    return user


@pytest.fixture
def office(client, units, now):
    user = make_user("state-office", units["RJ"], now)
    client.force_login(user)
    return user


def chair(unit, post):
    return unit.seats.filter(post__code=post).order_by("number").first()


def test_a_known_person_is_two_steps_away(client, units, incharge, now):
    known = make_person(now, "रमेश सैनी", phone="9829055555")
    page = f"{FORM}{chair(units['AC036'], 'assembly-president').pk}/"

    found = client.post(page, {"phone": "+91 ९८२९० 55555", "find": "1"})
    assert "रमेश सैनी" in found.content.decode()
    done = client.post(page, {"phone": "9829055555", "seat": "1", "who": "0", "term_ends": "2099-03-31", "ask": "on"})

    assert done.url == FORM
    line = Nomination.objects.get(seat__post__code="assembly-president")
    assert (line.person, line.proposal.term_ends.isoformat()) == (known, "2099-03-31")
    assert Notice.objects.filter(template="consent", phone=known.phone).count() == 1


def test_an_in_charge_may_appoint_at_once(client, units, incharge, now):
    known = make_person(now, "रमेश सैनी", phone="9829055555")
    page = f"{FORM}{chair(units['AC036'], 'assembly-president').pk}/"

    client.post(page, {"phone": "9829055555", "now": "1", "who": "0", "term_ends": "2099-03-31"})

    appointment = Appointment.objects.get(seat__post__code="assembly-president")
    assert (appointment.person, appointment.term_ends.isoformat()) == (known, "2099-03-31")


def test_a_new_person_is_written_down_with_the_line(client, units, incharge):
    page = f"{FORM}{chair(units['AC036'], 'assembly-member').pk}/"
    answers = {
        "phone": "9829055556",
        "seat": "1",
        "who": "new",
        "name": "पूजा  कंवर",
        "birth_year": "1995",
        "gender": "W",
    }

    client.post(page, answers)

    person = Nomination.objects.get(seat__post__code="assembly-member").person
    assert (person.name, person.phone, person.birth_year, person.gender) == ("पूजा कंवर", "+919829055556", 1995, "W")


def test_a_family_member_gets_a_share_of_the_phone(client, units, incharge, now):
    make_person(now, "रमेश सैनी", phone="9829055555")
    page = f"{FORM}{chair(units['AC036'], 'assembly-member').pk}/"

    client.post(page, {"phone": "9829055555", "seat": "1", "who": "new", "name": "सरोज सैनी"})

    assert Nomination.objects.get(seat__post__code="assembly-member").person.share == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"phone": "98290", "find": "1"}, "मोबाइल नंबर 10 अंकों का होना चाहिए"),
        ({"phone": "9829055559", "seat": "1"}, "चुनें कि ये कौन हैं"),
        ({"phone": "9829055559", "seat": "1", "who": "new", "name": " "}, "पूरा नाम लिखें"),
        ({"phone": "9829055559", "seat": "1", "who": "new", "name": "क", "birth_year": "2024"}, "कम से कम 18 वर्ष"),
        ({"phone": "9829055559", "seat": "1", "who": "new", "name": "क", "term_ends": "2020-01-01"}, "आज के बाद"),
        ({"phone": "9829055559", "seat": "1", "who": "7", "name": "क"}, "त्रुटि"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_kept(client, units, incharge, answers, words):
    people = Person.objects.count()

    page = client.post(f"{FORM}{chair(units['AC036'], 'assembly-member').pk}/", answers)

    assert page.status_code == 200
    assert words in page.content.decode() or words == "त्रुटि"
    assert Person.objects.count() == people


def test_a_list_that_is_with_others_is_not_written(client, units, incharge, now):
    seat = chair(units["AC036"], "assembly-president")
    proposal = proposing.begin(unit=units["AC036"], purpose="committee", by=incharge, now=now)
    proposing.nominate(proposal=proposal, seat=seat, person=make_person(now), by=incharge, now=now)
    proposing.send(proposal=proposal, by=incharge, now=now)

    answer = client.post(f"{FORM}{seat.pk}/", {"phone": "9829055555", "find": "1"}, follow=True)

    assert "किसी साथी ने इसे अभी-अभी बदला है" in answer.content.decode()


def test_relieving_needs_a_reason(client, units, incharge, now):
    held = make_holder("assembly-president", units["AC036"], now)

    client.post(f"{FORM}{held.seat.pk}/end/", {"reason": ""})
    assert Appointment.objects.get(pk=held.pk).until is None
    client.post(f"{FORM}{held.seat.pk}/end/", {"reason": "त्यागपत्र"})

    assert Appointment.objects.get(pk=held.pk).ended_because == "त्यागपत्र"


def test_nobody_fills_posts_that_only_others_give(client, units, incharge, now):
    own_chair = chair(units["SKR"], "district-incharge").pk
    office_chair = chair(units["RJ"], "state-office").pk
    elsewhere = chair(units["AC046"], "assembly-member").pk

    pages = [f"/units/sikar/committee/form/{own_chair}/", f"/units/sikar/committee/form/{own_chair}/end/",
             f"/units/committee/form/{office_chair}/", f"{FORM}{elsewhere}/",
             f"/units/jaipur/46/committee/form/{elsewhere}/"]  # fmt: skip
    assert [client.post(page, {"phone": "9829055555"}).status_code for page in pages] == [404] * 5


def test_the_state_office_makes_no_administrators_but_an_administrator_does(client, units, office, now):
    admin_chair = next(seat for seat in units["RJ"].seats.filter(post__code="admin"))
    page = f"/units/committee/form/{admin_chair.pk}/"
    assert client.get(page).status_code == 404

    client.force_login(make_user("admin", units["RJ"], now))

    form = client.get("/units/committee/form/")
    assert form.context["committee"] == []
    assert {seat.post.role for seat in form.context["office"]} == {
        "admin", "state_office", "auditor", "trainer", "reception",
    }  # fmt: skip


def test_the_office_has_the_tree_for_a_home_and_members_their_work(client, units, office, now):
    assert client.get("/my/").url == "/units/"

    client.force_login(make_user("assembly-president", units["AC036"], now, "कविता शर्मा"))

    assert "विधानसभा अध्यक्ष" in client.get("/work/").content.decode()
    assert client.get("/my/").url == "/units/"


def test_typing_numbers_to_learn_names_ends_soon_and_leaves_a_trace(client, units, incharge, now, monkeypatch):
    monkeypatch.setattr("committees.views.filling.LOOKED_UP", 2)
    member = make_holder("district-member", units["SKR"], now, make_person(now, "कमला देवी", "9829077777"))
    page = f"/units/sikar/committee/form/{units['SKR'].seats.vacant(now).of_committee().first().pk}/"

    answers = [client.post(page, {"phone": phone, "find": "1"}) for phone in ("9829077777", "9829077778", "9829077779")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    seen = Event.objects.filter(verb="looked up by number").values_list("thing", "by")
    assert list(seen) == [(str(member.person_id), incharge.pk)]
