"""Who gets which time: the rules, as plain arithmetic on a few facts. Writes nothing.

In words, as the planner page tells them: those from far come later; those of
one district see different panels; nobody comes before someone they came by.
Same facts, same plan.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

FAR_KM, VERY_FAR_KM = 100, 250
NOT_BEFORE = {FAR_KM: 45, VERY_FAR_KM: 90}  # minutes after the day begins
TOO_EARLY = 1000.0  # per minute: no wish for order outweighs a journey
KNOWN_TO_PANEL = 10_000.0


class Guest(NamedTuple):
    """What the rules know of a person; ``known_to`` are panels with a member they came by."""

    key: int
    district: int | None
    km: int
    known_to: frozenset[int] = frozenset()


class Place(NamedTuple):
    """A free time: minutes after the day begins, and the panel."""

    key: int
    minute: int
    panel: int


def seat(
    guests: Sequence[Guest], places: Sequence[Place], met: Iterable[tuple[int, int | None]] = ()
) -> dict[int, int]:
    """Guest → place, for as many as there are places; the first guests in the given order go first.

    ``met`` are (panel, district) pairs that stand in the plan already.
    """
    chosen = list(guests)[: len(places)]
    minutes = sorted(place.minute for place in places)
    at = _minutes_of(chosen, minutes)
    rows: dict[int, list[Guest]] = {}
    for guest in chosen:
        rows.setdefault(at[guest.key], []).append(guest)
    free: dict[int, list[Place]] = {}
    for place in sorted(places, key=lambda place: (place.minute, place.panel)):
        free.setdefault(place.minute, []).append(place)
    seen, load, seated = Counter(met), Counter(panel for panel, _district in met), {}
    for minute in sorted(rows):
        for guest, place in _spread(rows[minute], free[minute], seen, load):
            seated[guest.key] = place.key
            seen[place.panel, guest.district] += 1
            load[place.panel] += 1
    return seated


def _minutes_of(guests: list[Guest], minutes: list[int]) -> dict[int, int]:
    """When each comes: early times are filled first, and a journey is given its time (an assignment problem)."""
    if not guests:
        return {}
    ready = np.array([_ready(guest.km) for guest in guests], dtype=float)[:, None]
    when = np.array(minutes, dtype=float)[None, :]
    farther = np.array([guest.km for guest in guests], dtype=float)[:, None] / 1000
    # The product makes the far prefer late times: sorting both ways minimises it (rearrangement inequality).
    cost = np.maximum(ready - when, 0) * TOO_EARLY + when - farther * when
    rows, columns = linear_sum_assignment(cost)
    return {guests[row].key: minutes[column] for row, column in zip(rows, columns, strict=True)}


def _ready(km: int) -> int:
    return max((minutes for far, minutes in NOT_BEFORE.items() if km > far), default=0)


def _spread(
    guests: list[Guest], places: list[Place], seen: Counter[tuple[int, int | None]], load: Counter[int]
) -> list[tuple[Guest, Place]]:
    """Those of one time over the panels that are free then."""
    cost = np.array(
        [
            [
                KNOWN_TO_PANEL * (place.panel in guest.known_to)
                + 100 * seen[place.panel, guest.district]
                + load[place.panel]
                for place in places
            ]
            for guest in guests
        ],
        dtype=float,
    )
    rows, columns = linear_sum_assignment(cost)
    return [(guests[row], places[column]) for row, column in zip(rows, columns, strict=True)]
