"""Applicants of a unit and below, with rank and marks: what those who form its committee read."""

from datetime import datetime

from applications.models import Application, Criterion
from applications.states import STILL_IN, Status
from committees import access
from committees.access import Right
from committees.choices import SHOWN, Hopeful
from committees.models import Unit
from interviews.domain.scoring import MARKS
from interviews.models import Interview, Standing
from portal.models import User

BEST_FIRST = [Status.SELECTED, Status.WAITING, Status.SHORTLISTED, Status.SUBMITTED]
BAND = 20  # percent


def of_unit(*, user: User, unit: Unit, now: datetime) -> list[Hopeful]:
    """Who applied here and is still in, the best first.

    Ranks and marks are told once the results are frozen, to who decides on results.
    """
    rows = Application.objects.filter(status__in=STILL_IN).filter(unit.reach("unit")).select_related("unit")
    found = list(access.narrow(rows, user=user, right=Right.REVIEW).order_by("-submitted_at", "-pk")[: 10 * SHOWN])
    frozen = _frozen([row.pk for row in found if access.may(user, Right.DECIDE, row.unit)])
    found.sort(key=lambda row: (BEST_FIRST.index(Status(row.status)), frozen.get(row.pk, (10**6, ""))[0]))
    return [_told(row, *frozen.get(row.pk, (None, ""))) for row in found[:SHOWN]]


def _told(row: Application, rank: int | None, band: str) -> Hopeful:
    return Hopeful(
        key=f"a{row.pk}",
        name=row.name,
        phone=row.phone,
        share=row.share,
        gender=row.gender,
        birth_year=row.birth_year,
        language=row.language,
        place=row.unit.title,
        status=row.get_status_display(),
        rank=rank,
        band=band,
    )


def _frozen(applications: list[int]) -> dict[int, tuple[int, str]]:
    """Rank, and the fifth in which the marks lie, of each application whose day is frozen; four queries at most."""
    seen = dict(Interview.objects.filter(application__in=applications).values_list("pk", "application"))
    if not seen:
        return {}
    standings = list(Standing.objects.filter(day__interviews__in=seen).distinct().select_related("day"))
    drives = [standing.day.drive_id for standing in standings if standing.day]
    counted = list(Criterion.objects.filter(drive__in=drives).values_list("drive", flat=True))
    return {
        seen[row["interview"]]: (row["rank"], _band(row["raw"], max(MARKS) * counted.count(standing.day.drive_id)))
        for standing in reversed(standings)  # the newest is read first and has the last word
        for row in standing.rows
        if standing.day and row["interview"] in seen and row["rank"]
    }


def _band(raw: float | None, best: int) -> str:
    """``60–80 %`` of the marks there are."""
    if raw is None or not best:
        return ""
    low = min(int(100 * raw / best) // BAND * BAND, 100 - BAND)
    return f"{low}–{low + BAND} %"
