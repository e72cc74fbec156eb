import random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.seating import DAY, Guest, Place, Seated, seat, why_not

pytestmark = pytest.mark.once  # plain arithmetic

PANELS = [1, 2, 3]
MINUTES = range(0, 8 * 13, 8)
PLACES = [
    Place(key=minute * 10 + panel, minute=minute, panel=panel, clock=660 + minute, length=7, members=frozenset({panel}))
    for minute in MINUTES
    for panel in PANELS
]
AT = {place.key: place for place in PLACES}


def test_those_from_far_come_later():
    guests = [Guest(key, district=key, km=(0, 150, 400)[key % 3]) for key in range(len(PLACES))]

    seated = seat(guests, PLACES).at

    mean = {km: sum(AT[seated[g.key]].minute for g in guests if g.km == km) for km in (0, 150, 400)}
    assert mean[0] < mean[150] < mean[400]


def test_a_journey_is_given_its_time_even_on_an_empty_day():
    seated = seat([Guest(1, district=1, km=400), Guest(2, district=2, km=150), Guest(3, district=3, km=20)], PLACES).at

    assert [AT[seated[key]].minute for key in (1, 2, 3)] == [96, 48, 0]


def test_one_district_is_spread_over_the_panels():
    guests = [Guest(key, district=key // 9, km=0) for key in range(27)]

    seated = seat(guests, PLACES).at

    seen = {(panel, district): 0 for panel in PANELS for district in range(3)}
    for guest in guests:
        seen[AT[seated[guest.key]].panel, guest.district] += 1
    assert set(seen.values()) == {3}


def test_nobody_comes_before_someone_they_came_by():
    guests = [Guest(key, district=1, km=0, apart=frozenset({1})) for key in range(2)]

    seated = seat(guests, PLACES).at

    assert {AT[place].panel for place in seated.values()} == {2, 3}


def test_too_many_means_that_the_first_to_apply_get_the_times():
    guests = [Guest(key, district=1, km=key) for key in range(len(PLACES) + 5)]

    assert sorted(seat(guests, PLACES).at) == list(range(len(PLACES)))


def test_the_same_facts_give_the_same_plan():
    guests = [Guest(key, district=key % 7, km=key * 37 % 500) for key in range(30)]

    assert seat(guests, PLACES) == seat(guests, list(reversed(PLACES)))


def test_nobody_to_seat_and_nowhere_to_seat():
    assert seat([], PLACES) == Seated({}, {}, {})
    assert seat([Guest(1, 1, 0)], []) == Seated({}, {}, {1: "full"})


@pytest.mark.parametrize(
    ("guest", "reason"),
    [
        (Guest(1, 1, 0, apart=frozenset(PANELS)), "known"),
        (Guest(1, 1, 0, not_before=17 * 60), "wish"),
        (Guest(1, 1, 0, not_after=11 * 60 + 6), "wish"),
        (Guest(1, 1, 0, busy=((660, 780),)), "busy"),
        (Guest(1, 1, 0, apart=frozenset({1, 2}), busy=((0, 661), (661, DAY))), "both"),
    ],
)
def test_who_cannot_be_seated_by_a_hard_rule_is_left_with_the_reason(guest, reason):
    seated = seat([guest, Guest(2, 1, 0)], PLACES)

    assert (sorted(seated.at), seated.left) == ([2], {1: reason})


def test_who_applied_first_is_seated_even_where_others_would_find_it_easier():
    only = [place for place in PLACES if place.minute == 0]
    first = Guest(1, 1, 400, apart=frozenset({1, 2}))

    seated = seat([first, *(Guest(key, 1, 0) for key in range(2, 6))], only)

    assert (AT[seated.at[1]].panel, sorted(seated.at), seated.left) == (3, [1, 2, 3], {4: "full", 5: "full"})


def test_a_panel_that_speaks_the_language_is_better_and_says_so():
    places = [place._replace(speaks=frozenset({"hi", "mwr"} if place.panel == 2 else {"hi"})) for place in PLACES]

    seated = seat([Guest(key, key, 0, speaks=frozenset({"mwr"})) for key in range(3)], places)

    assert {AT[place].panel for place in seated.at.values()} == {2}
    assert seated.because[0][0] == ["speaks", ["mwr"]]


def test_a_panel_of_which_no_language_is_known_is_no_better_than_one_of_another():
    places = [place._replace(speaks=frozenset({"mwr"} if place.panel == 2 else ())) for place in PLACES]

    seated = seat([Guest(key, key, 0, speaks=frozenset({"mwr"})) for key in range(3)], places)

    assert {place.panel for place in places if place.key in seated.at.values()} == {2}


def test_each_placement_says_why():
    guest = Guest(1, 7, 300, apart=frozenset({1}), not_before=720)

    seated = seat([guest], PLACES, met=[(2, 7), (2, 7), (3, 7)])

    assert AT[seated.at[1]] == Place(key=963, minute=96, panel=3, clock=756, length=7, members=frozenset({3}))
    assert seated.because == {1: [["wish", 720, None], ["far", 300, 96], ["apart", 1], ["spread", 1]]}


def test_another_seed_may_choose_otherwise_between_equals_and_the_same_never():
    guests = [Guest(key, district=key, km=0) for key in range(20)]

    assert seat(guests, PLACES, seed="AB").at == seat(guests, PLACES, seed="AB").at
    assert seat(guests, PLACES, seed="AB").at != seat(guests, PLACES, seed="CD").at


@st.composite
def a_day(draw):
    """People with bonds, hours, other times; panels whose members come and go; one to three days."""
    people, clock = st.integers(0, 6), st.one_of(st.none(), st.integers(600, 900))
    spans = st.lists(st.tuples(st.integers(650, 800), st.integers(1, 90)), max_size=2)
    places = [
        Place(key, minute, panel, 660 + minute, 7, day, draw(st.frozensets(people, min_size=1, max_size=3)))
        for key, (day, minute, panel) in enumerate(
            (day, minute, panel)
            for day in range(draw(st.integers(1, 3)))
            for minute in range(0, 8 * draw(st.integers(1, 6)), 8)
            for panel in range(draw(st.integers(1, 3)))
        )
    ]
    guests = [
        Guest(
            key,
            draw(st.integers(0, 3)),
            draw(st.integers(0, 500)),
            draw(st.frozensets(people, max_size=3)),
            draw(clock),
            draw(clock),
            tuple((start, start + long) for start, long in draw(spans)),
        )
        for key in range(draw(st.integers(0, 12)))
    ]
    return guests, places


@given(a_day(), st.text("ABC", max_size=3))
def test_no_hard_rule_is_broken_on_any_day(day, seed):
    guests, places = day
    at = {place.key: place for place in places}
    by_key = {guest.key: guest for guest in guests}

    seated = seat(guests, places, seed=seed)

    assert [why_not(by_key[key], at[place]) for key, place in seated.at.items()] == [""] * len(seated.at)
    assert len(set(seated.at.values())) == len(seated.at)
    assert {*seated.at} | {*seated.left} == {*by_key}
    assert {*seated.at} & {*seated.left} == set()
    free = [place for place in places if place.key not in seated.at.values()]
    assert not any(why_not(by_key[key], place) == "" for key in seated.left for place in free)


def many(count, days, panels, seed=1):
    chance = random.Random(seed)
    places = [
        Place(number, minute, day * 20 + panel, 660 + minute, 7, day, frozenset({panel * 3, panel * 3 + 1}))
        for number, (day, panel, minute) in enumerate(
            (day, panel, minute) for day in range(days) for panel in range(panels) for minute in range(0, 8 * 39, 8)
        )
    ]
    guests = [
        Guest(key, key % 50, chance.randrange(500), frozenset(chance.sample(range(27), chance.choice([0, 0, 2]))))
        for key in range(count)
    ]
    return guests, places


def test_a_sunday_of_117_times_is_filled_in_a_blink():
    guests, places = many(180, days=1, panels=3)
    began = perf_counter()

    assert len(seat(guests, places).at) == len(places) == 117
    assert perf_counter() - began < 2


@pytest.mark.soak
def test_a_thousand_over_three_days_take_seconds():
    guests, places = many(1000, days=3, panels=9)
    began = perf_counter()

    assert len(seat(guests, places).at) == 1000
    assert perf_counter() - began < 30
