"""Views of the desk that somebody named, to come back to."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from applications.models import SavedFilter
from portal import names
from portal.models import User

LONGEST = 600  # characters of an address
MOST = 30  # of one colleague


class OnlySearched(Exception):
    """Nothing is left of the view without the words that were searched for."""


class TooLong(Exception):
    """The view asks for more than can be kept."""


class TooMany(Exception):
    """This colleague keeps as many as anyone may."""


@transaction.atomic
def keep(*, name: str, query: str, by: User, now: datetime) -> SavedFilter:
    """Keep this view under a name; the same name again means the new view.

    What was searched for is not kept: it is mostly somebody's name, and a view
    stands for years. Raises ``OnlySearched``, ``TooLong`` or ``TooMany``.
    """
    asked = QueryDict(query, mutable=True)
    searched = asked.pop("q", None)
    query = asked.urlencode()
    if searched and not query:
        raise OnlySearched
    if len(query) > LONGEST:
        raise TooLong(len(query))
    named = names.clean(name)
    kept, new = SavedFilter.objects.update_or_create(owner=by, name=named, defaults={"query": query, "made_at": now})
    if new and SavedFilter.objects.filter(owner=by).count() > MOST:
        raise TooMany(named)
    return kept


@transaction.atomic
def drop(*, saved: SavedFilter, by: User, now: datetime) -> None:
    """Forget a view; only one's own."""
    SavedFilter.objects.filter(pk=saved.pk, owner=by).delete()
