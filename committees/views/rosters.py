"""People who sit already, from a file: looked at, taken in by the background, taken back if need be."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from committees.domain.rosters import taking, undoing
from committees.forms.rosters import RosterForm, TakeForm
from committees.models import Appointment, Post, Unit
from committees.rosterfile import ROSTER
from committees.views.history import may_plan
from portal.models import Job

SHOWN = 30
NAMED = 200  # of those who stay after an undo


@never_cache
def rosters(request):
    """Choose a file; below it what was brought in so far."""
    _door(request)
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        told = {"by": request.user, "now": timezone.now()}
        return redirect("committees:roster", taking.upload(content=file.read(), file_name=file.name, **told).key)
    context = {
        "form": form,
        "columns": ROSTER.columns,
        "needed": ROSTER.needed,
        "posts": Post.objects.filter(in_committee=True),
        "past": _with_jobs(taking.all_of()[:SHOWN]),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/rosters.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def roster(request, key):
    """One file: its errors, or what would come of it; then what came of it."""
    _door(request)
    [check] = _with_jobs([_get_or_404(key)])
    context = {
        "check": check,
        "problems": _problems(check),
        "first": [] if check.taken and check.taken.finished_at else _first(check),
        "kept": check.parts.exists(),
        "form": TakeForm(),
        "alone": taking.ALONE,
        "can_undo": bool(check.taken) and undoing.can_be_undone(check.taken, timezone.now()),
        "undo_until": check.taken.finished_at + undoing.WINDOW if check.taken and check.taken.finished_at else None,
        "stay": _staying(check.undo),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/roster.html", context)


@require_POST
def take(request, key):
    """Let it be taken in."""
    _door(request)
    check, form = _get_or_404(key), TakeForm(request.POST)
    form.full_clean()
    try:
        job = taking.ask(check=check, asks=form.cleaned_data["asks"], by=request.user, now=timezone.now())
    except taking.AlreadyTaken:
        messages.info(request, _("Someone was quicker. Please look again."))
    except taking.NotToTake:
        messages.error(request, _("There is nobody to bring in from this file. Upload it again."))
    else:
        return redirect("committees:job", job.key)
    return redirect("committees:roster", key)


@require_POST
def undo(request, key):
    """Let it be taken back."""
    _door(request)
    [check] = _with_jobs([_get_or_404(key)])
    now = timezone.now()
    if check.taken is not None and undoing.can_be_undone(check.taken, now):
        with suppress(undoing.NothingToTakeBack):  # a colleague was quicker
            return redirect("committees:job", undoing.ask(job=check.taken, by=request.user, now=now).key)
    messages.info(request, _("There is nothing left to take back."))
    return redirect("committees:roster", key)


def _door(request):
    """Those who form committees in the whole state by a post of their own, and administrators."""
    if not may_plan(request.user) and not access.may(request.user, Right.ADMINISTER):
        raise Http404


def _get_or_404(key):
    return get_object_or_404(taking.all_of(), key=key)


def _with_jobs(checks):
    """Each with the job that takes it in and the one that takes it back, from two questions."""
    checks = list(checks)
    rows = Job.objects.select_related("asked_by__person", "agreed_by__person")
    jobs = {job.key: job for job in rows.filter(key__in=[check.outcome.get("job") for check in checks])}
    undone = {job.key: job for job in rows.filter(key__in=[job.outcome.get("undo") for job in jobs.values()])}
    for check in checks:
        check.taken = jobs.get(check.outcome.get("job"))
        check.undo = undone.get(check.taken.outcome.get("undo")) if check.taken else None
    return checks


def _first(check):
    """The first rows with their units and posts by name."""
    rows = taking.first_rows(check)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[row.unit for row in rows])}
    posts = {post.code: post for post in Post.objects.filter(code__in=[row.post for row in rows])}
    return [(row, units.get(row.unit), posts.get(row.post)) for row in rows]


def _problems(check):
    """Of the file, or of taking it in."""
    if check.outcome["errors"]:
        return taking.problems_of(check)
    return taking.problems_of(check.taken) if check.taken and check.taken.file_name else []


def _staying(job):
    """Whom an undo left where they are."""
    keys = job.outcome.get("stay", [])[:NAMED] if job else []
    rows = Appointment.objects.filter(pk__in=keys).select_related("person", "seat__post", "seat__unit")
    return list(rows.order_by("seat__unit__path", "seat__post__order"))
