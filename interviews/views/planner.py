"""The planner of a day: who comes when, filled by rules or by hand, then called."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.models import Application
from committees import access
from committees.access import Right
from interviews import because, overview
from interviews.domain import calling, filling, reserve, scheduling, telling, wishing
from interviews.models import Interview, Slot
from interviews.views.common import MISHAPS, day_or_404, number, seen, tell

SHOWN = 60  # of those without a time


def planner(request, date, drive):
    return _page(request, day_or_404(request, date, drive, Right.PLAN))


@require_POST
def fill(request, date, drive):
    """Places for everyone who can come, by the rules that the page tells; or the last ten minutes' taken back."""
    day = day_or_404(request, date, drive, Right.PLAN)
    now = timezone.now()
    try:
        if request.POST.get("do") == "undo":
            back = filling.take_back(day=day, by=request.user, now=now)
            messages.success(request, _("%(count)d times are taken back.") % {"count": back})
        else:
            seed = request.POST.get("seed", "").strip().upper()
            messages.success(request, because.filled(filling.fill(day=day, seed=seed, by=request.user, now=now)))
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    return redirect("interviews:planner", *day.address)


@require_POST
def place(request, date, drive):
    """Give a time, move, exchange, take back, fix or let go: one person by hand."""
    day = day_or_404(request, date, drive, Right.PLAN)
    try:
        _place(request, day)
    except scheduling.Moved:
        return _moved(request, day)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("Done."))
    part = "without" if request.POST.get("ref") else "plan"  # where the keyboard and the thumb were
    return redirect(f"{reverse('interviews:planner', args=day.address)}#{part}")


def release(request, date, drive):
    """Before: who would hear what. After: everyone hears it."""
    day = day_or_404(request, date, drive, Right.PLAN)
    if request.method == "POST":
        try:
            told = calling.release(day=day, by=request.user, now=timezone.now())
        except tuple(MISHAPS) as problem:
            tell(request, problem)
        else:
            words = _("Calls: %(new)d new, %(changed)d changed, %(cancelled)d taken back; panel members: %(members)d.")
            messages.success(request, words % told._asdict())
        return redirect("interviews:planner", *day.address)
    seen = {row.pk for row in _placed(request, day)}
    news = calling.Diff(*([row for row in group if row.pk in seen] for group in calling.diff(day)))
    panel_news, now = telling.diff(day), timezone.now()
    context = {
        "nav": "interviews",
        "day": day,
        "diff": news,
        "samples": calling.samples(news, now),
        "members": panel_news,
        "member_samples": telling.samples(panel_news, now),
        "is_empty": news.is_empty and panel_news.is_empty,
    }
    return TemplateResponse(request, "interviews/release.html", context)


def print_list(request, date, drive):
    """The call list for the wall and the desk, one page a panel; or what hangs at each door."""
    day = day_or_404(request, date, drive, Right.PLAN)
    panels = overview.lists(day, _placed(request, day))
    door = request.GET.get("for") == "door"
    standby = access.narrow(reserve.on_standby(day), user=request.user, right=Right.PLAN, unit="day__unit")
    context = {"nav": "interviews", "day": day, "panels": panels, "now": timezone.now(), "door": door}
    context["standby"] = [] if door else standby
    return TemplateResponse(request, "interviews/print.html", context)


def _place(request, day):
    data, by, now = request.POST, request.user, timezone.now()
    slots = Slot.objects.filter(panel__day=day).select_related("panel__day")
    if data.get("ref"):
        rows = access.narrow(Application.objects.select_related("drive", "unit"), user=by, right=Right.PLAN)
        application = get_object_or_404(rows, ref=data["ref"], drive=day.drive_id)
        slot = get_object_or_404(slots, pk=number(data.get("slot")))
        scheduling.add(day=day, application=application, slot=slot, by=by, now=now)
        return
    interview = _interview_or_404(request, day, data.get("interview"))
    scheduling.as_seen(interview, number(data.get("seen")))
    if data.get("do") == "unplace":
        scheduling.unplace(interview=interview, by=by, now=now)
    elif data.get("do") in {"lock", "unlock"}:
        scheduling.lock(interview=interview, locked=data["do"] == "lock", by=by, now=now)
    elif data.get("other"):
        pk, _colon, seen = data["other"].partition(":")
        other = _interview_or_404(request, day, pk)
        scheduling.as_seen(other, number(seen))
        scheduling.swap(first=interview, second=other, by=by, now=now)
    else:
        slot = get_object_or_404(slots, pk=number(data.get("slot")))
        scheduling.place(interview=interview, slot=slot, by=by, now=now)


def _interview_or_404(request, day, key):
    rows = access.narrow(Interview.objects.of_day(day), user=request.user, right=Right.PLAN, unit="day__unit")
    return get_object_or_404(rows.with_person().select_related("day", "slot__panel__day"), pk=number(key))


def _moved(request, day):
    """A colleague moved somebody after the page was opened: what stands now, what was wanted, and the choice."""
    data = request.POST
    pk, _colon, _seen = data.get("other", "").partition(":")
    interview = _interview_or_404(request, day, data.get("interview"))
    other = _interview_or_404(request, day, pk) if pk else None
    slots = Slot.objects.filter(panel__day=day).select_related("panel")
    context = {
        "nav": "interviews",
        "day": day,
        "interview": interview,
        "other": other,
        "shown": slots.filter(pk=number(data.get("seen"))).first(),
        "wanted": slots.filter(pk=number(data.get("slot"))).first(),
        "do": data.get("do", ""),
    }
    return TemplateResponse(request, "interviews/moved.html", context, status=409)


def _placed(request, day):
    """The plan as far as this person may see it: conflicts are not in it."""
    rows = Interview.objects.of_day(day).in_plan().for_plan()
    return list(access.narrow(rows, user=request.user, right=Right.PLAN, unit="day__unit"))


def _page(request, day):
    interviews, now = _placed(request, day), timezone.now()
    q = request.GET.get("q", "").strip()
    people = access.narrow(scheduling.unplaced(day), user=request.user, right=Right.PLAN)
    people = people.select_related("unit__district")
    people = list((people.matching(q) if q else people)[: SHOWN + 1])
    plan = overview.plan(day, interviews, people[:SHOWN])
    picked = next((row for row in interviews if row.pk == number(request.GET.get("pick"))), None)
    adding = next((one.application for one in plan.without if one.application.ref == request.GET.get("add")), None)
    context = {
        "nav": "interviews",
        "day": day,
        "plan": plan,
        "without": plan.without,
        "more": len(people) > SHOWN,
        "q": q,
        "picked": picked,
        "because": because.words(picked.placed_because) if picked else [],
        "adding": adding,
        "choosing": bool(picked or adding),
        "undoable": len(filling.filled_last(interviews, now)),
        "asks": wishing.for_office(wishing.open_requests(seen(day, request.user, Right.PLAN))).count(),
        "standby": sum(row.standby is not None and row.slot_id is None for row in interviews),
    }
    return TemplateResponse(request, "interviews/planner.html", context)
