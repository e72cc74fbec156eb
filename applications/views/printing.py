"""The chosen applications on paper: A4, each whole, the number only for those who may read numbers."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.domain import exporting, reading
from applications.views import bulk, inbox
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS


@require_http_methods(["GET", "POST"])
def sheet(request):
    """As many as one person may take out alone; each of them is in the log. By GET: the desk."""
    inbox.gate(request)
    if request.method == "GET":
        return redirect("applications:desk")
    sieve, rows, again = bulk.chosen(request.POST, request.user)
    back = f"{reverse('applications:desk')}?{again['query']}"
    if sieve.by_representation:
        messages.error(request, _("Nothing is printed by gender, social group or age. Take that filter away."))
        return redirect(back)
    units = [f"unit__{level}" for level in ANCESTORS]
    rows = rows.select_related(*units, "drive", "prompt", "link", "entered_by__person")
    found = list(rows.order_by("-submitted_at", "-pk")[: exporting.MOST + 1])
    if not found:
        messages.error(request, _("No application was ticked."))
        return redirect(back)
    if len(found) > exporting.MOST:
        told = _("At most %(most)s are printed at a time: tick some, or narrow the filter.")
        messages.error(request, told % {"most": exporting.MOST})
        return redirect(back)
    now, numbers = timezone.now(), access.units_of(request.user, Right.READ_NUMBERS)
    readable = set(numbers.filter(pk__in=[row.unit_id for row in found]).values_list("pk", flat=True))
    with_numbers = reading.printed(applications=found, numbers_at=readable, by=request.user, now=now)
    context = {
        "nav": "applications",
        "rows": [(row, row.phone if row.unit_id in readable else "") for row in found],
        "with_numbers": with_numbers,
        "now": now,
        "back": back,
    }
    return TemplateResponse(request, "applications/print.html", context)
