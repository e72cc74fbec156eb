"""Who might look after which district: as good as possible as a whole, and each choice explained.

Every pair of a person and a district costs points, each with its reason in words (``_reasons``); what the rules
forbid is no pair. The cheapest choice of all is the assignment problem (Kuhn 1955, "The Hungarian Method"), solved
by ``scipy.optimize.linear_sum_assignment`` (shortest augmenting paths after Jonker and Volgenant 1987, as in Crouse
2016). A person has as many places as the rules allow, each dearer than the one before.

The share of women is a matter of the whole: a woman is given as many points as it takes to reach the share, and no
more than ``BALANCE_MOST`` (Lagrange's multiplier: no choice with as many women costs less). All points are whole
numbers and rows stand in order of their keys, so the same question has the same answer.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Reason = dict[str, Any]
Distance = Callable[[str, str], int]

FAR = 400  # kilometres, beyond which it is all the same
HOME_UNKNOWN = 150  # as if it were so far
EACH_MORE = 150  # for every district that the person looks after already
MARKS = 100  # from the best mark to the least
NO_MARKS = 60  # who had no interview
UNTRAINED = 40
ALIKE = 60  # two in-charges of one district of the same gender
BALANCE_MOST = 120  # for the share of women
EMPTY = 10_000  # a district without anybody
NO_PAIR = 10**7


class Home(StrEnum):
    AWAY = "away"  # not the person's home district
    HOME = "home"  # the home district only
    ANY = "any"


@dataclass(frozen=True)
class Rules:
    """What the office switches. ``women`` is the share aimed at, in percent."""

    home: Home = Home.AWAY
    most: int = 2
    women: int = 33


@dataclass(frozen=True)
class Candidate:
    """What is known of a person. ``home`` is a district's code, ``after`` the districts looked after already.

    ``refused`` are districts the person said no to, or was passed over for; ``barred`` is nobody's choice now.
    """

    key: str
    home: str = ""
    after: tuple[str, ...] = ()
    score: float | None = None
    out_of: int = 0
    trained: bool = False
    gender: str = "U"
    refused: frozenset[str] = frozenset()
    barred: bool = False


@dataclass(frozen=True)
class Need:
    """A chair without anybody. ``partner`` sits, or is to sit, in the other chair of this district."""

    key: int
    district: str
    partner: Candidate | None = None


@dataclass(frozen=True)
class Choice:
    need: Need
    candidate: Candidate
    reasons: list[Reason] = field(default_factory=list)

    @property
    def points(self) -> int:
        return sum(reason["points"] for reason in self.reasons)


def suggest(
    *, needs: Iterable[Need], people: Iterable[Candidate], rules: Rules, km: Distance, women: tuple[int, int] = (0, 0)
) -> dict[int, Choice]:
    """For each need, by key, who is best for the whole; a need that nobody may fill is missing.

    ``women`` says how many of how many who are settled already are women. The second chairs of districts come
    after the first ones, so that a pair is seen as one.
    """
    crew = sorted(people, key=lambda one: one.key)
    chosen: dict[int, Choice] = {}
    have, settled = women
    for wave in _waves(needs):
        settled += len(wave)
        aim = ceil(rules.women * settled / 100) - have
        found = _solve([_paired(need, chosen) for need in wave], crew, rules, km, aim)
        have += sum(choice.candidate.gender == "W" for choice in found)
        chosen |= {choice.need.key: choice for choice in found}
        crew = _loaded(crew, found)
    return chosen


def best(need: Need, people: Sequence[Candidate], rules: Rules, km: Distance, most: int = 3) -> list[Choice]:
    """The cheapest few for one need, whoever else may need them."""
    return offers([need], people, rules, km, most)[0]


def offers(
    needs: Sequence[Need], people: Sequence[Candidate], rules: Rules, km: Distance, most: int = 3
) -> list[list[Choice]]:
    """The cheapest few for each need as if it were the only one."""
    free = sorted((one for one in people if _places(one, rules)), key=lambda one: one.key)
    table = _points(needs, free, rules, km)
    found = []
    for need, points in zip(needs, table, strict=True):
        order = [at for at in np.argsort(points, kind="stable")[:most] if points[at] < NO_PAIR]
        found.append([Choice(need, free[at], _reasons(need, free[at], rules, km)) for at in order])
    return found


def explain(need: Need, candidate: Candidate, rules: Rules, km: Distance) -> list[Reason]:
    """What speaks for and against this pair, also when the rules would not make it."""
    return _reasons(need, candidate, rules, km)


def widened(need: Need, people: Sequence[Candidate], rules: Rules) -> list[Rules]:
    """Which one rule, made wider, would let somebody in; nearest first."""
    wider = [replace(rules, most=rules.most + 1)]
    if rules.home != Home.ANY:
        wider.insert(0, replace(rules, home=Home.ANY))
    return [other for other in wider if any(_places(one, other) and _fits(need, one, other) for one in people)]


def _waves(needs: Iterable[Need]) -> list[list[Need]]:
    """The first chairs of all districts, then the second ones."""
    waves: list[list[Need]] = []
    met: Counter[str] = Counter()
    for need in sorted(needs, key=lambda need: (need.district, need.key)):
        if met[need.district] == len(waves):
            waves.append([])
        waves[met[need.district]].append(need)
        met[need.district] += 1
    return waves


def _paired(need: Need, chosen: Mapping[int, Choice]) -> Need:
    mates = [choice.candidate for choice in chosen.values() if choice.need.district == need.district]
    return replace(need, partner=mates[0]) if mates and need.partner is None else need


def _loaded(crew: Sequence[Candidate], found: Sequence[Choice]) -> list[Candidate]:
    """The same people with what was just given to them."""
    more: dict[str, list[str]] = {}
    for choice in found:
        more.setdefault(choice.candidate.key, []).append(choice.need.district)
    return [replace(one, after=(*one.after, *more.get(one.key, ()))) for one in crew]


def _solve(needs: list[Need], crew: list[Candidate], rules: Rules, km: Distance, aim: int) -> list[Choice]:
    """One wave: the least weight for women that reaches the aim, found by halving."""
    places = [(at, more) for at, one in enumerate(crew) for more in range(min(_places(one, rules), len(needs)))]
    points = _points(needs, crew, rules, km)
    owner = np.array([at for at, _more in places], dtype=int)
    costs = points[:, owner] + EACH_MORE * np.array([more for _at, more in places], dtype=int)
    is_woman = np.array([crew[at].gender == "W" for at in owner], dtype=bool)

    def pairs(weight: int) -> list[tuple[int, int]]:
        nobody = np.full((len(needs), len(needs)), EMPTY)
        rows, columns = linear_sum_assignment(np.hstack([costs - weight * is_woman, nobody]))
        return [(row, owner[column]) for row, column in zip(rows, columns, strict=True) if column < len(owner)]

    def enough(weight: int) -> bool:
        return sum(crew[at].gender == "W" for _row, at in pairs(weight)) >= aim

    low, high = 0, BALANCE_MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return _told(pairs(low), needs, crew, rules, km, low)


def _told(
    pairs: list[tuple[int, int]], needs: list[Need], crew: list[Candidate], rules: Rules, km: Distance, weight: int
) -> list[Choice]:
    """The choices with their reasons; a person's second district knows of the first."""
    given: dict[str, tuple[str, ...]] = {}
    told = []
    for row, at in pairs:
        need, one = needs[row], crew[at]
        loaded = replace(one, after=one.after + given.get(one.key, ()))
        reasons = _reasons(need, loaded, rules, km)
        if weight and one.gender == "W":
            reasons.append({"what": "balance", "points": -weight})
        given[one.key] = (*given.get(one.key, ()), need.district)
        told.append(Choice(need, one, reasons))
    return told


