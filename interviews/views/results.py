"""Results of a day: progress, ranking, proposals, and the second person's yes."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.domain.ruling import tie_breakers
from committees import access
from committees.access import Right
from interviews.domain import completeness, deciding, freezing, ranking
from interviews.forms import ProposeForm
from interviews.models import Decision, ScoreSheet
from interviews.views.common import MISHAPS, day_or_404, number, seen, tell


def results(request, date, drive):
    return _page(request, day_or_404(request, date, drive, Right.DECIDE), ProposeForm())


@require_POST
def propose(request, date, drive):
    """One decision for everyone ticked."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    if day.locked_at is None:
        return _not_yet(request, day)
    form = ProposeForm(request.POST)
    chosen = [number(text) for text in request.POST.getlist("interview")]
    if not chosen:
        form.add_error(None, _("Tick at least one person."))
    if not form.is_valid():
        return _page(request, day, form, chosen)
    rows = seen(day, request.user, Right.DECIDE).filter(pk__in=chosen)
    try:
        made = deciding.propose_many(
            interviews=list(rows.select_related("day", "application")),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except deciding.NeedsWords as problem:
        form.add_error("words", MISHAPS[type(problem)])
        return _page(request, day, form, chosen)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("%(count)d proposed. A second person approves them.") % {"count": len(made)})
    return redirect("interviews:results", *day.address)


@require_POST
def approve(request, date, drive):
    """The second person's yes: from here the results go out."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    if day.locked_at is None:
        return _not_yet(request, day)
    keys = [number(text) for text in request.POST.getlist("decision")]
    rows = Decision.objects.filter(
        pk__in=keys, interview__in=seen(day, request.user, Right.DECIDE).values("pk"), approved_at=None
    )
    rows = access.narrow(rows, user=request.user, right=Right.DECIDE, unit="interview__day__unit")
    done = deciding.approve_many(
        decisions=list(rows.select_related("interview__day")), by=request.user, now=timezone.now()
    )
    if done.approved:
        words = _("%(count)d approved. The news leaves in ten minutes.")
        messages.success(request, words % {"count": len(done.approved)})
    if done.left:
        words = _("%(count)d not approved: you proposed or scored them, or someone was quicker.")
        messages.warning(request, words % {"count": len(done.left)})
    return redirect("interviews:results", *day.address)


def _not_yet(request, day):
    """What is refused or not could tell of marks that nobody sees yet."""
    tell(request, freezing.StillOpen())
    return redirect("interviews:results", *day.address)


def _page(request, day, form, chosen=()):
    """Everything once the day is closed; before that only how far it is, and what one handed in oneself."""
    context = {"nav": "interviews", "day": day, "progress": completeness.of_day(day)}
    criteria = list(day.drive.criteria.order_by("order"))
    context |= {"criteria": criteria, "ties": tie_breakers(criteria)}
    if day.locked_at is None:
        return TemplateResponse(request, "interviews/results.html", context | {"own": _own(request, day, criteria)})
    context |= _revealed(request, day, chosen) | {"form": form}
    return TemplateResponse(request, "interviews/results.html", context, status=422 if form.errors else 200)


def _own(request, day, criteria):
    """What this person handed in, with its total."""
    sheets = (
        ScoreSheet.objects.submitted()
        .newest()
        .filter(panelist=request.user.person_id, interview__in=seen(day, request.user, Right.DECIDE).values("pk"))
    )
    found = list(sheets.select_related("interview__application").prefetch_related("scores").order_by("submitted_at"))
    for sheet in found:
        sheet.total = ranking.total(sheet, criteria)
    return found


def _revealed(request, day, chosen):
    """The ranking with what is decided so far, without those whom this person may not see."""
    mine = set(seen(day, request.user, Right.DECIDE).values_list("pk", flat=True))
    ranked = ranking.rank(day)
    decisions = Decision.objects.filter(interview__in=mine).select_related("proposed_by__person")
    by_interview = {decision.interview_id: decision for decision in decisions.select_related("approved_by__person")}
    shown = [row for row in ranked.rows if row.interview.pk in mine]
    for row in shown:
        row.decision = by_interview.get(row.interview.pk)
        row.ticked = row.interview.pk in chosen
        row.cells = [(each, row.medians[each.pk]) for each in ranked.criteria]
    whole = len(shown) == len(ranked.rows)
    if not whole:  # whose row is missing could be read from the gap
        for row in shown:
            row.rank = row.tie = None
            row.tied = False
    open_ones = [row for row in shown if row.decision and not row.decision.approved_at]
    return {
        "rows": shown,
        "whole": whole,
        "fairness": ranked.fairness,
        "reliable": ranked.reliable,
        "panels": ranked.panels,
        "strict": _strictness(ranked),
        "most": 5 * len(ranked.criteria),
        "open": open_ones,
        "mine": [row for row in open_ones if row.decision.proposed_by_id == request.user.pk],
    }


def _strictness(ranked):
    """Judges who lean by half a point or more: (name, severity)."""
    if not ranked.fairness.separable:
        return []
    names = {sheet.panelist_id: sheet.panelist.name for row in ranked.rows for sheet in row.sheets}
    found = [(names[key], severity) for key, severity in ranked.fairness.judges.items() if abs(severity) >= 0.5]
    return sorted(found, key=lambda pair: -abs(pair[1]))
