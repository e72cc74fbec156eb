"""Strength and vacancies of a part of the tree: by level, by unit, by gender and age, week by week; and as a file."""

import csv

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import strengths
from committees.access import Right
from committees.days import day_of
from committees.domain import tallying
from committees.drawing import line
from committees.levels import Level
from committees.views.units import crumbs_of, unit_or_404
from portal.spreadsheets import CSV, harmless


@require_safe
def coverage(request, path):
    """The numbers as tables, the weeks also as a picture."""
    here = unit_or_404(request, path, Right.VIEW)
    levels = strengths.by_level(here)
    level = _level(request, here)
    weeks = strengths.by_week(here, level)
    context = {
        "unit": here,
        "crumbs": crumbs_of(request, here),
        "levels": levels,
        "all": strengths.together(levels),
        "level": level,
        "rows": strengths.by_unit(here, level),
        "weeks": weeks[::-1],
        "picture": line([(week.ends, week.numbers.percent) for week in weeks]),
        "counted_at": tallying.last_count(),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/coverage.html", context)


@require_safe
def file(request, path):
    """All the tables of the page as one CSV."""
    here = unit_or_404(request, path, Right.VIEW)
    level = _level(request, here)
    today = day_of(timezone.now())
    name = f"coverage-{here.code}-{today:%Y-%m-%d}.csv"
    answer = HttpResponse(content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow([_("Code"), _("Unit"), _("Level of the committees"), _("Day"), *_titles().values()])
    told = Level(level).label if level else _("all levels")
    lines = [(here, row.level.label, today, row.numbers) for row in strengths.by_level(here)]
    lines += [(row.unit, told, today, row.numbers) for row in strengths.by_unit(here, level)]
    lines += [(here, told, week.ends, week.numbers) for week in strengths.by_week(here, level)]
    for unit, of, day, numbers in lines:
        cells = [unit.code, unit.title, str(of), day.isoformat()]
        writer.writerow([harmless(cell) for cell in cells] + [_number(numbers, name) for name in _titles()])
    return answer


def _level(request, here):
    """The level that is asked for, when it lies here or below."""
    asked = request.GET.get("level", "")
    return asked if asked in Level and Level(asked).depth >= Level(here.level).depth else ""


def _titles():
    """Which numbers stand in the file, with their headings."""
    return {
        "units": _("Committees"),
        "formed": _("Announced"),
        "proposed": _("Proposed"),
        "empty": _("With nobody"),
        "headless": _("Without a chair"),
        "seats": _("Posts"),
        "accepted": _("Filled"),
        "filled": _("In post"),
        "vacant": _("Vacant"),
        "women": _("Women"),
        "men": _("Men"),
        "of_other_gender": _("Other or not said"),
        "young": _("Up to 35 years"),
        "middle": _("36 to 55 years"),
        "old": _("Above 55 years"),
        "of_unknown_age": _("Age not known"),
    }


def _number(numbers, name):
    return numbers[name] if name in numbers else getattr(numbers, name)
