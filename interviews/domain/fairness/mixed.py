"""The arithmetic of fairness: mark = middle + candidate's worth + judge's leaning + chance.

Candidates and judges are both drawn from a crowd (random), so that what rests
on few marks is drawn towards the middle. The best linear unbiased predictions
solve Henderson's mixed-model equations (C. R. Henderson, *Applications of
Linear Models in Animal Breeding*, 1984, ch. 5). The block of the candidates is
diagonal and is eliminated; what is left has a row for each judge. The
variances are estimated by restricted maximum likelihood (H. D. Patterson and
R. Thompson, *Biometrika* 58, 1971) through the EM steps of S. R. Searle,
G. Casella and C. E. McCulloch, *Variance Components*, 1992, ch. 8, hastened by
R. Varadhan and C. Roland's squared extrapolation (*Scand. J. Statist.* 35,
2008). So that a small day is not told that all candidates are equal, their
variance is kept off zero by the prior of Y. Chung et al., *Psychometrika* 78, 2013.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.intp]

LOG_REACH = 16.0  # a variance between e⁻¹⁶ and e¹⁶ times that of chance
ROUNDS, NEAR = 60, 1e-7
PAIRS_AT_ONCE = 4_000_000


class Day(NamedTuple):
    """Marks by places of candidate (``who``) and judge (``whom``); ``group`` is that of each judge, from 0.

    Judges of two groups have no candidate in common, not even through others.
    """

    who: Places
    whom: Places
    values: Array
    group: Places

    @property
    def people(self) -> int:
        return int(self.who.max()) + 1

    @property
    def judges(self) -> int:
        return len(self.group)

    @property
    def groups(self) -> int:
        return int(self.group.max()) + 1


class Variances(NamedTuple):
    """Of candidates, of judges, of chance in one mark."""

    worth: float
    leaning: float
    chance: float


class Fit(NamedTuple):
    """Predictions. ``doubt`` is the error variance of ``worth`` against an average judge of the same group."""

    worth: Array
    doubt: Array
    leaning: Array
    variances: Variances


class _Level(NamedTuple):
    """All candidates with ``n`` marks: their sums of products, which is all that the equations need of them.

    ``marks`` are the judges, one row a candidate; columns of ``cross`` and ``with_sums`` are groups, then judges.
    """

    n: int
    people: Places
    marks: Places
    cross: Array
    with_sums: Array
    sums_squared: float


class _Equations(NamedTuple):
    levels: list[_Level]
    cross: Array
    right: Array
    squares: float
    groups: int
    people: int
    marks: int


class _Solved(NamedTuple):
    solution: Array
    inverse: Array
    chance: float
    likelihood: float
    step: Array


def predict(day: Day, *, exact: bool = False) -> Fit:
    """Worth of each candidate and leaning of each judge. ``exact``: plain least squares, nothing is drawn in.

    The values must not all be equal.
    """
    middle, scale = float(day.values.mean()), float(day.values.std())
    day = day._replace(values=(day.values - middle) / scale)
    equations = _equations(day)
    ratios = np.full(2, LOG_REACH) if exact else _ratios(equations)
    solved = _solve(equations, ratios)
    worth, doubt = _worth(equations, solved, day, float(np.exp(-ratios[0])))
    spread = float(solved.chance) * scale**2
    return Fit(
        worth=middle + scale * worth,
        doubt=spread * doubt,
        leaning=scale * solved.solution[equations.groups :],
        variances=Variances(spread * float(np.exp(ratios[0])), spread * float(np.exp(ratios[1])), spread),
    )


def groups(who: Places, whom: Places, people: int, judges: int) -> Places:
    """The group of each judge: those tied to each other by candidates whom they share, directly or through others."""
    above = list(range(people + judges))

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for person, judge in zip(who.tolist(), whom.tolist(), strict=True):
        above[top(person)] = top(people + judge)
    return np.unique([top(people + judge) for judge in range(judges)], return_inverse=True)[1]


def _equations(day: Day) -> _Equations:
    counts = np.bincount(day.who, minlength=day.people)
    sums = np.bincount(day.who, day.values, day.people).astype(float)
    order = np.argsort(day.who, kind="stable")
    counted = counts[day.who[order]]
    levels = [
        _level(day, part, rows, sums)
        for n in np.unique(counts).tolist()
        for part, rows in _parts(np.flatnonzero(counts == n), order[counted == n].reshape(-1, n))
    ]
    side = _gather(day, day.whom, np.ones(len(day.values)))
    cross = _bordered(day, side, np.diag(side[day.groups :]))
    right, squares = _gather(day, day.whom, day.values), float(day.values @ day.values)
    return _Equations(levels, cross, right, squares, day.groups, day.people, len(day.who))


def _gather(day: Day, judges: Places, weights: Array) -> Array:
    """Sums of the weights of marks: a row of groups, then of judges."""
    of_judges = np.bincount(judges, weights, day.judges)
    return np.concatenate([np.bincount(day.group, of_judges, day.groups), of_judges])


def _bordered(day: Day, side: Array, inner: Array) -> Array:
    """The products of judges among themselves, with the groups' rows and columns set before them."""
    heads, places = day.groups, day.groups + np.arange(day.judges)
    cross = np.zeros((len(side), len(side)))
    cross[:heads, :heads] = np.diag(side[:heads])
    cross[heads:, heads:] = inner
    cross[day.group, places] = cross[places, day.group] = side[heads:]
    return cross


