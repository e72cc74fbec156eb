"""Materials of a workshop or a series: put there, taken away, and handed out to who learns, teaches or plans."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import access
from committees.access import Right
from training import handouts
from training.domain import supplying
from training.forms.materials import MaterialForm
from training.models import Enrolment, Material, Workshop
from training.views.loading import taught
from training.views.series import load


def of_workshop(request, slug):
    """What those get who come to this workshop."""
    one = taught(request, slug)
    back = reverse("training:workshop", args=[one.slug])
    return _page(request, one, back, handouts.of(one).filter(workshop__isnull=True))


def of_series(request, slug):
    """What all get who come to a workshop of this series."""
    return _page(request, load(request, slug), reverse("training:series", args=[slug]), [])


@never_cache
@require_safe
def file(request, pk):
    """One file, for who plans or teaches."""
    material = _file_or_404(Material.objects.all(), pk)
    theirs = Workshop.objects.filter(Q(materials=material.pk) | Q(series__materials=material.pk))
    reached = access.narrow(theirs, user=request.user, right=Right.TRAIN)
    is_for_all = material.series_id is not None and access.may(request.user, Right.TRAIN)
    if not is_for_all and not reached.exists():
        raise Http404
    return _to_be_saved(material)


@login_not_required
@never_cache
@require_safe
def own(request, link_key, pk):
    """One file, for who is invited."""
    enrolment = get_object_or_404(Enrolment.objects.select_related("workshop"), link_key=link_key)
    return _to_be_saved(_file_or_404(handouts.of(enrolment.workshop).defer(None), pk))


def _page(request, to, back, from_series):
    """Add one, or take one away by its key in ``drop``."""
    drops = "drop" in request.POST
    form = MaterialForm(None if drops else request.POST or None, request.FILES or None)
    by = {"by": request.user, "now": timezone.now()}
    if drops and request.POST["drop"].isdecimal():
        material = to.materials.defer("content").filter(pk=request.POST["drop"][:18]).first()
        if material:
            supplying.remove(material=material, **by)
            messages.success(request, _("Removed."))
        return redirect(request.path)
    if form.is_valid():
        supplying.add(to=to, **form.cleaned_data, **by)
        messages.success(request, _("Added. Those who are invited see it on their page."))
        return redirect(request.path)
    context = {
        "nav": "training",
        "to": to,
        "back": back,
        "materials": to.materials.defer("content").order_by("added_at", "pk"),
        "from_series": from_series,
        "form": form,
    }
    return TemplateResponse(request, "training/materials.html", context, status=422 if form.errors else 200)


def _file_or_404(rows, pk):
    return get_object_or_404(rows, pk=pk, content__isnull=False)


def _to_be_saved(material):
    """Always to be saved, never shown inside a page of ours."""
    response = HttpResponse(bytes(material.content), content_type=material.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=material.file_name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
