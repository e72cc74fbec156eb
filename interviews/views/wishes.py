"""The office's inbox of requests for another time: give one, offer one, or say no with a word."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.access import Right
from interviews.domain import openings, wishing
from interviews.models import Slot
from interviews.views.common import MISHAPS, day_or_404, number, seen, tell

PERSON = ("interview__application__unit__district", "interview__application__person", "interview__slot__panel")
LATELY = 20


def inbox(request, date, drive):
    """Each open request with its wish and the free times that obey every hard rule."""
    day = day_or_404(request, date, drive, Right.PLAN)
    interviews, now = seen(day, request.user, Right.PLAN), timezone.now()
    rows = wishing.open_requests(interviews)
    if request.method == "POST":
        _settle(request, day, rows, now)
        return redirect("interviews:requests", *day.address)
    waiting = set(wishing.for_office(rows).values_list("pk", flat=True))
    rows = list(rows.select_related(*PERSON, "offered__panel"))
    people = [row.interview.application for row in rows]
    free = openings.for_each(day, people, now) if people else {}
    context = {
        "nav": "interviews",
        "day": day,
        "open": [(row, *_sorted(free[row.interview.application_id])) for row in rows if row.pk in waiting],
        "offered": [row for row in rows if row.pk not in waiting],
        "settled": wishing.settled(interviews).select_related(*PERSON, "settled_by__person")[:LATELY],
    }
    return TemplateResponse(request, "interviews/requests.html", context)


def _sorted(found):
    """The times within the wish, and the others."""
    return [one.slot for one in found if one.is_wished], [one.slot for one in found if not one.is_wished]


def _settle(request, day, rows, now):
    """``do`` is give, offer or refuse; what is settled or out of sight meanwhile is told as such."""
    data, common = request.POST, {"by": request.user, "now": now}
    row = rows.filter(pk=number(data.get("request")))
    row = row.select_related(
        *PERSON, "interview__day__drive", "interview__day__unit", "interview__day__held_in"
    ).first()
    slots = Slot.objects.filter(panel__day=day).select_related("panel__day")
    slot = slots.filter(pk=number(data.get("slot"))).first()
    do = data.get("do")
    try:
        if row and do == "refuse":
            wishing.refuse(request=row, why=data.get("why", ""), **common)
            done = _("%(name)s hears that there is no other time, and why.")
        elif row and do == "back":
            wishing.take_back(request=row, **common)
            done = _("The offer to %(name)s is taken back.")
        elif row and slot and do == "offer":
            wishing.offer(request=row, slot=slot, **common)
            done = _("%(name)s is asked whether this time would do. It is kept until the answer.")
        elif row and slot and do == "give":
            wishing.give(request=row, slot=slot, **common)
            done = _("%(name)s has this time and is told so.")
        else:
            messages.error(request, _("Someone was quicker. Please look again."))
            return
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, done % {"name": row.interview.application.name})
