"""Forming a committee: post by post, the mobile number first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access, reports
from committees.access import Right
from committees.domain import inducting, seats
from committees.domain.inducting import PhoneFull
from committees.forms.answers import ReasonForm
from committees.forms.filling import PersonForm, PhoneForm
from committees.models import Appointment, Unit
from committees.views.committee import chairs, representation
from portal.accounts.opening import PhoneTaken


def form(request, path):
    """All posts that this person may fill here, each with its holder or empty."""
    here, rights = _unit_or_404(request, path)
    now = timezone.now()
    mine = [seat for seat in chairs(here, now) if access.right_to_fill(seat.post) in rights]
    if not mine and rights.isdisjoint({Right.FORM, Right.ASSIGN}):
        raise Http404  # an administrator fills chairs of the office, and there are none here
    context = {
        "unit": here,
        "own": reports.own(here, now),
        "committee": [seat for seat in mine if seat.post.in_committee],
        "office": [seat for seat in mine if not seat.post.in_committee],
        "meter": representation([seat for seat in mine if seat.post.in_committee], now),
        "may_view": Right.VIEW in rights,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/form.html", context)


def fill(request, path, pk):
    """One empty post: number, then person, then done. Works with plain forms."""
    seat = _seat_or_404(request, path, pk)
    if seat.open:
        messages.warning(request, _("Someone was quicker. Please look again."))
        return redirect(f"{seat.unit.committee_url}form/")
    phone_form, person_form, known = PhoneForm(request.POST or None), None, []
    if phone_form.is_valid():
        known = inducting.on_phone(phone_form.cleaned_data["phone"])
        answered = request.POST if "seat" in request.POST else None
        start = {"phone": phone_form.cleaned_data["phone"], "term_ends": _usual_term(seat)}
        person_form = PersonForm(answered, known=known, initial=start)
        if person_form.is_valid() and _inducted(request, seat, person_form):
            return redirect(f"{seat.unit.committee_url}form/")
    context = {
        "seat": seat,
        "unit": seat.unit,
        "phone_form": phone_form,
        "person_form": person_form,
        "known": _sitting(known),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/fill.html", context)


def end(request, path, pk):
    """Relieve the holder of a post, with a reason."""
    seat = _seat_or_404(request, path, pk)
    if not seat.open:
        raise Http404
    appointment = seat.open[0]
    reason = ReasonForm(request.POST or None)
    if reason.is_valid():
        try:
            because = reason.cleaned_data["reason"]
            seats.end(appointment=appointment, reason=because, by=request.user, now=timezone.now())
        except seats.Ended:
            messages.warning(request, _("Someone was quicker. Please look again."))
        else:
            messages.success(request, _("%(name)s is relieved.") % {"name": appointment.person.name})
        return redirect(f"{seat.unit.committee_url}form/")
    context = {"seat": seat, "unit": seat.unit, "appointment": appointment, "form": reason, "nav": "committees"}
    return TemplateResponse(request, "committees/end.html", context)


def _inducted(request, seat, person_form):
    try:
        appointment = inducting.induct(seat=seat, by=request.user, now=timezone.now(), **person_form.told())
    except seats.SeatTaken:
        person_form.add_error(None, _("Someone was quicker. Please look again."))
    except PhoneTaken:
        person_form.add_error(None, _("This post needs a sign-in, and someone else signs in with this number."))
    except PhoneFull:
        person_form.add_error("who", _("Four people are known on this number already."))
    else:
        words = _("%(name)s is appointed. The letter and the link to accept are on the way.")
        messages.success(request, words % {"name": appointment.person.name})
        return True
    return False


def _unit_or_404(request, path):
    """The unit, when this person may fill any post there, and the rights that say so."""
    here = Unit.objects.with_chain().filter(path=path).first()
    rights = access.rights_at(request.user, here) if here else set()
    if not rights & {Right.FORM, Right.ASSIGN, Right.ADMINISTER}:
        raise Http404
    return here, rights


def _seat_or_404(request, path, pk):
    here, rights = _unit_or_404(request, path)
    seat = chairs(here, timezone.now()).filter(pk=pk).first()
    if seat is None or access.right_to_fill(seat.post) not in rights:
        raise Http404
    return seat


def _usual_term(seat):
    """The term that was written last in this unit."""
    last = Appointment.objects.filter(seat__unit=seat.unit_id, term_ends__isnull=False).order_by("-since").first()
    return last.term_ends if last else None


def _sitting(known):
    """Those known on a number, each with where they sit now."""
    rows = Appointment.objects.current().filter(person__in=known).select_related("seat__post", "seat__unit")
    return [(person, [row.seat for row in rows if row.person_id == person.pk]) for person in known]
