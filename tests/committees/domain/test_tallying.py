"""What is kept about committees equals what can be counted, and is counted by the clock."""

from datetime import date, timedelta

import pytest

from committees.domain import seats, strength, tallying, tree
from committees.models import Post, Tally, WeeklyTally
from portal.models import Pulse
from tests.factories.committees import make_holder, make_person, make_user

WORDS = ["units", "formed", "proposed", "empty", "headless", "seats", "filled", "accepted"]


def kept(code):
    """By level: the numbers of one unit."""
    rows = Tally.objects.filter(unit__code=code)
    return {row.level: [getattr(row, word) for word in WORDS] for row in rows}


def everything():
    return sorted(Tally.objects.values_list("unit__code", "level", *tallying.NUMBERS, "last_act_at"))


def half_a_booth(units, now):
    """Three of five people who said yes, and no chair among them."""
    for post in ("booth-secretary", "booth-social-media", "booth-member"):
        make_holder(post, units["AC036-P112"], now, accepted=True)


def test_a_committee_is_told_at_each_level_above(units, now):
    half_a_booth(units, now)
    make_holder("assembly-president", units["AC036"], now)

    tallying.count_all(now=now)

    booth = [1, 1, 0, 0, 1, 5, 3, 3]
    assert {code: kept(code)["booth"] for code in ("AC036-P112", "AC036-A-M1", "AC036", "SKR", "RJ")} == dict.fromkeys(
        ("AC036-P112", "AC036-A-M1", "AC036", "SKR", "RJ"), booth
    )
    assert kept("SKR")["assembly"] == [2, 0, 1, 1, 1, 22, 1, 0]
    assert kept("RJ")["district"] == [2, 0, 0, 2, 2, 42, 0, 0]
    assert kept("JPR") == {"district": [1, 0, 0, 1, 1, 21, 0, 0], "assembly": [1, 0, 0, 1, 1, 11, 0, 0]}


def test_gender_and_age_are_counts(units, now):
    for post, gender, born in [("booth-president", "W", 1990), ("booth-secretary", "M", 1989),
                               ("booth-member", "O", 1969), ("booth-social-media", "U", None)]:  # fmt: skip
        person = make_person(now, gender=gender, birth_year=born)
        make_holder(post, units["AC036-P112"], now, person)

    tallying.count_all(now=now)

    row = Tally.objects.get(unit__code="RJ", level="booth")
    assert [row.women, row.men, row.young, row.middle, row.old] == [1, 1, 1, 1, 1]  # 35, 36, 56 and one unknown


def test_what_was_touched_is_counted_within_the_minute_and_equals_a_whole_count(units, now):
    tallying.count_all(now=now)
    later = now + timedelta(minutes=30)
    office = make_user("state-office", units["RJ"], now)

    half_a_booth(units, later)
    leaver = make_holder("mandal-president", units["AC036-A-M1"], later)
    seats.end(appointment=leaver, reason="घर का काम", by=office, now=later)
    changed = tallying.count_due(now=later + timedelta(minutes=1))

    after = everything()
    assert changed > 0
    assert Tally.objects.get(unit__code="RJ", level="mandal").last_act_at == later
    assert tallying.count_all(now=later + timedelta(minutes=1)) == 0
    assert everything() == after


def test_again_nothing_is_written(units, now):
    half_a_booth(units, now)
    tallying.count_all(now=now)

    again = [tallying.count_due(now=now + timedelta(minutes=minute)) for minute in (1, 2)]

    assert again == [0, 0]
    assert set(Tally.objects.values_list("counted_at", flat=True)) == {now}
    assert Pulse.objects.get(name="count").at == now + timedelta(minutes=2)


def test_chairs_that_are_taken_away_and_units_that_come_are_counted(units, now):
    tallying.count_all(now=now)
    later = now + timedelta(minutes=30)
    office = make_user("state-office", units["RJ"], now)

    post = Post.objects.get(code="booth-member")
    strength.sanction(unit=units["AC036"], post=post, seats=1, by=office, now=later)
    new = tree.add_unit(
        level="block", parent=units["AC034"], code="AC034-B", name_hi="धोद", name_en="Dhod", by=office, now=later
    )
    tallying.count_due(now=later + timedelta(minutes=1))

    assert kept("SKR")["booth"][5] == 4
    assert kept("JPR").get("booth") is None
    assert kept("RJ")["block"][0] == 2
    assert kept(new.code) == {"block": [1, 0, 0, 1, 1, 9, 0, 0]}


def test_a_unit_that_moves_takes_its_numbers_along(units, now):
    half_a_booth(units, now)
    tallying.count_all(now=now)
    later = now + timedelta(minutes=30)

    tree.move(unit=units["AC036"], parent=units["JPR"], by=None, now=later)
    tallying.count_due(now=later + timedelta(minutes=1))
    after = everything()
    tallying.count_all(now=later + timedelta(minutes=1))

    assert kept("JPR")["booth"] == [1, 1, 0, 0, 1, 5, 3, 3]
    assert set(kept("SKR")) == {"district", "assembly"}
    assert everything() == after


def test_a_term_that_passed_is_counted_on_the_new_day(units, now):
    make_holder("booth-president", units["AC036-P112"], now, term_ends=date(2025, 11, 10))
    tallying.count_all(now=now)

    tallying.count_due(now=now + timedelta(days=1))

    assert kept("RJ")["booth"][4:7] == [1, 5, 0]


@pytest.mark.parametrize(
    ("day", "sunday"), [(date(2025, 11, 9), date(2025, 11, 2)), (date(2025, 11, 10), date(2025, 11, 9))]
)
def test_the_week_is_over_with_its_sunday(day, sunday):
    assert tallying.last_sunday(day) == sunday


def test_each_sunday_is_kept_once_for_the_units_down_to_the_block(units, now):
    half_a_booth(units, now)
    tallying.count_all(now=now)
    make_holder("booth-president", units["AC036-P112"], now)
    tallying.count_all(now=now + timedelta(hours=1))
    tallying.count_all(now=now + timedelta(days=7))

    rows = WeeklyTally.objects.filter(level="booth").order_by("week", "unit__path")
    assert list(rows.values_list("week", "unit__code", "filled")) == [
        (week, code, filled)
        for week, filled in [(date(2025, 11, 9), 3), (date(2025, 11, 16), 4)]
        for code in ("RJ", "SKR", "AC036", "AC036-A")
    ]


def test_a_day_gone_by_is_counted_as_it_was(units, now):
    half_a_booth(units, now)
    tallying.count_all(now=now - timedelta(days=7))

    before = kept("RJ")["booth"]
    tallying.count_all(now=now)

    assert (before[6], kept("RJ")["booth"][6]) == (0, 3)
