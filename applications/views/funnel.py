"""The live funnel of a drive, as numbers, as a drawing, and as a file."""

import csv
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from applications import funnel as counting
from applications.models import Drive
from committees import access
from committees.access import Right
from portal import dates
from portal.spreadsheets import harmless

WIDE, BAR, GAP, HIGH = 360, 14, 40, 120  # of the drawings
MOST_DAYS = 60


@never_cache
@require_GET
def funnel(request, slug):
    """One table by place, channel, code, day or hour; the whole as bars; the days as columns."""
    asked = _asked(request, slug)
    lines = counting.table(**asked)
    whole = counting.total(lines)
    by_day = lines if asked["by"] == "day" else counting.table(**asked | {"by": "day"})
    if asked["by"] == "hour":
        whole = counting.total(by_day)
    context = {
        "nav": "applications",
        "drive": asked["drive"],
        "area": asked["area"],
        "above": _above(request, asked),
        "by": asked["by"],
        "day": asked["day"],
        "days": [line.key for line in by_day],
        "heading": _headings()[asked["by"]],
        "tabs": list(_headings().items()),
        "stages": counting.stages(),
        "lines": lines,
        "whole": whole,
        "bars": _bars(whole),
        "columns": _columns(by_day),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "applications/funnel.html", context)


@never_cache
@require_GET
def file(request, slug):
    """The same table as CSV."""
    asked = _asked(request, slug)
    lines = counting.table(**asked)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="funnel-{asked["drive"].slug}-{asked["by"]}.csv"'
    page = csv.writer(answer)
    page.writerow([_headings()[asked["by"]], *counting.stages()])
    for line in [*lines, counting.total(lines)]:
        plain = [text if not text.replace(",", "").isdigit() else text.replace(",", "") for text in line.told]
        page.writerow([harmless(line.label), *plain])
    return answer


def _headings():
    return {"unit": _("Place"), "via": _("Channel"), "link": _("Code"), "day": _("Day"), "hour": _("Hour")}


def _asked(request, slug):
    """The drive, the place and the kind of table that the address names, as far as this colleague may see them."""
    if not access.may(request.user, Right.REVIEW):
        raise Http404
    drive = get_object_or_404(Drive.objects.select_related("unit"), slug=slug)
    mine = counting.areas(drive, request.user).with_chain()
    code = request.GET.get("unit", "")[:40]
    area = (mine.filter(code=code).first() if code else None) or mine.filter(pk=drive.unit_id).first()
    if area is None:
        tops = [top.pk for top in access.tops(request.user, Right.REVIEW)]
        area = get_object_or_404(mine.filter(pk__in=tops).order_by("path")[:1])
    by = request.GET.get("by", "")
    day = _day(request.GET.get("day", "")) or timezone.localdate()
    return {"drive": drive, "area": area, "user": request.user, "by": by if by in counting.BY else "unit", "day": day}


def place_of(request, slug):
    """The drive, the place that the address names, and the places above it, for other pages of counts."""
    asked = _asked(request, slug)
    return asked["drive"], asked["area"], _above(request, asked)


def _day(text):
    """The day that was asked for; nothing when it is none, or of another age."""
    try:
        day = parse_date(text)
    except ValueError:  # 30 February
        return None
    return day if day and 2000 < day.year < 2200 else None


def _above(request, asked):
    """The places above that belong to the drive and to this colleague."""
    chain = [*reversed(asked["area"].chain), *([asked["area"].state] if asked["area"].state else [])]
    above = {unit.pk: unit for unit in chain if unit.pk != asked["area"].pk}
    allowed = counting.areas(asked["drive"], request.user).filter(pk__in=above).values_list("pk", flat=True)
    found = [above[pk] for pk in allowed]
    return sorted(found, key=lambda unit: len(unit.path))


def _bars(whole):
    """Each stage as a bar: (label, number, top, width)."""
    most = max(whole.counts) or 1
    rows = zip(counting.stages(), whole.told, whole.counts, strict=True)
    return [
        {"label": label, "told": told, "y": nth * GAP, "bar_y": nth * GAP + 20, "width": max(2, count * WIDE // most)}
        for nth, (label, told, count) in enumerate(rows)
    ]


def _columns(by_day):
    """The last days as columns: started behind, submitted before it."""
    known = {line.key: line for line in by_day}
    if not known:
        return {}
    last = max(known)
    first = max(min(known), last - timedelta(days=MOST_DAYS - 1))
    days = [first + timedelta(days=nth) for nth in range((last - first).days + 1)]
    most = max(max(line.started, line.submitted, 1) for day, line in known.items() if day >= first)
    step = WIDE / len(days)
    return {
        "bars": [
            {"x": f"{nth * step:.1f}", "width": f"{max(1, step - 1):.1f}", **_tall(known.get(day), most)}
            for nth, day in enumerate(days)
        ],
        "first": dates.short_date(first),
        "last": dates.short_date(last),
        "most": most,
    }


def _tall(line, most):
    started, submitted = (line.started, line.submitted) if line else (0, 0)
    behind, before = started * HIGH // most, submitted * HIGH // most
    return {"behind": behind, "behind_y": HIGH - behind, "before": before, "before_y": HIGH - before}
