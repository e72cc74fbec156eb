import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.fairness import adjust

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
    assert [fit.scores[person].adjusted for person in range(people)] == pytest.approx(list(solved[:people]), abs=0.01)


def test_panels_that_share_nobody_cannot_be_told_apart():
    marks = [(1, "a", 20), (1, "b", 18), (2, "a", 15), (2, "b", 14), (3, "c", 10), (4, "c", 12)]

    fit = adjust(marks)

    assert not fit.separable
    assert set(fit.judges.values()) == {0.0}
    assert all(score.adjusted == score.raw for score in fit.scores.values())


def test_one_shared_candidate_joins_two_panels():
    fit = adjust([(1, "a", 20), (2, "a", 15), (2, "b", 14), (3, "b", 10)])

    assert fit.separable


def test_a_judge_of_few_is_drawn_towards_the_others():
    few = [("x", 0, 10.0), ("x", 1, 16.0)]
    _worth, marks = a_day(40, judges=[0.0, 0.0, 0.0, 0.0, 0.0], seen=2)

    fit = adjust([*marks, ("y", "new", 5.0), ("y", 0, 15.0), *few])

    assert 0 < fit.judges["new"] < 10


def test_one_mark_each_says_nothing_about_chance():
    score = adjust([(1, "a", 3), (2, "a", 5)]).scores[1]

    assert (score.raw, score.adjusted, score.low, score.high, score.n) == (3, 3, -math.inf, math.inf, 1)


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


@given(some_marks, st.integers(-10, 10))
def test_more_for_everyone_moves_everyone_alike(marks, more):
    before, after = adjust(marks), adjust([(person, judge, value + more) for person, judge, value in marks])

    for person, score in before.scores.items():
        assert after.scores[person].adjusted == pytest.approx(score.adjusted + more, abs=1e-6)
