"""A line from week to week, drawn by the server: places for an SVG, so that no script is needed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

WIDE, HIGH = 360, 120  # of the drawing, in its own units
LEFT, TOP = 8, 24  # room for the numbers
FULL = (10, 20, 40, 60, 80, 100)  # percent that the height may stand for


class Dot(NamedTuple):
    x: int
    y: int
    day: date
    percent: int


class Picture(NamedTuple):
    """The dots, the line through them as SVG takes it, and the horizontal lines with their percent."""

    dots: list[Dot]
    line: str
    rules: list[tuple[int, int]]

    @property
    def first(self) -> Dot:
        return self.dots[0]

    @property
    def last(self) -> Dot:
        return self.dots[-1]


def line(shares: Sequence[tuple[date, int]]) -> Picture | None:
    """From nothing up to the next round percent, the oldest on the left; nothing for fewer than two."""
    if len(shares) < 2:
        return None
    most = max(share for _day, share in shares)
    full = next(top for top in FULL if top >= most)
    step = (WIDE - 2 * LEFT) / (len(shares) - 1)
    dots = [Dot(round(LEFT + step * at), _height(share, full), day, share) for at, (day, share) in enumerate(shares)]
    rules = [(_height(at, full), at) for at in (0, full // 2, full)]
    return Picture(dots, " ".join(f"{dot.x},{dot.y}" for dot in dots), rules)


def _height(percent: int, full: int) -> int:
    return TOP + HIGH - percent * HIGH // full
