"""Those who began and have not handed in: how many from where, and by what they still hear of us."""

from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from applications import unfinished as counting
from applications.views import funnel


@never_cache
@require_GET
def unfinished(request, slug):
    """Counts by place; no name, no number: nobody has applied yet."""
    drive, area, above = funnel.place_of(request, slug)
    lines, now = counting.lines(drive, area), timezone.now()
    context = {
        "nav": "applications",
        "drive": drive,
        "area": area,
        "above": above,
        "lines": lines,
        "begun": sum(line.begun for line in lines),
        "reached": sum(line.reached for line in lines),
        "reminders": [(when, when <= now) for when in counting.reminders(drive)],
        "is_over": drive.closes_at <= now,
    }
    return TemplateResponse(request, "applications/unfinished.html", context)
