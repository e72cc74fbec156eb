"""Does the adjusted score serve the candidates? Days whose truth is known, scored and ranked in three ways.

120 candidates come to three panels of three, one panel strict and one mild by
a point, marks with chance. One member of each panel changes rooms by thirds of
the day, as ``linking`` proposes. Counted is how many of the true top 30 stand
among the 30 best by raw mean, by z-scores of each judge, and adjusted.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from interviews.domain.fairness import adjust
from interviews.domain.linking import Time, propose

pytestmark = pytest.mark.once

PEOPLE, CHOSEN = 120, 30
STRICT, EQUAL = {"A": 1.0, "B": 0.0, "C": -1.0}, {"A": 0.0, "B": 0.0, "C": 0.0}
PANELS = {room: [f"{room}{number}" for number in (1, 2, 3)] for room in "ABC"}
ELEVEN = datetime(2025, 11, 16, 11, tzinfo=ZoneInfo("Asia/Kolkata"))
TIMES = [
    Time(
        "ABC"[one % 3], ELEVEN + timedelta(minutes=8 * (one // 3)), ELEVEN + timedelta(minutes=8 * (one // 3) + 7), one
    )
    for one in range(PEOPLE)
]
SITTINGS = propose(PANELS, TIMES).sittings
SEEN = [
    (time.candidate, sitting.member)
    for time in TIMES
    for sitting in SITTINGS
    if sitting.panel == time.panel and sitting.starts_at <= time.starts_at < sitting.ends_at
]


class Found(NamedTuple):
    """Of the true top 30, by each way; and the share of intervals that hold the truth."""

    raw: float
    z: float
    adjusted: float
    held: float


def a_day(seed, strictness, lost=0.0, chance=1.5):
    """Worths (standard deviation 2, on totals of 5 to 25), each judge's leaning, and the marks."""
    dice = np.random.default_rng(seed)
    worth = 15 + 2 * dice.standard_normal(PEOPLE)
    judges = [judge for members in PANELS.values() for judge in members]
    leaning = {judge: 0.3 * dice.standard_normal() - strictness[judge[0]] for judge in judges}
    marks = [
        (one, judge, worth[one] + leaning[judge] + chance * dice.standard_normal())
        for one, judge in SEEN
        if dice.random() >= lost
    ]
    return worth, np.mean(list(leaning.values())), marks


def z_scores(marks):
    """Each judge's marks with mean 0 and deviation 1, as some spreadsheets do; the mean of each candidate's."""
    by_judge, by_candidate = defaultdict(list), defaultdict(list)
    for _one, judge, value in marks:
        by_judge[judge].append(value)
    scale = {judge: (np.mean(values), np.std(values)) for judge, values in by_judge.items()}
    for one, judge, value in marks:
        by_candidate[one].append((value - scale[judge][0]) / scale[judge][1])
    return {one: sum(values) / len(values) for one, values in by_candidate.items()}


def hits(scores, worth):
    best = sorted(scores, key=lambda one: (-scores[one], one))[:CHOSEN]
    return len(set(best) & set(np.argsort(-worth)[:CHOSEN].tolist()))


def found(seed, *facts):
    worth, usual, marks = a_day(seed, *facts)
    fit = adjust(marks).scores
    held = [score.low <= worth[one] + usual <= score.high for one, score in fit.items()]
    raw, adjusted = ({one: getattr(score, way) for one, score in fit.items()} for way in ("raw", "adjusted"))
    return Found(hits(raw, worth), hits(z_scores(marks), worth), hits(adjusted, worth), np.mean(held))


def trial(repetitions, *facts):
    """The means of all repetitions, and how far chance alone moves the mean of adjusted less raw, and less z."""
    rows = [found(seed, *facts) for seed in range(repetitions)]
    means = Found(*(np.mean(column) for column in zip(*rows, strict=True)))
    doubts = [2 * np.std([row.adjusted - row[way] for row in rows]) / repetitions**0.5 for way in (0, 1)]
    told = f"top {CHOSEN} found: raw {means.raw:.2f}, z {means.z:.2f}, adjusted {means.adjusted:.2f}"
    print(f"\n{repetitions} days, {facts}: {told}; 90 % intervals hold {means.held:.1%}")
    return means, doubts


def check(repetitions):
    """Strict and mild panels, equal ones, and with every seventh sheet lost. Returns the first."""
    strict, (_raw, by_z) = trial(repetitions, STRICT)
    equal, (by_raw, _z) = trial(repetitions, EQUAL)
    torn, _doubts = trial(repetitions, STRICT, 0.15)

    assert strict.adjusted > strict.raw
    assert strict.adjusted >= strict.z - by_z
    assert equal.adjusted >= equal.raw - by_raw
    assert torn.adjusted > torn.raw
    assert all(0.85 <= one.held <= 0.95 for one in (strict, equal, torn))
    return strict


def test_adjusted_finds_more_of_the_best_than_raw_and_no_fewer_than_z_scores():
    check(30)


@pytest.mark.soak
def test_adjusted_finds_more_of_the_best_over_two_hundred_days():
    means = check(200)

    assert means.adjusted >= means.z
