"""The tree, one unit a page: no list is longer than a few dozen rows. And the search of the public form."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control

from committees import access, board, counting, moved, people, reports
from committees import search as searching
from committees.access import Right
from committees.domain import tallying
from committees.levels import ANCESTORS, Level
from committees.models import Unit

SHORTEST = 2
MOST = 8
WORST = "worst"
FRESH = timedelta(minutes=15)  # kept numbers are told without their time


def unit(request, path):
    """One unit: its committee in numbers, and the same for each unit right below."""
    here = unit_or_404(request, path, Right.VIEW)
    if text := request.GET.get("q", "").strip()[:80]:
        return _searched(request, here, text)
    now = timezone.now()
    own, rows = reports.own(here, now), reports.coverage(here, now)
    reports.deepen([own, *rows])
    below = Level(here.level).below
    shown = _chosen(rows, request.GET)
    may_assign = below in (Level.DISTRICT, Level.ASSEMBLY) and access.may(request.user, Right.ASSIGN, here)
    context = {
        "unit": here,
        "crumbs": crumbs_of(request, here),
        "own": own,
        "incharge": reports.incharge_of(here, now),
        "rows": shown,
        "hidden": len(rows) - len(shown),
        "announced": sum(row.formed == reports.Formed.ANNOUNCED for row in rows),
        "below": counting.counted(below, len(rows)) if below else "",
        "deeper": below.below if below else None,
        "deepest": [level for level in Level if level.depth > below.depth] if below else [],
        "waits": add_waiting(request, here, rows),
        "trains": add_trained([own], now) + add_trained(rows, now) > 0,
        "has_incharges": here.level == Level.STATE or any(row.incharge for row in rows),
        "board": board.board(rows) if here.is_root else None,
        "counted_at": counted_at(now),
        "now": now,
        "sort": request.GET.get("sort", ""),
        "show": request.GET.get("show", ""),
        "may_propose": access.may_propose(request.user, here),
        "may_assign": may_assign,
        "questions": access.questions_waiting(request.user) if here.is_root else 0,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/unit.html", context)


def _searched(request, here, text):
    """Units and people instead of the numbers: nobody who looks for a name waits until committees are counted."""
    context = {
        "unit": here,
        "crumbs": crumbs_of(request, here),
        "found": _found(request, here, text),
        "people": people.find(text, user=request.user, within=here),
        "q": text,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/searched.html", context)


def add_waiting(request, here, rows):
    """Tell each row how many applications wait there, to who reads applications; says whether it did."""
    if not access.may(request.user, Right.REVIEW, here):
        return False
    waiting = import_string(settings.UNIT_COUNTS)(user=request.user, units=[row.unit for row in rows])
    chain = {level: getattr(here, level).slug for level in ANCESTORS[1 : Level(here.level).depth + 1]}
    for row in rows:
        row.waiting = waiting.get(row.unit.pk, 0)
        row.desk = urlencode({**chain, row.unit.level: row.unit.slug, "status": "SUBMITTED"})
    return True


def add_trained(rows, now):
    """Tell each row, all of one level, how many of those who sit there and below are trained; says how many are."""
    found = import_string(settings.TRAINED_COUNTS)(units=[row.unit for row in rows], now=now)
    for row in rows:
        row.trained = found[row.unit.pk]
    return sum(row.trained for row in rows)


def counted_at(now):
    """When the kept numbers were counted, once that is long ago."""
    last = tallying.last_count()
    return last if last is None or now - last > FRESH else None


def unit_or_404(request, path, right):
    """The unit at this address with its chain; the top of one's own part when no address is given."""
    units = Unit.objects.with_chain().select_related("parent")
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


def crumbs_of(request, here):
    """The units above that this person may open, the highest first."""
    above = [getattr(here, level) for level in Level.values[: Level(here.level).depth]]
    return [unit for unit in above if unit is not None and access.may(request.user, Right.VIEW, unit)]


def _chosen(rows, asked):
    """Filtered and ordered as asked."""
    if asked.get("show") == "empty":
        rows = [row for row in rows if not row.filled]
    if asked.get("show") == "gaps":
        rows = [row for row in rows if row.vacant]
    if asked.get("show") == "no-incharge":
        rows = [row for row in rows if row.incharge is None]
    if asked.get("sort") == WORST:
        rows = sorted(rows, key=lambda row: (row.accepted / row.seats, row.filled / row.seats) if row.seats else (0, 0))
    return rows


def _found(request, here, text):
    """Below this unit first, then in all of one's own part."""
    tops = [top for top in access.tops(request.user, Right.VIEW) if top.pk != here.pk]
    return next(filter(None, (searching.find(text, within=place) for place in [here, *tops])), [])
