"""Results leave the house as a file: few rows at once, more with a second person, and never unnoticed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from applications import exports
from applications.domain.exporting import MOST, ByRepresentation, TooMany
from applications.models import Criterion, Drive
from committees import access
from committees.access import Right
from interviews.domain.ranking import Row
from interviews.table import Table
from portal import audit, codes, dates, jobs
from portal.models import Job, User

KIND = "interviews.results"


@transaction.atomic
def export(*, drive: Drive, query: str, kind: str = "xlsx", by: User, now: datetime) -> bytes:
    """The rows that this view of the results shows. Raises ``TooMany`` and ``ByRepresentation``."""
    table = _table(drive, query, by)
    if len(table.rows) > MOST:
        raise TooMany(len(table.rows))
    return _file(table, kind, by=by, now=now)


@transaction.atomic
def ask(*, drive: Drive, query: str, kind: str = "xlsx", by: User, now: datetime) -> Job:
    """Ask for a large file; it is made when a second person who decides agreed. Raises ``ByRepresentation``."""
    count = len(_table(drive, query, by).rows)
    settings = {"drive": drive.pk, "query": query, "kind": kind, "language": translation.get_language() or "hi"}
    return jobs.ask(
        kind=KIND,
        title=_("A file of %(count)s results") % {"count": count},
        settings=settings,
        right=Right.DECIDE,
        reach=access.tops(by, Right.DECIDE)[0].pk,
        needs_second=True,
        by=by,
        now=now,
    )


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """The large file, with the rights of this moment."""
    settings = job.settings
    user = User.objects.select_related("person").get(pk=job.asked_by_id)
    drive = Drive.objects.select_related("unit").get(pk=settings["drive"])
    with translation.override(settings["language"]):
        table = _table(drive, settings["query"], user)
        book = _file(table, settings["kind"], by=user, now=now, agreed=job.agreed_by_id)
        lines = [_("%(count)s results. The file says who took it.") % {"count": len(table.rows)}]
    name = f"results-{drive.slug}.{settings['kind']}"
    return jobs.Result([book], name, exports.KINDS[settings["kind"]][0], {"lines": lines})


def _table(drive: Drive, query: str, user: User) -> Table:
    table = Table(QueryDict(query), user=user, drive=drive)
    if table.sift.by_representation:
        raise ByRepresentation
    return table


def _file(table: Table, kind: str, *, by: User, now: datetime, **noted: Any) -> bytes:
    """The file, and in the log whom it holds."""
    applications = [row.interview.application for row in table.rows]
    audit.record_many("exported results", applications, by=by, now=now)
    audit.record(
        "took out the results", table.drive, by=by, now=now, count=len(applications), filters=table.sift.answers,
        **noted,
    )  # fmt: skip
    columns = _columns(table.ranked.criteria)
    mark = _("Taken by %(who)s on %(when)s. Not for passing on.") % {"who": by, "when": dates.moment(now)}
    _media_type, make = exports.KINDS[kind]
    rows = (list(_values(row, table.ranked.criteria)) for row in table.rows)
    return b"".join(make(rows, titles=[title for title, _width in columns], widths=[w for _t, w in columns], mark=mark))


def _columns(criteria: list[Criterion]) -> list[tuple[str, int]]:
    """Headings with their widths. No group stands in a file, and no number of a phone."""
    return [
        (_("Rank"), 8), (_("Application number"), 14), (_("Full name"), 26), (_("District"), 20),
        (_("Interview day"), 18), (_("Token"), 8), (_("Panel"), 14), *((each.name, 14) for each in criteria),
        (_("Total"), 10), (_("Median of the totals"), 10), (_("Adjusted total"), 10), (_("from"), 8), (_("to"), 8),
        (_("Spread"), 10), (_("Sheets"), 8), (_("Decision"), 18), (_("For the post"), 24), (_("Approved"), 10),
        (_("Reason"), 40),
    ]  # fmt: skip


def _values(row: Row, criteria: list[Criterion]) -> Iterator[str]:
    interview, application = row.interview, row.interview.application
    yield from (_whole(row.rank), codes.pretty(application.ref), application.name)
    yield application.unit.district.name if application.unit.district else application.unit.name
    yield from (dates.short_date(interview.day.date), _whole(interview.token))
    yield interview.panel.name if interview.panel else ""
    yield from (_number(row.medians[each.pk]) for each in criteria)
    yield from map(_number, (row.raw, row.median, row.adjusted, row.low, row.high, row.spread))
    yield _whole(row.n)
    decision = row.decision
    if decision is None:
        yield from ("", "", "", "")
        return
    yield from (str(decision.get_outcome_display()), decision.post.name if decision.post else "")
    yield _("yes") if decision.approved_at else _("no")
    yield ": ".join(filter(None, [str(decision.get_reason_display()), decision.words]))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
