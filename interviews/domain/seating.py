"""Who gets which time: the rules, as plain arithmetic on a few facts. Writes nothing.

Hard rules are never broken: nobody comes before a panel with somebody they
must not be judged by, outside the hours in which they can come, or while they
have another time elsewhere. Whoever cannot be seated is left, with a reason.
Within them, as the planner page tells: who applied first goes first when
times are few; those from far come later; those of one district see different
panels; a panel that speaks the person's language is better.

Same facts and same seed, same plan.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

FAR_KM, VERY_FAR_KM = 100, 250
NOT_BEFORE = {FAR_KM: 45, VERY_FAR_KM: 90}  # minutes after the day begins
TOO_EARLY = 1000.0  # per minute: no wish for order outweighs a journey
LATER_DAY = 1000.0  # minutes: a former day is filled first
NO_COMMON_WORD = 60.0  # minutes of waiting that a panel of the same language is worth
SEEN_DISTRICT = 100.0
NEVER = 1e7  # within one time: more than all wishes together
IN_TURN = 1e9  # to be seated at all, and before those who applied later, outweighs everything else
DAY = 24 * 60

Reason = list[Any]  # a code and its numbers


class Guest(NamedTuple):
    """What the rules know of a person.

    ``apart`` are people who must not judge them; ``not_before`` and
    ``not_after`` are minutes after midnight; ``busy`` are spans of other
    times of theirs, in minutes of the calendar; ``near`` is a time, in the
    same minutes, that they were promised before.
    """

    key: int
    district: int | None
    km: int
    apart: frozenset[int] = frozenset()
    not_before: int | None = None
    not_after: int | None = None
    busy: tuple[tuple[int, int], ...] = ()
    speaks: frozenset[str] = frozenset()
    near: int | None = None


class Place(NamedTuple):
    """A free time: minutes after its day begins, the panel, and who sits there then.

    ``clock`` is minutes after midnight, ``day`` the number of the date in the calendar.
    """

    key: int
    minute: int
    panel: int
    clock: int = 0
    length: int = 1
    day: int = 0
    members: frozenset[int] = frozenset()
    speaks: frozenset[str] = frozenset()

    @property
    def at(self) -> int:
        """Minutes of the calendar."""
        return self.day * DAY + self.clock


class Seated(NamedTuple):
    """Guest → place, guest → why there, and who is left → why (``full known wish busy both``)."""

    at: dict[int, int]
    because: dict[int, list[Reason]]
    left: dict[int, str]


def why_not(guest: Guest, place: Place) -> str:
    """The hard rule that keeps this person from this time; empty when none does."""
    if guest.apart & place.members:
        return "known"
    too_soon = guest.not_before is not None and place.clock < guest.not_before
    too_late = guest.not_after is not None and place.clock + place.length > guest.not_after
    if too_soon or too_late:
        return "wish"
    if any(place.at < end and place.at + place.length > start for start, end in guest.busy):
        return "busy"
    return ""


def seat(
    guests: Sequence[Guest],
    places: Iterable[Place],
    met: Iterable[tuple[int, int | None]] = (),
    seed: str = "",
) -> Seated:
    """A time for as many as can have one; when times are few, the first guests in the given order go first.

    ``met`` are (panel, district) pairs that stand in the plan already.
    """
    ordered = sorted(places, key=lambda place: (place.at, place.minute, place.panel, place.key))
    may = _allowed(guests, ordered)
    wishes = _wishes(guests, ordered, seed)
    seen, seated = Counter(met), Seated({}, {}, {})
    load = Counter(dict.fromkeys({place.panel for place in ordered}, 0))
    for (panel, _district), count in seen.items():
        load[panel] += count
    rows = _rows(guests, ordered, may, wishes)
    for columns, group in rows:
        for row, column in _spread(guests, ordered, group, columns, may, wishes, seen, load):
            guest, place = guests[row], ordered[column]
            seated.at[guest.key] = place.key
            seated.because[guest.key] = _because(guest, place, seen, len(columns))
            seen[place.panel, guest.district] += 1
            load[place.panel] += 1
    for row, guest in enumerate(guests):
        if guest.key not in seated.at:
            seated.left[guest.key] = "full" if may[row].any() else obstacle(guest, ordered)
    return seated


def obstacle(guest: Guest, places: Iterable[Place]) -> str:
    """Why none of these times is for this person; ``full`` when there is none at all or one would do."""
    reasons = {why_not(guest, place) for place in places}
    if not reasons or "" in reasons:
        return "full"
    return reasons.pop() if len(reasons) == 1 else "both"


def _allowed(guests: Sequence[Guest], places: Sequence[Place]) -> NDArray[np.bool_]:
    """Which guest may have which place, by the hard rules of ``why_not``."""
    clock = np.array([place.clock for place in places], dtype=float)
    start = np.array([place.at for place in places], dtype=float)
    length = np.array([place.length for place in places], dtype=float)
    people = {person for guest in guests for person in guest.apart}
    sits = {one: np.array([one in place.members for place in places], dtype=bool) for one in people}
    may = np.ones((len(guests), len(places)), dtype=bool)
    for row, guest in enumerate(guests):
        for person in guest.apart:
            may[row] &= ~sits[person]
        if guest.not_before is not None:
            may[row] &= clock >= guest.not_before
        if guest.not_after is not None:
            may[row] &= clock + length <= guest.not_after
        for begins, ends in guest.busy:
            may[row] &= (start >= ends) | (start + length <= begins)
    return may


def _wishes(guests: Sequence[Guest], places: Sequence[Place], seed: str) -> NDArray[np.float64]:
    """What each place costs each guest, in minutes: the lower the better. The seed breaks ties."""
    minute = np.array([place.minute for place in places], dtype=float)[None, :]
    start = np.array([place.at for place in places], dtype=float)[None, :]
    later = np.array([place.day for place in places], dtype=float)
    later = (later - later.min(initial=np.inf))[None, :] * LATER_DAY if len(places) else later[None, :]
    ready = np.array([_ready(guest.km) for guest in guests], dtype=float)[:, None]
    # The product makes the far prefer late times: sorting both ways minimises it (rearrangement inequality).
    farther = np.array([guest.km for guest in guests], dtype=float)[:, None] / 1000
    cost = np.maximum(ready - minute, 0) * TOO_EARLY + minute + later - farther * minute
    tongues = [frozenset(place.speaks) for place in places]
    for row, guest in enumerate(guests):
        if guest.near is not None:
            cost[row] = np.abs(start[0] - guest.near)
        if guest.speaks:
            cost[row] += [NO_COMMON_WORD * (not guest.speaks & tongue) for tongue in tongues]
    chance = np.random.default_rng(list(seed.encode()) or 0)
    return cost + chance.random(cost.shape)


def _ready(km: int) -> int:
    return max((minutes for far, minutes in NOT_BEFORE.items() if km > far), default=0)


def _rows(
    guests: Sequence[Guest], places: Sequence[Place], may: NDArray[np.bool_], wishes: NDArray[np.float64]
) -> list[tuple[list[int], list[int]]]:
    """The times in order, each with its places and with those who come then.

    An assignment problem. Each guest who is seated earns more than all wishes
    together, the former ones more: then as many as possible are seated, and
    those who applied first (a maximum weight basis of a transversal matroid).
    """
    times: dict[int, tuple[list[int], list[int]]] = {}
    for column, place in enumerate(places):
        times.setdefault(place.at, ([], []))[0].append(column)
    if guests and places:
        turn = (2 * len(guests) - np.arange(len(guests), dtype=float))[:, None] * IN_TURN
        for row, column in zip(*linear_sum_assignment(np.where(may, wishes - turn, 0)), strict=True):
            if may[row, column]:
                times[places[column].at][1].append(int(row))
    return [(columns, rows) for _at, (columns, rows) in sorted(times.items()) if rows]


def _spread(
    guests: Sequence[Guest],
    places: Sequence[Place],
    rows: list[int],
    columns: list[int],
    may: NDArray[np.bool_],
    wishes: NDArray[np.float64],
    seen: Counter[tuple[int, int | None]],
    load: Counter[int],
) -> list[tuple[int, int]]:
    """Those of one time over the panels that are free then: a district before different ones, nobody overloaded."""
    block = np.ix_(rows, columns)
    met = [[SEEN_DISTRICT * seen[places[at].panel, guests[row].district] for at in columns] for row in rows]
    burden = np.array([load[places[at].panel] for at in columns], dtype=float)[None, :]
    cost = np.where(may[block], wishes[block] + np.array(met) + burden, NEVER)
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    return [(rows[row], columns[column]) for row, column in pairs if may[rows[row], columns[column]]]


def _because(guest: Guest, place: Place, seen: Counter[tuple[int, int | None]], choice: int) -> list[Reason]:
    told: list[Reason] = []
    if guest.near is not None:
        told.append(["near", abs(place.at - guest.near)])
    if guest.not_before is not None or guest.not_after is not None:
        told.append(["wish", guest.not_before, guest.not_after])
    if _ready(guest.km):
        told.append(["far", guest.km, place.minute])
    if guest.apart:
        told.append(["apart", len(guest.apart)])
    if guest.speaks and guest.speaks & place.speaks:
        told.append(["speaks", sorted(guest.speaks & place.speaks)])
    if choice > 1:
        told.append(["spread", seen[place.panel, guest.district]])
    return told or [["turn"]]
