"""Puts chairs up and takes empty ones away: as many as are sanctioned, see ``committees.sanctions``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from committees.days import day_of
from committees.levels import ANCESTORS
from committees.models import Post, Seat, Unit
from committees.sanctions import Sanctions
from portal import audit
from portal.models import User

BATCH = 2000  # rows of one statement
AT_A_TIME = 1000  # units

Place = tuple[int, int]  # the keys of a unit and a post


class Laid(NamedTuple):
    """How many chairs were put up, taken back into use, and taken away."""

    new: int = 0
    reopened: int = 0
    closed: int = 0

    @property
    def more(self) -> int:
        return self.new + self.reopened

    def plus(self, other: "Laid") -> "Laid":
        return Laid(self.new + other.new, self.reopened + other.reopened, self.closed + other.closed)


@transaction.atomic
def make_seats(*, unit: Unit, by: User | None, now: datetime) -> int:
    """Put up the chairs that this unit lacks. Returns how many; again returns 0."""
    laid = lay(units=Unit.objects.filter(pk=unit.pk), posts=Post.objects.filter(level=unit.level), now=now)
    if laid.more:
        audit.record("made seats", unit, by=by, now=now, seats=laid.more)
    return laid.more


@transaction.atomic
def make_seats_below(*, unit: Unit, by: User | None, now: datetime) -> int:
    """Put up the chairs that this unit and all units below it lack. Returns how many."""
    laid = lay(units=Unit.objects.under(unit), posts=Post.objects.all(), now=now)
    if laid.more:
        audit.record("made seats below", unit, by=by, now=now, seats=laid.more)
    return laid.more


@transaction.atomic
def make_seats_of(*, post: Post, by: User | None, now: datetime) -> Laid:
    """As many chairs of one post everywhere as are sanctioned. Chairs that are sat in stay."""
    laid = lay(units=Unit.objects.filter(level=post.level), posts=[post], now=now)
    if any(laid):
        audit.record("made seats of", post, by=by, now=now, seats=laid.more, closed=laid.closed)
    return laid


def lay(*, units: QuerySet[Unit], posts: Iterable[Post], now: datetime) -> Laid:
    """The chairs of many units as they are sanctioned, without a line in the log. Safe to repeat."""
    laid = Laid()
    for some in slices(units):
        laid = laid.plus(lay_some(units=some, posts=posts, now=now))
    return laid


def slices(units: QuerySet[Unit]) -> Iterator[list[Unit]]:
    """The units, some hundred at a time, never from an open cursor: there is writing between."""
    keys = list(units.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        some = keys[start : start + AT_A_TIME]
        yield list(Unit.objects.filter(pk__in=some).only("level", *ANCESTORS))


@transaction.atomic
def lay_some(*, units: list[Unit], posts: Iterable[Post], now: datetime) -> Laid:
    """The chairs of a few hundred units: closed ones come back first, then new ones are put up, empty ones go."""
    posts = list(posts)
    there, wanted = _there(units, posts), _wanted(units, posts)
    new, back, spare = [], [], {}
    for place, seats in wanted.items():
        chairs = there.get(place, [])
        standing = [pk for pk, _number, is_open in chairs if is_open]
        lacking = seats - len(standing)
        if lacking < 0:
            spare[place] = -lacking
            continue
        reopened = [pk for pk, _number, is_open in chairs if not is_open][:lacking]
        last = max((number for _pk, number, _is_open in chairs), default=0)
        numbers = range(last + 1, last + 1 + lacking - len(reopened))
        back += reopened
        new += [Seat(unit_id=place[0], post_id=place[1], number=number) for number in numbers]
    if back:
        Seat.objects.filter(pk__in=back).update(closed_on=None)
    Seat.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return Laid(len(new), len(back), _take_away(there, spare, now) if spare else 0)


def _wanted(units: Iterable[Unit], posts: list[Post]) -> dict[Place, int]:
    """How many chairs each unit is to have of each post of its level."""
    sanctions, at_level = Sanctions(posts), defaultdict(list)
    for post in posts:
        at_level[post.level].append(post)
    return {
        (unit.pk, post.pk): sanctions.of(unit, post).seats for unit in units for post in at_level.get(unit.level, [])
    }


def _there(units: list[Unit], posts: list[Post]) -> dict[Place, list[tuple[int, int, bool]]]:
    """The chairs of each unit and post by number: key, number, is it sanctioned."""
    rows = Seat.objects.filter(unit__in=units, post__in=posts).order_by("number")
    there: dict[Place, list[tuple[int, int, bool]]] = defaultdict(list)
    for unit, post, pk, number, closed_on in rows.values_list("unit", "post", "pk", "number", "closed_on"):
        there[unit, post].append((pk, number, closed_on is None))
    return there


def _take_away(there: dict[Place, list[tuple[int, int, bool]]], spare: dict[Place, int], now: datetime) -> int:
    """Close so many chairs at these places, the last ones first, as long as nobody sits in them."""
    asked = [pk for place in spare for pk, _number, is_open in there[place] if is_open]
    empty: dict[Place, list[int]] = defaultdict(list)
    rows = Seat.objects.vacant(now).filter(pk__in=asked).order_by("-number")
    for unit, post, pk in rows.values_list("unit", "post", "pk"):
        empty[unit, post].append(pk)
    going = [pk for place, count in spare.items() for pk in empty[place][:count]]
    return Seat.objects.vacant(now).filter(pk__in=going).update(closed_on=day_of(now))
