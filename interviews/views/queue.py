"""The reception desk: who is here, who goes in, who did not come."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.domain.submitting import REF_SIGNS
from applications.models import Application
from applications.states import Status as Applied
from committees import access
from committees.access import Right
from interviews import overview
from interviews.domain import queueing
from interviews.models import Conflict, Interview, Panel
from interviews.states import Status
from interviews.views.common import MISHAPS, day_or_404, number, tell
from portal import codes

FOUND = 8


def queue(request, date, drive):
    day = day_or_404(request, date, drive, Right.RECEIVE)
    if request.method == "POST":
        try:
            _act(request, day)
        except tuple(MISHAPS) as problem:
            tell(request, problem)
        return redirect("interviews:queue", *day.address)
    now, text = timezone.now(), request.GET.get("q", "").strip()
    interviews = list(_rows(request, day).for_queue())
    context = {
        "nav": "interviews",
        "day": day,
        "now": now,
        "q": text,
        "found": _found(request, day, text, interviews) if text else None,
        "lines": overview.lines(day, interviews, now),
        "groups": _groups(interviews),
        "counts": {status.value: sum(row.status == status for row in interviews) for status in Status},
        "conflicts": _declared(request, day),
        "may_plan": access.may(request.user, Right.PLAN, day.unit),
    }
    return TemplateResponse(request, "interviews/queue.html", context)


def arrive(request, ref):
    """The address in the applicant's QR: the desk's phone opens it and sees the person of today."""
    try:
        code = codes.read(ref, REF_SIGNS)
    except codes.BadCode as problem:
        raise Http404 from problem
    rows = Interview.objects.in_plan().filter(application__ref=code, day__locked_at=None)
    rows = access.narrow(rows, user=request.user, right=Right.RECEIVE, unit="day__unit")
    interview = rows.select_related("day__drive").order_by("day__date").first()
    if interview is None:
        raise Http404
    address = redirect("interviews:queue", *interview.day.address)
    address["Location"] += f"?q={code}"
    return address


def _rows(request, day):
    rows = Interview.objects.of_day(day).in_plan()
    return access.narrow(rows, user=request.user, right=Right.RECEIVE, unit="day__unit")


def _act(request, day):
    """One press of a button: ``do`` and a key, as ``check_in:12``."""
    verb, _colon, key = request.POST.get("do", "").partition(":")
    by, now = request.user, timezone.now()
    if verb in {"next", "walk_in", "close", "reopen"}:
        return _of_day(request, day, verb, key, by, now)
    rows = _rows(request, day).with_person().select_related("day")
    interview = get_object_or_404(rows, pk=number(key))
    name = interview.application.name
    if verb == "check_in":
        token = queueing.check_in(interview=interview, by=by, now=now)
        return messages.success(request, _("%(name)s: token %(token)d.") % {"name": name, "token": token})
    if verb == "finish":
        queueing.finish(interview=interview, by=by, now=now)
    elif verb == "skip":
        queueing.skip(interview=interview, by=by, now=now)
        if interview.status == Status.ARRIVED:
            return messages.success(request, _("%(name)s did not come in; three others go first.") % {"name": name})
    elif verb == "move":
        panel = get_object_or_404(Panel.objects.filter(day=day), pk=number(request.POST.get("panel")))
        queueing.move_panel(interview=interview, panel=panel, by=by, now=now)
    else:
        raise Http404
    return messages.success(request, f"{name}: {Status(interview.status).label}.")


def _of_day(request, day, verb, key, by, now):
    """What is done to a panel, the day, or someone without a time."""
    if verb == "next":
        panel = get_object_or_404(Panel.objects.filter(day=day), pk=number(key))
        went_in = queueing.finish_and_call(panel=panel, by=by, now=now)
        words = _("Token %(token)d: call into room %(room)s.")
        told = words % {"token": went_in.token, "room": panel.room} if went_in else _("Nobody is waiting.")
    elif verb == "walk_in":
        interview = queueing.walk_in(day=day, application=_listed(day, key), by=by, now=now)
        told = _("%(name)s: token %(token)d.") % {"name": interview.application.name, "token": interview.token}
    elif not access.may(by, Right.PLAN, day.unit):
        raise Http404
    elif verb == "close":
        absent = queueing.close_day(day=day, by=by, now=now)
        told = _("The day is closed; %(absent)d did not come.") % {"absent": absent}
    else:
        queueing.reopen_day(day=day, by=by, now=now)
        told = _("The day is open again.")
    messages.success(request, told)


def _listed(day, ref):
    rows = Application.objects.filter(drive=day.drive_id, status=Applied.SHORTLISTED)
    return get_object_or_404(rows, ref=ref)


def _found(request, day, text, interviews):
    """By token, number of the application, end of the phone, or name: (interviews, people without a time)."""
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    short = digits if len(digits) <= 3 and digits and not any(sign.isalpha() for sign in text) else ""
    if short:
        return [row for row in interviews if row.token == int(short)], []
    near = Application.objects.matching(text)
    mine = set(_rows(request, day).filter(application__in=near.values("pk")).values_list("pk", flat=True)[: FOUND * 2])
    listed = near.filter(drive=day.drive_id, status=Applied.SHORTLISTED).under(day.unit)
    has_one = Interview.objects.of_day(day).in_plan().values("application")
    return (
        [row for row in interviews if row.pk in mine][:FOUND],
        list(listed.exclude(pk__in=has_one).select_related("unit__district")[:FOUND]),
    )


def _groups(interviews):
    """The lists under the panels: who is expected, who did not come, who is through."""
    expected = [row for row in interviews if row.status in {Status.CALLED, Status.PLANNED} and row.slot]
    expected.sort(key=lambda row: (row.slot.starts_at, row.pk))
    missed = [row for row in interviews if row.status == Status.NO_SHOW]
    done = [row for row in interviews if row.status == Status.DONE]
    return {"expected": expected, "missed": missed, "done": done}


def _declared(request, day):
    """Who will not judge whom, without the reason: the desk may move the person to another panel."""
    here = _rows(request, day).filter(status__in=[Status.ARRIVED, Status.IN_ROOM]).select_related("panel")
    by_application = {row.application_id: row for row in here}
    rows = Conflict.objects.filter(application__in=by_application, person__panel_days__panel__day=day).distinct()
    declared = rows.select_related("person").order_by("declared_at")
    return [{"interview": by_application[row.application_id], "person": row.person} for row in declared]
