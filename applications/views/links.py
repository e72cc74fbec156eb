"""The studio: my links, what they brought, new ones, and a whole set for all units below."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications import access as may_share
from applications.brought import brought
from applications.domain import linking, printing
from applications.forms.links import BulkForm, LinkForm
from applications.models import ShareLink
from applications.models.links import Via
from committees import access
from committees.access import Right
from committees.levels import Level
from portal import codes

A_PAGE = 50
OFFERED = 4  # drives with a button of their own


def studio(request):
    """My links with what they brought, my own code in one tap, and forms for others."""
    tops, seats = access.tops(request.user, Right.DRIVE), access.shares_for(request.user)
    if not tops and not seats:
        raise Http404
    now = timezone.now()
    forms = _forms(request, tops) if tops else {}
    form = forms.get("form")
    if form and form.is_valid():
        asked = form.cleaned_data
        [link] = linking.for_units(  # a second press finds the first one's code
            drive=asked["drive"],
            units=[asked["unit"]],
            via=asked["via"],
            label=asked["label"],
            by=request.user,
            now=now,
        )
        return redirect("applications:poster", link.code)
    context = {"nav": "posters", **forms, **_list(request, now), "own": _own(request.user, seats, now), "now": now}
    return TemplateResponse(request, "applications/posters.html", context)


@require_POST
def mine(request):
    """My own code for a drive: made by the first tap, found by every later one."""
    seats = access.shares_for(request.user)
    if not seats:
        raise Http404
    drive = _open_drives(request.user, seats, timezone.now()).filter(slug=request.POST.get("drive", "")).first()
    if drive is None:
        messages.warning(request, _("This drive is not open."))
        return redirect("applications:posters")
    link = linking.code_of(
        person=request.user.person, drive=drive, unit=seats[0], via=Via.WHATSAPP, by=request.user, now=timezone.now()
    )
    return redirect("applications:poster", link.code)


@require_http_methods(["GET", "POST"])
def bulk(request):
    """A poster for each unit directly below: the links now, the pictures in the background. By GET: the studio."""
    tops = access.tops(request.user, Right.DRIVE)
    if not tops:
        raise Http404
    if request.method == "GET":
        return redirect("applications:posters")
    forms = _forms(request, tops)
    form, now = forms["bulk"], timezone.now()
    if not form.is_valid():
        context = {"nav": "posters", **forms, **_list(request, now), "own": [], "now": now}
        return TemplateResponse(request, "applications/posters.html", context, status=422)
    drive, units = form.cleaned_data["drive"], form.cleaned_data["units"]
    links = linking.for_units(drive=drive, units=units, via=Via.POSTER, by=request.user, now=now)
    title = _("Posters for %(count)s units: %(drive)s") % {"count": len(links), "drive": drive.title}
    job = printing.ask(
        kind=printing.UNITS, title=title[:160], links=links, sizes=form.cleaned_data["sizes"], design=form.design(),
        by=request.user, now=now,
    )  # fmt: skip
    return redirect("committees:job", job.key)


@require_POST
def pause(request, code):
    """Stop or go on counting this link."""
    link = one(request, code)
    change = linking.resume if link.paused_at else linking.pause
    change(link=link, by=request.user, now=timezone.now())
    messages.success(
        request, _("This link rests; nobody is counted for it.") if link.paused_at else _("It counts again.")
    )
    return redirect("applications:poster", link.code)


def one(request, code):
    """One of my links, or a 404."""
    try:
        code = codes.read(code)
    except codes.BadCode:
        raise Http404 from None
    return get_object_or_404(_mine(request).select_related("drive__unit", "unit__district"), code=code)


def _mine(request):
    """Links of the units below mine, and my own; those of applicants are theirs alone."""
    links = ShareLink.objects.filter(referrer=None)
    below = access.narrow(links, user=request.user, right=Right.DRIVE)
    return links.filter(Q(pk__in=below.values("pk")) | Q(person=request.user.person_id, person__isnull=False))


def _list(request, now):
    rows = _mine(request).select_related("drive", "unit", "person").order_by("-made_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    results = brought(page.object_list, now=now)
    return {"page": page, "rows": [(link, results[link.pk]) for link in page.object_list]}


def _forms(request, tops):
    drives = may_share.drives_to_share(request.user, tops)
    kwargs = {"user": request.user, "tops": tops, "drives": drives, "initial": {"drive": request.GET.get("drive")}}
    sent = request.POST or None
    is_bulk = sent is not None and "bulk" in request.POST
    forms = {"form": LinkForm(None if is_bulk else sent, **kwargs)}
    if any(top.level not in (Level.MANDAL, Level.BOOTH) for top in tops):
        forms["bulk"] = BulkForm(sent if is_bulk else None, prefix="all", day=timezone.localdate(), **kwargs)
    return forms


def _open_drives(user, seats, now):
    return may_share.drives_to_share(user, seats).open(now)


def _own(user, seats, now):
    """(drive, my code for it or nothing yet) for the drives that are open."""
    if not seats:
        return []
    codes_of = {link.drive_id: link for link in ShareLink.objects.filter(person=user.person_id, via=Via.WHATSAPP)}
    return [(drive, codes_of.get(drive.pk)) for drive in _open_drives(user, seats, now)[:OFFERED]]
