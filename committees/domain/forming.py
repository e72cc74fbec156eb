"""Puts chairs up: the seats of a unit, as many as its level's posts ask for."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from committees.models import Post, Seat, Unit
from portal import audit
from portal.models import User

BATCH = 2000


@transaction.atomic
def make_seats(*, unit: Unit, by: User | None, now: datetime) -> int:
    """Put up the chairs that this unit lacks. Returns how many; again returns 0."""
    made = _make([unit])
    if made:
        audit.record("made seats", unit, by=by, now=now, seats=made)
    return made


@transaction.atomic
def make_seats_below(*, unit: Unit, by: User | None, now: datetime) -> int:
    """Put up the chairs that this unit and all units below it lack. Returns how many."""
    made = _make(Unit.objects.under(unit).only("pk", "level").iterator())
    if made:
        audit.record("made seats below", unit, by=by, now=now, seats=made)
    return made


@transaction.atomic
def make_seats_of(*, post: Post, by: User | None, now: datetime) -> int:
    """Put up the chairs of one post that are lacking anywhere. Returns how many; takes none away."""
    made = _make(Unit.objects.filter(level=post.level).only("pk", "level").iterator(), [post])
    if made:
        audit.record("made seats of", post, by=by, now=now, seats=made)
    return made


def _make(units: Iterable[Unit], posts: Iterable[Post] | None = None) -> int:
    """The chairs of many units, of all posts or of these, without a line in the log."""
    before = Seat.objects.count()
    Seat.objects.bulk_create(
        _chairs(units, Post.objects.all() if posts is None else posts), batch_size=BATCH, ignore_conflicts=True
    )
    return Seat.objects.count() - before


def _chairs(units: Iterable[Unit], posts: Iterable[Post]) -> Iterator[Seat]:
    at_level: dict[str, list[Post]] = {}
    for post in posts:
        at_level.setdefault(post.level, []).append(post)
    for unit in units:
        for post in at_level.get(unit.level, []):
            for number in range(1, post.seats_per_unit + 1):
                yield Seat(unit=unit, post=post, number=number)
