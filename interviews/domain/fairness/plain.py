"""What the marks tell without a model: weighted totals, spread, and how generous each panel was."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from math import sqrt
from typing import NamedTuple, TypeVar

from scipy.special import ndtri

GENEROUS = 0.5  # standard deviations from which a panel is named
CHANCE = 0.05  # of naming a panel on one side although only chance set it apart

Panel = TypeVar("Panel", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)


class Generosity(NamedTuple):
    """A panel's mean against that of all other panels: in points, and in standard deviations.

    ``flagged`` when it is more than half a standard deviation off and more
    than the luck of who came to which panel explains. Only adjusted scores
    tell whether the panel was generous or its candidates good.
    """

    points: float
    shift: float
    n: int
    flagged: bool


def weighted(marks: Mapping[Key, float], weights: Mapping[Key, float]) -> float | None:
    """The weighted sum of the marks there are, scaled so that equal weights give the plain sum.

    What has a weight but no mark is left out, not counted as zero; without
    any mark there is no total.
    """
    sums = sum(weights[key] for key in marks)
    return sum(weights[key] * mark for key, mark in marks.items()) / sums * len(weights) if sums else None


def spread(values: Iterable[float]) -> float:
    """The highest less the lowest; 0 for one or none."""
    values = list(values)
    return max(values) - min(values) if values else 0


def generosity(means: Iterable[tuple[Panel, float]]) -> dict[Panel, Generosity]:
    """Each panel against all others, leaving itself out. ``means`` are (panel, a candidate's mean).

    The standard deviation is that of candidates within their panels, pooled
    (J. Cohen's d), so that a generous panel does not hide behind the spread
    it makes. Empty with fewer than two panels or when nothing differs inside them.
    """
    of_panel: dict[Panel, list[float]] = defaultdict(list)
    for panel, value in means:
        of_panel[panel].append(value)
    count = sum(map(len, of_panel.values()))
    everything = sum(map(sum, of_panel.values()))
    within = sum((value - sum(own) / len(own)) ** 2 for own in of_panel.values() for value in own)
    if len(of_panel) < 2 or count <= len(of_panel) or within <= 1e-12 * count:
        return {}
    deviation = sqrt(within / (count - len(of_panel)))
    told = {}
    for panel, own in of_panel.items():
        others = count - len(own)
        points = sum(own) / len(own) - (everything - sum(own)) / others
        luck = -ndtri(CHANCE) * sqrt(1 / len(own) + 1 / others)
        shift = points / deviation
        told[panel] = Generosity(points, shift, len(own), flagged=abs(shift) > max(GENEROUS, luck))
    return told
