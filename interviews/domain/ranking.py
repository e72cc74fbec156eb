"""The ranking of a day, or of a drive: means of what was handed in, with spread and ties told openly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import pairwise
from statistics import mean, median

from django.db.models import QuerySet

from applications.domain.ruling import tie_breakers
from applications.models import Criterion, Drive
from applications.models.drives import RanksBy
from interviews.domain import fairness
from interviews.domain.fairness import plain
from interviews.domain.scoring import MARKS, TELLING
from interviews.models import Decision, Interview, InterviewDay, Panel, ScoreSheet, Standing
from interviews.states import Status

ENOUGH = 5  # candidates with marks, from which the day's reliability is told
WIDE_CRITERION, WIDE_TOTAL = 2, 5  # marks apart, from which people should talk


@dataclass
class Row:
    """One candidate. Totals are on the scale of the sum of all criteria (5 to 25 for five).

    ``adjusted`` and its interval are None where strictness cannot be told
    from ability or nothing was marked twice. ``spread`` is the distance of the highest total from the lowest,
    ``widest`` the criterion on which the marks lie furthest apart and by how
    much. ``tie`` names what decided against an equal total: the order of the
    criterion ``tied_by``, or 0 for the lot. ``totals`` stand in the order of
    the sheets; ``counts`` say how many 5s were given, how many 4s, and so on.
    ``decision`` is filled by who shows the row.
    """

    interview: Interview
    sheets: list[ScoreSheet]
    totals: list[float | None]
    medians: dict[int, float | None]
    means: dict[int, float]
    raw: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    spread: float
    widest: tuple[Criterion, int] | None
    rank: int | None = None
    tied: bool = False
    tie: int | None = None
    tied_by: Criterion | None = None
    flags: list[str] = field(default_factory=list)
    decision: Decision | None = None

    @property
    def n(self) -> int:
        return len(self.sheets)

    @property
    def median(self) -> float | None:
        values = [value for value in self.totals if value is not None]
        return median(values) if values else None

    @property
    def counts(self) -> list[int]:
        given = Counter(score.mark for sheet in self.sheets for score in sheet.scores.all())
        return [given[mark] for mark in reversed(MARKS)]


@dataclass
class Ranking:
    """All candidates of a day or a drive, best first; those without marks at the end.

    ``panels`` are those that gave clearly more or less than all others, most generous first.
    """

    rows: list[Row]
    criteria: list[Criterion]
    fairness: fairness.Fairness
    ties: list[Criterion]
    lot: str
    panels: list[tuple[Panel, plain.Generosity]]

    @property
    def reliable(self) -> str | None:
        """How far the order by total is to be trusted, in a word; None while too little is in to say it."""
        enough = self.fairness.tested and len(self.fairness.scores) >= ENOUGH
        return fairness.word(self.fairness.dependability) if enough else None


def rank(day: InterviewDay) -> Ranking:
    """Rank by the handed-in totals as the drive rules; equal ones by the criteria it names for that, then by lot.

    The adjusted total stands beside the raw one and decides nothing.
    """
    return _ranked([day], day.drive, day.lot)


def rank_drive(drive: Drive) -> Ranking:
    """The same over all closed days of a drive as one: marks of a day that still takes sheets are nobody's to read."""
    return rank_days(drive, list(closed_days(drive)))


def rank_days(drive: Drive, days: Iterable[InterviewDay]) -> Ranking:
    """Several days of a drive as one; the lot is that of the day that was planned first."""
    return _ranked(days, drive, lot_of(drive))


def days_of(drive: Drive) -> QuerySet[InterviewDay]:
    """The days on which a drive interviews, the first one first."""
    return InterviewDay.objects.filter(drive=drive, cancelled_at=None).order_by("date")


def closed_days(drive: Drive) -> QuerySet[InterviewDay]:
    return days_of(drive).filter(locked_at__isnull=False)


def lot_of(drive: Drive) -> str:
    """The seed of the day planned first, whatever became of it: who plans another day draws no new one."""
    return InterviewDay.objects.filter(drive=drive).order_by("pk").values_list("lot", flat=True).first() or ""


def _ranked(days: Iterable[InterviewDay], drive: Drive, lot: str) -> Ranking:
    criteria = list(Criterion.objects.filter(drive=drive).order_by("order"))
    there = Interview.objects.filter(pk__in=_heard(list(days)))
    heard = there.for_queue().select_related("day").prefetch_related("application__conflicts")
    sheets = _sheets(there)
    interviews = _once([row for row in heard if row.status != Status.ARRIVED or row.pk in sheets], sheets)
    totals = {sheet.pk: total(sheet, criteria) for row in interviews for sheet in sheets.get(row.pk, [])}
    fair = fairness.adjust(
        (row.pk, sheet.panelist_id, value)
        for row in interviews
        for sheet in sheets.get(row.pk, [])
        if (value := totals[sheet.pk]) is not None
    )
    rows = [_row(each, sheets.get(each.pk, []), totals, criteria, fair, drive.ranks_by) for each in interviews]
    ties = tie_breakers(criteria)
    _order(rows, ties, lot)
    panels = _generosity(rows)
    flagged = {panel.pk for panel, _one in panels}
    for row in rows:
        if row.interview.panel_id in flagged:
            row.flags.append("panel")
    return Ranking(rows, criteria, fair, ties, lot, panels)


