"""The planner of a day: panels, times, who comes when, calls."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.models import Application
from committees import access
from committees.access import Right
from interviews import overview
from interviews.domain import calling, filling, panels, scheduling
from interviews.forms import PanelForm
from interviews.models import Interview, Slot
from interviews.views.common import MISHAPS, day_or_404, number, tell
from portal import people
from portal.accounts.opening import PhoneTaken

SHOWN = 60  # of those without a time


def planner(request, date, drive):
    return _page(request, day_or_404(request, date, drive, Right.PLAN))


def add_panel(request, date, drive):
    day = day_or_404(request, date, drive, Right.PLAN)
    form = PanelForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            panels.add_panel_of(
                day=day, name=data["name"], room=data["room"], members=form.members, by=request.user, now=now
            )
        except panels.RoomTaken:
            form.add_error("room", _("Another panel of this day has this room or this name."))
        except panels.MemberTaken as taken:
            form.add_error(None, _("%(name)s sits on another panel on this date.") % {"name": taken.person.name})
        except people.AnotherName as other:
            words = _("The number %(phone)s belongs to somebody of another name: %(name)s.")
            form.add_error(None, words % {"phone": other.person.phone[-10:], "name": other.person.name})
        except PhoneTaken:
            form.add_error(None, _("Somebody else of the family signs in with one of these numbers."))
        else:
            messages.success(request, _("The panel is added. Its members can sign in with their mobile numbers."))
            return redirect("interviews:planner", *day.address)
    context = {"nav": "interviews", "day": day, "form": form}
    return TemplateResponse(request, "interviews/panel_form.html", context, status=422 if form.errors else 200)


@require_POST
def fill(request, date, drive):
    """Places for everyone who can come, by the rules that the page tells."""
    day = day_or_404(request, date, drive, Right.PLAN)
    try:
        filled = filling.fill(day=day, by=request.user, now=timezone.now())
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        words = _("%(placed)d people got a time.") % {"placed": filled.placed}
        if filled.left:
            words += " " + _("%(left)d more found none: add a panel or shorten the interviews.") % {"left": filled.left}
        messages.success(request, words)
    return redirect("interviews:planner", *day.address)


@require_POST
def place(request, date, drive):
    """Give a time, move, take back, fix or let go: one person by hand."""
    day = day_or_404(request, date, drive, Right.PLAN)
    try:
        _place(request, day)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("Done."))
    return redirect("interviews:planner", *day.address)


def release(request, date, drive):
    """Before: who would hear what. After: everyone hears it."""
    day = day_or_404(request, date, drive, Right.PLAN)
    if request.method == "POST":
        try:
            told = calling.release(day=day, by=request.user, now=timezone.now())
        except tuple(MISHAPS) as problem:
            tell(request, problem)
        else:
            words = _("Calls: %(new)d new, %(changed)d changed, %(cancelled)d taken back.")
            messages.success(request, words % told._asdict())
        return redirect("interviews:planner", *day.address)
    seen = {row.pk for row in _placed(request, day)}
    news = calling.Diff(*([row for row in group if row.pk in seen] for group in calling.diff(day)))
    sample = next(iter([*news.new, *news.changed]), None)
    context = {"nav": "interviews", "day": day, "diff": news, "sample": sample}
    return TemplateResponse(request, "interviews/release.html", context)


def print_list(request, date, drive):
    """The call list for the wall and the desk, one page a panel."""
    day = day_or_404(request, date, drive, Right.PLAN)
    panels = overview.lists(day, _placed(request, day))
    context = {"nav": "interviews", "day": day, "panels": panels, "now": timezone.now()}
    return TemplateResponse(request, "interviews/print.html", context)


def _place(request, day):
    data, by, now = request.POST, request.user, timezone.now()
    slots = Slot.objects.filter(panel__day=day).select_related("panel")
    if data.get("ref"):
        rows = access.narrow(Application.objects.select_related("drive"), user=by, right=Right.PLAN)
        application = get_object_or_404(rows, ref=data["ref"], drive=day.drive_id)
        slot = get_object_or_404(slots, pk=number(data.get("slot")))
        scheduling.add(day=day, application=application, slot=slot, by=by, now=now)
        return
    rows = access.narrow(Interview.objects.of_day(day), user=by, right=Right.PLAN, unit="day__unit")
    interview = get_object_or_404(rows.with_person().select_related("day"), pk=number(data.get("interview")))
    if data.get("do") == "unplace":
        scheduling.unplace(interview=interview, by=by, now=now)
    elif data.get("do") in {"lock", "unlock"}:
        scheduling.lock(interview=interview, locked=data["do"] == "lock", by=by, now=now)
    else:
        slot = get_object_or_404(slots, pk=number(data.get("slot")))
        scheduling.place(interview=interview, slot=slot, by=by, now=now)


def _placed(request, day):
    """The plan as far as this person may see it: conflicts are not in it."""
    rows = Interview.objects.of_day(day).in_plan().for_plan()
    return list(access.narrow(rows, user=request.user, right=Right.PLAN, unit="day__unit"))


def _page(request, day):
    interviews = _placed(request, day)
    plan = overview.plan(day, interviews, timezone.now())
    without = list(scheduling.unplaced(day).select_related("unit__district")[: SHOWN + 1])
    picked = next((row for row in interviews if row.pk == number(request.GET.get("pick"))), None)
    adding = next((row for row in without if row.ref == request.GET.get("add")), None)
    context = {
        "nav": "interviews",
        "day": day,
        "plan": plan,
        "without": without[:SHOWN],
        "more": len(without) > SHOWN,
        "picked": picked,
        "adding": adding,
        "choosing": bool(picked or adding),
    }
    return TemplateResponse(request, "interviews/planner.html", context)
