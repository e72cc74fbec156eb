"""The office's page of in-charges: fill, choose, review, a second person; one district alone; what is handed over."""

import pytest

from committees.domain import seats, tallying
from committees.models import Appointment, Nomination, Proposal, Visit
from tests.factories.committees import make_holder, make_person, make_user

DATES = {"term_ends": "2099-03-31", "form_by": "2098-12-01"}
PAGE = "/incharges/"


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


@pytest.fixture
def second(units, now):
    return make_user("state-office", units["RJ"], now, "राजेश गुप्ता")


@pytest.fixture
def people(units, now):
    homes = {"सीता मीणा": "JPR", "रमेश सैनी": "SKR"}
    return {
        name: make_holder("district-member", units[code], now, make_person(now, name)).person
        for name, code in homes.items()
    }


@pytest.fixture
def at_office(client, office):
    client.force_login(office)
    return client


def lines():
    rows = Nomination.objects.select_related("person", "seat__unit")
    return {line.seat.unit.code: (line.person.name, line.is_locked) for line in rows}


def test_the_list_is_filled_seen_by_another_and_its_letters_leave(at_office, units, people, office, second):
    first = at_office.get(PAGE).content.decode()
    assert ("गृह जिला नहीं" in first, "रमेश सैनी" in first) == (True, True)
    at_office.post(PAGE, {"act": "fill"})
    assert lines() == {"JPR": ("रमेश सैनी", False), "SKR": ("सीता मीणा", False)}

    review = f"/incharges/review/{Proposal.objects.get().pk}/"
    version = at_office.get(review).context["proposal"].version
    at_office.post(review, DATES | {"act": "send", "version": version})
    assert at_office.post(review, {"act": "agree"}).status_code == 200
    assert not Appointment.objects.filter(seat__post__role="incharge").exists()

    at_office.force_login(second)
    assert review in at_office.get(PAGE).content.decode()
    version = at_office.get(review).context["proposal"].version
    assert at_office.post(review, {"act": "agree", "version": version}).url == PAGE
    given = Appointment.objects.filter(seat__post__role="incharge").values_list("person__name", "form_by")
    assert sorted((name, day.isoformat()) for name, day in given) == [
        ("रमेश सैनी", "2098-12-01"), ("सीता मीणा", "2098-12-01"),
    ]  # fmt: skip


def test_each_button_of_a_line(at_office, units, people):
    home = f"{PAGE}?home=any&most=2"
    rows = at_office.get(home).context["rows"]
    for row, name in zip(rows, ("सीता मीणा", "रमेश सैनी"), strict=True):
        key = f"p{people[name].pk}"
        at_office.post(home, {"act": f"choose:{key}", "seat": row.chair.seat.pk})
    assert lines() == {"JPR": ("सीता मीणा", True), "SKR": ("रमेश सैनी", True)}
    jaipur, sikar = (Nomination.objects.get(seat__unit=units[code]).pk for code in ("JPR", "SKR"))

    assert f"swap:{jaipur}" in at_office.get(f"{PAGE}?swap={jaipur}").content.decode()
    at_office.post(PAGE, {"act": f"swap:{jaipur}", "with": sikar})
    assert lines() == {"JPR": ("रमेश सैनी", True), "SKR": ("सीता मीणा", True)}
    at_office.post(PAGE, {"act": f"unlock:{jaipur}"})
    assert lines()["JPR"] == ("रमेश सैनी", False)
    at_office.post(PAGE, {"act": f"drop:{jaipur}"})
    at_office.post(home, {"act": f"pass:{sikar}"})
    assert lines() == {"SKR": ("रमेश सैनी", False)}
    assert [at_office.post(PAGE, {"act": act}).status_code for act in ("pass:x", "pass:²", "no:1")] == [404] * 3
    assert at_office.post(PAGE, {"act": f"drop:{jaipur}"}).status_code == 404


def test_a_district_whom_nobody_fits_names_the_rule_that_would_help(at_office, units, now):
    make_holder("district-member", units["SKR"], now, make_person(now, "रमेश सैनी"))

    page = at_office.get(PAGE)

    sikar = next(row for row in page.context["rows"] if row.chair.unit.code == "SKR")
    assert (sikar.offers, sikar.wider) == ([], [("गृह जिला: कोई भी", "?home=any&most=2")])
    assert "?home=any&amp;most=2" in page.content.decode()