def _places(one: Candidate, rules: Rules) -> int:
    return 0 if one.barred else max(0, rules.most - len(one.after))


def _fits(need: Need, one: Candidate, rules: Rules) -> bool:
    """May these two come together at all?"""
    if need.district in one.refused or need.district in one.after:
        return False
    if need.partner is not None and need.partner.key == one.key:
        return False
    if rules.home == Home.AWAY:
        return one.home != need.district
    return rules.home == Home.ANY or one.home == need.district


def _points(needs: Sequence[Need], crew: Sequence[Candidate], rules: Rules, km: Distance) -> np.ndarray:
    """Needs × people. Of all who are strangers to a district ``_fits`` is asked once, of the others one by one."""
    own = np.array([_of_person(one) for one in crew], dtype=np.int64)
    genders = np.array([one.gender for one in crew], dtype=str)
    homes = {home: at for at, home in enumerate(sorted({one.home for one in crew}))}
    home_of = np.array([homes[one.home] for one in crew], dtype=int)
    known: dict[str, set[int]] = defaultdict(set)
    for column, one in enumerate(crew):
        for word in (one.key, one.home, *one.after, *one.refused):
            known[word].add(column)
    table = np.full((len(needs), len(crew)), NO_PAIR, dtype=np.int64)
    for row, need in enumerate(needs):
        mate = need.partner.gender if need.partner and need.partner.gender in ("W", "M") else "-"
        ways = np.array([_way(home, need.district, km) for home in homes], dtype=np.int64)
        points = own + ways[home_of] + ALIKE * (genders == mate)
        if _fits(need, Candidate(key=""), rules):
            table[row] = points
        for column in known[need.district] | (known[need.partner.key] if need.partner else set()):
            table[row, column] = points[column] if _fits(need, crew[column], rules) else NO_PAIR
    return table


def _of_person(one: Candidate) -> int:
    return _marks(one) + (0 if one.trained else UNTRAINED) + EACH_MORE * len(one.after)


def _marks(one: Candidate) -> int:
    return NO_MARKS if one.score is None or not one.out_of else round(MARKS * (1 - one.score / one.out_of))


def _way(home: str, district: str, km: Distance) -> int:
    return min(FAR, km(home, district)) if home else HOME_UNKNOWN


def _reasons(need: Need, one: Candidate, rules: Rules, km: Distance) -> list[Reason]:
    """All that ``_points`` counts, one by one."""
    at_home = one.home == need.district
    reasons: list[Reason] = [{"what": "home" if at_home else "away" if one.home else "unknown", "points": 0}]
    way = _way(one.home, need.district, km)
    if one.home and not at_home:
        reasons.append({"what": "km", "n": km(one.home, need.district), "points": way})
    else:
        reasons[0]["points"] = way
    if rules.home == Home.HOME and at_home:
        reasons[0]["wanted"] = True
    marks: Reason = (
        {"what": "marks", "n": one.score, "of": one.out_of} if one.score is not None else {"what": "no marks"}
    )
    reasons.append(marks | {"points": _marks(one)})
    reasons.append({"what": "trained" if one.trained else "untrained", "points": 0 if one.trained else UNTRAINED})
    reasons.append({"what": "after", "districts": list(one.after), "points": EACH_MORE * len(one.after)})
    if need.partner and {need.partner.gender, one.gender} <= {"W", "M"}:
        same = need.partner.gender == one.gender
        reasons.append({"what": "alike" if same else "both", "points": ALIKE if same else 0})
    return reasons
