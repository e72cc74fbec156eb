"""The drives' office: which there are, a new one, other words for one."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.domain import driving
from applications.forms.drives import DriveForm, WordsForm
from applications.models import Drive
from committees import access
from committees.access import Right


def drives(request):
    if not access.may(request.user, Right.DRIVE):
        raise Http404
    rows = access.narrow(Drive.objects.all(), user=request.user, right=Right.DRIVE)
    rows = rows.select_related("unit").annotate(received=Count("applications")).order_by("-closes_at", "pk")
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
    rows = Drive.objects.select_related("unit").prefetch_related("criteria__anchors", "prompts")
    drive = access.get_or_404(rows, user=request.user, right=Right.DRIVE, slug=slug)
    form = WordsForm(request.POST or None, instance=drive if request.method != "POST" else Drive(pk=drive.pk))
    if form.is_valid():
        driving.reword(drive=drive, values=form.values(), by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("applications:drive-edit", drive.slug)
    context = {"nav": "applications", "drive": drive, "form": form, "now": timezone.now()}
    return TemplateResponse(request, "applications/drive_form.html", context)
