"""Who fits which district: the whole at its cheapest, told point by point."""

import random
from itertools import product
from time import perf_counter

import pytest

from committees.domain.matching import (
    BALANCE_MOST,
    EACH_MORE,
    EMPTY,
    Candidate,
    Home,
    Need,
    Rules,
    best,
    explain,
    suggest,
    widened,
)
from tests.often import USUAL

pytestmark = pytest.mark.once
TOWNS = {"AJM": 0, "BKN": 90, "CHR": 130, "DAU": 210, "JPR": 260}


def km(one, other):
    return abs(TOWNS[one] - TOWNS[other])


def a_world(seed, people=5, districts=4):
    """People and chairs as they may come."""
    dice = random.Random(seed)
    codes = sorted(TOWNS)[:districts]
    crew = [
        Candidate(
            key=f"p{number}",
            home=dice.choice([*TOWNS, ""]),
            after=tuple(dice.sample([code for code in TOWNS if code not in codes], dice.choice([0, 0, 1]))),
            score=dice.choice([None, 14.0, 18.5, 21.0]),
            out_of=25,
            trained=dice.random() < 0.5,
            gender=dice.choice("WMMU"),
            refused=frozenset(dice.sample(codes, dice.choice([0, 0, 1]))),
            barred=dice.random() < 0.1,
        )
        for number in range(people)
    ]
    rules = Rules(home=dice.choice(list(Home)), most=dice.choice([1, 2]), women=dice.choice([0, 33, 60]))
    return [Need(at, code) for at, code in enumerate(codes)], crew, rules


def price(needs, picks, rules):
    """What a choice costs by the words of the rules; ``None`` when they forbid it."""
    total, given = 0, {}
    for need, one in zip(needs, picks, strict=True):
        if one is None:
            total += EMPTY
            continue
        now = [*one.after, *given.get(one.key, [])]
        wrong_home = {Home.AWAY: one.home == need.district, Home.HOME: one.home != need.district, Home.ANY: False}
        if one.barred or len(now) >= rules.most or need.district in {*one.refused, *one.after}:
            return None
        if wrong_home[rules.home]:
            return None
        way = min(400, km(one.home, need.district)) if one.home else 150
        marks = 60 if one.score is None else round(100 * (1 - one.score / one.out_of))
        total += way + marks + (0 if one.trained else 40) + EACH_MORE * len(now)
        given.setdefault(one.key, []).append(need.district)
    return total


def women(picks):
    return sum(one is not None and one.gender == "W" for one in picks)


@pytest.mark.parametrize("seed", range(max(12, USUAL // 4)))
def test_no_other_choice_with_as_many_women_is_cheaper(seed):
    needs, crew, rules = a_world(seed)

    found = suggest(needs=needs, people=crew, rules=rules, km=km)

    ours = [found[need.key].candidate if need.key in found else None for need in needs]
    all_ways = [(price(needs, picks, rules), women(picks)) for picks in product([*crew, None], repeat=len(needs))]
    allowed = [(points, count) for points, count in all_ways if points is not None]
    assert price(needs, ours, rules) == min(points for points, count in allowed if count >= women(ours))
    aim, most = -(-rules.women * len(needs) // 100), max(count for _points, count in allowed)
    if women(ours) < min(aim, most):  # one more woman would have cost more than a share is worth
        more = min(points for points, count in allowed if count > women(ours))
        assert more - price(needs, ours, rules) >= BALANCE_MOST
    told = sum(sum(r["points"] for r in one.reasons if r["what"] != "balance") for one in found.values())
    assert told + EMPTY * (len(needs) - len(found)) == price(needs, ours, rules)


def test_the_same_question_has_the_same_answer_in_any_order():
    needs, crew, rules = a_world(3, people=30)
    first = suggest(needs=needs, people=crew, rules=rules, km=km)

    assert suggest(needs=needs[::-1], people=crew[::-1], rules=rules, km=km) == first


def test_two_in_charges_of_a_district_are_two_people_and_rather_a_woman_and_a_man():
    crew = [
        Candidate("ram", home="BKN", gender="M", trained=True),
        Candidate("shyam", home="BKN", gender="M"),
        Candidate("sita", home="CHR", gender="W"),
    ]
    needs = [Need(1, "AJM"), Need(2, "AJM")]

    found = suggest(needs=needs, people=crew, rules=Rules(women=0), km=km)

    assert [found[key].candidate.key for key in (1, 2)] == ["ram", "sita"]
    assert [reason["what"] for reason in found[2].reasons][-1] == "both"


def test_the_best_few_and_a_rule_that_keeps_all_out():
    here = Candidate("here", home="AJM", score=21, out_of=25, trained=True)
    busy = Candidate("busy", home="BKN", after=("CHR", "DAU"))
    need = Need(1, "AJM")

    assert best(need, [here, busy], Rules(), km) == []
    assert widened(need, [here, busy], Rules()) == [Rules(home=Home.ANY), Rules(most=3)]
    assert [one.candidate.key for one in best(need, [here, busy], Rules(home=Home.ANY), km)] == ["here"]
    assert explain(need, here, Rules(home=Home.HOME), km) == [
        {"what": "home", "points": 0, "wanted": True},
        {"what": "marks", "n": 21, "of": 25, "points": 16},
        {"what": "trained", "points": 0},
        {"what": "after", "districts": [], "points": 0},
    ]


def test_forty_one_districts_and_two_hundred_people_take_less_than_a_second():
    dice = random.Random(7)
    towns = {f"D{number:02}": dice.randrange(600) for number in range(41)}
    crew = [
        Candidate(f"{at:03}", dice.choice([*towns]), score=dice.randrange(10, 25), out_of=25, gender=dice.choice("WM"))
        for at in range(200)
    ]
    began = perf_counter()

    found = suggest(
        needs=[Need(at, code) for at, code in enumerate(towns)], people=crew, rules=Rules(),
        km=lambda one, other: abs(towns[one] - towns[other]),
    )  # fmt: skip

    assert (len(found), perf_counter() - began < 1) == (41, True)
