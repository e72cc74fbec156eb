"""Results of a day: progress, ranking, proposals, and the second person's yes."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees import access
from committees.access import Right
from interviews.domain import deciding, ranking
from interviews.forms import ProposeForm
from interviews.models import Decision, Interview, PanelMember, ScoreSheet
from interviews.views.common import MISHAPS, day_or_404, number, tell


def results(request, date, drive):
    return _page(request, day_or_404(request, date, drive, Right.DECIDE), ProposeForm())


@require_POST
def propose(request, date, drive):
    """One decision for everyone ticked."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    form = ProposeForm(request.POST)
    chosen = [number(text) for text in request.POST.getlist("interview")]
    if not chosen:
        form.add_error(None, _("Tick at least one person."))
    if not form.is_valid():
        return _page(request, day, form, chosen)
    rows = _rows(request, day).filter(pk__in=chosen).exclude(pk__in=_veiled(request, day))
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
    keys = [number(text) for text in request.POST.getlist("decision")]
    rows = Decision.objects.filter(pk__in=keys, interview__in=_rows(request, day).values("pk"), approved_at=None)
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


def _rows(request, day):
    """The interviews of this day that this person may decide on; conflicts are not among them."""
    rows = Interview.objects.of_day(day).in_plan()
    return access.narrow(rows, user=request.user, right=Right.DECIDE, unit="day__unit")


def _veiled(request, day):
    """Interviews that this person is to score and has not: nothing of others' marks is shown until then."""
    if day.locked_at:
        return set()
    person = request.user.person_id
    panels = PanelMember.objects.filter(person=person, panel__day=day).values("panel")
    handed_in = ScoreSheet.objects.submitted().filter(panelist=person).values("interview")
    mine = Interview.objects.of_day(day).filter(panel__in=panels).exclude(pk__in=handed_in)
    return set(mine.values_list("pk", flat=True))


def _page(request, day, form, chosen=()):
    seen = set(_rows(request, day).values_list("pk", flat=True))
    veiled = _veiled(request, day)
    ranked = ranking.rank(day)
    decisions = Decision.objects.filter(interview__in=seen - veiled).select_related("proposed_by__person")
    by_interview = {decision.interview_id: decision for decision in decisions.select_related("approved_by__person")}
    shown, hidden = [], []
    for row in ranked.rows:
        if row.interview.pk not in seen:
            continue
        row.decision = by_interview.get(row.interview.pk)
        row.ticked = row.interview.pk in chosen
        row.cells = [(each, row.medians[each.pk]) for each in ranked.criteria]
        (hidden if row.interview.pk in veiled else shown).append(row)
    whole = len(shown) + len(hidden) == len(ranked.rows)
    if not whole:  # whose row is missing could be read from the gap
        for row in shown:
            row.rank = row.tie = None
            row.tied = False
    open_ones = [row for row in shown if row.decision and not row.decision.approved_at]
    context = {
        "nav": "interviews",
        "day": day,
        "progress": ranking.progress(day),
        "rows": shown,
        "hidden": hidden,
        "whole": whole,
        "criteria": ranked.criteria,
        "ties": ranked.ties,
        "fairness": ranked.fairness,
        "reliable": ranked.reliable,
        "panels": [] if hidden else ranked.panels,
        "strict": _strictness(ranked, hidden),
        "most": 5 * len(ranked.criteria),
        "form": form,
        "open": open_ones,
        "mine": [row for row in open_ones if row.decision.proposed_by_id == request.user.pk],
    }
    return TemplateResponse(request, "interviews/results.html", context, status=422 if form.errors else 200)


def _strictness(ranked, hidden):
    """Judges who lean by half a point or more: (name, severity). Not while one's own marks are to come."""
    if hidden or not ranked.fairness.separable:
        return []
    names = {sheet.panelist_id: sheet.panelist.name for row in ranked.rows for sheet in row.sheets}
    found = [(names[key], severity) for key, severity in ranked.fairness.judges.items() if abs(severity) >= 0.5]
    return sorted(found, key=lambda pair: -abs(pair[1]))
