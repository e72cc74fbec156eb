"""What one person told the office before a time was given: hours, languages, a few words."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.domain import needs as needing
from applications.models import Application
from committees import access
from committees.access import Right
from interviews.forms_days import NeedsForm
from interviews.views.common import day_or_404

FIELDS = ("come_from", "come_until", "speaks", "come_note")


def needs(request, date, drive, ref):
    day = day_or_404(request, date, drive, Right.PLAN)
    rows = access.narrow(Application.objects.select_related("unit__district"), user=request.user, right=Right.PLAN)
    application = get_object_or_404(rows, ref=ref, drive=day.drive_id)
    form = NeedsForm(request.POST or None, initial={field: getattr(application, field) for field in FIELDS})
    if request.method == "POST" and form.is_valid():
        needing.note(application=application, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Noted. The next filling obeys it."))
        return redirect(f"{reverse('interviews:planner', args=day.address)}#without")
    context = {"nav": "interviews", "day": day, "application": application, "form": form}
    return TemplateResponse(request, "interviews/needs.html", context, status=422 if form.errors else 200)
