"""Workshops for those who plan and teach them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from committees import access
from committees.access import Right
from portal import people
from portal.accounts import opening
from training import handouts, rule
from training.domain import certifying, planning, sessions
from training.forms import WorkshopForm
from training.models import Answer, Workshop
from training.views.rows import with_posts

A_PAGE = 50
SHOWN = {
    "yes": Answer.YES,
    "waiting": Answer.WAITING,
    "other": Answer.OTHER,
    "no": Answer.NO,
    "silent": Answer.NONE,
}


def workshops(request):
    """All that this user plans or teaches; who does neither sees the own invitations."""
    rows = access.narrow(Workshop.objects.for_list(), user=request.user, right=Right.TRAIN)
    may_plan = access.may(request.user, Right.TRAIN)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list and not may_plan:
        return redirect("training:mine")
    context = {"nav": "training", "page": page, "may_plan": may_plan, "now": timezone.now()}
    return TemplateResponse(request, "training/workshops.html", context)


def workshop(request, slug):
    """One workshop: numbers, what to do next, and the people."""
    one = _load(request, slug, Workshop.objects.select_related("unit", "series").with_numbers())
    shown, text, now = request.GET.get("show", ""), request.GET.get("q", "").strip(), timezone.now()
    rows = one.enrolments.for_sheet()
    if shown in SHOWN:
        rows = rows.filter(answer=SHOWN[shown])
    elif shown == "came":
        rows = rows.attended()
    page = Paginator(rows.matching(text) if text else rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "training",
        "workshop": one,
        "trainers": one.trainers.all(),
        "sessions": one.sessions.select_related("trainer").with_numbers(),
        "counts": _counts(one),
        "page": with_posts(page, one),
        "shown": shown,
        "q": text,
        "manages": access.may(request.user, Right.TRAIN, one.unit),
        "uncertified": rule.met(one.enrolments.filter(certificate=None), now).count(),
        "materials": handouts.of(one),
        "now": now,
    }
    return TemplateResponse(request, "training/workshop.html", context)


def new(request):
    """Plan a workshop for a unit that the user may train."""
    units = access.units_of(request.user, Right.TRAIN)
    if not access.may(request.user, Right.TRAIN):
        raise Http404
    form = WorkshopForm(request.POST or None, units=units, now=timezone.now())
    if form.is_valid():
        planned = _try(form, lambda: planning.plan(unit=form.cleaned_data["unit"], **_by(request), **form.details))
        if planned:
            messages.success(request, _("The workshop is planned. Invitations go out by themselves."))
            return redirect("training:workshop", planned.slug)
    return TemplateResponse(request, "training/form.html", {"nav": "training", "form": form})


def edit(request, slug):
    """Another time, place or number of seats."""
    one = _load_to_manage(request, slug)
    units = access.units_of(request.user, Right.TRAIN)
    form = WorkshopForm(request.POST or None, units=units, now=timezone.now(), workshop=one)
    if form.is_valid() and _try(form, lambda: planning.change(workshop=one, **_by(request), **form.details) or one):
        messages.success(request, _("Saved. A new time or place is told to everyone invited."))
        return redirect("training:workshop", one.slug)
    return TemplateResponse(request, "training/form.html", {"nav": "training", "form": form, "workshop": one})


def cancel(request, slug):
    """Asks once more; then everyone is told."""
    one = _load_to_manage(request, slug)
    if request.method == "POST":
        try:
            planning.cancel(workshop=one, **_by(request))
        except planning.Gone:
            messages.warning(request, _("It has begun, is over, or was cancelled before."))
        else:
            messages.success(request, _("Cancelled. Everyone who was invited is told."))
        return redirect("training:workshop", one.slug)
    told = one.enrolments.exclude(answer=Answer.NO).count()
    context = {"nav": "training", "workshop": one, "told": told}
    return TemplateResponse(request, "training/cancel.html", context)


@require_POST
def certify(request, slug):
    """Certificates for all who came and have none."""
    one = _load_to_manage(request, slug)
    try:
        issued = certifying.issue(workshop=one, **_by(request))
    except certifying.NotOver:
        messages.warning(request, _("Certificates can be issued when the workshop is over."))
    else:
        text = ngettext("%(n)d certificate is issued.", "%(n)d certificates are issued.", issued)
        messages.success(request, text % {"n": issued})
    return redirect("training:workshop", one.slug)


def _load(request, slug, rows):
    return access.get_or_404(rows, user=request.user, right=Right.TRAIN, slug=slug)


def _load_to_manage(request, slug):
    """For those with the right over the unit; who only teaches here may look and mark."""
    one = _load(request, slug, Workshop.objects.select_related("unit"))
    if not access.may(request.user, Right.TRAIN, one.unit):
        raise Http404
    return one


def _by(request):
    return {"by": request.user, "now": timezone.now()}


def _try(form, call):
    """Call the domain; what is in the way becomes an error of the form."""
    try:
        return call()
    except planning.Gone:
        form.add_error(None, _("It has begun, is over, or was cancelled before."))
    except planning.TooSmall as problem:
        form.add_error("capacity", _("%(taken)d places are taken: not fewer seats.") % {"taken": problem.taken})
    except sessions.Marked:
        form.add_error(None, _("Somebody was already marked at a session that you emptied: it stays."))
    except people.AnotherName:
        form.add_error("trainer_name", _("This number belongs to someone of another name."))
    except opening.PhoneTaken:
        form.add_error("trainer_phone" if form.cleaned_data.get("trainer_phone") else None, _("This number is used."))
    return None


def _counts(one):
    """The figures above the list, each a filter of it."""
    return [
        ("", _("invited"), one.invited),
        ("yes", _("coming"), one.coming),
        ("waiting", _("waiting list"), one.waiting),
        ("other", _("another date"), one.other),
        ("no", _("not coming"), one.not_coming),
        ("silent", _("no answer yet"), one.silent),
        ("came", _("came"), one.came),
    ]
