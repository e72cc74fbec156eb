"""All letters of a unit at once: asked for here, made in the background."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access
from committees.access import Right
from committees.domain import bulk_letters


def letters(request):
    """How many there are, at and below a unit (its address in ``?unit=``), and the button that asks for them."""
    units = access.units_of(request.user, Right.FORM)
    unit = get_object_or_404(units.order_by("path"), path=request.GET["unit"]) if "unit" in request.GET else None
    if unit is None:
        unit = get_object_or_404(units, pk__in=[top.pk for top in access.tops(request.user, Right.FORM)[:1]])
    now = timezone.now()
    if request.method == "POST":
        try:
            job = bulk_letters.ask(unit=unit, by=request.user, now=now)
        except bulk_letters.NoLetters:
            messages.warning(request, _("Nobody here holds a letter that is in force."))
        else:
            return redirect("committees:job", job.key)
    count = bulk_letters.letters_of(unit, now).count()
    context = {"unit": unit, "count": count, "alone": bulk_letters.ALONE, "nav": "committees"}
    return TemplateResponse(request, "committees/letters.html", context)
