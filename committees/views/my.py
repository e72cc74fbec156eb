"""What do I do today: the in-charge's home, and an office-bearer's own page."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from committees import access, counting, reports
from committees.access import Right
from committees.days import day_of
from committees.domain import letters
from committees.levels import Level, Role
from committees.models import Appointment, Seat
from committees.views import lending

STEPS = 3  # offered at once


def my(request, slug=""):
    """The district in-charge's home: one headline, three next steps, the units below."""
    mine = [row for row in access.appointments_of(request.user, Right.REVIEW) if row.seat.post.role == Role.INCHARGE]
    chosen = next((row for row in mine if slug in ("", row.seat.unit.slug)), None)
    if chosen is None and not slug and access.may(request.user, Right.VIEW):
        return redirect("committees:units")
    if chosen is None:
        raise Http404
    now, unit = timezone.now(), chosen.seat.unit
    rows = reports.coverage(unit, now)
    formed = sum(row.formed == reports.Formed.ANNOUNCED for row in rows)
    below = Level(unit.level).below
    context = {
        "unit": unit,
        "appointment": chosen,
        "token": letters.token_of(chosen),
        "others": [row.seat.unit for row in mine if row is not chosen],
        "rows": rows,
        "formed": formed,
        "all": counting.counted(below, len(rows)),
        "days": (chosen.form_by - day_of(now)).days if chosen.form_by else None,
        "own": reports.own(unit, now),
        **lending.own(request.user),
        "steps": _steps(rows, now),
        "deeper": below.below,
        "nav": "my",
    }
    return TemplateResponse(request, "committees/my.html", context)


def work(request):
    """My posts, my letters, what is asked of me."""
    now = timezone.now()
    rows = Appointment.objects.filter(person=request.user.person_id, until=None, lent_by=None)
    rows = rows.select_related("letter", "person", "seat__post", "seat__unit__district").order_by("-since")
    context = {
        "rows": [(row, letters.token_of(row)) for row in rows],
        "may_view": access.may(request.user, Right.VIEW),
        "reads": request.user.readings.exists(),
        "may_share": bool(access.shares_for(request.user)),
        **lending.own(request.user),
        "now": now,
        "nav": "work",
    }
    return TemplateResponse(request, "committees/work.html", context)


def _steps(rows, now):
    """The emptiest committees first, each with its first vacant post: the smallest next step."""
    unformed = [row for row in rows if row.formed != reports.Formed.ANNOUNCED and row.vacant]
    worst = sorted(unformed, key=lambda row: row.filled / row.seats)[:STEPS]
    vacant = Seat.objects.vacant(now).of_committee().filter(unit__in=[row.unit for row in worst]).in_order()
    first = {}
    for seat in vacant:
        first.setdefault(seat.unit_id, seat)
    return [(row, first[row.unit.pk]) for row in worst if row.unit.pk in first]
