"""Giving each district its in-charge."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access, reports
from committees.access import Right
from committees.domain import incharges as assigning
from committees.domain import seats
from committees.forms.incharges import AssignForm
from committees.levels import Level, Role
from committees.models import Appointment, Unit
from portal import names
from portal.accounts.opening import PhoneTaken
from portal.people import AnotherName

KEPT = 12  # refusals shown


def incharges(request):
    """All districts of one's part with who looks after them."""
    top = next(iter(access.tops(request.user, Right.ASSIGN)), None)
    if top is None:
        raise Http404
    now = timezone.now()
    districts = access.units_of(request.user, Right.ASSIGN).filter(level=Level.DISTRICT)
    holders = _holders(districts, now)
    rows = [(unit, holders.get(unit.pk)) for unit in sorted(districts, key=lambda unit: names.sort_key(unit.name))]
    refused = Appointment.objects.filter(
        seat__unit__in=districts, seat__post__role=Role.INCHARGE, accepted_at=None, until__isnull=False
    )
    context = {
        "rows": [row for row in rows if row[1] is None] + [row for row in rows if row[1]] if _first(request) else rows,
        "vacant": sum(holder is None for _unit, holder in rows),
        "waiting": sum(holder is not None and holder.accepted_at is None for _unit, holder in rows),
        "refused": refused.select_related("person", "seat__unit").order_by("-until")[:KEPT],
        "vacant_first": _first(request),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/incharges.html", context)


def assign(request, slug):
    """One district: who is it now, who could it be, and a look before the letter leaves."""
    districts = Unit.objects.with_chain().filter(level=Level.DISTRICT)
    district = access.get_or_404(districts, user=request.user, right=Right.ASSIGN, unit="", slug=slug)
    present = reports.incharge_of(district, timezone.now())
    form = AssignForm(request.POST or None, candidates=assigning.candidates(district), present=present)
    checked = form.is_valid()
    if checked and "confirm" in request.POST and _assigned(request, district, form):
        return redirect("committees:incharges")
    context = {
        "district": district,
        "present": present,
        "form": form,
        "check": form.cleaned_data | {"person": form.person} if checked and form.is_valid() else None,
        "posted": [(name, value) for name, value in request.POST.items() if name in form.fields],
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/assign.html", context)


def _assigned(request, district, form):
    data, told = form.cleaned_data, {"by": request.user, "now": timezone.now()}
    try:
        appointment = assigning.assign(
            district=district,
            person=form.person,
            newcomer=None if form.person else (data["phone"], data["name"]),
            term_ends=data["term_ends"],
            form_by=data["form_by"],
            instead_because=data.get("instead_because", ""),
            **told,
        )
    except seats.SeatTaken:
        form.add_error(None, _("Someone was quicker. Please look again."))
    except (PhoneTaken, AnotherName):
        form.add_error(None, _("Someone else signs in with this number."))
    else:
        words = _("%(name)s is appointed. The letter and the link to accept are on the way.")
        messages.success(request, words % {"name": appointment.person.name})
        return True
    return False


def _holders(districts, now):
    rows = Appointment.objects.current(now).filter(seat__unit__in=districts, seat__post__role=Role.INCHARGE)
    return {row.seat.unit_id: row for row in rows.select_related("person", "seat")}


def _first(request):
    return request.GET.get("show") == "vacant-first"
