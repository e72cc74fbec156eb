"""How strict was each judge, and what would every candidate have got from an average one?

Plain numbers in, plain numbers out; nothing here knows the database. The
model and its sources stand in ``mixed``, what is counted without a model in
``plain``. Reliability is the generalizability coefficient of one candidate's
mean (L. J. Cronbach et al., *The Dependability of Behavioral Measurements*,
1972; the intraclass correlations C,k and A,k of K. O. McGraw and S. P. Wong,
*Psychological Methods* 1, 1996).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from interviews.domain.fairness import mixed

CONFIDENCE = 0.90
STEPS = {"low": 0.0, "fair": 0.5, "good": 0.75, "very good": 0.9}
"""From which reliability on a word holds: T. K. Koo and M. Y. Li, *J. Chiropractic Medicine* 15, 2016."""

Candidate = Hashable
Judge = Hashable
Mark = tuple[Candidate, Judge, float]


class Adjusted(NamedTuple):
    """A candidate's mean as given, and the best prediction of what the average judge would have given.

    The prediction is drawn towards the middle of the day, the more the less
    is known. ``low`` and ``high`` bound what it predicts with 90 %
    confidence; they are infinite when nothing was marked twice, for then
    chance cannot be told. All on the scale of the marks. ``n`` is the number
    of marks.
    """

    raw: float
    adjusted: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Fairness:
    """What the marks of a day tell. ``judges`` gives severity: positive is strict, on the scale of the marks.

    ``reliability`` (0 to 1) is that of the mean of one candidate when
    strictness is taken out, ``dependability`` that of the raw mean, which
    bears the luck of the judges too. ``separable`` is False when groups of
    candidates and judges do not overlap: then strictness cannot be told from
    ability, severities are 0 and adjusted equals raw. Inside a group it can
    be told: ``groups`` has the severities among the judges of each, and both
    reliabilities are those within a group.
    """

    scores: dict[Candidate, Adjusted]
    judges: dict[Judge, float]
    reliability: float
    separable: bool
    dependability: float = 0.0
    groups: tuple[dict[Judge, float], ...] = ()

    @property
    def tested(self) -> bool:
        """Was enough marked twice to tell chance from the rest? Otherwise no interval and no reliability is known."""
        return bool(self.scores) and all(np.isfinite(score.high) for score in self.scores.values())

    @property
    def certain(self) -> bool:
        """Are the adjusted scores worth showing: strictness can be told from ability, and chance from both?"""
        return self.separable and self.tested


def adjust(marks: Iterable[Mark]) -> Fairness:
    """Compare candidates that different judges saw.

    ``marks`` are (candidate, judge, value); several marks of one judge for
    one candidate count each. Raises ``ValueError`` for a value that is not a
    finite number. Without any mark everything is empty.
    """
    rows = [(candidate, judge, float(value)) for candidate, judge, value in marks]
    if not np.isfinite([value for _candidate, _judge, value in rows]).all():
        raise ValueError("a mark is a finite number")
    if not rows:
        return Fairness({}, {}, 0.0, separable=True)
    candidates = {
        one: place for place, one in enumerate(dict.fromkeys(candidate for candidate, _judge, _value in rows))
    }
    judges = {one: place for place, one in enumerate(dict.fromkeys(judge for _candidate, judge, _value in rows))}
    who = np.array([candidates[candidate] for candidate, _judge, _value in rows])
    whom = np.array([judges[judge] for _candidate, judge, _value in rows])
    group = mixed.groups(who, whom, len(candidates), len(judges))
    day = mixed.Day(who, whom, np.array([value for _candidate, _judge, value in rows]), group)
    fit = _fit(day)
    apart = day.groups > 1
    severity = {judge: -float(fit.leaning[place]) for judge, place in judges.items()}
    return Fairness(
        scores={candidate: fit.scores[place] for candidate, place in candidates.items()},
        judges=dict.fromkeys(judges, 0.0) if apart else severity,
        reliability=fit.reliability,
        dependability=fit.dependability,
        separable=not apart,
        groups=tuple(
            {judge: severity[judge] for judge, place in judges.items() if group[place] == one}
            for one in range(day.groups)
        ),
    )


def word(reliability: float) -> str:
    """Low, fair, good or very good."""
    return [name for name, least in STEPS.items() if reliability >= least][-1]


def _places(names: Iterable[Hashable]) -> dict[Hashable, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


class _Fit(NamedTuple):
    scores: list[Adjusted]
    leaning: mixed.Array
    reliability: float
    dependability: float


def _fit(day: mixed.Day) -> _Fit:
    counts = np.bincount(day.who)
    raw = np.bincount(day.who, day.values) / counts
    free = len(day.values) - (day.people + day.judges - day.groups)
    if np.ptp(day.values) == 0:
        half = np.full(day.people, np.inf if free < 1 else 0.0)
        return _Fit(_scores(raw, raw, half, counts), np.zeros(day.judges), 0.0, 0.0)
    fit = mixed.predict(day, exact=free < 1)
    half = stdtrit(free, (1 + CONFIDENCE) / 2) * np.sqrt(fit.doubt) if free > 0 else np.full(day.people, np.inf)
    scores = _scores(raw, fit.worth if day.groups == 1 else raw, half, counts)
    if free < 1 or day.people <= day.groups:
        return _Fit(scores, fit.leaning, 0.0, 0.0)
    worth, leaning, chance = fit.variances
    chance *= float((1 / counts).mean())
    return _Fit(scores, fit.leaning, worth / (worth + chance), worth / (worth + chance + leaning * _luck(day, counts)))


def _scores(raw: mixed.Array, adjusted: mixed.Array, half: mixed.Array, counts: mixed.Places) -> list[Adjusted]:
    columns = (raw, adjusted, adjusted - half, adjusted + half, counts)
    return [Adjusted(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _luck(day: mixed.Day, counts: mixed.Places) -> float:
    """How much of the judges' variance stands in the raw means: 0 when all saw the same, 1/k when no two did."""
    share = 1 / counts[day.who]
    cells, cell = np.unique(day.who * day.judges + day.whom, return_inverse=True)
    own = np.bincount(cell, share, len(cells))
    people_of = np.bincount(day.group[day.whom], share, day.groups)
    usual = np.bincount(day.whom, share, day.judges) / people_of[day.group]
    return max(float(own @ own - (people_of[day.group] * usual) @ usual) / day.people, 0.0)
