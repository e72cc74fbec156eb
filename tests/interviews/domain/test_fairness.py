import math
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.domain.fairness import adjust, word
from interviews.domain.fairness.plain import generosity, spread, weighted

pytestmark = pytest.mark.once

STRICT = [-1.0, 0.0, 0.5, 1.5, -1.0]  # sums to nothing: an average judge is fair


def a_day(people, judges=STRICT, seen=3, noise=0.8, seed=1):
    """Marks of people with known worth by judges with known strictness."""
    chance = np.random.default_rng(seed)
    worth = {person: 15 + 3 * chance.standard_normal() for person in range(people)}
    marks = [
        (person, int(judge), worth[person] - judges[judge] + noise * chance.standard_normal())
        for person in worth
        for judge in chance.choice(len(judges), seen, replace=False)
    ]
    return worth, marks


def test_known_strictness_is_found():
    _worth, marks = a_day(200)

    fit = adjust(marks)

    assert fit.separable
    assert [round(fit.judges[judge], 1) for judge in range(5)] == pytest.approx(STRICT, abs=0.2)


def test_adjusted_is_nearer_to_the_truth_than_raw():
    worth, marks = a_day(60)
    fit = adjust(marks)

    def miss(which):
        return sum((getattr(fit.scores[person], which) - worth[person]) ** 2 for person in worth)

    assert miss("adjusted") < 0.6 * miss("raw")


def test_nine_of_ten_intervals_hold_the_truth():
    held = total = 0
    for seed in range(40):
        worth, marks = a_day(30, seed=seed)
        fit = adjust(marks)
        held += sum(fit.scores[person].low <= worth[person] <= fit.scores[person].high for person in worth)
        total += len(worth)

    assert 0.87 <= held / total <= 0.95


def test_without_chance_the_fit_is_exact():
    worth, marks = a_day(20, noise=0.0)

    fit = adjust(marks)

    assert all(fit.scores[person].adjusted == pytest.approx(worth[person]) for person in worth)
    assert fit.reliability == pytest.approx(1)


def test_agrees_with_plain_least_squares_when_there_is_plenty_to_learn_from():
    _worth, marks = a_day(300, seen=4, noise=0.5)
    people, judges = 300, len(STRICT)
    design = np.zeros((len(marks) + 1, people + judges))
    for row, (person, judge, _value) in enumerate(marks):
        design[row, person] = design[row, people + judge] = 1
    design[-1, people:] = 1  # leanings sum to nothing
    values = np.array([value for _person, _judge, value in marks] + [0.0])
    solved = np.linalg.lstsq(design, values, rcond=None)[0]

    fit = adjust(marks)

    assert [-fit.judges[judge] for judge in range(judges)] == pytest.approx(list(solved[people:]), abs=0.01)
    assert [fit.scores[person].adjusted for person in range(people)] == pytest.approx(list(solved[:people]), abs=0.1)


def test_panels_that_share_nobody_cannot_be_told_apart():
    marks = [(1, "a", 20), (1, "b", 18), (2, "a", 15), (2, "b", 14), (3, "c", 10), (4, "c", 12)]

    fit = adjust(marks)

    assert not fit.separable
    assert set(fit.judges.values()) == {0.0}
    assert all(score.adjusted == score.raw for score in fit.scores.values())


def test_inside_a_panel_judges_are_compared_even_when_panels_are_not():
    marks = [(person, judge, 10 + person + (judge == "a")) for person in range(6) for judge in "ab"]
    marks += [(person, judge, 20 - person + 2 * (judge == "c")) for person in range(6, 12) for judge in "cd"]

    fit = adjust(marks)

    assert not fit.separable
    assert [sorted(group) for group in fit.groups] == [["a", "b"], ["c", "d"]]
    assert [group[judge] for group, judge in zip(fit.groups, "ac", strict=True)] == pytest.approx([-0.5, -1], abs=0.01)


