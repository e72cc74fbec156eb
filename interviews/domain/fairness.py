"""How strict was each judge, and what would every candidate have got from an average one?

The model is the additive two-way one: mark = candidate's worth + judge's
leaning + chance, fitted by least squares (H. Scheffé, *The Analysis of
Variance*, 1959, ch. 4, for unequal numbers in the cells). Judges' leanings
are then drawn towards zero by their own reliability, as in best linear
unbiased prediction (C. R. Henderson, *Biometrics* 31, 1975), because a judge
of three candidates proves little. Variances are estimated by Henderson's
third method (*Biometrics* 9, 1953).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

CONFIDENCE = 0.90

Candidate = Hashable
Judge = Hashable
Mark = tuple[Candidate, Judge, float]
Array = NDArray[np.float64]


class Adjusted(NamedTuple):
    """A candidate's mean as given, and as an average judge would have given it.

    ``low`` and ``high`` bound the latter with 90 % confidence; they are
    infinite when nothing was marked twice, for then chance cannot be told.
    All on the scale of the marks. ``n`` is the number of marks.
    """

    raw: float
    adjusted: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Fairness:
    """What the marks of a day tell. ``judges`` gives severity: positive is strict, on the scale of the marks.

    ``reliability`` (0 to 1) is that of the mean of one candidate with the
    usual number of marks. ``separable`` is False when groups of candidates
    and judges do not overlap: then strictness cannot be told from ability,
    severities are 0 and adjusted equals raw.
    """

    scores: dict[Candidate, Adjusted]
    judges: dict[Judge, float]
    reliability: float
    separable: bool


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
    candidates = list(dict.fromkeys(candidate for candidate, _judge, _value in rows))
    judges = list(dict.fromkeys(judge for _candidate, judge, _value in rows))
    place_of = {candidate: place for place, candidate in enumerate(candidates)}
    judge_of = {judge: place for place, judge in enumerate(judges)}
    who = np.array([place_of[candidate] for candidate, _judge, _value in rows])
    whom = np.array([judge_of[judge] for _candidate, judge, _value in rows])
    values = np.array([value for _candidate, _judge, value in rows])
    separable = _connected(who, whom, len(candidates), len(judges))
    fit = _fit(who, whom, values, len(candidates), len(judges) if separable else 0)
    return Fairness(
        scores={candidate: fit.adjusted[place] for candidate, place in place_of.items()},
        judges={judge: float(fit.severity[place]) if separable else 0.0 for judge, place in judge_of.items()},
        reliability=fit.reliability,
        separable=separable,
    )


class _Fit(NamedTuple):
    adjusted: list[Adjusted]
    severity: Array
    reliability: float


def _fit(who: NDArray[np.intp], whom: NDArray[np.intp], values: Array, people: int, judges: int) -> _Fit:
    """Least squares for worth (and leanings when ``judges``), shrunk leanings, intervals."""
    counts = np.bincount(who, minlength=people).astype(float)
    raw = np.bincount(who, values, people) / counts
    rank = people + max(judges - 1, 0)
    leaning, residual = _leanings(who, whom, values, raw, counts, judges)
    free = len(values) - rank
    noise = float(residual @ residual) / free if free > 0 else 0.0
    kept, doubt = _shrunk(leaning, whom, who, counts, noise)
    effect = kept[whom] if judges else np.zeros(len(values))
    adjusted = np.bincount(who, values - effect, people) / counts
    # Chance in the own marks, and what we do not know of the judges who gave them.
    spread = noise / counts
    if judges:
        spread = spread + np.bincount(who, doubt[whom], people) / counts**2
    half = stdtrit(free, (1 + CONFIDENCE) / 2) * np.sqrt(spread) if free > 0 else np.full(people, np.inf)
    return _Fit(
        [
            Adjusted(
                float(raw[i]), float(adjusted[i]), float(adjusted[i] - half[i]), float(adjusted[i] + half[i]), int(n)
            )
            for i, n in enumerate(counts)
        ],
        -kept,
        _reliability(adjusted, spread) if free > 0 else 0.0,
    )


def _leanings(
    who: NDArray[np.intp], whom: NDArray[np.intp], values: Array, raw: Array, counts: Array, judges: int
) -> tuple[Array, Array]:
    """Each judge's leaning (mean zero) after taking out the candidates, and what is left unexplained."""
    within = values - raw[who]
    if judges < 2:
        return np.zeros(judges), within
    seen = np.zeros((len(counts), judges))
    np.add.at(seen, (who, whom), 1.0)
    normal = np.diag(seen.sum(axis=0)) - seen.T @ (seen / counts[:, None])
    leaning = np.linalg.lstsq(normal, np.bincount(whom, within, judges), rcond=None)[0]
    leaning = leaning - leaning.mean()
    fitted = leaning[whom] - (np.bincount(who, leaning[whom], len(counts)) / counts)[who]
    return leaning, within - fitted


def _shrunk(
    leaning: Array, whom: NDArray[np.intp], who: NDArray[np.intp], counts: Array, noise: float
) -> tuple[Array, Array]:
    """Leanings drawn towards zero by their reliability, and the variance of what remains unknown of each."""
    judges = len(leaning)
    if judges < 2:
        return leaning, np.zeros(judges)
    seen = np.zeros((len(counts), judges))
    np.add.at(seen, (who, whom), 1.0)
    normal = np.diag(seen.sum(axis=0)) - seen.T @ (seen / counts[:, None])
    error = np.diag(np.linalg.pinv(normal)) * noise
    between = max(float(leaning @ leaning) / (judges - 1) - float(error.mean()), 0.0)
    if noise == 0.0:
        return leaning, np.zeros(judges)
    trust = between / (between + error)
    kept = leaning * trust
    return kept - kept.mean(), trust * error


def _reliability(adjusted: Array, spread: Array) -> float:
    """True variance between candidates over true plus error variance, for one mean."""
    total = float(adjusted.var(ddof=1)) if len(adjusted) > 1 else 0.0
    return max(1.0 - float(spread.mean()) / total, 0.0) if total else 0.0


def _connected(who: NDArray[np.intp], whom: NDArray[np.intp], people: int, judges: int) -> bool:
    """Is every judge tied to every other by candidates they share?"""
    above = list(range(people + judges))

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for person, judge in zip(who, whom, strict=True):
        above[top(int(person))] = top(people + int(judge))
    return len({top(node) for node in range(people + judges)}) == 1
