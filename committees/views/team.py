"""The committees as everybody sees them: who agreed to be shown, where the office switched it on."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from committees import access, counting, reports
from committees.levels import ANCESTORS, Level
from committees.models import Unit
from portal import organisation

KEPT = 5 * 60  # seconds


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT)
def team(request, path):
    """One committee with its names, and the way to those right below."""
    here = Unit.objects.with_chain().filter(path=path).first()
    if here is None or not organisation.current().shows_committees:
        raise Http404
    now = timezone.now()
    children, below = reports.announced_below(here, now), Level(here.level).below
    context = {
        "unit": here,
        "above": [getattr(here, level) for level in ANCESTORS[: Level(here.level).depth]],
        "holders": access.shown_to_all(here, now),
        "children": children,
        "below": counting.counted(below, len(children)) if below and children else "",
    }
    return TemplateResponse(request, "committees/team.html", context)