def test_one_shared_candidate_joins_two_panels():
    fit = adjust([(1, "a", 20), (2, "a", 15), (2, "b", 14), (3, "b", 10)])

    assert fit.separable
    assert not fit.certain


def test_the_fewer_the_sheets_the_nearer_to_the_middle():
    _worth, marks = a_day(60, noise=2)
    middle = np.mean([value for _person, _judge, value in marks])
    alone = adjust([*marks, ("once", 1, middle + 6)]).scores["once"]
    thrice = adjust([*marks, *(("thrice", judge, middle + 6) for judge in (1, 2, 3))]).scores["thrice"]

    assert middle < alone.adjusted < thrice.adjusted < middle + 6
    assert alone.high - alone.low > thrice.high - thrice.low


def test_a_judge_who_gives_one_mark_to_all_spoils_nothing():
    worth, marks = a_day(60)
    flat = [(person, "flat", 15.0) for person in range(0, 60, 2)]

    fit = adjust(marks + flat)

    truth, found = list(worth.values()), [fit.scores[person].adjusted for person in worth]
    assert np.corrcoef(truth, found)[0, 1] > 0.9
    assert fit.reliability < adjust(marks).reliability


def test_all_marks_alike_rank_nobody():
    fit = adjust([(person, judge, 15) for person in range(5) for judge in "ab"])

    assert {(score.raw, score.adjusted) for score in fit.scores.values()} == {(15, 15)}
    assert (fit.reliability, fit.dependability, word(fit.reliability)) == (0, 0, "low")


def test_a_single_candidate_keeps_the_mean():
    score = adjust([(1, "a", 20), (1, "b", 18), (1, "a", 19)]).scores[1]

    assert score.raw == 19
    assert 18 < score.adjusted < 20


def test_missing_sheets_are_no_zeros():
    worth, marks = a_day(60, judges=[0.0] * 5)
    chance = np.random.default_rng(3)

    fit = adjust([mark for mark in marks if chance.random() > 0.25])

    assert max(abs(score.adjusted - worth[person]) for person, score in fit.scores.items()) < 2.5


def test_strictness_burdens_the_raw_mean_only_where_judges_differ():
    worth = {person: float(person % 7) for person in range(40)}
    noise = np.random.default_rng(1).standard_normal((40, 4))
    all_by_all = [(one, j, worth[one] + 2 * j + noise[one, j]) for one in worth for j in range(4)]
    by_two = [mark for mark in all_by_all if (mark[0] + mark[1]) % 3]

    whole, part = adjust(all_by_all), adjust(by_two)

    assert whole.dependability == pytest.approx(whole.reliability)
    assert part.dependability < part.reliability - 0.1


@pytest.mark.parametrize(
    ("reliability", "told"),
    [(0, "low"), (0.49, "low"), (0.5, "fair"), (0.75, "good"), (0.9, "very good"), (1, "very good")],
)
def test_reliability_in_words(reliability, told):
    assert word(reliability) == told


def test_ten_thousand_candidates_of_five_judges_each_take_under_five_seconds():
    _worth, marks = a_day(10_000, judges=list(np.linspace(-2, 2, 60)), seen=5)
    start = perf_counter()

    adjust(marks)

    assert perf_counter() - start < 5


def test_a_judge_of_few_is_drawn_towards_the_others():
    few = [("x", 0, 10.0), ("x", 1, 16.0)]
    _worth, marks = a_day(40, judges=[0.0, 0.0, 0.0, 0.0, 0.0], seen=2)

    fit = adjust([*marks, ("y", "new", 5.0), ("y", 0, 15.0), *few])

    assert 0 < fit.judges["new"] < 10


def test_one_mark_each_says_nothing_about_chance():
    score = adjust([(1, "a", 3), (2, "a", 5)]).scores[1]

    assert (score.raw, score.low, score.high, score.n) == (3, -math.inf, math.inf, 1)
    assert score.adjusted == pytest.approx(3)


