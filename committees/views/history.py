"""What happened to a unit and to those below it, and what hung below it on a day."""

from datetime import date

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import access
from committees.access import Right
from committees.domain import history as past
from committees.forms.plans import DayForm
from committees.levels import Level
from committees.models import Unit
from committees.views.units import unit_or_404
from portal import dates, names

SHOWN = 50
PLACES = {"parent", "into", "from"}
DAYS = {"valid_from", "valid_to"}
QUIET = {"aliases", "slug"}  # follow from other facts


@require_safe
def history(request, path):
    here = unit_or_404(request, path, Right.VIEW)
    page = Paginator(past.of(here), SHOWN).get_page(request.GET.get("page"))
    form = DayForm(request.GET if "on" in request.GET else None)
    day = form.cleaned_data["on"] if form.is_valid() else None
    children = past.children_on(unit=here, day=day) if day else []
    below = Level(here.level).below
    context = {
        "unit": here,
        "page": page,
        "rows": told(page.object_list),
        "form": form,
        "day": day,
        "children": sorted(children, key=lambda child: (child.number or 0, names.sort_key(child.name))),
        "below": below,
        "may_plan": may_plan(request.user) and not here.is_root and here.valid_to is None,
        "may_move": here.level not in {Level.STATE, Level.DISTRICT},
        "may_renumber": here.level == Level.ASSEMBLY,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/history.html", context)


def may_plan(user):
    """Only whoever forms committees in the whole state by a post of their own changes the tree."""
    return any(top.is_root for top in access.tops(user, Right.FORM, own=True))


def told(changes):
    """Each change with what differs, in words: [(change, [(label, before, after)])]."""
    changes = list(changes)
    codes = {change.after.get(key) or change.before.get(key) for change in changes for key in PLACES} - {None, ""}
    codes |= {change.before.get("parent") for change in changes} - {None, ""}
    titles = {unit.code: unit.title for unit in Unit.objects.filter(code__in=codes)}
    return [(change, list(_facts(change, titles))) for change in changes]


def _facts(change, titles):
    labels = {"into": _("goes on in"), "from": _("was a part of")}
    fields = [field for field in {**change.after, **change.before} if field not in QUIET]
    if change.kind == change.Kind.ADDED:
        fields = [field for field in fields if field in PLACES]
    for field in fields:
        before, after = change.before.get(field), change.after.get(field)
        if field in PLACES:
            before, after = titles.get(before, before), titles.get(after, after)
        if field in DAYS:
            before, after = (dates.short_date(date.fromisoformat(day)) if day else day for day in (before, after))
        yield labels.get(field) or Unit._meta.get_field(field).verbose_name, before, after
