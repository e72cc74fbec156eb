"""The one way a status changes: along a drawn arrow, and only if nobody was quicker."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from portal import audit
from portal.models import User


class NotAllowed(Exception):
    """There is no arrow from here to there."""


class Stale(Exception):
    """The row is no longer in the status it was read with: someone was quicker."""


Table = dict[str, set[str]]
Row = Any  # a row of any model that has a ``status``
BATCH = 500


@transaction.atomic
def move(row: Row, *, to: str, table: Table, by: User | None, now: datetime, **also: Any) -> None:
    """Move ``row`` to the status ``to`` and write ``also``, or change nothing.

    ``table`` maps each status to those it may become. The database decides a
    race: the update asks for the status that was read.

    Raises ``NotAllowed`` when no arrow is drawn and ``Stale`` when a colleague
    moved the row first.
    """
    was = row.status
    if to not in table.get(was, set()):
        raise NotAllowed(f"{was} → {to}")
    rows = type(row)._default_manager.filter(pk=row.pk, status=was)
    if not rows.update(status=to, **also):
        raise Stale(str(row.pk))
    audit.record(f"{was.lower()} → {to.lower()}", row, by=by, now=now)
    for field, value in {"status": to, **also}.items():
        setattr(row, field, value)


@transaction.atomic
def move_many(
    rows: Iterable[Row], *, to: str, table: Table, by: User | None, now: datetime, noted: dict[str, Any], **also: Any
) -> list[Row]:
    """Move those rows that may go to ``to`` and that nobody moved first; give them back.

    ``noted`` goes into each event beside the words of ``move``. What is not
    given back was left as it is: the caller tells the person so.
    """
    by_status: dict[str, list[Row]] = {}
    for row in rows:
        by_status.setdefault(row.status, []).append(row)
    moved: list[Row] = []
    for was, group in by_status.items():
        if to not in table.get(was, set()):
            continue
        won = [row for batch in _batches(group) for row in _claim(batch, was, {"status": to, **also})]
        audit.record_many(f"{was.lower()} → {to.lower()}", won, by=by, now=now, **noted)
        moved += won
    return moved


def _claim(rows: list[Row], was: str, values: dict[str, Any]) -> list[Row]:
    """Write ``values`` to the rows still in the status ``was``.

    Locked in the order of their keys: two colleagues with overlapping lists
    wait for each other, and never both (SQLite has one writer at a time anyway).
    """
    current = type(rows[0])._default_manager.filter(status=was, pk__in=[row.pk for row in rows])
    free = set(current.select_for_update().order_by("pk").values_list("pk", flat=True))
    current.filter(pk__in=free).update(**values)
    won = [row for row in rows if row.pk in free]
    for row in won:
        for field, value in values.items():
            setattr(row, field, value)
    return won


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    in_order = sorted(rows, key=lambda row: row.pk)
    for start in range(0, len(in_order), BATCH):
        yield in_order[start : start + BATCH]
