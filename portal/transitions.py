"""The one way a status changes: along a drawn arrow, and only if nobody was quicker."""

from datetime import datetime
from typing import Any

from django.db import models

from portal import audit
from portal.models import User


class NotAllowed(Exception):
    """There is no arrow from here to there."""


class Stale(Exception):
    """The row is no longer in the status it was read with: someone was quicker."""


Table = dict[str, set[str]]


def move(
    row: models.Model, *, to: str, table: Table, by: User | None, now: datetime, **also: Any
) -> None:
    """Move ``row`` to the status ``to`` and write ``also``, or change nothing.

    ``table`` maps each status to those it may become. The database decides a
    race: the update asks for the status that was read.

    Raises ``NotAllowed`` when no arrow is drawn and ``Stale`` when a colleague
    moved the row first.
    """
    was = row.status  # type: ignore[attr-defined]
    if to not in table.get(was, set()):
        raise NotAllowed(f"{was} → {to}")
    rows = type(row)._default_manager.filter(pk=row.pk, status=was)
    if not rows.update(status=to, **also):
        raise Stale(str(row.pk))
    for field, value in {"status": to, **also}.items():
        setattr(row, field, value)
    audit.record(f"{was.lower()} → {to.lower()}", row, by=by, now=now)
