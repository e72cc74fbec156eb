"""The committee of one unit: who sits where, and who sat before."""

from django.db.models import Prefetch
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees import access, reports
from committees.access import Right
from committees.levels import Role
from committees.models import Appointment, Ending
from committees.views.units import unit_or_404
from portal.models.people import Gender


def committee(request, path):
    here = unit_or_404(request, path, Right.VIEW)
    now = timezone.now()
    seats = list(chairs(here, now).standing(now).filter(post__in_committee=True))
    rights = access.rights_at(request.user, here)
    decides = Right.AUDIT in rights or access.may_by_own_post(request.user, Right.FORM, here)
    context = {
        "unit": here,
        "own": reports.own(here, now),
        "seats": seats,
        "meter": representation(seats, now),
        "incharge": reports.incharge_of(here, now),
        "may_form": Right.FORM in rights,
        "may_read": Right.READ_NUMBERS in rights,
        "sees_strength": decides,
        "sees_leavings": decides or Right.NOMINATE in rights,
        "may_propose": not rights.isdisjoint({Right.FORM, Right.NOMINATE}),
        "may_cancel": Right.ASSIGN in rights,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/committee.html", context)


@require_GET
def seat(request, path, pk):
    """One chair: everybody who sat in it, from when to when, and how it ended. Reasons are for who fills it."""
    here = unit_or_404(request, path, Right.VIEW)
    rights, now = access.rights_at(request.user, here), timezone.now()
    chair = here.seats.select_related("post").filter(pk=pk).first()
    if chair is None:
        raise Http404
    knows_reasons = not rights.isdisjoint({access.right_to_fill(chair.post), Right.AUDIT})
    if not knows_reasons and not chair.post.in_committee and chair.post.role != Role.INCHARGE:
        raise Http404  # who sat in the office is nobody else's business
    rows = chair.appointments.select_related("person", "letter").order_by("-since", "-pk")
    endings = Ending.objects.select_related("asked_by__person", "decided_by__person").order_by("asked_at", "pk")
    if knows_reasons:
        rows = rows.prefetch_related(Prefetch("endings", endings, to_attr="leavings"))
    rows = list(rows)
    today = timezone.localdate(now)
    for row in rows:  # a term that passed is over, also while nobody came to say so
        row.is_over = row.until is not None or (row.term_ends is not None and row.term_ends < today)
    context = {"unit": here, "seat": chair, "rows": rows, "knows_reasons": knows_reasons, "nav": "committees"}
    return TemplateResponse(request, "committees/seat.html", context)


def chairs(unit, now):
    """The unit's chairs in order, each with ``open``: its current appointment, if any."""
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
        "unsaid": sum(person.gender == Gender.UNSAID for person in people),
        "unknown": sum(person.birth_year is None for person in people),
    }
