"""The committee of one unit: who sits where."""

from django.db.models import Prefetch
from django.template.response import TemplateResponse
from django.utils import timezone

from committees import access, reports
from committees.access import Right
from committees.models import Appointment
from committees.views.units import unit_or_404
from portal.models.people import Gender


def committee(request, path):
    here = unit_or_404(request, path, Right.VIEW)
    now = timezone.now()
    seats = list(chairs(here, now).of_committee())
    rights = access.rights_at(request.user, here)
    context = {
        "unit": here,
        "own": reports.own(here, now),
        "seats": seats,
        "meter": representation(seats, now),
        "incharge": reports.incharge_of(here, now),
        "may_form": Right.FORM in rights,
        "may_cancel": Right.ASSIGN in rights,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/committee.html", context)


def chairs(unit, now):
    """The unit's chairs in order, each with ``holder``: its open appointment or nobody."""
    open_ones = Appointment.objects.current(now).select_related("person", "letter")
    return unit.seats.in_order().prefetch_related(Prefetch("appointments", open_ones, to_attr="open"))


def representation(seats, now):
    """Members, women and young people among those who sit, as counts only."""
    people = [seat.open[0].person for seat in seats if seat.open]
    oldest = timezone.localdate(now).year - reports.YOUNG
    return {
        "people": len(people),
        "women": sum(person.gender == Gender.WOMAN for person in people),
        "young": sum(bool(person.birth_year and person.birth_year >= oldest) for person in people),
        "unknown": sum(person.birth_year is None for person in people),
    }
