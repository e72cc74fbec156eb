"""The posts that an applicant wishes for, the dearest first."""

from collections.abc import Iterable

from django.db.models import Case, Q, Value, When

from committees.models import Post

MOST = 3


def names(codes: Iterable[str]) -> list[str]:
    """How these posts are called, in the given order; nothing is asked for nothing."""
    codes = list(codes)
    posts = called(codes)
    return [posts[code] for code in codes if code in posts]


def called(codes: Iterable[str]) -> dict[str, str]:
    """The names of these posts by their codes, for the wishes of many people at once."""
    wanted = set(codes)
    return {post.code: post.name for post in Post.objects.filter(code__in=wanted)} if wanted else {}


def numbered(codes: Iterable[str]) -> str:
    """One a line: ``1. मीडिया प्रभारी``."""
    return "\n".join(f"{place}. {name}" for place, name in enumerate(names(codes), start=1))


def anywhere(code: str) -> Q:
    """Those who wish for this post, at whatever place."""
    first, *others = (Q(**{f"wishes__{place}": code}) for place in range(MOST))
    for other in others:
        first |= other
    return first


def dearest_first(code: str) -> Case:
    """Who wishes it first comes first."""
    places = [When(Q(**{f"wishes__{place}": code}), then=Value(place)) for place in range(MOST)]
    return Case(*places, default=Value(MOST))
