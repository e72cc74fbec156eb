"""The studio: links, their posters, and what they brought."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from applications import access as may_share
from applications import posters
from applications.domain import linking
from applications.domain.submitting import REF_SIGNS
from applications.forms.links import LinkForm
from applications.models import ShareLink
from applications.views import device
from committees import access
from committees.access import Right
from portal import codes, dates, organisation, qr
from portal.brand import Brand

A_PAGE = 50
KEPT_FOR = 24 * 3600
FIELDS = {"title": gettext_lazy("title"), "subtitle": gettext_lazy("purpose"), "unit_name": gettext_lazy("unit")}


def studio(request):
    """My links with what they brought, and a form for another."""
    tops = access.tops(request.user, Right.DRIVE)
    if not tops:
        raise Http404
    drives = may_share.drives_to_share(request.user, tops)
    asked = {"drive": request.GET.get("drive")}
    form = LinkForm(request.POST or None, user=request.user, tops=tops, drives=drives, initial=asked)
    if form.is_valid():
        link = linking.make_link(**form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("applications:poster", link.code)
    rows = _mine(request).with_results().select_related("drive", "unit").order_by("-made_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"nav": "posters", "form": form, "page": page, "now": timezone.now()}
    return TemplateResponse(request, "applications/posters.html", context)


def poster(request, code):
    """One link: its preview, its files, the words to send with it, what it brought."""
    link = _one(request, code)
    trouble = ""
    try:
        _drawn(link, posters.Size.SQUARE)
    except (posters.TextTooLong, posters.Unprintable) as problem:
        trouble = _hint(problem)
    with translation.override("hi"):
        words = "\n".join([link.drive.title, link.drive.purpose, _deadline(link.drive), linking.url(link)])
    context = {
        "nav": "posters",
        "link": link,
        "url": linking.url(link),
        "words": words,
        "whatsapp": f"https://wa.me/?{urlencode({'text': words})}",
        "trouble": trouble,
        "days": link.scans.order_by("-day")[:14],
        "now": timezone.now(),
    }
    return TemplateResponse(request, "applications/poster.html", context)


@cache_control(private=True, max_age=300)
def poster_file(request, code, size):
    link = _one(request, code)
    if size not in (posters.Size.A4, posters.Size.SQUARE):
        raise Http404
    try:
        picture = _drawn(link, posters.Size(size))
    except (posters.TextTooLong, posters.Unprintable) as problem:
        return HttpResponse(_hint(problem), status=422, content_type="text/plain; charset=utf-8")
    return _file(request, picture, "image/png", f"poster-{link.code}-{size}.png")


@cache_control(private=True, max_age=300)
def qr_file(request, code, kind):
    link = _one(request, code)
    if kind not in ("svg", "png"):
        raise Http404
    if kind == "svg":
        return _file(request, qr.svg(linking.url(link)).encode(), "image/svg+xml", f"qr-{link.code}.svg")
    return _file(request, qr.png(linking.url(link), box=20), "image/png", f"qr-{link.code}.png")


@login_not_required
@never_cache
@require_safe
def own_poster(request, ref):
    """The applicant's own square, on the device that proved itself and once they asked for their own link."""
    try:
        application = device.application_of(request, codes.read(ref, REF_SIGNS))
    except codes.BadCode:
        raise Http404 from None
    link = getattr(application, "own_link", None)
    if link is None:
        raise Http404
    return _file(request, _drawn(link, posters.Size.SQUARE), "image/png", f"poster-{link.code}.png")


@require_POST
def pause(request, code):
    """Stop or go on counting this link."""
    link = _one(request, code)
    change = linking.resume if link.paused_at else linking.pause
    change(link=link, by=request.user, now=timezone.now())
    messages.success(
        request, _("This link rests; nobody is counted for it.") if link.paused_at else _("It counts again.")
    )
    return redirect("applications:poster", link.code)


def _mine(request):
    return access.narrow(ShareLink.objects.filter(referrer=None), user=request.user, right=Right.DRIVE)


def _one(request, code):
    try:
        code = codes.read(code)
    except codes.BadCode:
        raise Http404 from None
    return get_object_or_404(_mine(request).with_results().select_related("drive__unit", "unit"), code=code)


def _drawn(link, size):
    unit = link.unit if link.unit_id != link.drive.unit_id else None  # an applicant's own link is for no unit
    return _cached(_words(link.drive, linking.url(link), unit.name_hi if unit else ""), size)


def _words(drive, url, unit_name):
    """The words of a Hindi poster."""
    house = organisation.current()
    return posters.Poster(
        organisation=house.name_hi,
        title=drive.title_hi,
        subtitle=drive.purpose_hi,
        deadline_text=dates.moment(drive.closes_at, "hi"),
        url=url,
        short_url_text=url.partition("://")[2].rstrip("/"),
        brand=Brand(house.brand, house.on_brand, house.strong, house.tint),
        unit_name=unit_name,
        footer=house.printer_line,
        closed=drive.closes_at <= timezone.now(),
    )


def _cached(words, size):
    """Drawn once a day for the same words."""
    key = f"poster:{size}:{hashlib.sha256(repr(words).encode()).hexdigest()}"
    return cache.get_or_set(key, lambda: posters.draw(words, size), KEPT_FOR)


def _deadline(drive):
    return f"{_('Apply by')}: {dates.moment(drive.closes_at, 'hi')}"


def _hint(problem):
    field = str(FIELDS.get(problem.field, problem.field))
    if isinstance(problem, posters.Unprintable):
        told = _("The %(field)s has signs that cannot be printed: %(signs)s. Take them out.")
        return told % {"field": field, "signs": problem.characters}
    return _("The %(field)s is too long for a poster. Shorten it in the drive.") % {"field": field}


def _file(request, content, kind, name):
    how = "attachment" if "download" in request.GET else "inline"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
