"""Work that is given to deputies: what I gave, what I was given, and taking it back."""

from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access
from committees.days import day_of
from committees.domain import lending, seats
from committees.forms.answers import ReasonForm
from committees.forms.lending import WORDS, LendForm
from committees.models import Unit
from committees.rights import lendable, reaches
from portal.accounts.opening import PhoneTaken
from portal.people import AnotherName

SHOWN = 100  # of those below me


def lendings(request):
    """What I gave, what I was given, and what others gave in my part."""
    me = request.user.person_id
    below = access.lendings_to_end(request.user).exclude(Q(lent_by__person=me) | Q(person=me))
    context = {
        **own(request.user),
        "below": _told(below.order_by("-since")[:SHOWN]),
        "may_lend": any(map(lendable, access.appointments_of(request.user))),
        "nav": "work",
    }
    return TemplateResponse(request, "committees/lendings.html", context)


def lend(request):
    """Give somebody a part: first the place, by steps down the tree, then who, what and until when."""
    giver, unit = _place_or_404(request)
    last = min(giver.term_ends or date.max, day_of(timezone.now()) + lending.LONGEST)
    rights = lendable(giver)
    form = LendForm(request.POST or None, rights=rights, last=last)
    if form.is_valid() and _lent(request, giver, unit, form):
        return redirect("committees:lendings")
    narrower = Unit.objects.on(day_of(timezone.now())).filter(parent=unit)
    context = {
        "giver": giver,
        "unit": unit,
        "narrower": sorted(narrower, key=lambda each: (each.number or 0, each.name)),
        "is_whole": unit.pk == giver.seat.unit_id,
        "last": last,
        "form": form,
        "nav": "work",
    }
    return TemplateResponse(request, "committees/lend.html", context)


def end(request, pk):
    """Take back at once what was lent: by the giver, or by whoever seats people above."""
    row = get_object_or_404(access.lendings_to_end(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "by": request.user, "now": timezone.now()}
        try:
            lending.revoke(lending=row, **told)
        except seats.Ended:
            messages.warning(request, _("Someone was quicker. Please look again."))
        else:
            messages.success(request, _("%(name)s no longer has what was given.") % {"name": row.person.name})
        return redirect("committees:lendings")
    context = {"row": _told([row])[0], "form": form, "nav": "work"}
    return TemplateResponse(request, "committees/lending_end.html", context)


def own(user):
    """``given`` and ``received`` for ``committees/_lendings.html``; one question."""
    rows = access.lendings().filter(Q(lent_by__person=user.person_id) | Q(person=user.person_id))
    told = _told(rows.order_by("term_ends", "pk"))
    return {
        "given": [row for row in told if row.lent_by.person_id == user.person_id],
        "received": [row for row in told if row.person_id == user.person_id],
    }


def _told(rows):
    """Each with its rights in words."""
    rows = list(rows)
    for row in rows:
        row.words = [WORDS[right] for right in lendable(row.lent_by) if right in row.lent_rights]
    return rows


def _place_or_404(request):
    """The appointment that gives the most there, and the unit asked for: the own one when none is."""
    mine = sorted(access.appointments_of(request.user), key=lambda row: len(lendable(row)), reverse=True)
    mine = [row for row in mine if lendable(row)]
    path = request.GET.get("in")
    if not mine:
        raise Http404
    if path is None:
        return mine[0], mine[0].seat.unit
    unit = get_object_or_404(Unit.objects.with_chain(), path=path)
    giver = next((row for row in mine if reaches(row, unit)), None)
    if giver is None:
        raise Http404
    return giver, unit


def _lent(request, giver, unit, form):
    try:
        row = lending.lend(giver=giver, unit=unit, by=request.user, now=timezone.now(), **form.told())
    except lending.ToOneself:
        form.add_error("phone", _("This is your own number."))
    except lending.NotToAuditors:
        form.add_error("phone", _("An auditor cannot act for those whose acts they check."))
    except lending.AlreadyLent:
        form.add_error("phone", _("You have given this person work here already. Take it back first."))
    except (lending.Wider, lending.TooLong, seats.Ended):
        form.add_error(None, _("Your own rights or your term have changed. Please look again."))
    except (AnotherName, PhoneTaken):
        form.add_error("phone", _("We know this number under another name."))
    else:
        messages.success(request, _("%(name)s has been told by SMS.") % {"name": row.person.name})
        return True
    return False
