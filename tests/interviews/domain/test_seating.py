from interviews.domain.seating import Guest, Place, Seated, seat

PANELS = [1, 2, 3]
MINUTES = range(0, 8 * 13, 8)
PLACES = [Place(key=minute * 10 + panel, minute=minute, panel=panel, clock=660 + minute, length=7, members=frozenset({panel}))
    for minute in MINUTES for panel in PANELS]
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
