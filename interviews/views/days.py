"""The calendar of interview days, a new day, other hours."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access
from committees.access import Right
from interviews.domain import planning
from interviews.forms import DayForm
from interviews.models import InterviewDay
from interviews.views.common import day_or_404
from portal.transitions import Stale

DOORS = {Right.PLAN: "planner", Right.RECEIVE: "queue", Right.DECIDE: "results"}


def days(request, date=None):
    """Every day this person has something to do on, with the doors that open to them."""
    user = request.user
    reached = {}
    for right, door in DOORS.items():
        rows = access.narrow(InterviewDay.objects.all(), user=user, right=right)
        for pk in rows.values_list("pk", flat=True):
            reached.setdefault(pk, []).append(door)
    rows = InterviewDay.objects.filter(pk__in=reached).for_list()
    rows = list(rows.filter(date=date) if date else rows)
    for day in rows:
        day.doors = reached[day.pk]
    may_plan = access.may(user, Right.PLAN)
    context = {"nav": "interviews", "days": rows, "may_plan": may_plan, "today": timezone.localdate()}
    return TemplateResponse(request, "interviews/days.html", context)


def of_date(request, date):
    """A cut address: the days of one date."""
    return days(request, date)


def new(request):
    if not access.may(request.user, Right.PLAN):
        raise Http404
    form = DayForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            day = planning.plan_day(unit=data["drive"].unit, by=request.user, now=timezone.now(), **data)
        except planning.DayTaken:
            form.add_error("date", _("This drive has an interview day on this date already."))
        else:
            messages.success(request, _("The day stands. Now add the panels."))
            return redirect("interviews:planner", *day.address)
    context = {"nav": "interviews", "form": form}
    return TemplateResponse(request, "interviews/day_form.html", context, status=422 if form.errors else 200)


def change(request, date, drive):
    day = day_or_404(request, date, drive, Right.PLAN)
    form = DayForm(request.POST or None, instance=day, user=request.user)
    if request.method == "POST" and form.is_valid():
        day = day_or_404(request, date, drive, Right.PLAN)  # the form wrote into the other one
        try:
            count = planning.change_day(day=day, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Stale:
            return _changed_meanwhile(request, day)
        messages.success(request, _("Saved. The day has %(count)d times.") % {"count": count})
        return redirect("interviews:planner", *day.address)
    context = {"nav": "interviews", "form": form, "day": day}
    return TemplateResponse(request, "interviews/day_form.html", context, status=422 if form.errors else 200)


def _changed_meanwhile(request, day):
    """A colleague saved first: the hours as they stand now, and nothing of ours."""
    day.refresh_from_db()
    messages.error(
        request,
        _("A colleague changed this day meanwhile. These are the hours as they stand now; write yours again."),
    )
    context = {"nav": "interviews", "form": DayForm(None, instance=day, user=request.user), "day": day}
    return TemplateResponse(request, "interviews/day_form.html", context, status=409)
