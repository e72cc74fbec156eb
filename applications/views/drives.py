"""The drives' office: which there are, a new one, other words for one."""

from copy import copy
from datetime import date

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import summary
from applications.domain import driving, extending, ruling
from applications.forms.drives import LEAST, DriveForm, MoreTimeForm, WordsForm
from applications.forms.ruling import RuleForm
from applications.models import Drive, Extension
from applications.views import conflict
from committees import access
from committees.access import Right
from portal import dates

MISHAPS = {
    extending.SamePerson: gettext_lazy("You proposed it; another person has to agree."),
    extending.AlreadyProposed: gettext_lazy("Another proposal waits already. Agree to it or drop it first."),
    extending.Settled: gettext_lazy("Someone was quicker. Please look again."),
    extending.NotLater: gettext_lazy("This date no longer gives more time. Drop it and propose a later one."),
}


def drives(request):
    if not access.may(request.user, Right.DRIVE):
        raise Http404
    rows = access.narrow(Drive.objects.all(), user=request.user, right=Right.DRIVE)
    waiting = Exists(Extension.objects.proposed().filter(drive=OuterRef("pk")))
    rows = rows.select_related("unit").annotate(received=Count("applications"), more_time=waiting)
    rows = rows.order_by("-closes_at", "pk")
    context = {"nav": "applications", "drives": rows, "now": timezone.now()}
    return TemplateResponse(request, "applications/drives_office.html", context)


def new(request):
    tops = access.tops(request.user, Right.DRIVE)
    if not tops:
        raise Http404
    asked_for = {"unit": request.GET.get("unit")}
    form = DriveForm(request.POST or None, initial=asked_for, user=request.user, tops=tops)
    if form.is_valid():
        values = dict(form.cleaned_data)
        unit = values["unit"]
        slug = driving.free_slug(unit, timezone.localdate(values["opens_at"]).year)
        try:
            drive = driving.open_drive(slug=slug, **values, by=request.user, now=timezone.now())
        except driving.SlugTaken:
            form.add_error(None, _("Someone was quicker with the same address. Press the button once more."))
        else:
            messages.success(request, _("The drive is ready. Now make its poster."))
            return redirect("applications:drive-edit", drive.slug)
    return TemplateResponse(request, "applications/drive_form.html", {"nav": "applications", "form": form})


def edit(request, slug):
    rows = Drive.objects.prefetch_related("criteria__anchors", "prompts")
    drive = _drive(request, slug, rows)
    form = WordsForm(request.POST or None, instance=copy(drive))  # a form writes into its instance
    if form.is_valid():
        opened = form.cleaned_data["opened"] or None
        try:
            posts = form.cleaned_data["posts"]
            values = {"values": form.values(), "posts": posts, "opened": opened}
            driving.reword(drive=drive, **values, by=request.user, now=timezone.now())
        except driving.Reworded as other:
            return _conflict(request, other.there, form)
        messages.success(request, _("Saved."))
        return redirect("applications:drive-edit", drive.slug)
    return _page(request, drive, form=form)


def _conflict(request, there, form):
    """What a colleague has saved, beside what was typed: only where the two differ."""
    differ = [name for name, value in form.values().items() if getattr(there, name) != value]

    def card(of):
        return summary.Card("", there.title, [(form.label_of(name), _said(of[name])) for name in differ], [], [])

    return conflict.answer(
        request,
        saved=card({name: getattr(there, name) for name in differ}),
        typed=card(form.cleaned_data),
        opened=driving.fingerprint(there),
        keep_url=reverse("applications:drive-edit", args=[there.slug]),
        context={"nav": "applications", "heading": there.title, "may_again": True},
        page=conflict.OFFICE,
    )


def _said(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{LEAST[group]} {share} %" for group, share in value.items())
    return dates.short_date(value, get_language()) if isinstance(value, date) else str(value or "")


@require_http_methods(["GET", "POST"])
def extend(request, slug):
    """Propose more time, agree to it, or leave the date as it is. Opened again: the drive's page."""
    drive = _drive(request, slug, Drive.objects.all())
    if request.method == "GET":
        return redirect("applications:drive-edit", drive.slug)
    now = timezone.now()
    waiting = drive.extensions.proposed().select_related("drive").first()
    form = MoreTimeForm(request.POST, drive=drive, now=now)
    said = request.POST.get("do")
    try:
        if said == "agree" and waiting:
            told = extending.agree(extension=waiting, by=request.user, now=now)
            messages.success(request, _("The new closing date holds. %(count)d people are told.") % {"count": told})
        elif said == "drop" and waiting:
            extending.drop(extension=waiting, by=request.user, now=now)
            messages.success(request, _("The closing date stays as it is."))
        elif said == "propose" and form.is_valid():
            extending.propose(drive=drive, **form.cleaned_data, by=request.user, now=now)
            messages.success(request, _("Proposed. The date moves when a second person agrees."))
        elif said == "propose":
            return _page(request, drive, form=WordsForm(instance=drive), more=form, status=422)
    except tuple(MISHAPS) as problem:
        messages.warning(request, MISHAPS[type(problem)])
    return redirect("applications:drive-edit", drive.slug)


@require_http_methods(["GET", "POST"])
def rule(request, slug):
    """By what rule the drive ranks, until somebody is scored. Opened again: the drive's page."""
    drive = _drive(request, slug, Drive.objects.prefetch_related("criteria__anchors", "prompts"))
    if request.method == "GET":
        return redirect("applications:drive-edit", drive.slug)
    form = RuleForm(request.POST, drive=drive)
    if not form.is_valid():
        return _page(request, drive, form=WordsForm(instance=copy(drive)), ruled=form, status=422)
    asked = {"ranks_by": form.cleaned_data["ranks_by"], "ties": form.ties}
    try:
        ruling.set_rule(drive=drive, **asked, by=request.user, now=timezone.now())
    except ruling.Fixed:
        messages.warning(request, _("Meanwhile somebody was scored by this drive: its rule stays."))
    else:
        messages.success(request, _("Saved."))
    return redirect("applications:drive-edit", drive.slug)


def _drive(request, slug, rows):
    return access.get_or_404(
        rows.select_related("unit").with_last_extension(), user=request.user, right=Right.DRIVE, slug=slug
    )


def _page(request, drive, *, form, more=None, ruled=None, status=200):
    now = timezone.now()
    context = {
        "nav": "applications",
        "drive": drive,
        "form": form,
        "now": now,
        "proposed": drive.extensions.proposed().select_related("asked_by__person").first(),
        "agreed": drive.extensions.agreed().select_related("asked_by__person", "agreed_by__person").order_by("pk"),
        "more": more or MoreTimeForm(drive=drive, now=now),
        "rule": ruled or RuleForm(drive=drive),
        "ties": ruling.tie_breakers(drive.criteria.all()),
    }
    return TemplateResponse(request, "applications/drive_form.html", context, status=status)
