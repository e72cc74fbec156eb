"""The only writer of Event."""

from typing import Any

from django.db import models

from portal.models import Event, User


def record(verb: str, thing: models.Model, *, by: User | None, now, **data: Any) -> Event:
    """Write down that ``by`` did ``verb`` to ``thing``. Give no personal values in ``data``."""
    return Event.objects.create(at=now, verb=verb, by=by, kind=thing._meta.label_lower, thing=str(thing.pk), data=data)


def record_many(verb: str, things, *, by: User | None, now, **data: Any) -> None:
    """One event for each thing, in one statement."""
    Event.objects.bulk_create(
        Event(at=now, verb=verb, by=by, kind=thing._meta.label_lower, thing=str(thing.pk), data=data)
        for thing in things
    )


def history(thing: models.Model):
    """The events of one thing, oldest first."""
    return (
        Event.objects.filter(kind=thing._meta.label_lower, thing=str(thing.pk))
        .select_related("by__person")
        .order_by("at", "pk")
    )
