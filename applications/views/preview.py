"""The form of a drive as applicants will see it. Nothing is saved here."""

from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications import steps
from applications.forms import FORMS
from applications.models import Drive
from committees import access
from committees.access import Right


@require_safe
def form(request, slug):
    """All steps on one page, one below the other, that nobody can fill in."""
    rows = Drive.objects.select_related("unit").prefetch_related("prompts")
    drive = access.get_or_404(rows, user=request.user, right=Right.DRIVE, slug=slug)
    now = timezone.now()
    asked = [FORMS[step](drive=drive, now=now) for step in steps.steps_of(drive)]
    off = [FORMS[step](drive=drive, now=now).title for step in steps.STEPS if step not in steps.steps_of(drive)]
    context = {"nav": "applications", "drive": drive, "forms": asked, "off": off}
    return TemplateResponse(request, "applications/form_preview.html", context)
