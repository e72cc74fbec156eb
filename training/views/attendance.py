"""Who was there: one tap a person on a phone, or a printed sheet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from committees import access
from committees.access import Right
from training.domain import attending
from training.models import Workshop
from training.views.rows import with_posts

A_PAGE = 100
A_SHEET = 2000  # the longest list that is still printed


def attendance(request, slug):
    """Those who said yes; a search finds everyone who was invited."""
    one = _load(request, slug)
    if request.method == "POST":
        return _mark(request, one)
    text = request.GET.get("q", "").strip()
    rows = one.enrolments.for_sheet()
    rows = rows.matching(text) if text else rows.at_the_door()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"nav": "training", "workshop": one, "page": with_posts(page, one), "q": text}
    return TemplateResponse(request, "training/attendance.html", context)


def sheet(request, slug):
    """The list on paper, with room to sign; the QR leads back to the page where it is typed in."""
    one = _load(request, slug)
    rows = one.enrolments.for_sheet().coming().order_by("person__name", "pk")
    page = Paginator(rows, A_SHEET).get_page(1)
    url = request.build_absolute_uri(reverse("training:attendance", args=[one.slug]))
    context = {"nav": "training", "workshop": one, "page": with_posts(page, one), "url": url}
    return TemplateResponse(request, "training/sheet.html", context)


def _mark(request, one):
    key = request.POST.get("enrolment", "")
    if not (key.isascii() and key.isdecimal()):
        raise Http404
    enrolment = get_object_or_404(one.enrolments.select_related("workshop"), pk=key)
    act = attending.unmark if request.POST.get("action") == "unmark" else attending.mark
    try:
        act(enrolment=enrolment, by=request.user, now=timezone.now())
    except attending.NotYet:
        messages.warning(request, _("Marking begins two hours before the workshop."))
    except attending.Cancelled:
        messages.warning(request, _("This workshop is cancelled."))
    except attending.Certified:
        messages.warning(request, _("The certificate is out; cancel it first."))
    query = {name: request.POST[name] for name in ("q", "page") if request.POST.get(name)}
    return redirect(
        f"{request.path}?{urlencode(query)}#e{enrolment.pk}" if query else f"{request.path}#e{enrolment.pk}"
    )


def _load(request, slug):
    rows = Workshop.objects.select_related("unit").with_numbers()
    return access.get_or_404(rows, user=request.user, right=Right.TRAIN, slug=slug)
