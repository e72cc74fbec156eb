"""The ranking of a day: means of what was handed in, with spread and ties told openly."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from statistics import mean, median

from applications.models import Criterion
from interviews.domain import fairness
from interviews.models import Interview, InterviewDay, ScoreSheet
from interviews.states import HERE, Status

TIE_ORDER = (4, 5, 3)  # writing, communication and digital skill, social understanding; then the lot
WIDE_CRITERION, WIDE_TOTAL = 2, 5  # marks apart, from which people should talk


@dataclass
class Row:
    """One candidate. Totals are on the scale of the sum of all criteria (5 to 25 for five).

    ``spread`` is the distance of the highest total from the lowest,
    ``widest`` the criterion on which the marks lie furthest apart and by how
    much. ``tie`` names what decided against an equal total: the order of a
    criterion, or 0 for the lot.
    """

    interview: Interview
    sheets: list[ScoreSheet]
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
    flags: list[str] = field(default_factory=list)

    @property
    def n(self) -> int:
        return len(self.sheets)


@dataclass
class Ranking:
    """All candidates of a day, best first; those without marks at the end."""

    rows: list[Row]
    criteria: list[Criterion]
    fairness: fairness.Fairness
    lot: str


def rank(day: InterviewDay) -> Ranking:
    """Rank by the mean of the handed-in totals; equal means by the fixed order, then by lot.

    The adjusted total stands beside the raw one and decides nothing.
    """
    criteria = list(Criterion.objects.filter(drive=day.drive_id).order_by("order"))
    over = Interview.objects.of_day(day).in_plan().filter(status__in=HERE | {Status.NO_SHOW})
    interviews = over.for_queue().prefetch_related("application__conflicts")
    sheets = _sheets(day)
    totals = {sheet.pk: total(sheet, criteria) for group in sheets.values() for sheet in group}
    fair = fairness.adjust(
        (interview, sheet.panelist_id, value)
        for interview, group in sheets.items()
        for sheet in group
        if (value := totals[sheet.pk]) is not None
    )
    rows = [
        _row(interview, sheets.get(interview.pk, []), totals, criteria, fair)
        for interview in interviews
        if interview.status != Status.ARRIVED or interview.pk in sheets
    ]
    _order(rows, criteria, day.lot)
    return Ranking(rows, criteria, fair, day.lot)


def total(sheet: ScoreSheet, criteria: Iterable[Criterion]) -> float | None:
    """The weighted sum of a sheet, scaled so that equal weights give the plain sum.

    A criterion without a mark is left out, not counted as zero; a sheet
    without any mark has no total.
    """
    criteria = list(criteria)
    marks = {score.criterion_id: score.mark for score in sheet.scores.all() if score.mark is not None}
    weights = {criterion.pk: criterion.weight for criterion in criteria if criterion.pk in marks}
    if not weights:
        return None
    return sum(weights[key] * marks[key] for key in weights) / sum(weights.values()) * len(criteria)


def progress(day: InterviewDay) -> dict[str, int]:
    """How far the day is: sheets wanted, handed in; who came, who is done."""
    interviews = list(
        Interview.objects.of_day(day)
        .here()
        .exclude(status=Status.ARRIVED)
        .select_related("application")
        .prefetch_related("panel__memberships", "application__conflicts", "sheets")
    )
    wanted = given = whole = 0
    for interview in interviews:
        members = {member.person_id for member in interview.panel.memberships.all()} if interview.panel else set()
        judges = members - {conflict.person_id for conflict in interview.application.conflicts.all()}
        done = {sheet.panelist_id for sheet in interview.sheets.all() if sheet.submitted_at}
        wanted, given = wanted + len(judges | done), given + len(done)
        whole += judges <= done
    return {"interviewed": len(interviews), "whole": whole, "wanted": wanted, "given": given}


def _sheets(day: InterviewDay) -> dict[int, list[ScoreSheet]]:
    """Handed in, of people still in the plan, by interview."""
    grouped: dict[int, list[ScoreSheet]] = defaultdict(list)
    rows = ScoreSheet.objects.submitted().filter(interview__in=Interview.objects.of_day(day).in_plan().values("pk"))
    for sheet in rows.select_related("panelist").prefetch_related("scores").order_by("submitted_at", "pk"):
        grouped[sheet.interview_id].append(sheet)
    return dict(grouped)


def _row(
    interview: Interview,
    sheets: list[ScoreSheet],
    totals: dict[int, float | None],
    criteria: list[Criterion],
    fair: fairness.Fairness,
) -> Row:
    values = [value for sheet in sheets if (value := totals[sheet.pk]) is not None]
    marks: dict[int, list[int]] = defaultdict(list)
    for sheet in sheets:
        for score in sheet.scores.all():
            if score.mark is not None:
                marks[score.criterion_id].append(score.mark)
    widths = [(max(marks[each.pk]) - min(marks[each.pk]), each) for each in criteria if marks[each.pk]]
    width, widest = max(widths, key=lambda pair: pair[0], default=(0, None))
    fit = fair.scores.get(interview.pk)
    row = Row(
        interview=interview,
        sheets=sheets,
        medians={each.pk: median(marks[each.pk]) if marks[each.pk] else None for each in criteria},
        means={key: mean(given) for key, given in marks.items() if given},
        raw=mean(values) if values else None,
        adjusted=fit.adjusted if fit else None,
        low=fit.low if fit else None,
        high=fit.high if fit else None,
        spread=max(values) - min(values) if values else 0,
        widest=(widest, width) if widest and width else None,
    )
    if width >= WIDE_CRITERION or row.spread >= WIDE_TOTAL:
        row.flags.append("wide")
    if row.n == 1:
        row.flags.append("single")
    if interview.application.conflicts.all():
        row.flags.append("conflict")
    return row


def _order(rows: list[Row], criteria: list[Criterion], lot: str) -> None:
    """Sort in place; give ranks and say what broke each tie."""
    by_order = {each.order: each.pk for each in criteria}
    breakers = [order for order in TIE_ORDER if order in by_order]

    def merit(row: Row) -> tuple[float, ...]:
        means = [row.means.get(by_order[order], 0) for order in breakers]
        return (-round(row.raw or 0, 6), *(-round(value, 6) for value in means))

    rows.sort(key=lambda row: (row.raw is None, *merit(row), drawn(lot, row.interview)))
    ranked = [row for row in rows if row.raw is not None]
    for place, row in enumerate(ranked, start=1):
        row.rank = place
    for upper, lower in pairwise(ranked):
        above, below = merit(upper), merit(lower)
        if above[0] == below[0]:
            upper.tied = lower.tied = True
            differs = [order for order, one, other in zip(breakers, above[1:], below[1:], strict=True) if one != other]
            lower.tie = differs[0] if differs else 0


def drawn(lot: str, interview: Interview) -> str:
    """The lot of one candidate: anyone can draw it again from the seed and the application number."""
    return sha256(f"{lot}:{interview.application.ref}".encode()).hexdigest()
