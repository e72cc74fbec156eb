"""The days of a drive together: do their times suffice, and everyone without a time spread over them at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access
from committees.access import Right
from interviews import because, together
from interviews.domain import filling
from interviews.models import InterviewDay
from interviews.views.common import MISHAPS, number, tell


def several(request, drive):
    """Choose days, see the sums, fill them all; each is then looked at and sent by its own page."""
    days = _days_or_404(request, drive)
    asked = {number(key) for key in (request.POST if request.method == "POST" else request.GET).getlist("day")}
    chosen = [day for day in days if day.pk in asked] if asked else days
    if request.method == "POST":
        _fill(request, chosen)
        query = "&".join(f"day={day.pk}" for day in chosen)
        return redirect(f"{reverse('interviews:drive-days', args=[drive])}?{query}")
    now = timezone.now()
    rows = together.of(days).rows
    for row in rows:
        row.is_chosen = row.day in chosen
    context = {
        "nav": "interviews",
        "slug": drive,
        "days": rows,
        "sum": together.of(chosen),
        "undoable": len(filling.last_filling(chosen, now)) if chosen else 0,
        "seed": next((day.fill_seed for day in chosen if day.fill_seed), ""),
    }
    return TemplateResponse(request, "interviews/together.html", context)


def _days_or_404(request, drive):
    """Those to come, of one area, that this person plans; 404 for who plans none of the drive's days."""
    rows = access.narrow(InterviewDay.objects.filter(drive__slug=drive), user=request.user, right=Right.PLAN)
    rows = list(rows.select_related("drive", "unit__district", "held_in").order_by("date"))
    if not rows:
        raise Http404
    today = timezone.localdate()
    ahead = [day for day in rows if day.date >= today and not (day.cancelled_at or day.locked_at)]
    return [day for day in ahead if day.unit_id == ahead[0].unit_id]


def _fill(request, days):
    told = {"days": days, "by": request.user, "now": timezone.now()}
    try:
        if not days:
            messages.warning(request, _("Choose at least one day."))
        elif request.POST.get("do") == "undo":
            back = filling.take_back_days(**told)
            messages.success(request, _("%(count)d times are taken back.") % {"count": back})
        else:
            seed = request.POST.get("seed", "").strip().upper()
            messages.success(request, because.filled(filling.fill_days(seed=seed, **told)))
    except tuple(MISHAPS) as problem:
        tell(request, problem)