def test_no_marks_no_result():
    assert adjust([]).scores == {}


def test_a_mark_is_a_number():
    with pytest.raises(ValueError, match="finite"):
        adjust([(1, "a", math.nan)])


some_marks = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(5, 25)), min_size=1, max_size=40)


@given(some_marks)
def test_whatever_the_marks_the_answer_makes_sense(marks):
    fit = adjust(marks)

    assert set(fit.scores) == {person for person, _judge, _value in marks}
    assert 0 <= fit.reliability <= 1
    assert sum(fit.judges.values()) == pytest.approx(0, abs=1e-6)
    for person, score in fit.scores.items():
        values = [value for one, _judge, value in marks if one == person]
        assert (score.raw, score.n) == (pytest.approx(np.mean(values)), len(values))
        assert score.low <= score.adjusted <= score.high
        assert math.isfinite(score.adjusted)
        assert (score.high - score.adjusted) == pytest.approx(score.adjusted - score.low)
    assert 0 <= fit.dependability <= fit.reliability
    assert sorted(judge for group in fit.groups for judge in group) == sorted(fit.judges)


@given(some_marks, st.integers(-10, 10))
def test_more_for_everyone_moves_everyone_alike(marks, more):
    before, after = adjust(marks), adjust([(person, judge, value + more) for person, judge, value in marks])

    for person, score in before.scores.items():
        assert after.scores[person].adjusted == pytest.approx(score.adjusted + more, abs=1e-6)


@settings(max_examples=10)
@given(some_marks, st.randoms(use_true_random=False))
def test_order_of_the_marks_and_names_do_not_matter(marks, chance):
    mixed = chance.sample(marks, len(marks))
    one, other = adjust(marks), adjust([(f"p{person}", f"j{judge}", value) for person, judge, value in mixed])

    for person, score in one.scores.items():
        assert other.scores[f"p{person}"].adjusted == pytest.approx(score.adjusted, abs=1e-3)


@settings(max_examples=10)
@given(st.integers(0, 4), st.floats(-4, 4), st.integers(1, 1000))
def test_a_stricter_judge_changes_no_order(judge, more, seed):
    _worth, marks = a_day(120, seed=seed)
    moved = [(person, one, value + more * (one == judge)) for person, one, value in marks]

    before, after = adjust(marks).scores, adjust(moved).scores

    change = [after[person].adjusted - before[person].adjusted for person in before]
    assert max(change) - min(change) < 0.15


def test_a_generous_panel_is_told_from_the_others_in_standard_deviations():
    chance = np.random.default_rng(1)
    means = [(panel, 15 + 2 * (panel == 2) + 2 * chance.standard_normal()) for panel in (1, 2, 3) for _one in range(40)]

    told = generosity(means)

    assert [panel for panel, one in told.items() if one.flagged and one.shift > 0] == [2]
    assert told[2].shift == pytest.approx(1, abs=0.3)
    assert told[2].points == pytest.approx(2, abs=0.6)
    assert told[2].n == 40


def test_two_candidates_do_not_make_a_panel_generous():
    assert not generosity([(1, 15), (1, 16), (2, 13), (2, 14), (2, 16)])[1].flagged


@pytest.mark.parametrize("means", [[], [(1, 15), (1, 17)], [(1, 15), (2, 17)], [(1, 15), (1, 15), (2, 17), (2, 17)]])
def test_nothing_is_said_of_panels_without_a_measure(means):
    assert generosity(means) == {}


def test_a_total_is_weighted_and_keeps_its_scale():
    assert weighted({1: 5, 2: 1}, {1: 3, 2: 1}) == 8
    assert weighted({1: 4}, {1: 1, 2: 1}) == 8
    assert weighted({}, {1: 1}) is None


def test_spread_is_highest_less_lowest():
    assert [spread(values) for values in ([], [4], [4, 9, 6])] == [0, 0, 5]
