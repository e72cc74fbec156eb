"""Whom the drives of the state selected, with their marks: what the office reads when it looks for in-charges."""

from collections import Counter
from datetime import datetime

from applications.models import Application, Criterion
from applications.states import Status
from committees import access
from committees.access import Right
from committees.domain.candidacy import Applicant
from committees.levels import Level
from interviews.domain.scoring import MARKS
from interviews.models import Interview, Standing
from portal.models import User

BEST_MARK = max(MARKS)


def applicants(*, user: User, now: datetime) -> list[Applicant]:
    """Selected, or appointed since: those ``user`` may read.

    Marks are told once the results of a day are frozen, to who decides on results.
    """
    rows = Application.objects.filter(status__in=[Status.SELECTED, Status.APPOINTED], drive__unit__level=Level.STATE)
    rows = access.narrow(rows, user=user, right=Right.REVIEW).select_related("unit__district").order_by("pk")
    found = list(rows)
    marks = _marks([row.pk for row in found if access.may(user, Right.DECIDE, row.unit)])
    return [
        Applicant(
            key=f"a{row.pk}",
            name=row.name,
            phone=row.phone,
            share=row.share,
            gender=row.gender,
            birth_year=row.birth_year,
            language=row.language,
            home=row.unit.district.code if row.unit.district else "",
            score=marks.get(row.pk, (None, 0))[0],
            out_of=marks.get(row.pk, (None, 0))[1],
        )
        for row in found
    ]


def _marks(applications: list[int]) -> dict[int, tuple[float, int]]:
    """The frozen raw total of each application, and the highest there could be."""
    seen = dict(Interview.objects.filter(application__in=applications).values_list("pk", "application"))
    frozen = Standing.objects.filter(day__interviews__in=seen).distinct().order_by("made_at")
    standings = list(frozen.values_list("day__drive", "rows", "made_at"))
    criteria = Counter(
        Criterion.objects.filter(drive__in={drive for drive, _rows, _at in standings}).values_list("drive", flat=True)
    )
    return {
        seen[row["interview"]]: (row["raw"], BEST_MARK * criteria[drive])
        for drive, rows, _at in standings
        for row in rows
        if row["interview"] in seen and row["raw"] is not None
    }
