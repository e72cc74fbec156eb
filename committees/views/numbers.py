"""The whole number of somebody who holds a post: for a reason, and in the log."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from committees import access
from committees.access import Right
from committees.domain import watching
from committees.forms.numbers import NumberForm
from committees.models import Appointment


@never_cache
def number(request, pk):
    """Asks why, and shows it once."""
    rows = access.narrow(
        Appointment.objects.current(), user=request.user, right=Right.READ_NUMBERS, unit="seat__unit"
    ).select_related("person", "seat__post", "seat__unit")
    row = get_object_or_404(rows, pk=pk)
    form, shown = NumberForm(request.POST or None), ""
    if form.is_valid():
        shown = watching.read_number(
            thing=row.person, phone=row.person.phone, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    context = {"row": row, "form": form, "number": shown, "nav": "committees"}
    return TemplateResponse(request, "committees/number.html", context)
