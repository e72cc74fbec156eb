"""What do I do today: the in-charge's home, and an office-bearer's own page."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import access, counting, relayed, reports
from committees.access import Right
from committees.days import day_of
from committees.domain import letters, next_steps
from committees.levels import Level, Role
from committees.models import Appointment
from committees.views import lending
from committees.views.units import add_waiting
from portal import addresses, copies

VISITS = 3  # of one's own, shown at home
ABOVE = 2  # people to ask
NOBODYS = "-"  # opens nothing


def my(request, slug=""):
    """The district in-charge's home: one headline, three next steps, the units below."""
    mine = _looked_after(request.user)
    chosen = next((row for row in mine if slug in ("", row.seat.unit.slug)), None)
    if chosen is None and not slug and access.may(request.user, Right.VIEW):
        return redirect("committees:units")
    if chosen is None:
        raise Http404
    context = _home(request, chosen, mine, timezone.now())
    if slug:
        return TemplateResponse(request, "committees/my.html", context)
    context["worker"] = reverse("committees:my-worker")
    return copies.keep(request, TemplateResponse(request, "committees/my.html", context))


@require_safe
def worker(request):
    """The service worker that keeps the home of an in-charge for times without a network."""
    if not _looked_after(request.user):
        raise Http404
    return copies.worker()


def _looked_after(user):
    return [row for row in access.appointments_of(user, Right.REVIEW) if row.seat.post.role == Role.INCHARGE]


def _home(request, chosen, mine, now):
    unit, person = chosen.seat.unit, request.user.person
    rows, own = reports.coverage(unit, now), reports.own(unit, now)
    add_waiting(request, unit, rows)
    formed = sum(row.formed == reports.Formed.ANNOUNCED for row in rows)
    days = (chosen.form_by - day_of(now)).days if chosen.form_by else None
    stands = own.formed == reports.Formed.ANNOUNCED and bool(rows) and formed == len(rows)
    tasks = next_steps.tasks(unit, late=days is not None and days < 0)
    headline = _headline(unit, formed, len(rows), days)
    visits, link = list(person.visits.select_related("unit")[:VISITS]), _own_link(person)
    return {
        "unit": unit,
        "appointment": chosen,
        "token": token_for(request.user, chosen),
        "others": [row.seat.unit for row in mine if row is not chosen],
        "rows": rows,
        "headline": headline,
        "days": days,
        "is_late": days is not None and days < 0 and formed < len(rows),
        "done": stands and all(task.status in ("done", "cannot") for task in tasks),
        "share": urlencode({"text": f"{headline}\n{addresses.whole('home')}"}),
        "own": own,
        "unread": relayed.unread_by(person, now),
        "answered": access.threads_of(request.user).filter(unit=unit).news(),
        **lending.own(request.user),
        "first_days": _first_days(chosen, token_for(request.user, chosen), rows, link, visits),
        "steps": next_steps.steps(unit=unit, rows=rows, now=now),
        "tasks": tasks,
        "visits": visits,
        "link": link,
        "above": _above(chosen, now),
        "below": _below(unit, now),
        "now": now,
        "nav": "my",
    }


def _headline(unit, formed, count, days):
    """सीकर: 8 में से 3 विधानसभा समितियाँ बनीं · 12 दिन बाकी"""
    below = Level(unit.level).below
    line = counting.formed_of(unit.name, below, formed, count) if below else unit.title
    if days is None:
        return line
    return f"{line} · {_('the date is past') if days < 0 else counting.days_left(days)}"


def _first_days(chosen, token, rows, link, visits):
    """The four steps of the first day as (words, address, is it done); nothing once all are done."""
    posters = reverse("applications:posters")
    steps = [
        (_("Read and accept"), reverse("committees:accept", args=[token]), chosen.accepted_at),
        (_("See your units"), chosen.seat.unit.get_absolute_url(), any(row.filled for row in rows)),
        (_("Make your poster"), posters, link is not None),
        (_("Plan your visits"), reverse("committees:visits"), visits),
    ]
    return [] if all(done for *_rest, done in steps) else steps


def _own_link(person):
    """The code by which this person brings applications, if there is one: made in an app above."""
    return person.share_links.filter(paused_at=None).order_by("-pk").first()


def _above(chosen, now):
    """Whom to ask: who looks after the unit above, else the state office."""
    above = chosen.seat.unit.parent_id
    rows = Appointment.objects.current(now).filter(seat__unit=above).with_role(Role.INCHARGE, Role.STATE_OFFICE)
    rows = rows.accepted().exclude(person=chosen.person_id).select_related("person", "seat__post")
    return list(rows.order_by("pk")[:ABOVE])


def _below(unit, now):
    """Who presides over the committees right below."""
    rows = Appointment.objects.current(now).filter(seat__unit__parent=unit, seat__post__in=reports.chairs())
    rows = rows.select_related("person", "seat__unit", "seat__post")
    return rows.order_by("seat__unit__number", "seat__unit__path")


def token_for(user, appointment):
    """What the person's own link carries; nothing that opens it for who looks with their eyes."""
    return NOBODYS if access.is_looked_through(user) else letters.token_of(appointment)


def work(request):
    """My posts, my letters, what is asked of me."""
    now = timezone.now()
    rows = Appointment.objects.filter(person=request.user.person_id, until=None, lent_by=None)
    rows = rows.select_related("letter", "person", "seat__post", "seat__unit__district").order_by("-since")
    context = {
        "rows": [(row, token_for(request.user, row)) for row in rows],
        "unread": relayed.unread_by(request.user.person, now),
        "may_view": access.may(request.user, Right.VIEW),
        "reads": request.user.readings.exists(),
        "may_share": bool(access.shares_for(request.user)),
        **lending.own(request.user),
        "now": now,
        "nav": "work",
    }
    return TemplateResponse(request, "committees/work.html", context)
