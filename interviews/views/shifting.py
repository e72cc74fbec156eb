"""A whole day: cancelled, moved to another date, or its set-up copied. Each is looked at first, then done."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees.access import Right
from interviews.domain import cancelling, moving, planning
from interviews.forms_days import CancelForm, DateForm
from interviews.views.common import MISHAPS, day_or_404, seen, tell
from portal import dates


def cancel(request, date, drive):
    """Why, then who will hear it and in which words, then done."""
    day = day_or_404(request, date, drive, Right.PLAN)
    form = CancelForm(request.POST or None)
    now, is_valid = timezone.now(), request.method == "POST" and form.is_valid()
    found = cancelling.concerned(day)
    context = {"nav": "interviews", "day": day, "form": form, "found": found}
    try:
        cancelling.not_begun_or_raise(day)
        if is_valid and request.POST.get("sure"):
            cancelling.cancel_day(day=day, **form.cleaned_data, by=request.user, now=now)
            messages.success(request, _("The day is cancelled. Everyone who knew of it is told."))
            return redirect("interviews:planner", *day.address)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
        return redirect("interviews:planner", *day.address)
    if is_valid:
        context |= {"sure": True, "sample": cancelling.sample(found, **form.cleaned_data, now=now)}
    return TemplateResponse(request, "interviews/day_cancel.html", context, status=422 if form.errors else 200)


@require_POST
def hold(request, date, drive):
    """The cancelled day takes place after all."""
    day = day_or_404(request, date, drive, Right.PLAN)
    try:
        cancelling.hold_after_all(day=day, by=request.user, now=timezone.now())
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("The day takes place. Nobody has a time on it yet."))
    return redirect("interviews:planner", *day.address)


def move(request, date, drive):
    """To which date, then what stands in the way there and who will hear of it, then done."""
    day = day_or_404(request, date, drive, Right.PLAN)
    return _to_date(request, day, "move", moving.move_day, _moved)


def copy(request, date, drive):
    """The same for the set-up alone, without people."""
    day = day_or_404(request, date, drive, Right.PLAN)
    return _to_date(request, day, "copy", moving.copy_day, _copied)


def _to_date(request, day, verb, act, done):
    """The date is asked for by GET, so that the look before has an address; POST does it."""
    form = DateForm(request.POST if request.method == "POST" else request.GET or None, day=day)
    context = {"nav": "interviews", "day": day, "form": form, "verb": verb}
    if form.is_valid():
        to = form.cleaned_data["to"]
        if request.method == "POST":
            try:
                return done(request, day, act(day=day, to=to, by=request.user, now=timezone.now()))
            except planning.DayTaken:
                form.add_error("to", _("This drive has an interview day on this date already."))
            except moving.InTheWay:
                pass  # the look before tells what it is
            except tuple(MISHAPS) as problem:
                tell(request, problem)
                return redirect("interviews:planner", *day.address)
        context |= {"to": to, "clashes": moving.clashes(day, to), "found": cancelling.concerned(day)}
        mine = set(seen(day, request.user, Right.PLAN).values_list("pk", flat=True))
        context["busy"] = [row for row in context["clashes"].people if row.pk in mine]
    return TemplateResponse(request, "interviews/day_move.html", context, status=422 if form.errors else 200)


def _moved(request, day, told):
    words = _("The day is on %(date)s now. Told: %(people)d applicants, %(members)d panel members.")
    count = {"people": told.changed + told.cancelled, "members": told.members}
    messages.success(request, words % {"date": dates.long_date(day.date), **count})
    return redirect("interviews:planner", *day.address)


def _copied(request, day, new):
    messages.success(request, _("The set-up is copied. Nobody has a time here yet."))
    return redirect("interviews:planner", *new.address)
