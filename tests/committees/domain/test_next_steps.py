"""What comes next is told by the committees themselves: three steps, and how each level stands."""

from datetime import timedelta

import pytest

from committees import reports
from committees.domain import next_steps, proposing, tallying
from tests.factories.committees import make_holder, make_person, make_user


@pytest.fixture
def sikar(units):
    return units["SKR"]


def steps(unit, now, **waiting):
    rows = reports.coverage(unit, now)
    for row in rows:
        row.waiting, row.desk = waiting.get(row.unit.code, 0), "here"
    return [(step.text, step.url, step.button) for step in next_steps.steps(unit=unit, rows=rows, now=now)]


def tasks(unit, *, late=False):
    return [(task.level, task.status, task.done, task.why) for task in next_steps.tasks(unit, late=late)]


def sent_back(unit, units, now):
    incharge, office = (make_user(post, units[code], now) for post, code in [("district-incharge", "SKR"), OFFICE])
    proposal = proposing.begin(unit=unit, purpose="committee", by=incharge, now=now)
    chair = unit.seats.of_committee().in_order().first()
    proposing.nominate(proposal=proposal, seat=chair, person=make_person(now), by=incharge, now=now)
    proposing.send(proposal=proposal, by=incharge, now=now)
    proposing.send_back(proposal=proposal, because="पहले बात करें", reasons={}, by=office, now=now)


OFFICE = ("state-office", "RJ")


def test_where_nothing_is_begun_the_highest_chair_comes_first_then_the_emptiest(sikar, now):
    assert steps(sikar, now) == [
        ("जिला सीकर: जिला अध्यक्ष खाली", "/units/sikar/committee/form/", "पद भरें"),
        ("34 धोद: 11 में से 0 पद भरे", "/units/sikar/34/committee/form/", "गठन शुरू करें"),
        ("36 दांतारामगढ़: 11 में से 0 पद भरे", "/units/sikar/36/committee/form/", "गठन शुरू करें"),
    ]
    make_holder("district-president", sikar, now)
    assert steps(sikar, now) == [
        ("विधानसभा 34 धोद: विधानसभा अध्यक्ष खाली", "/units/sikar/34/committee/form/", "पद भरें"),
        ("36 दांतारामगढ़: 11 में से 0 पद भरे", "/units/sikar/36/committee/form/", "गठन शुरू करें"),
    ]


def test_what_others_wait_for_comes_first(sikar, units, now):
    make_holder("district-president", sikar, now)
    make_holder("assembly-president", units["AC034"], now)
    sent_back(units["AC036"], units, now)

    found = steps(sikar, now + timedelta(days=3), AC034=1, AC036=14)

    assert found == [
        ("36 दांतारामगढ़: सूची वापस आई है", "/units/sikar/36/committee/form/", "सूची सुधारें"),
        ("36 दांतारामगढ़: 14 आवेदन देखने हैं", "/office/applications/?here", "आवेदन देखें"),
        ("2 पत्रों का जवाब नहीं आया, पहला: सीकर", "/units/sikar/committee/", "उनसे पूछें"),
    ]


def test_letters_nobody_answered_are_asked_about_after_two_days(units, now):
    block = units["AC036-A"]
    for post in ("mandal-president", "mandal-member"):
        make_holder(post, units["AC036-A-M1"], now)

    early, later = (steps(block, now + timedelta(hours=hours)) for hours in (47, 49))

    letters = ("2 पत्रों का जवाब नहीं आया, पहला: पलसाना", "/units/sikar/36/reengus/palsana/committee/", "उनसे पूछें")
    assert letters not in early
    assert later[1] == letters


def test_each_level_has_its_task_and_what_it_waits_for(sikar, units, now):
    unknown = tasks(sikar)
    tallying.count_all(now=now)
    fresh = tasks(sikar)
    make_holder("assembly-president", units["AC036"], now)
    tallying.count_all(now=now)

    assert unknown == [(level, "cannot", 0, EMPTY) for level in ("assembly", "block", "mandal", "booth")]
    assert fresh == [("assembly", "to_start", 0, ""), *(("block", "cannot", 0, FIRST),), *BELOW]
    assert tasks(sikar) == [("assembly", "under_way", 0, ""), ("block", "to_start", 0, ""), *BELOW]


EMPTY, FIRST = "इस स्तर की इकाइयाँ अभी दर्ज नहीं हैं।", "पहले ऊपर का स्तर।"
BELOW = [("mandal", "cannot", 0, FIRST), ("booth", "cannot", 0, FIRST)]


def test_a_level_that_is_done_is_done_though_the_date_is_past(units, now):
    mandal, booth = units["AC036-A-M1"], units["AC036-P112"]
    late = next_steps.tasks(mandal, late=True)
    for seat in booth.seats.of_committee():
        make_holder(seat.post.code, booth, now, accepted=True)
    tallying.count_all(now=now)

    [task] = next_steps.tasks(mandal, late=True)

    assert [one.status for one in late] == ["cannot"]
    assert (task.status, task.label, task.done, task.all) == ("done", "पूरा हुआ", 1, 1)


def test_a_list_that_was_sent_back_is_the_problem_of_its_level(sikar, units, now):
    sent_back(units["AC036"], units, now)
    tallying.count_all(now=now)

    assert tasks(sikar)[0] == ("assembly", "problem", 0, "एक सूची वापस आई है।")
    assert tasks(sikar, late=True)[1] == ("block", "problem", 0, "तिथि बीत चुकी है।")
