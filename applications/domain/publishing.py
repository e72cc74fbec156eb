"""Decide now, publish together: in pencil nobody outside the office sees a decision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from applications.domain import reviewing
from applications.domain.reviewing import RUBBED_OUT
from applications.models import Application, Drive
from applications.querysets import ApplicationQuerySet
from applications.states import MOVES, STILL_IN, Status
from committees import access
from committees.access import Right
from portal import audit, jobs
from portal.models import Job, User
from portal.transitions import NotAllowed

KIND = "applications.publish"
AT_A_TIME = 500


class NothingInPencil(Exception):
    """There is no decision to publish."""


class SamePerson(Exception):
    """Who publishes decided some of it alone: another person has to publish."""


class Outcome(NamedTuple):
    """How many go to one status for one kind of reason."""

    to: str
    code: str
    n: int


@transaction.atomic
def pencil(
    *, applications: Iterable[Application], to: str, code: str, reason: str, by: User, now: datetime
) -> list[Application]:
    """Decide in pencil; give back those whose status allows it. Nothing is told to anyone.

    Raises ``reviewing.ReasonMissing``, and ``transitions.NotAllowed`` for what is no decision.
    """
    if to not in reviewing.DECISIONS:
        raise NotAllowed(to)
    given = reviewing.reasons(to=to, code=code, reason=reason)
    rows = [application for application in applications if to in MOVES[application.status]]
    came_from = [status for status, targets in MOVES.items() if to in targets]
    values: dict[str, Any] = {
        "pencilled": to,
        "pencilled_code": given.get("reason_code", ""),
        "pencilled_reason": given.get("reason", ""),
        "pencilled_by": by,
        "pencilled_at": now,
    }
    return _write(rows, values, came_from, verb="decided in pencil", by=by, now=now, to=to)


@transaction.atomic
def rub_out(*, applications: Iterable[Application], by: User, now: datetime) -> list[Application]:
    """Take decisions in pencil away; give back those that had one."""
    rows = [row for row in applications if row.pencilled and row.pencilled != row.status]
    return _write(rows, RUBBED_OUT, list(MOVES), verb="rubbed out", by=by, now=now)


def ask(*, drive: Drive, by: User, now: datetime) -> Job:
    """Ask to publish what is in pencil now; it leaves when a second person has agreed. Raises ``NothingInPencil``."""
    count = _ready(drive, now).count()
    if not count:
        raise NothingInPencil(drive.slug)
    return jobs.ask(
        kind=KIND,
        title=_("Publish %(count)s decisions: %(drive)s") % {"count": count, "drive": drive.title},
        settings={"drive": drive.pk},
        right=Right.DECIDE,
        reach=drive.unit_id,
        needs_second=True,
        by=by,
        now=now,
    )


def publish(
    *,
    drive: Drive,
    by: User,
    now: datetime,
    asked_at: datetime | None = None,
    agreed_by: User | None = None,
    batch: str = "",
) -> reviewing.Done:
    """Make what was in pencil at ``asked_at`` so, all of it as one batch; news leaves after the time for undoing.

    Two persons publish: raises ``SamePerson`` when ``by`` decided any of it
    and nobody else agreed, and ``NothingInPencil``.
    """
    ready = _ready(drive, asked_at or now)
    if agreed_by is None and ready.filter(pencilled_by=by).exists():
        raise SamePerson(by.pk)
    ready = access.narrow(ready, user=by, right=Right.REVIEW)
    groups = ready.order_by().values_list("pencilled", "pencilled_code", "pencilled_reason").distinct()
    done = reviewing.Done([], [], batch or reviewing.new_batch())
    noted = {"agreed": agreed_by.pk} if agreed_by else {}
    for to, code, reason in list(groups):
        of_group = {"pencilled": to, "pencilled_code": code, "pencilled_reason": reason}
        keys = list(ready.filter(**of_group).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), AT_A_TIME):
            rows = ready.filter(**of_group, pk__in=keys[start : start + AT_A_TIME]).select_related("drive")
            part = reviewing.move_many(
                applications=rows, to=to, by=by, now=now, code=code, reason=reason,
                batch=done.batch, noted=noted, keep_pencil=True,
            )  # fmt: skip
            done.moved.extend(part.moved)
            done.left.extend(part.left)
    if not done.moved and not done.left:
        raise NothingInPencil(drive.slug)
    return done


def outcomes(*, drive: Drive, rows: ApplicationQuerySet) -> list[Outcome]:
    """What is in pencil, by status and kind of reason."""
    counted = (
        rows.filter(drive=drive).in_pencil().order_by().values_list("pencilled", "pencilled_code").annotate(Count("pk"))
    )
    order = [status.value for status in Status]
    return sorted((Outcome(*line) for line in counted), key=lambda line: (order.index(line.to), line.code))


def undecided(*, drive: Drive, rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """Who still waits for a decision: in the running, not in pencil, result not told."""
    open_still = rows.filter(drive=drive, status__in=STILL_IN - {Status.SELECTED, Status.WAITING})
    return open_still.exclude(pk__in=rows.filter(drive=drive).in_pencil().values("pk"))


def _ready(drive: Drive, until: datetime) -> ApplicationQuerySet:
    """In pencil since before ``until``, where the arrow to the decision is still drawn."""
    arrows = Q(pk__in=[])
    for was, targets in MOVES.items():
        arrows |= Q(status=was, pencilled__in=list(targets & reviewing.DECISIONS))
    return Application.objects.filter(arrows, drive=drive, pencilled_at__lte=until).in_pencil()


def _write(
    rows: list[Application],
    values: dict[str, Any],
    statuses: list[str],
    *,
    verb: str,
    by: User,
    now: datetime,
    **noted: Any,
) -> list[Application]:
    """Write to those that nobody moved on since they were read."""
    written: list[Application] = []
    for start in range(0, len(rows), AT_A_TIME):
        part = rows[start : start + AT_A_TIME]
        free = Application.objects.filter(pk__in=[row.pk for row in part], status__in=statuses)
        keys = set(free.select_for_update().order_by("pk").values_list("pk", flat=True))
        Application.objects.filter(pk__in=keys).update(**values)
        won = [row for row in part if row.pk in keys]
        audit.record_many(verb, won, by=by, now=now, **noted)
        written += won
    return written
