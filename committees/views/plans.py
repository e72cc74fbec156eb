"""Plans that change the tree: made by one of the state office, agreed to by another, undone if need be."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees import search as searching
from committees.access import Right
from committees.domain import plans
from committees.domain.plans import renumbering
from committees.forms.plans import FORMS
from committees.levels import Level
from committees.models import Plan, Unit
from committees.views.history import may_plan, told

SHOWN = 50
FOUND = 12
CHANGES = 300
MOVES = {Level.ASSEMBLY, Level.BLOCK, Level.MANDAL, Level.BOOTH}


@never_cache
@require_safe
def listing(request):
    """All plans, newest first; and a search for what a new one begins with."""
    _door(request)
    text = request.GET.get("q", "").strip()[:80]
    rows = Plan.objects.select_related("unit", "made_by__person", "agreed_by__person").order_by("-made_at", "-pk")
    found = [unit for unit in searching.find(text, limit=FOUND) if unit.valid_to is None] if text else []
    context = {"plans": rows[:SHOWN], "q": text, "found": found, "moves": MOVES, "nav": "committees"}
    return TemplateResponse(request, "committees/plans.html", context)


@never_cache
def new(request, kind):
    """Choose what happens; the plan is written down when the tree allows it."""
    _door(request)
    if kind in FORMS and "unit" not in request.GET:
        return redirect("committees:plans")  # there one looks for it
    unit = _unit_or_404(request, kind)
    text = request.GET.get("q", "").strip()[:80]
    form = FORMS[kind](request.POST or None, request.FILES or None, unit=unit, text=text)
    problems = []
    if form.is_valid():
        plan = _proposed(request, form, problems)
        if plan is not None:
            return redirect("committees:plan", plan.key)
    context = {
        "unit": unit,
        "kind": kind,
        "label": Plan.Kind(kind).label,
        "form": form,
        "problems": problems,
        "q": text,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/plan_new.html", context, status=422 if problems else 200)


@never_cache
@require_safe
def plan(request, key):
    """What it would change, or did change."""
    _door(request)
    found = _get_or_404(key)
    is_open = not (found.applied_at or found.dropped_at)
    work = plans.work_of(found) if is_open else None
    context = {
        "plan": found,
        "open": is_open,
        "problems": work.problems if work else [],
        "stale": bool(work) and not work.problems and work.seen != found.steps["seen"],
        "seen": plans.preview(work, timezone.now()) if work and not work.problems else None,
        "changes": told(found.changes.select_related("unit", "by__person", "plan")[:CHANGES]) if not is_open else [],
        "mine": found.made_by_id == request.user.pk,
        "asked_by_me": found.undo_asked_by_id == request.user.pk,
        "waits": found.effective_on > timezone.localdate(),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/plan.html", context)


@require_POST
def agree(request, key):
    """The second person lets it happen."""
    return _done(request, key, plans.agree, _("Done. Rights and addresses have moved along."))


@require_POST
def drop(request, key):
    """It shall not happen."""
    return _done(request, key, plans.drop, _("The plan is dropped. Nothing has changed."))


@require_POST
def ask_to_undo(request, key):
    """One of the office wants everything as it stood before."""
    return _done(request, key, plans.ask_to_undo, _("A colleague in the state office has to agree."))


@require_POST
def undo(request, key):
    """Everything as it stood before, as a colleague asked."""
    return _done(request, key, plans.undo, _("Undone. Everything is as it was before."))


def _done(request, key, act, success):
    """One act on a plan, and what came of it. Who made a plan cannot agree to it."""
    _door(request)
    found = _get_or_404(key)
    try:
        act(plan=found, by=request.user, now=timezone.now())
    except plans.SamePerson:
        raise Http404 from None
    except plans.TooEarly:
        messages.error(request, _("It holds from a later day. Agree on that day."))
    except (plans.Stale, plans.Impossible):
        messages.error(request, _("The tree has changed since this plan was made. Drop it and make it anew."))
    except plans.Overtaken:
        messages.error(request, _("Something was changed again since, so it cannot be as it was. Make a new plan."))
    except plans.NotOpen:
        messages.info(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, success)
    return redirect("committees:plan", key)


def _door(request):
    if not may_plan(request.user):
        raise Http404


def _get_or_404(key):
    rows = Plan.objects.select_related(
        "unit", "made_by__person", "agreed_by__person", "undone_by__person", "undo_asked_by__person"
    )
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _unit_or_404(request, kind):
    if kind not in FORMS:
        raise Http404
    levels = {Plan.Kind.RENUMBERING: {Level.ASSEMBLY}, Plan.Kind.MOVING: MOVES}
    open_ones = Unit.objects.with_chain().select_related("parent").filter(valid_to=None)
    wanted = levels.get(kind, MOVES | {Level.DISTRICT})
    here = open_ones.filter(code=request.GET.get("unit", "")[:40], level__in=wanted)
    return access.get_or_404(here, user=request.user, right=Right.FORM, unit="")


def _proposed(request, form, problems):
    """The plan, or nothing and the problems that forbid it."""
    data, steps, name = form.cleaned_data, None, ""
    if form.kind == Plan.Kind.RENUMBERING:
        name = data["file"].name[:120]
        rows = renumbering.read(data["file"].read(), problems)
        steps = {"assembly": form.unit.code, "rows": rows}
    if problems:
        return None
    told_of = {"kind": form.kind, "unit": form.place, "steps": steps or form.steps, "file_name": name}
    try:
        return plans.propose(**told_of, effective_on=data["effective_on"], by=request.user, now=timezone.now())
    except plans.Impossible as refusal:
        problems += refusal.problems
        return None
