"""The meeting about marks that lie far apart: a list to work through, and one person a screen for the projector."""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from committees.access import Right
from interviews.domain import freezing
from interviews.domain.ranking import Row
from interviews.models import ScoreSheet
from interviews.table import Table
from interviews.views.common import MISHAPS, day_or_404

TALKED_ABOUT = {"wide", "single", "bare"}  # flags that a meeting can settle


@dataclass
class Case:
    """Somebody to talk about. ``state``: waits (for a second person), decided, revised, or open."""

    row: Row
    sheets: list[ScoreSheet] = field(default_factory=list)
    revised: int = 0
    waits: int = 0

    @property
    def ref(self):
        return self.row.interview.application.ref

    @property
    def state(self):
        if self.waits:
            return "waits"
        if self.row.decision:
            return "decided"
        return "revised" if self.revised else "open"


@require_safe
def calibration(request, date, drive):
    """GET ``at``: the screen of one person by the number of the application; without it the list."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    if day.locked_at is None:
        messages.error(request, MISHAPS[freezing.StillOpen])
        return redirect("interviews:results", *day.address)
    table = Table(QueryDict(), user=request.user, drive=day.drive, day=day)
    cases = _cases(table, day)
    context = {"nav": "interviews", "day": day, "cases": cases, "criteria": table.ranked.criteria}
    at = request.GET.get("at")
    if at is None:
        context["left"] = sum(case.state == "open" for case in cases)
        return TemplateResponse(request, "interviews/calibration.html", context)
    place = next((place for place, case in enumerate(cases) if case.ref == at), None)
    if place is None:
        raise Http404
    context |= _screen(cases[place], table.ranked.criteria) | {
        "place": place + 1,
        "before": cases[place - 1].ref if place else "",
        "after": cases[place + 1].ref if place + 1 < len(cases) else "",
        "may_revise": day.frozen_at is None,
    }
    return TemplateResponse(request, "interviews/calibrate.html", context)


def _cases(table, day):
    """Who is flagged, and whose sheets were corrected after the day was closed; the furthest apart first."""
    sheets = ScoreSheet.objects.submitted().filter(interview__in=[row.interview.pk for row in table.shown])
    by_interview = {}
    for sheet in sheets.select_related("panelist").prefetch_related("scores").order_by("panelist", "version"):
        by_interview.setdefault(sheet.interview_id, []).append(sheet)
    found = []
    for row in table.shown:
        given = by_interview.get(row.interview.pk, [])
        counting = {sheet.pk for sheet in row.sheets}
        new = [sheet for sheet in given if sheet.version > 1 and sheet.submitted_at >= day.locked_at]
        if new or TALKED_ABOUT & set(row.flags):
            found.append(Case(row, given, len(new), sum(sheet.pk not in counting for sheet in new)))
    return sorted(found, key=lambda case: (-case.row.spread, case.row.interview.token or 0))


def _screen(case, criteria):
    """Each member's marks, with the former ones of whoever corrected them."""
    counting = {sheet.pk for sheet in case.row.sheets}
    members = []
    for person, group in groupby(case.sheets, key=lambda sheet: sheet.panelist):
        versions = list(group)
        for sheet in versions:
            sheet.given = {score.criterion_id: score.mark for score in sheet.scores.all()}
            sheet.counts = sheet.pk in counting
            sheet.is_former = any(later.version > sheet.version and later.pk in counting for later in versions)
        members.append((person, versions))
    lines = [
        (each, [[(sheet.given.get(each.pk), sheet) for sheet in versions] for _person, versions in members])
        for each in criteria
    ]
    return {"case": case, "row": case.row, "members": members, "lines": lines}
