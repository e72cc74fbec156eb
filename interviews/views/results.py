"""Results: progress, ranking, proposals, and the second person's yes; of one day, or of a whole drive."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.domain.ruling import tie_breakers
from committees import access
from committees.access import Right
from interviews.domain import completeness, deciding, freezing, ranking
from interviews.forms import ProposeForm
from interviews.models import Decision, ScoreSheet
from interviews.table import decidable
from interviews.views.common import MISHAPS, number, seen, tell
from interviews.views.scope import scope_or_404, standings


@require_safe
def results(request, drive, date=None):
    """The ranking of one day, or over all closed days of a drive."""
    return _page(request, scope_or_404(request, drive, date))


@require_POST
def propose(request, drive, date=None):
    """One decision for everyone ticked."""
    scope = scope_or_404(request, drive, date)
    if scope.day and scope.day.locked_at is None:
        return _not_yet(request, scope)
    form = ProposeForm(request.POST, drive=scope.drive)
    chosen = [number(text) for text in request.POST.getlist("interview")]
    if not chosen:
        form.add_error(None, _("Tick at least one person."))
    if request.GET.get("who"):
        form.add_error(None, _("Nothing is decided by gender or age. Take that filter away."))
    if not form.is_valid():
        return _page(request, scope, form, chosen)
    rows = decidable(user=request.user, drive=scope.drive, day=scope.day).filter(pk__in=chosen)
    try:
        made = deciding.propose_many(
            interviews=list(rows.select_related("day__drive", "application")),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except (deciding.NeedsWords, deciding.PostFull) as problem:
        form.add_error("words" if isinstance(problem, deciding.NeedsWords) else "post", MISHAPS[type(problem)])
        return _page(request, scope, form, chosen)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("%(count)d proposed. A second person approves them.") % {"count": len(made)})
    return redirect(scope.url("results", request.GET.urlencode()))


@require_POST
def approve(request, drive, date=None):
    """The second person's yes: from here the results go out."""
    scope = scope_or_404(request, drive, date)
    if scope.day and scope.day.locked_at is None:
        return _not_yet(request, scope)
    keys = [number(text) for text in request.POST.getlist("decision")]
    mine = decidable(user=request.user, drive=scope.drive, day=scope.day)
    rows = Decision.objects.filter(pk__in=keys, interview__in=mine.values("pk"), approved_at=None)
    rows = access.narrow(rows, user=request.user, right=Right.DECIDE, unit="interview__day__unit")
    done = deciding.approve_many(
        decisions=list(rows.select_related("interview__day__drive", "post")), by=request.user, now=timezone.now()
    )
    if done.approved:
        words = _("%(count)d approved. The news leaves in ten minutes.")
        messages.success(request, words % {"count": len(done.approved)})
    if done.left:
        words = _("%(count)d not approved: you proposed or scored them, or someone was quicker.")
        messages.warning(request, words % {"count": len(done.left)})
    return redirect(scope.url("results", request.GET.urlencode()))


def _not_yet(request, scope):
    """What is refused or not could tell of marks that nobody sees yet."""
    tell(request, freezing.StillOpen())
    return redirect(scope.url("results"))


def _page(request, scope, form=None, chosen=()):
    """Everything once the day is closed; before that only how far it is, and what one handed in oneself."""
    status = 422 if form and form.errors else 200
    days = list(ranking.days_of(scope.drive))
    context = {"nav": "interviews", "day": scope.day, "days": days}
    if scope.day is None:
        context |= standings(request, scope, form, chosen) | {"lot": ranking.lot_of(scope.drive)}
        context |= {"ties": tie_breakers(context["criteria"]), "same": freezing.drive_same_as_shown(scope.drive)}
        return TemplateResponse(request, "interviews/drive_results.html", context, status=status)
    criteria = list(scope.drive.criteria.order_by("order"))
    context |= {"progress": completeness.of_day(scope.day), "criteria": criteria, "ties": tie_breakers(criteria)}
    if scope.day.locked_at is None:
        context["own"] = _own(request, scope.day, criteria)
        return TemplateResponse(request, "interviews/results.html", context)
    context |= standings(request, scope, form, chosen)
    return TemplateResponse(request, "interviews/results.html", context, status=status)


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