def _parts(people: Places, rows: Places) -> Iterator[tuple[Places, Places]]:
    """Not more at once than memory bears: each candidate brings the square of the number of marks."""
    step = max(PAIRS_AT_ONCE // rows.shape[1] ** 2, 1)
    for start in range(0, len(people), step):
        yield people[start : start + step], rows[start : start + step]


def _level(day: Day, people: Places, rows: Places, sums: Array) -> _Level:
    marks = day.whom[rows]
    n, judges = marks.shape[1], day.judges
    pairs = marks[:, :, None] * judges + marks[:, None, :]
    met = np.bincount(pairs.ravel(), minlength=judges * judges).astype(float)
    # A candidate stands n times in the group, once for each mark.
    cross = _bordered(day, n * _gather(day, marks.ravel(), np.ones(marks.size)), met.reshape(judges, judges))
    own = sums[people]
    return _Level(n, people, marks, cross, _gather(day, marks.ravel(), np.repeat(own, n)), float(own @ own))


def _solve(equations: _Equations, ratios: Array) -> _Solved:
    """The equations at given log ratios of the variances to that of chance, and the next EM step from there."""
    inward = np.exp(-ratios)
    free = equations.marks - equations.groups
    matrix, right, squares = equations.cross.copy(), equations.right.copy(), equations.squares
    judges = slice(equations.groups, None)
    matrix[judges, judges] += inward[1] * np.eye(len(right) - equations.groups)
    determinant = 0.0
    for level in equations.levels:
        own = level.n + inward[0]
        matrix -= level.cross / own
        right -= level.with_sums / own
        squares -= level.sums_squared / own
        determinant += len(level.people) * np.log(own)
    inverse = np.linalg.inv(matrix).astype(float)
    solution = inverse @ right
    chance = max(float(squares - right @ solution), 1e-14) / max(free, 1)
    determinant += np.linalg.slogdet(matrix)[1]
    judged = len(right) - equations.groups
    # Half a log of the first ratio is the prior that keeps candidates apart; it takes one from their number below.
    likelihood = -0.5 * (free * np.log(chance) + (equations.people - 1) * ratios[0] + judged * ratios[1] + determinant)
    worth = 0.0
    for level in equations.levels:
        own = level.n + inward[0]
        fitted = level.sums_squared - 2 * level.with_sums @ solution + solution @ level.cross @ solution
        unknown = len(level.people) / own + float((level.cross * inverse).sum()) / own**2
        worth += float(fitted) / own**2 + chance * unknown
    leaning = float(solution[judges] @ solution[judges]) + chance * float(np.trace(inverse[judges, judges]))
    ahead = np.array([worth / max(equations.people - 1, 1), leaning / judged]) / chance
    step = np.log(np.clip(ahead, np.exp(-LOG_REACH), np.exp(LOG_REACH)))
    return _Solved(solution, inverse, chance, float(likelihood), np.asarray(step, np.float64))


def _ratios(equations: _Equations) -> Array:
    """Log ratios of the variances of worth and of leaning to that of chance, at the highest likelihood."""
    here = np.array([0.0, -1.0])
    for _round in range(ROUNDS):
        first = _solve(equations, here).step
        second_at = _solve(equations, first)
        second = second_at.step
        move, bend = first - here, second - 2 * first + here
        if float(np.abs(move).max()) < NEAR:
            break
        length = -max(float(np.linalg.norm(move)) / max(float(np.linalg.norm(bend)), 1e-12), 1.0)
        ahead = np.clip(here - 2 * length * move + length**2 * bend, -LOG_REACH, LOG_REACH)
        tried = _solve(equations, ahead)
        here = tried.step if tried.likelihood >= second_at.likelihood else second
    return here


def _worth(equations: _Equations, solved: _Solved, day: Day, inward: float) -> tuple[Array, Array]:
    """Each candidate's prediction, and its error variance as a multiple of that of chance.

    What is predicted is the worth as the average of the group's own judges sees it.
    """
    inverse, heads = solved.inverse, equations.groups
    middle, leaning = solved.solution[:heads], solved.solution[heads:]
    average = np.zeros((heads, len(solved.solution)))
    average[day.group, heads + np.arange(day.judges)] = 1.0
    average /= average.sum(axis=1, keepdims=True)
    sums = np.bincount(day.who, day.values, day.people).astype(float)
    worth, doubt = np.zeros(day.people), np.zeros(day.people)
    for n, people, marks, *_sums in equations.levels:
        own, group = n + inward, day.group[marks[:, 0]]
        left = sums[people] - n * middle[group] - leaning[marks].sum(axis=1)
        worth[people] = middle[group] + left / own
        # The contrast: inward / own of the group's middle, the average judge, less 1 / own of each own judge.
        contrast = average.copy()
        contrast[:, :heads] += np.eye(heads) * inward / own
        against = contrast @ inverse
        common = (against * contrast).sum(axis=1)[group]
        shared = against[group[:, None], heads + marks].sum(axis=1)
        pairs = inverse[heads + marks[:, :, None], heads + marks[:, None, :]].sum(axis=(1, 2))
        doubt[people] = 1 / own + common - 2 * shared / own + pairs / own**2
    return worth, np.maximum(doubt, 0.0)
