"""One district: who shall look after it, and what the one before left."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from committees import access, handover, reasons
from committees.access import Right
from committees.domain import incharges as choosing
from committees.domain import proposing, staffing
from committees.domain.incharges import NoReason
from committees.domain.matching import Home, Rules
from committees.forms.incharges import MOST, AssignForm
from committees.levels import Level
from committees.models import Unit
from committees.models.formation import Purpose
from committees.views.incharges import top_or_404
from portal import phones, transitions
from portal.people import AnotherName

WIDE = Rules(home=Home.ANY, most=3)  # by hand everything may be chosen; what speaks against it is said


def assign(request, slug):
    """Who is it now, who could it be, and a look before it goes to a second person."""
    districts = Unit.objects.with_chain().filter(level=Level.DISTRICT)
    district = access.get_or_404(districts, user=request.user, right=Right.ASSIGN, unit="", slug=slug)
    now = timezone.now()
    on_way = proposing.open_of(district, Purpose.INCHARGES)
    found = staffing.table(top=top_or_404(request), rules=WIDE, user=request.user, now=now)
    chair = _chair(found, district, request.GET.get("seat", ""))
    present = chair.holder if chair else None
    offers = _offers(found, chair) if chair else {}
    words = [(key, f"{known.name} – {said}") for key, (known, said, _why) in offers.items()]
    form = AssignForm(request.POST or None, offers=words, present=present)
    checked = form.is_valid()
    if checked and "confirm" in request.POST and _proposed(request, district, chair, form, offers):
        return redirect("committees:incharges")
    context = {
        "district": district,
        "present": present,
        "on_way": on_way,
        "form": form,
        "check": form.cleaned_data | {"known": _who(form, offers)} if checked and form.is_valid() else None,
        "posted": [(name, value) for name, value in request.POST.items() if name in form.fields],
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/assign.html", context)


@require_GET
def left(request, slug):
    """What whoever comes finds: for the office, and for the in-charge of the district."""
    districts = Unit.objects.with_chain().filter(level=Level.DISTRICT)
    district = access.get_or_404(districts, user=request.user, right=Right.FORM, unit="", slug=slug)
    may_assign = access.may(request.user, Right.ASSIGN, district)
    context = {
        "district": district,
        "found": handover.of(district, timezone.now()),
        "may_assign": may_assign,
        "nav": "committees" if may_assign else "my",
    }
    return TemplateResponse(request, "committees/incharge_left.html", context)


def _chair(found, district, key):
    """The chair the address names; else one without anybody; else the first."""
    here = [chair for chair in found.chairs if chair.unit.pk == district.pk]
    named = [chair for chair in here if str(chair.seat.pk) == key]
    return next(iter([*named, *(chair for chair in here if chair.is_vacant), *here]), None)


def _offers(found, chair):
    """The best for this chair by key: (known, what speaks for and against in one line, the reasons)."""
    units = {one.unit.code: one.unit.name for one in found.chairs}
    return {
        one.candidate.key: (found.known[one.candidate.key], _said(found, one, units), one.reasons)
        for one in found.best(chair, MOST)
    }


def _said(found, choice, units):
    known = found.known[choice.candidate.key]
    ending = [phones.masked(known.person.phone)] if known.person else []
    return ", ".join([*ending, *(words for _good, words in reasons.in_words(choice.reasons, units))])


def _who(form, offers):
    """Whom the answers mean: one of those offered, somebody known, or (phone, name)."""
    data = form.cleaned_data
    if data["who"] in offers:
        return offers[data["who"]][0]
    return data["known"] or (data["phone"], data["name"])


def _proposed(request, district, chair, form, offers):
    data, told = form.cleaned_data, {"by": request.user, "now": timezone.now()}
    _known, _said_words, why = offers.get(data["who"], (None, "", []))
    answers = {"term_ends": data["term_ends"], "form_by": data["form_by"], "reasons": why}
    answers["instead_because"] = data.get("instead_because", "")
    answers["seat"] = chair.seat if chair else None
    try:
        choosing.propose_one(district=district, who=_who(form, offers), **answers, **told)
    except (proposing.Fixed, proposing.AlreadyThere, proposing.LineDone, transitions.NotAllowed, NoReason):
        form.add_error(None, _("Someone was quicker. Please look again."))
    except AnotherName:
        form.add_error(None, _("Someone else signs in with this number."))
    else:
        messages.success(request, _("This lies before a second person. The letter leaves when they agree."))
        return True
    return False
