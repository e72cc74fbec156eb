"""The work list of places that applicants did not find: one after the other, with what they may have meant."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.domain import placing
from applications.domain.importing.rows import no_place
from applications.models import Application
from committees import access, search
from committees.access import Right
from committees.models import Unit
from portal import codes

A_PAGE, SUGGESTED, LONGEST = 50, 8, 80


class PlaceForm(forms.Form):
    """A unit of the drive that this colleague reaches."""

    unit = forms.ModelChoiceField(Unit.objects.none(), error_messages={"required": "", "invalid_choice": ""})

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


def places(request):
    """One application at a time; the rest stands below as a list."""
    waiting = _waiting(request)
    row = _chosen(request, waiting)
    if request.method == "POST" and row:
        return _placed(request, row)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    asked = request.GET.get("find", "").strip()[:LONGEST] or _written(row)
    context = {
        "nav": "applications",
        "page": page,
        "row": row,
        "asked": asked,
        "found": _found(request, row, asked) if row and asked else [],
    }
    return TemplateResponse(request, "applications/places.html", context)


def _waiting(request):
    if not access.may(request.user, Right.REVIEW):
        raise Http404
    rows = access.narrow(placing.waiting(Application.objects.all()), user=request.user, right=Right.REVIEW)
    return rows.select_related("unit", "drive__unit").order_by("submitted_at", "pk")


def _chosen(request, waiting):
    """The one that was asked for, else the one that waits longest."""
    asked = request.POST.get("ref") or request.GET.get("ref")
    if not asked:
        return waiting.first() if request.method != "POST" else None
    try:
        return waiting.filter(ref=codes.read(asked)).first()
    except codes.BadCode:
        return None


def _written(row):
    """What this person wrote themselves; nothing where an import says that there was nothing."""
    return row.place_note if row and row.place_note != no_place() else ""


def _reached(request, row):
    """The units of the drive within this colleague's reach: where it may be put."""
    mine = access.units_of(request.user, Right.REVIEW)
    return mine.filter(row.drive.unit.reach("")).on(timezone.localdate())


def _found(request, row, asked):
    """What the words may mean, nearest to where the applicant stopped; else anywhere in the drive."""
    near = search.find(asked, within=row.unit, limit=SUGGESTED)
    found = near or search.find(asked, within=row.drive.unit, limit=SUGGESTED)
    reached = set(_reached(request, row).filter(pk__in=[unit.pk for unit in found]).values_list("pk", flat=True))
    return [unit for unit in found if unit.pk in reached]


def _placed(request, row):
    form = PlaceForm(request.POST, units=_reached(request, row))
    if not form.is_valid():
        messages.error(request, _("Choose a place first."))
        return redirect(f"{reverse('applications:places')}?ref={row.ref}")
    try:
        placing.place(application=row, unit=form.cleaned_data["unit"], by=request.user, now=timezone.now())
    except placing.AlreadyPlaced:
        messages.warning(request, _("Someone was quicker. Please look again."))
    else:
        told = _("%(name)s is now at %(place)s.") % {"name": row.name, "place": row.unit.title}
        messages.success(request, told)
    return redirect("applications:places")
