"""The tree, one unit a page: no list is longer than a few dozen rows. And the search of the public form."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from committees import access, counting, moved, reports
from committees import search as searching
from committees.access import Right
from committees.levels import Level
from committees.models import Unit

SHORTEST = 2
MOST = 8
WORST = "worst"


def unit(request, path):
    """One unit: its committee in numbers, and the same for each unit right below."""
    here = unit_or_404(request, path, Right.VIEW)
    now = timezone.now()
    rows = reports.coverage(here, now)
    below = Level(here.level).below
    shown = _chosen(rows, request.GET)
    context = {
        "unit": here,
        "crumbs": _crumbs(request, here),
        "own": reports.own(here, now),
        "incharge": reports.incharge_of(here, now),
        "rows": shown,
        "hidden": len(rows) - len(shown),
        "announced": sum(row.formed == reports.Formed.ANNOUNCED for row in rows),
        "below": counting.counted(below, len(rows)) if below else "",
        "deeper": Level(here.level).below.below if below else None,
        "sort": request.GET.get("sort", ""),
        "show": request.GET.get("show", ""),
        "found": _found(request, here),
        "q": request.GET.get("q", "")[:80],
        "may_form": access.may(request.user, Right.FORM, here),
        "may_assign": below == Level.DISTRICT and access.may(request.user, Right.ASSIGN, here),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/unit.html", context)


def unit_or_404(request, path, right):
    """The unit at this address with its chain; the top of one's own part when no address is given."""
    units = Unit.objects.with_chain()
    if path == "" and not access.units_of(request.user, right).filter(path="").exists():
        tops = [top.pk for top in access.tops(request.user, right)]
        return access.get_or_404(units.filter(pk__in=tops[:1]), user=request.user, right=right, unit="")
    try:
        return access.get_or_404(units, user=request.user, right=right, unit="", path=path)
    except Http404:
        moved.follow(request.user, path)
        raise


@login_not_required
@cache_control(public=True, max_age=300)
def search(request):
    """Radio cards for the application form; the answer to one typed question."""
    text = request.GET.get("q", "").strip()
    within = Unit.objects.filter(code=request.GET.get("within", "")[:40]).first() if "within" in request.GET else None
    found = searching.find(text, within=within, limit=MOST) if len(text) >= SHORTEST else []
    return TemplateResponse(request, "committees/_found.html", {"found": found, "q": text[:80]})


def _crumbs(request, here):
    """The units above that this person may open, the highest first."""
    above = [getattr(here, level) for level in Level.values[: Level(here.level).depth]]
    return [unit for unit in above if unit is not None and access.may(request.user, Right.VIEW, unit)]


def _chosen(rows, asked):
    """Filtered and ordered as asked."""
    if asked.get("show") == "gaps":
        rows = [row for row in rows if row.vacant]
    if asked.get("show") == "no-incharge":
        rows = [row for row in rows if row.incharge is None]
    if asked.get("sort") == WORST:
        rows = sorted(rows, key=lambda row: row.filled / row.seats if row.seats else 0)
    return rows


def _found(request, here):
    text = request.GET.get("q", "").strip()
    return searching.find(text, within=here) if text else None