def _heard(days: Sequence[InterviewDay]) -> set[int]:
    """Who is in the plan and came or did not; of a frozen day also who left since, so that no place changes."""
    kept: dict[int | None, list[int]] = {}
    for standing in Standing.objects.filter(day__in=[day.pk for day in days if day.frozen_at]):  # the newest first
        kept.setdefault(standing.day_id, [row["interview"] for row in standing.rows])
    over = Interview.objects.filter(day__in=days).over().values_list("pk", flat=True)
    return set(over).union(*kept.values())


def _once(interviews: list[Interview], sheets: Mapping[int, list[ScoreSheet]]) -> list[Interview]:
    """Who was called on several days stands here once: with the last day that brought marks, else the last."""

    def weight(row: Interview) -> tuple[bool, date, int]:
        return (row.pk in sheets, row.day.date, row.pk)

    best: dict[int, Interview] = {}
    for row in interviews:
        other = best.get(row.application_id)
        if other is None or weight(row) > weight(other):
            best[row.application_id] = row
    return list(best.values())


def together(values: Sequence[float], ranks_by: str) -> float:
    """One total of several, by the rule of the drive; without highest and lowest only from three on."""
    if ranks_by == RanksBy.MEDIAN:
        return median(values)
    if ranks_by == RanksBy.TRIMMED and len(values) > 2:
        return mean(sorted(values)[1:-1])
    return mean(values)


def total(sheet: ScoreSheet, criteria: Iterable[Criterion]) -> float | None:
    """The weighted sum of a sheet, scaled so that equal weights give the plain sum.

    A criterion without a mark is left out, not counted as zero; a sheet
    without any mark has no total.
    """
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    marks = {each.criterion_id: each.mark for each in sheet.scores.all() if each.criterion_id in weights}
    return plain.weighted({key: mark for key, mark in marks.items() if mark is not None}, weights)


def _sheets(interviews: QuerySet[Interview]) -> dict[int, list[ScoreSheet]]:
    """Those whose marks decide, by interview."""
    grouped: dict[int, list[ScoreSheet]] = defaultdict(list)
    rows = ScoreSheet.objects.counting().filter(interview__in=interviews.values("pk"))
    for sheet in rows.select_related("panelist").prefetch_related("scores").order_by("submitted_at", "pk"):
        grouped[sheet.interview_id].append(sheet)
    return dict(grouped)


def _row(
    interview: Interview,
    sheets: list[ScoreSheet],
    totals: dict[int, float | None],
    criteria: list[Criterion],
    fair: fairness.Fairness,
    ranks_by: str,
) -> Row:
    values = [value for sheet in sheets if (value := totals[sheet.pk]) is not None]
    marks: dict[int, list[int]] = defaultdict(list)
    for sheet in sheets:
        for score in sheet.scores.all():
            if score.mark is not None:
                marks[score.criterion_id].append(score.mark)
    widths = [(max(marks[each.pk]) - min(marks[each.pk]), each) for each in criteria if marks[each.pk]]
    width, widest = max(widths, key=lambda pair: pair[0], default=(0, None))
    fit = fair.scores.get(interview.pk) if fair.certain else None
    row = Row(
        interview=interview,
        sheets=sheets,
        totals=[totals[sheet.pk] for sheet in sheets],
        medians={each.pk: median(marks[each.pk]) if marks[each.pk] else None for each in criteria},
        means={key: mean(given) for key, given in marks.items() if given},
        raw=together(values, ranks_by) if values else None,
        adjusted=fit.adjusted if fit else None,
        low=fit.low if fit else None,
        high=fit.high if fit else None,
        spread=plain.spread(values),
        widest=(widest, width) if widest and width else None,
    )
    if width >= WIDE_CRITERION or row.spread >= WIDE_TOTAL:
        row.flags.append("wide")
    if row.n == 1:
        row.flags.append("single")
    if any(not sheet.note and TELLING & {score.mark for score in sheet.scores.all()} for sheet in sheets):
        row.flags.append("bare")
    if interview.application.conflicts.all():
        row.flags.append("conflict")
    return row


def _generosity(rows: list[Row]) -> list[tuple[Panel, plain.Generosity]]:
    panels = {row.interview.panel_id: row.interview.panel for row in rows if row.interview.panel}
    told = plain.generosity((row.interview.panel_id, row.raw) for row in rows if row.raw is not None)
    found = [(panels[key], one) for key, one in told.items() if one.flagged and key in panels]
    return sorted(found, key=lambda pair: -pair[1].shift)


def _order(rows: list[Row], ties: list[Criterion], lot: str) -> None:
    """Sort in place; give ranks and say what broke each tie."""

    def merit(row: Row) -> tuple[float, ...]:
        means = [row.means.get(each.pk, 0) for each in ties]
        return (-round(row.raw or 0, 6), *(-round(value, 6) for value in means))

    rows.sort(key=lambda row: (row.raw is None, *merit(row), drawn(lot, row.interview)))
    ranked = [row for row in rows if row.raw is not None]
    for place, row in enumerate(ranked, start=1):
        row.rank = place
    for upper, lower in pairwise(ranked):
        above, below = merit(upper), merit(lower)
        if above[0] == below[0]:
            upper.tied = lower.tied = True
            differs = [each for each, one, other in zip(ties, above[1:], below[1:], strict=True) if one != other]
            lower.tied_by = differs[0] if differs else None
            lower.tie = lower.tied_by.order if lower.tied_by else 0


def drawn(lot: str, interview: Interview) -> str:
    """The lot of one candidate: anyone can draw it again from the seed and the application number."""
    return sha256(f"{lot}:{interview.application.ref}".encode()).hexdigest()
