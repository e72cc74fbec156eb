"""Beside the page of a unit: all units of one level below it, a few side by side, the next gap, and the file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import access, counting, listing, reports
from committees.access import Right
from committees.domain import exporting
from committees.levels import Level
from committees.models import Unit
from committees.views.units import add_trained, add_waiting, counted_at, crumbs_of, unit_or_404
from portal.spreadsheets import KINDS

FEWEST, MOST = 2, 4  # side by side


@require_safe
def level(request, path, level):
    """All units of one level below a unit, page by page."""
    here = unit_or_404(request, path, Right.VIEW)
    if level not in Level or Level(level).depth <= Level(here.level).depth:
        raise Http404
    now, show, sort = timezone.now(), request.GET.get("show", ""), request.GET.get("sort", "")
    found = listing.listed(here, level=level, show=show, sort=sort, now=now)
    page = listing.pages(found).get_page(request.GET.get("page"))
    units = Unit.objects.with_chain().in_bulk(list(page.object_list))
    context = {
        "unit": here,
        "crumbs": crumbs_of(request, here),
        "level": Level(level),
        "page": page,
        "rows": listing.covered([units[pk] for pk in page.object_list], now),
        "count": counting.counted(level, page.paginator.count),
        "has_booths": Level(level).depth < Level.BOOTH.depth,
        "levels": [other for other in Level if other.depth > Level(here.level).depth],
        "show": show,
        "sort": sort,
        "counted_at": counted_at(now),
        "now": now,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/level.html", context)


@require_safe
def compare(request, path):
    """Two to four units right below, side by side."""
    here = unit_or_404(request, path, Right.VIEW)
    now = timezone.now()
    rows = reports.coverage(here, now, codes=request.GET.getlist("u"))
    if not FEWEST <= len(rows) <= MOST:
        messages.error(request, _("Choose two to four units to see them side by side."))
        return redirect(here)
    reports.deepen(rows)
    below = Level(here.level).below
    context = {
        "unit": here,
        "crumbs": crumbs_of(request, here),
        "rows": rows,
        "waits": add_waiting(request, here, rows),
        "trains": add_trained(rows, now) > 0,
        "levels": [(level, [row.deeper.get(level) for row in rows]) for level in Level if level.depth > below.depth],
        "counted_at": counted_at(now),
        "now": now,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/compare.html", context)


@require_safe
def next_gap(request, path):
    """Leads to the next unit down the tree, then on, whose committee has nobody in the chair."""
    here = unit_or_404(request, path, Right.VIEW)
    gap = reports.next_gap(here, access.units_of(request.user, Right.VIEW), timezone.now())
    if gap is None:
        messages.success(request, _("Every committee here has somebody in the chair."))
    return redirect(gap or here)


@require_POST
def export(request, path):
    """The tree below a unit as a file: a small one at once, a large one made in the background."""
    here = unit_or_404(request, path, Right.VIEW)
    now = timezone.now()
    asked = {name: request.POST.get(name, "") for name in ("kind", "level", "show", "names")}
    if asked["kind"] not in KINDS or asked["level"] not in {"", *Level} or asked["show"] not in {"", *listing.SHOWN}:
        raise Http404
    wish = exporting.Wish(unit=here.pk, **asked)
    try:
        file = exporting.export(wish=wish, by=request.user, now=now)
    except exporting.TooMany:
        return redirect("committees:job", exporting.ask(wish=wish, by=request.user, now=now).key)
    headers = {"Content-Disposition": f'attachment; filename="{exporting.file_name(wish, now)}"'}
    headers["X-Content-Type-Options"] = "nosniff"
    return HttpResponse(file, content_type=KINDS[wish.kind][0], headers=headers)
