"""The public record of a selection: no names, and each applicant finds the own row by a code that only they know."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from applications import outcomes
from applications.models import Application, Drive
from applications.states import STILL_IN, Status
from interviews.domain import ranking
from interviews.domain.freezing import digest_of
from interviews.models import Interview, InterviewDay, PublicRecord
from portal import audit
from portal.models import User

CHOSEN = {Status.SELECTED, Status.APPOINTED}
FEW = 5  # a district with fewer applicants is told with the others: nobody is to be guessed


class NotFrozen(Exception):
    """A day of this drive is not frozen yet, or there was none."""


@transaction.atomic
def publish(*, drive: Drive, by: User, now: datetime) -> PublicRecord:
    """Put the record out, as it stands: a later one stands beside it, none is ever changed. Raises ``NotFrozen``."""
    days = InterviewDay.objects.filter(drive=drive, cancelled_at=None)
    if not days.exists() or days.filter(frozen_at=None).exists():
        raise NotFrozen(drive.slug)
    people = _people(drive)
    rows = {
        "people": people,
        "districts": _districts(drive),
        "lots": [{"date": f"{day.date:%Y-%m-%d}", "lot": day.lot} for day in days.order_by("date")],
        "criteria": list(drive.criteria.order_by("order").values("name_hi", "name_en", "weight")),
    }
    record = PublicRecord.objects.create(drive=drive, made_at=now, by=by, rows=rows, digest=digest_of(rows))
    audit.record("published the record", record, by=by, now=now, people=len(people), digest=record.digest)
    return record


def _people(drive: Drive) -> list[dict[str, Any]]:
    """Everyone who was interviewed, the best first: code, day, rank, total, sheets, and what came of it.

    ``rank`` is that within the day; where there were several, ``overall`` is the one over all of them.
    """
    shown: dict[int, dict[str, Any]] = {}
    days = list(ranking.days_of(drive))
    for day in days:
        standing = day.standings.first()
        for row in standing.rows if standing else []:
            shown[row["interview"]] = row | {"date": f"{day.date:%Y-%m-%d}"}
    interviews = Interview.objects.filter(pk__in=shown, application__erased_at=None).select_related("application")
    overall = {row.interview.pk: row.rank for row in ranking.rank_drive(drive).rows} if len(days) > 1 else {}
    rows: list[dict[str, Any]] = []
    for interview in interviews.exclude(application__status=Status.WITHDRAWN):
        kept = {key: shown[interview.pk][key] for key in ("date", "rank", "raw", "n")}
        if overall:
            kept["overall"] = overall.get(interview.pk)
        code = outcomes.receipt(interview.application)
        rows.append({"code": code, "outcome": interview.application.status, **kept})
    return sorted(rows, key=_best_first)


def _best_first(row: dict[str, Any]) -> tuple[bool, int, str, bool, int, str]:
    overall, rank = row.get("overall"), row["rank"]
    return ("overall" in row and overall is None, overall or 0, row["date"], rank is None, rank or 0, row["code"])


def _districts(drive: Drive) -> list[dict[str, Any]]:
    """How many applied, and how many were selected, by district; the small ones together."""
    rows = Application.objects.filter(drive=drive, status__in=[*STILL_IN, Status.APPOINTED, Status.NOT_SELECTED])
    names = "unit__district__name_hi", "unit__district__name_en"
    told = [((hindi or "", english or ""), status) for hindi, english, status in rows.values_list(*names, "status")]
    sizes = Counter(district for district, _status in told)
    heading = {district: district if size >= FEW else ("", "") for district, size in sizes.items()}
    applied = Counter(heading[district] for district, _status in told)
    chosen = Counter(heading[district] for district, status in told if status in CHOSEN)
    counts = [
        {"name_hi": name[0], "name_en": name[1], "applied": applied[name], "selected": chosen[name]} for name in applied
    ]
    return sorted(counts, key=lambda row: (row["name_hi"] == "", row["name_hi"]))
