"""What a page of results is about: one day, or all closed days of a drive as one."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse

from applications.models import Drive
from committees import access
from committees.access import Right
from interviews import tally
from interviews.domain.ranking import Ranking
from interviews.forms import ProposeForm
from interviews.models import InterviewDay
from interviews.table import Table
from interviews.views.common import day_or_404

AT_ONCE = 100  # rows of a page


class Scope(NamedTuple):
    """A drive, and the one day of it that is looked at, or none."""

    drive: Drive
    day: InterviewDay | None = None

    def url(self, name, query=""):
        """The address of results, propose or approve here, with the filters in force."""
        at = f"interviews:{name}", self.day.address if self.day else [self.drive.slug]
        path = reverse(at[0] if self.day else at[0].replace(":", ":drive-"), args=at[1])
        return f"{path}?{query}" if query else path


def drive_or_404(request, slug):
    """A drive with interview days, for who decides on one of them."""
    days = access.narrow(InterviewDay.objects.filter(cancelled_at=None), user=request.user, right=Right.DECIDE)
    return get_object_or_404(Drive.objects.filter(pk__in=days.values("drive")).select_related("unit"), slug=slug)


def scope_or_404(request, drive, date=None):
    """The day of this date, or the whole drive, for who decides there."""
    if date is None:
        return Scope(drive_or_404(request, drive))
    day = day_or_404(request, date, drive, Right.DECIDE)
    return Scope(day.drive, day)


def standings(request, scope, form=None, chosen=()):
    """What the revealed page shows: the table with its filters, what waits for the second person, and the counts."""
    table = Table(request.GET, user=request.user, drive=scope.drive, day=scope.day)
    criteria = table.ranked.criteria
    page = Paginator(table.rows, AT_ONCE).get_page(request.GET.get("page"))
    for row in page:
        row.ticked = row.interview.pk in chosen
        row.cells = [(each, row.medians[each.pk]) for each in criteria]
    open_ones = [row for row in table.shown if row.decision and not row.decision.approved_at]
    groups = bool(table.groups)
    return {
        "drive": scope.drive,
        "scope": scope,
        "sift": table.sift,
        "query": table.sift.address,
        "page": page,
        "everyone": len(table.shown),
        "whole": table.whole,
        "criteria": criteria,
        "form": form or ProposeForm(drive=scope.drive),
        "tally": tally.of(scope.drive, user=request.user, groups=groups),
        "groups": groups,
        "fairness": table.ranked.fairness,
        "reliable": table.ranked.reliable,
        "panels": table.ranked.panels,
        "strict": _strictness(table.ranked),
        "most": 5 * len(criteria),
        "open": open_ones,
        "mine": [row for row in open_ones if row.decision.proposed_by_id == request.user.pk],
        "at": {name: scope.url(name, table.sift.address) for name in ("results", "propose", "approve")},
    }


def _strictness(ranked: Ranking):
    """Judges who lean by half a point or more: (name, severity)."""
    if not ranked.fairness.separable:
        return []
    names = {sheet.panelist_id: sheet.panelist.name for row in ranked.rows for sheet in row.sheets}
    found = [(names[key], severity) for key, severity in ranked.fairness.judges.items() if abs(severity) >= 0.5]
    return sorted(found, key=lambda pair: -abs(pair[1]))
