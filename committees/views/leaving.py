"""Who leaves a post: proposed by one, heard, decided by another; and the person's own going."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from committees import access
from committees.access import Right
from committees.domain import leaving, seats
from committees.forms.answers import ReasonForm
from committees.forms.leaving import LeavingForm
from committees.levels import Role
from committees.models import Ending, Unit
from committees.views.committee import chairs
from committees.views.my import token_for
from portal import dates

SHOWN = 30  # of what was decided lately
DECIDERS = {
    Right.FORM: Q(appointment__seat__post__in_committee=True),
    Right.ASSIGN: Q(appointment__seat__post__in_committee=False, appointment__seat__post__role=Role.INCHARGE),
    Right.ADMINISTER: Q(appointment__seat__post__in_committee=False) & ~Q(appointment__seat__post__role=Role.INCHARGE),
    Right.AUDIT: Q(),
}
SEE = {*DECIDERS, Right.NOMINATE}


def end(request, path, pk):
    """Take an unanswered offer back, or propose that whoever sits here leaves."""
    seat, may_decide = _held_or_404(request, path, pk)
    appointment = seat.open[0]
    if appointment.person_id == request.user.person_id:
        return redirect("committees:leave", token_for(request.user, appointment))
    known = appointment.endings.filter(decided_at=None).first()
    if known is not None:
        return redirect("committees:leaving", known.pk)
    takes_back = may_decide and appointment.accepted_at is None
    form = (ReasonForm if takes_back else LeavingForm)(request.POST or None)
    if form.is_valid():
        return _taken_back(request, seat, form) if takes_back else _asked(request, seat, form)
    context = {
        "seat": seat, "unit": seat.unit, "appointment": appointment, "form": form, "takes_back": takes_back,
        "nav": "committees",
    }  # fmt: skip
    return TemplateResponse(request, "committees/end.html", context)


@require_GET
def leavings(request):
    """Those on their way, first what waits for me; and what was decided lately."""
    now, rows = timezone.now(), _visible(request.user)
    if not any(access.may_by_own_post(request.user, right) for right in SEE) and not rows.exists():
        raise Http404
    waiting = [_with_state(row, request.user, now) for row in rows.filter(decided_at=None, appointment__until=None)]
    context = {
        "mine": [row for row in waiting if row.may_decide],
        "others": [row for row in waiting if not row.may_decide],
        "decided": rows.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")[:SHOWN],
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/leavings.html", context)


def leaving_page(request, pk):
    """One leaving: the reason, the answer, and the second person's word."""
    row = _with_state(get_object_or_404(_visible(request.user), pk=pk), request.user, timezone.now())
    if request.method == "POST":
        if not (row.may_decide or row.may_withdraw):
            raise Http404
        _decided(request, row)
        return redirect("committees:leaving", pk)
    seat = row.appointment.seat
    may_fill = seat.post.in_committee and access.may_propose(request.user, seat.unit)
    context = {"row": row, "seat": seat, "unit": seat.unit, "may_fill": may_fill, "nav": "committees"}
    return TemplateResponse(request, "committees/leaving.html", context)


def _asked(request, seat, form):
    told = {"by": request.user, "now": timezone.now(), **form.cleaned_data}
    try:
        row = leaving.ask(appointment=seat.open[0], **told)
    except (leaving.AlreadyAsked, seats.Ended):
        messages.warning(request, _("Someone was quicker. Please look again."))
        return redirect(seat.unit.committee_url)
    messages.success(request, _("Proposed. Another person decides on it."))
    return redirect("committees:leaving", row.pk)


def _taken_back(request, seat, form):
    appointment = seat.open[0]
    told = {"by": request.user, "now": timezone.now(), "reason": form.cleaned_data["reason"]}
    try:
        leaving.take_back(appointment=appointment, **told)
    except leaving.Accepted:
        messages.warning(request, _("%(name)s has accepted in the meantime.") % {"name": appointment.person.name})
    except seats.Ended:
        messages.warning(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("%(name)s is relieved.") % {"name": appointment.person.name})
    return redirect(f"{seat.unit.committee_url}form/")


def _decided(request, row):
    told = {"ending": row, "by": request.user, "now": timezone.now()}
    try:
        if row.may_withdraw:
            leaving.withdraw(**told)
            messages.success(request, _("The proposal is taken back."))
        elif request.POST.get("do") == "agree":
            leaving.decide(agreed=True, **told)
            messages.success(request, _("%(name)s is relieved.") % {"name": row.appointment.person.name})
        else:
            leaving.decide(agreed=False, **told)
            messages.success(request, _("Not agreed. %(name)s stays.") % {"name": row.appointment.person.name})
    except leaving.StillHeard as heard:
        words = _("The person may answer until %(day)s; then it can be decided.")
        messages.warning(request, words % {"day": dates.short_date(heard.until)})
    except (leaving.Decided, seats.Ended):
        messages.warning(request, _("Someone was quicker. Please look again."))


def _held_or_404(request, path, pk):
    """A seat somebody sits in, for those who fill it or may propose; and whether one decides by a post of one's own."""
    here = Unit.objects.with_chain().filter(path=path).first()
    rights = access.rights_at(request.user, here) if here else set()
    seat = chairs(here, timezone.now()).filter(pk=pk).first() if rights else None
    if seat is None or not seat.open:
        raise Http404
    right = access.right_to_fill(seat.post)
    if right not in rights and not (seat.post.in_committee and Right.NOMINATE in rights):
        raise Http404
    may_decide = access.may_by_own_post(request.user, right, here)
    seat.unit = here  # with its chain
    return seat, may_decide


def _visible(user):
    """The leavings one asked for, may decide on, or looks over."""
    path = "appointment__seat__unit"
    rows = Ending.objects.select_related(
        "appointment__person", "appointment__seat__post", path, "asked_by__person", "decided_by__person"
    )
    parts = [
        Q(pk__in=access.narrow(Ending.objects.filter(which), user=user, right=right, unit=path).values("pk"))
        for right, which in DECIDERS.items()
        if access.may_by_own_post(user, right)
    ]
    return rows.filter(reduce(or_, parts, Q(asked_by=user))).order_by("asked_at", "pk")


def _with_state(row, user, now):
    """The row with what this user may do about it."""
    seat, is_open = row.appointment.seat, row.decided_at is None and row.appointment.until is None
    reaches = access.may_by_own_post(user, access.right_to_fill(seat.post), seat.unit)
    row.may_withdraw = is_open and row.asked_by_id == user.pk
    row.may_decide = is_open and reaches and not row.may_withdraw and row.appointment.person_id != user.person_id
    row.heard_until = leaving.still_heard_until(row, now) if is_open else None
    return row
