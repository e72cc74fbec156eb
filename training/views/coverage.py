"""Districts and series: how many of those who sit are trained, the worst first."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from committees.days import day_of
from committees.domain import tallying
from committees.levels import Level
from portal.spreadsheets import KINDS
from training import trained
from training.domain import exporting
from training.models import Series


@require_safe
def coverage(request):
    """One row a district, one column a series; ``series`` chooses one."""
    units, every, chosen, now = *_asked(request, request.GET), timezone.now()
    context = {
        "nav": "training",
        "rows": trained.by_series(units=units, series=chosen, now=now),
        "series": chosen,
        "every": every,
        "shown": chosen[0].slug if request.GET.get("series") else "",
        "counted_at": tallying.last_count(),
    }
    return TemplateResponse(request, "training/coverage.html", context)


@require_POST
def file(request):
    """The same as Excel or CSV."""
    units, _every, chosen = _asked(request, request.POST)
    kind, now = request.POST.get("kind", ""), timezone.now()
    if kind not in KINDS:
        raise Http404
    top = access.tops(request.user, Right.TRAIN)[0]
    content = exporting.export(kind=kind, top=top, units=units, series=chosen, by=request.user, now=now)
    name = f"training-{day_of(now):%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=KINDS[kind][0], headers=headers)


def _asked(request, words):
    """The districts within reach, all series that are taught, and those that are asked for."""
    if not access.may(request.user, Right.TRAIN):
        raise Http404
    today = day_of(timezone.now())
    units = access.units_of(request.user, Right.TRAIN).on(today).filter(level=Level.DISTRICT).order_by("path")
    every = list(Series.objects.filter(ended_at=None).order_by("subject", "pk"))
    asked = words.get("series", "")
    chosen = [one for one in every if one.slug == asked] if asked else every
    if asked and not chosen:
        raise Http404
    return list(units), every, chosen
