"""The reception desk: who is here, who goes in, who did not come."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.domain import reading
from applications.domain.submitting import REF_SIGNS
from applications.models import Application
from applications.states import Status as Applied
from committees import access
from committees.access import Right
from committees.forms.numbers import Why
from interviews.domain import closing, looking, pace
from interviews.domain.lines import UNBOUND, open_to
from interviews.models import Conflict, Interview
from interviews.states import Priority, Status
from interviews.views import desk
from interviews.views.common import MISHAPS, day_or_404, seen, tell
from portal import codes, copies, dates

FOUND = 8


@never_cache
def queue(request, date, drive):
    day = day_or_404(request, date, drive, Right.RECEIVE)
    now = timezone.now()
    if request.method == "POST":
        _press(request, day, now)
        return redirect("interviews:queue", *day.address)
    text = request.GET.get("q", "").strip()
    interviews = list(seen(day, request.user, Right.RECEIVE).for_queue())
    lines = pace.lines(day, interviews, now)
    context = {
        "nav": "interviews",
        "day": day,
        "now": now,
        "q": text,
        "found": _found(request, day, text, interviews, now) if text else None,
        "lines": lines,
        "groups": _groups(interviews),
        "counts": {status.value: sum(row.status == status for row in interviews) for status in Status},
        "conflicts": _declared(request, day),
        "spare": sum(line.spare for line in lines),
        "standby": [row for row in interviews if row.standby and not row.slot and row.status == Status.PLANNED],
        "may_plan": access.may(request.user, Right.PLAN, day.unit),
        "reopening": closing.asked(day) if day.locked_at else None,
    }
    return copies.keep(request, TemplateResponse(request, "interviews/queue.html", context), yes=not day.locked_at)


@never_cache
def visitor(request, date, drive, pk):
    """One person at the desk, with all that may be done for them."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    now = timezone.now()
    rows = seen(day, request.user, Right.RECEIVE).for_queue().select_related("day")
    interview = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        _press(request, day, now)
        return redirect("interviews:visitor", *day.address, pk)
    reading.looked(application=interview.application, by=request.user, now=now)
    context = {
        "nav": "interviews",
        "day": day,
        "row": interview,
        "panels": open_to(interview, now).exclude(pk=interview.panel_id).order_by("name"),
        "is_unbound": interview.status in UNBOUND,
        "priorities": Priority.choices,
        "turn": _turn(request, day, interview, now),
    }
    return TemplateResponse(request, "interviews/visitor.html", context)


@never_cache
@require_safe
def whatsapp(request, date, drive, pk):
    """A chat with the person, in which the words wait; that the number was read is written down."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    interview = get_object_or_404(seen(day, request.user, Right.RECEIVE).for_queue().select_related("day"), pk=pk)
    now = timezone.now()
    turn = _turn(request, day, interview, now)
    if turn is None:
        raise Http404
    words = _("Token %(token)d: your turn is at about %(time)s. Please come to room %(room)s.") % {
        "token": interview.token,
        "time": dates.clock(timezone.localtime(turn)),
        "room": interview.panel.room,
    }
    phone = reading.read_number(application=interview.application, why=Why.MESSAGE, by=request.user, now=now)
    return redirect(f"https://wa.me/{phone.removeprefix('+')}?text={quote(words)}")


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


def _press(request, day, now):
    try:
        messages.success(request, desk.act(request, day, now))
    except tuple(MISHAPS) as problem:
        tell(request, problem)


def _turn(request, day, interview, now):
    """About when this person goes in; ``None`` for one who does not wait."""
    place = pace.place_of(interview, list(seen(day, request.user, Right.RECEIVE).for_queue()), now)
    return place[1] if place else None


def _found(request, day, text, interviews, now):
    """By token, number of the application, end of the phone, or name: (interviews, people without a time)."""
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    short = digits if len(digits) <= 3 and digits and not any(sign.isalpha() for sign in text) else ""
    if short:
        found, listed = [row for row in interviews if row.token == int(short)], []
    else:
        near = Application.objects.matching(text)
        mine = seen(day, request.user, Right.RECEIVE).filter(application__in=near.values("pk"))
        keys = set(mine.values_list("pk", flat=True)[: FOUND * 2])
        found = [row for row in interviews if row.pk in keys][:FOUND]
        near = near.filter(drive=day.drive_id, status=Applied.SHORTLISTED).under(day.unit)
        near = access.narrow(near, user=request.user, right=Right.RECEIVE)
        has_one = Interview.objects.of_day(day).in_plan().values("application")
        listed = list(near.exclude(pk__in=has_one).select_related("unit__district")[:FOUND])
    looking.searched(day=day, found=[*(row.application for row in found), *listed], by=request.user, now=now)
    return found, listed


def _groups(interviews):
    """The lists under the panels: who is expected, who did not come, who is through."""
    expected = [row for row in interviews if row.status in {Status.CALLED, Status.PLANNED} and row.slot]
    expected.sort(key=lambda row: (row.slot.starts_at, row.pk))
    missed = [row for row in interviews if row.status == Status.NO_SHOW]
    done = [row for row in interviews if row.status == Status.DONE]
    return {"expected": expected, "missed": missed, "done": done}


def _declared(request, day):
    """Who will not judge whom, without the reason: the desk may move the person to another panel."""
    here = (
        seen(day, request.user, Right.RECEIVE)
        .filter(status__in=[Status.ARRIVED, Status.IN_ROOM])
        .select_related("panel")
    )
    by_application = {row.application_id: row for row in here}
    rows = Conflict.objects.filter(application__in=by_application, person__panel_days__panel__day=day).distinct()
    declared = rows.select_related("person").order_by("declared_at")
    return [{"interview": by_application[row.application_id], "person": row.person} for row in declared]
