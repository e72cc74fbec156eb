"""The results of a day made final: all decided, the ranking kept as it was shown, and nothing proposed any more."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from math import isfinite
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from applications.models import Drive
from interviews.domain import ranking
from interviews.models import Interview, InterviewDay, Standing
from portal import audit
from portal.models import User
from portal.transitions import Stale

DIGITS = 4  # after the point: what is kept is compared, so it is rounded alike


class StillOpen(Exception):
    """The day takes sheets; close it first."""


class Undecided(Exception):
    """``count`` people of this day have no approved decision."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def rows_of(day: InterviewDay) -> list[dict[str, Any]]:
    """The ranking as plain values, best first, from the sheets as they are now: no name in it."""
    return _plain(ranking.rank(day))


def rows_of_drive(drive: Drive) -> list[dict[str, Any]]:
    """The same of all closed days of a drive as one."""
    return _plain(ranking.rank_drive(drive))


def _plain(ranked: ranking.Ranking) -> list[dict[str, Any]]:
    return [
        {
            "interview": row.interview.pk,
            "token": row.interview.token,
            "rank": row.rank,
            "raw": rounded(row.raw),
            "adjusted": rounded(row.adjusted),
            "spread": rounded(row.spread),
            "n": row.n,
            "tie": row.tie,
        }
        for row in ranked.rows
    ]


def digest_of(rows: Any) -> str:
    """The fingerprint of what was shown: SHA-256 of its JSON with sorted keys."""
    return sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def undecided(day: InterviewDay) -> QuerySet[Interview]:
    """Who came, or did not come, and has no approved decision; who was never called is none of them."""
    return Interview.objects.of_day(day).over().filter(decision__approved_at=None).order_by("token", "pk")


@transaction.atomic
def freeze(*, day: InterviewDay, by: User, now: datetime) -> Standing:
    """Keep the ranking as it is shown. Each decision had its two people before.

    Raises ``StillOpen``, ``Undecided``, or ``Stale`` when it was frozen meanwhile.
    """
    if day.locked_at is None:
        raise StillOpen(str(day))
    if count := undecided(day).count():
        raise Undecided(count)
    frozen = InterviewDay.objects.filter(pk=day.pk, frozen_at=None, locked_at__isnull=False)
    if not frozen.update(frozen_at=now):
        raise Stale(str(day))
    day.frozen_at = now
    rows = rows_of(day)
    standing = Standing.objects.create(day=day, made_at=now, by=by, rows=rows, digest=digest_of(rows))
    audit.record("froze the results", day, by=by, now=now, digest=standing.digest)
    _keep_drive(day.drive, by, now)
    return standing


def _keep_drive(drive: Drive, by: User, now: datetime) -> None:
    """With the last of several days the ranking over all of them is final, and kept as it is shown."""
    days = list(ranking.days_of(drive).values_list("frozen_at", flat=True))
    if len(days) > 1 and None not in days:
        rows = rows_of_drive(drive)
        standing = Standing.objects.create(drive=drive, made_at=now, by=by, rows=rows, digest=digest_of(rows))
        audit.record("froze the ranking of all days", drive, by=by, now=now, days=len(days), digest=standing.digest)


def same_as_shown(day: InterviewDay) -> bool | None:
    """Does the ranking, computed anew, equal what was frozen last? ``None``: nothing was frozen."""
    return _equals(Standing.objects.filter(day=day).first(), lambda: rows_of(day))


def drive_same_as_shown(drive: Drive) -> bool | None:
    """The same of the ranking over all days. ``None``: its days were never all frozen, or there is only one."""
    return _equals(Standing.objects.filter(drive=drive).first(), lambda: rows_of_drive(drive))


def _equals(shown: Standing | None, rows: Callable[[], list[dict[str, Any]]]) -> bool | None:
    return digest_of(rows()) == shown.digest == digest_of(shown.rows) if shown else None


def rounded(value: float | None) -> float | None:
    """As it is kept and printed; what is no number is none."""
    return round(value, DIGITS) if value is not None and isfinite(value) else None
