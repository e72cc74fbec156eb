"""How many chairs of a post each unit is to have, and who said so. Reads; ``domain.strength`` writes."""

from collections.abc import Iterable
from typing import NamedTuple

from committees.levels import ANCESTORS
from committees.models import Post, Sanction, Unit


class Strength(NamedTuple):
    """So many chairs. ``said`` is the sanction that holds, or nobody's: then the post's own number does.

    ``cap`` may not be passed by those below; ``capped`` is the sanction it comes from, or nobody's: then the post's.
    """

    seats: int
    said: Sanction | None
    cap: int | None
    capped: Sanction | None


class Sanctions:
    """All that was sanctioned for some posts, read by one query."""

    def __init__(self, posts: Iterable[Post]) -> None:
        rows = Sanction.objects.filter(post__in=posts).select_related("unit", "by__person")
        self.rows = {(row.post_id, row.unit_id): row for row in rows}
        self.posts = {row.post_id for row in self.rows.values()}

    def at(self, unit: Unit, post: Post) -> Sanction | None:
        """What was said at this very unit."""
        return self.rows.get((post.pk, unit.pk))

    def of(self, unit: Unit, post: Post) -> Strength:
        """The nearest word at or above the unit holds, under every cap from there upward."""
        return self._of(post, _line(unit))

    def above(self, unit: Unit, post: Post) -> Strength:
        """The same as if nothing was said at this very unit."""
        return self._of(post, [pk for pk in _line(unit) if pk != unit.pk])

    def _of(self, post: Post, line: list[int]) -> Strength:
        if post.pk not in self.posts:
            return Strength(post.seats_per_unit, None, post.most, None)
        said = [row for pk in line if (row := self.rows.get((post.pk, pk)))]
        caps = [(row.most, row) for row in said if row.most is not None]
        cap, capped = min(caps, key=lambda pair: pair[0], default=(None, None))
        if post.most is not None and (cap is None or post.most < cap):
            cap, capped = post.most, None
        seats = said[0].seats if said else post.seats_per_unit
        return Strength(seats if cap is None else min(seats, cap), said[0] if said else None, cap, capped)


def strength(unit: Unit, post: Post) -> Strength:
    """Of one unit and one post."""
    return Sanctions([post]).of(unit, post)


def _line(unit: Unit) -> list[int]:
    """The keys of the unit and of all above it, the nearest first."""
    above = [getattr(unit, f"{level}_id") for level in reversed(ANCESTORS)]
    return [unit.pk, *(pk for pk in above if pk is not None and pk != unit.pk)]
