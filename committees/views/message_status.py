"""Where a message stopped: by level and by unit, the weakest first, down to the booth."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import access, relayed
from committees.domain.relaying import exporting
from committees.levels import Level
from committees.models import Unit
from committees.views.messages import SEE, from_above, told, visible
from portal.spreadsheets import KINDS

REPLIES = 30


@never_cache
@require_safe
def status(request, number):
    """One unit of the message: its levels, the units right below, the people of the unit itself."""
    broadcast, here = _of(request.user, number, request.GET.get("unit"))
    now = timezone.now()
    levels, rows = relayed.by_level(broadcast, here), relayed.branches(broadcast, here, now)
    whole = relayed.whole(levels)
    counts = [tally.counted_at for tally in broadcast.tallies.filter(unit=broadcast.unit_id)[:1]]
    context = {
        "broadcast": told(broadcast, now),
        "unit": here,
        "crumbs": _crumbs(request.user, broadcast, here),
        "levels": levels,
        "whole": whole,
        "rows": [row for row in rows if row.told],
        "untold": [row.unit for row in rows if not row.told],
        "weakest": relayed.weakest(rows, whole.percent),
        "people": relayed.people(broadcast, here),
        "replies": relayed.replies(broadcast, here)[:REPLIES] if broadcast.wants_reply else [],
        "counted_at": counts[0] if counts else None,
        "is_own": visible(request.user).filter(pk=broadcast.pk).exists(),
        "now": now,
        "nav": "messages",
    }
    return TemplateResponse(request, "committees/message_status.html", context)


@require_POST
def file(request, number):
    """The same of all units below, as a file."""
    broadcast, here = _of(request.user, number, request.POST.get("unit"))
    content = exporting.export(broadcast=broadcast, unit=here, by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{exporting.file_name(broadcast)}"'}
    headers["X-Content-Type-Options"] = "nosniff"
    return HttpResponse(content, content_type=KINDS[exporting.KIND][0], headers=headers)


def _of(user, number, path):
    """The message and the unit asked for; the highest that this user may see when none is."""
    rows = visible(user) | from_above(user).select_related(None)
    broadcast = get_object_or_404(rows.defer("picture").prefetch_related("texts"), number=number)
    if path is None:
        return broadcast, _highest(user, broadcast)
    unit = get_object_or_404(Unit.objects.with_chain().filter(broadcast.unit.reach()), path=path)
    if not _may_see(user, unit):
        raise Http404
    return broadcast, unit


def _highest(user, broadcast):
    if _may_see(user, broadcast.unit):
        return Unit.objects.with_chain().get(pk=broadcast.unit_id)
    tops = [unit for right in SEE for unit in access.tops(user, right, own=True)]
    return next(unit for unit in tops if getattr(unit, f"{broadcast.unit.level}_id") == broadcast.unit_id)


def _may_see(user, unit):
    return any(access.may_by_own_post(user, right, unit) for right in SEE)


def _crumbs(user, broadcast, here):
    """The units above, as far as the message and this user's part go."""
    first = Level(broadcast.unit.level).depth
    above = [getattr(here, level) for level in Level.values[first : Level(here.level).depth]]
    return [unit for unit in above if _may_see(user, unit)]
