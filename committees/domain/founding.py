"""The first hour of an installation: posts and the units that are known."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from committees.domain import forming, seats, tree
from committees.domain.tree import Row
from committees.models import Post, Unit
from portal import audit
from portal.models import User

DATA = Path(__file__).resolve().parent.parent / "data"


class PostRow(NamedTuple):
    """What is told about one post; as in ``data/posts.csv``."""

    code: str
    level: str
    name_hi: str
    name_en: str
    role: str
    seats_per_unit: int
    in_committee: bool
    order: int
    exclusive: str = ""


@transaction.atomic
def found(*, by: User | None, now: datetime) -> Unit:
    """Our own posts and units, with their seats. Safe to repeat: what the office changed since stays."""
    load_posts(rows=default_posts(), by=by, now=now)
    known = set(Unit.objects.values_list("code", flat=True))
    tree.load(rows=[row for row in default_units() if row.code not in known], by=by, now=now)
    state = Unit.objects.get(level="state")
    forming.make_seats_below(unit=state, by=by, now=now)
    return state


@transaction.atomic
def load_posts(*, rows: Iterable[PostRow], by: User | None, now: datetime) -> int:
    """Make the posts whose codes are not known yet. Returns how many."""
    known = set(Post.objects.values_list("code", flat=True))
    new = [Post(**row._asdict()) for row in rows if row.code not in known]
    Post.objects.bulk_create(new)
    audit.record_many("added", list(Post.objects.filter(code__in=[post.code for post in new])), by=by, now=now)
    return len(new)


@transaction.atomic
def save_post(*, post: Post, by: User | None, now: datetime) -> Post:
    """Keep a new or changed post, put up the seats it asks for more and take away empty ones it asks for no more.

    Who sits on it is bound by what it says of other posts from now on. Raises ``seats.DoubleHolders``.
    """
    is_new = post.pk is None
    post.save()
    seats.restate_only_one(post=post, now=now)
    audit.record("added" if is_new else "changed", post, by=by, now=now)
    forming.make_seats_of(post=post, by=by, now=now)
    return post


def default_posts() -> list[PostRow]:
    """The posts of ``data/posts.csv``."""
    return [
        PostRow(
            row["code"], row["level"], row["name_hi"], row["name_en"], row["role"],
            int(row["seats_per_unit"]), row["in_committee"] == "1", int(row["order"]),
            row["exclusive"],
        )
        for row in _read("posts.csv")
    ]  # fmt: skip


def default_units() -> list[Row]:
    """State, districts and assemblies of ``data/rajasthan_units.csv``, in order of level."""
    return [
        Row(
            row["level"], row["code"], row["parent"], row["name_hi"], row["name_en"],
            int(row["number"]) if row["number"] else None, row["aliases"], row["slug"],
        )
        for row in _read("rajasthan_units.csv")
    ]  # fmt: skip


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
