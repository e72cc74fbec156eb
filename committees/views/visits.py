"""Visits: written down on the road, sent when there is a network; the office sees where nobody went."""

import json
import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from committees import access
from committees.access import Right
from committees.days import day_of
from committees.domain import visiting
from committees.forms.visits import VisitForm
from committees.models import Unit, Visit, VisitPhoto
from portal import copies

A_PAGE = 30
AT_ONCE = 50
PIXELS = ("photo__image", "photo__small")
NO_VISITS = (ValueError, TypeError, KeyError, AttributeError, RawPostDataException)


@never_cache
def visits(request):
    """My visits, the newest first, and a form for the next. The phone keeps this page and what waits to be sent."""
    units, now = _units(request.user), timezone.now()
    fresh = {"key": uuid.uuid4().hex[:30], "on": day_of(now), "met": 0}
    form = VisitForm(request.POST or None, request.FILES or None, initial=fresh, units=units)
    if form.is_valid() and _logged(request, form, now):
        messages.success(request, _("The visit is written down."))
        return redirect("committees:visits")
    rows = Visit.objects.filter(person=request.user.person_id).select_related("unit", "photo").defer(*PIXELS)
    context = {
        "form": form,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "changeable": now - visiting.CHANGE_FOR,
        "today": day_of(now),
        "now": now,
        "worker": reverse("committees:visits-worker"),
        "nav": "my",
    }
    return copies.keep(request, TemplateResponse(request, "committees/visits.html", context))


@never_cache
@require_POST
def sync(request):
    """``{"visits": [{"key", "unit", "on", "place", "met", "note"}]}``: what became of each, or 422.

    As the body, or in the field ``visits`` of a form; one with a photo comes alone, the file beside it.
    """
    units, now = _units(request.user), timezone.now()
    try:
        text = request.POST.get("visits") or request.body or b"{}"
        sent = json.loads(text).get("visits", [])[: 1 if request.FILES else AT_ONCE]
        forms = [(str(one["key"]), VisitForm(one, request.FILES, units=units)) for one in sent]
        done = [{"key": key, "words": _refused(request, form, now)} for key, form in forms]
    except NO_VISITS:
        return JsonResponse({"done": []}, status=422)
    return JsonResponse({"done": done})


@require_safe
def worker(request):
    """The service worker of this one page."""
    _units(request.user)
    return copies.worker()


def visit(request, pk):
    """Correct one of one's own visits, or take it back, within a day."""
    units, now = _units(request.user), timezone.now()
    rows = Visit.objects.select_related("unit", "photo").defer(*PIXELS)
    mine = get_object_or_404(rows, pk=pk, person=request.user.person_id)
    if request.POST.get("do") == "withdraw":
        return _withdraw(request, mine, now)
    choices = units | Unit.objects.filter(pk=mine.unit_id)
    initial = {"key": "unchanged", "unit": mine.unit.code}
    initial |= {name: getattr(mine, name) for name in ("on", "place", "met", "note")}
    has_photo = hasattr(mine, "photo")
    form = VisitForm(request.POST or None, request.FILES or None, initial=initial, units=choices, has_photo=has_photo)
    if form.is_valid():
        photo = {"photo": form.cleaned_data["photo"], "without_photo": form.cleaned_data.get("no_photo", False)}
        try:
            visiting.change(visit=mine, told=form.told, by=request.user, now=now, **photo)
        except visiting.BadDay:
            form.add_error("on", _bad_day())
        except visiting.TooLate:
            messages.warning(request, _too_late())
            return redirect("committees:visits")
        else:
            messages.success(request, _("The visit is changed."))
            return redirect("committees:visits")
    return TemplateResponse(request, "committees/visit.html", {"visit": mine, "form": form, "nav": "my"})


@require_GET
def of_unit(request):
    """All visits at and below a unit (its address in ``?unit=``), for those who look after it."""
    asked = {"path": request.GET["unit"]} if "unit" in request.GET else {}
    tops = [top.pk for top in access.tops(request.user, Right.VIEW)]
    unit = access.units_of(request.user, Right.VIEW).filter(**(asked or {"pk__in": tops[:1]})).first()
    if unit is None:
        raise Http404
    rows = access.narrow(Visit.objects.filter(unit.reach("unit")), user=request.user, right=Right.VIEW)
    context = {
        "unit": unit,
        "page": Paginator(rows.select_related("unit", "person", "photo").defer(*PIXELS), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "today": timezone.localdate(),
        "query": f"unit={unit.path}",
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/visits_of.html", context)


@require_safe
def photo(request, pk, size):
    """The photo of a visit, for who was there and for those who look after the place."""
    seen = access.narrow(Visit.objects.all(), user=request.user, right=Right.VIEW)
    if access.may(request.user, Right.FORM):
        seen |= Visit.objects.filter(person=request.user.person_id)
    row = get_object_or_404(VisitPhoto.objects.only(size), visit=pk, visit__in=seen)
    return HttpResponse(bytes(getattr(row, size)), content_type="image/webp")


def _units(user):
    """Where this person may go: the units they form committees of, and those right below. Strangers get 404."""
    if not access.may(user, Right.FORM):
        raise Http404
    return access.units_near(user, Right.FORM)


def _logged(request, form, now):
    try:
        visiting.log(
            key=form.cleaned_data["key"],
            told=form.told,
            photo=form.cleaned_data["photo"],
            person=request.user.person,
            by=request.user,
            now=now,
        )
    except visiting.BadDay:
        form.add_error("on", _bad_day())
        return False
    return True


def _refused(request, form, now):
    """Why this visit was not written down, in words; nothing when it was."""
    if form.is_valid() and _logged(request, form, now):
        return ""
    return " ".join(error for errors in form.errors.values() for error in errors)


def _withdraw(request, mine, now):
    try:
        visiting.withdraw(visit=mine, by=request.user, now=now)
    except visiting.TooLate:
        messages.warning(request, _too_late())
    else:
        messages.success(request, _("The visit is taken back."))
    return redirect("committees:visits")


def _bad_day():
    return _("Choose a day within the last year or the next two months.")


def _too_late():
    return _("A visit can be changed for one day only. Write to the office if it is wrong.")