def test_a_list_sent_back_says_why_and_may_be_sent_again(at_office, people, office, second):
    at_office.post(PAGE, {"act": "fill"})
    review = f"/incharges/review/{Proposal.objects.get().pk}/"
    at_office.post(review, DATES | {"act": "send"})
    at_office.post(PAGE, {"act": "fill"})
    assert "दूसरे व्यक्ति के पास" in at_office.get(PAGE).content.decode()
    at_office.force_login(second)

    assert at_office.post(review, {"act": "back", "reason": ""}).status_code == 200
    at_office.post(review, {"act": "back", "reason": "सीकर पर फिर सोचें"})

    at_office.force_login(office)
    assert "सीकर पर फिर सोचें" in at_office.get(PAGE).content.decode()
    at_office.post(review, {"act": "send"} | DATES)
    at_office.post(review, {"act": "take"})
    at_office.post(review, {"act": "discard"})
    assert Proposal.objects.get().status == "DROPPED"


def test_one_district_alone_takes_two_people_too(at_office, units, people, second):
    person = people["सीता मीणा"]
    answers = DATES | {"who": f"p{person.pk}"}

    check = at_office.post("/incharges/sikar/", answers)
    assert check.context["check"]["known"].person == person
    assert at_office.post("/incharges/sikar/", answers | {"confirm": "1"}).url == PAGE
    assert not Appointment.objects.filter(seat__post__role="incharge").exists()
    assert "/incharges/review/" in at_office.get("/incharges/sikar/").content.decode()
    assert [at_office.get(PAGE).context[name] for name in ("vacant", "listed")] == [1, 1]

    at_office.force_login(second)
    at_office.post(f"/incharges/review/{Proposal.objects.get().pk}/", {"act": "agree"})
    appointment = Appointment.objects.get(seat__post__role="incharge")
    assert (appointment.person, appointment.form_by.isoformat()) == (person, "2098-12-01")


def test_an_in_charge_may_be_anyone_with_a_number_and_follows_for_a_reason(at_office, units, second, now):
    make_user("district-incharge", units["SKR"], now, "कविता शर्मा")
    answers = DATES | {"who": "other", "phone": "98290 66666", "name": "मोहन लाल", "confirm": "1"}

    assert "कारण कुछ शब्दों में लिखें" in at_office.post("/incharges/sikar/", answers).content.decode()
    at_office.post("/incharges/sikar/", answers | {"instead_because": "दूसरा दायित्व"})
    at_office.force_login(second)
    review = f"/incharges/review/{Proposal.objects.get().pk}/"
    assert "दूसरा दायित्व" in at_office.get(review).content.decode()
    at_office.post(review, {"act": "agree"})

    assert Appointment.objects.get(seat__post__role="incharge", until=None).person.name == "मोहन लाल"


def test_what_is_handed_over(at_office, units, now):
    former = make_holder("district-incharge", units["SKR"], now, make_person(now, "कविता शर्मा"), accepted=True)
    make_holder("district-member", units["SKR"], now, make_person(now, "हरि सिंह"))
    Visit.objects.create(
        key="v1", unit=units["AC036"], person=former.person, on=now.date(), place="पलसाना चौक", met=12, made_at=now
    )
    seats.end(appointment=former, reason="दूसरा दायित्व", by=None, now=now)
    present = make_user("district-incharge", units["SKR"], now, "मोहन लाल")

    text = at_office.get("/incharges/sikar/left/").content.decode()

    told = ["कविता शर्मा", "मोहन लाल", "पलसाना चौक", "हरि सिंह", "दांतारामगढ़", "?district=sikar&amp;status=SUBMITTED"]
    assert [words for words in told if words not in text] == []
    at_office.force_login(present)
    assert at_office.get("/incharges/sikar/left/").status_code == 200
    assert at_office.get("/incharges/jaipur/left/").status_code == 404


def test_the_office_sees_who_is_silent_and_who_is_behind(at_office, units, clock, now):
    clock.shift(-30 * 86400)
    early = now.fromtimestamp(now.timestamp() - 30 * 86400, now.tzinfo)
    make_holder("district-incharge", units["JPR"], early, make_person(now, "मोहन लाल"), form_by=early.date())
    clock.move_to(now)
    tallying.count_all(now=now)

    rows = at_office.get(PAGE).context["rows"]

    assert [(row.state, row.pace and row.pace.is_behind) for row in rows] == [("silent", True), ("vacant", None)]
