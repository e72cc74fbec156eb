"""The poster of a committee: looked at, downloaded, sent."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_safe

from applications.posters import team as teams
from applications.team_words import why_none, words
from applications.views import drawing
from committees import access
from committees.access import Right
from committees.models import Unit

SMALL = 0.5  # of the full size: enough to look at before it is sent


@never_cache
@require_GET
def team(request, code):
    """What the poster looks like, its files, the words to send along; or why there is none."""
    unit, found, why = _asked(request, code)
    why = why or _trouble(found)
    text = f"{_('Our team')}: {found.unit_name}\n{found.url}"
    context = {
        "unit": unit,
        "why": why,
        "numbers": [] if why else range(1, teams.sheets(found) + 1),
        "named": len(found.members),
        "may_view": access.may(request.user, Right.VIEW, unit),
        "whatsapp": f"https://wa.me/?{urlencode({'text': text})}",
        "nav": "committees",
    }
    return TemplateResponse(request, "applications/team_poster.html", context)


@cache_control(private=True, max_age=300)
@require_safe
def picture(request, code, number):
    """One sheet; ``?small`` for looking at."""
    unit, found, why = _asked(request, code)
    scale = SMALL if "small" in request.GET else 1

    def drawn():
        if number not in range(1, teams.sheets(found) + 1):
            raise Http404
        return teams.post(found, number, language=get_language(), scale=scale)

    return _file(request, why, (found, number, scale), drawn, "image/png", f"team-{unit.code}-{number}.png")


@cache_control(private=True, max_age=300)
@require_safe
def paper(request, code):
    """All sheets on A4."""
    unit, found, why = _asked(request, code)

    def drawn():
        return teams.pdf(found, language=get_language())

    return _file(request, why, (found, "a4"), drawn, "application/pdf", f"team-{unit.code}.pdf")


def _asked(request, code):
    """The unit, the words of its poster, and why there is none. For who sits there or sees the committee."""
    unit, now = get_object_or_404(Unit.objects.with_chain(), code=code), timezone.now()
    if not access.may(request.user, Right.VIEW, unit) and unit not in access.shares_for(request.user):
        raise Http404
    holders = list(access.shown_to_all(unit, now))
    found = words(unit, holders, get_language())
    return unit, found, why_none(unit, holders, now)


def _trouble(found):
    def paint():
        for face in teams.Face:
            teams.paint(found, face, language=get_language(), scale=drawing.TRIAL)

    return drawing.trouble(paint)


def _file(request, why, asked, draw, media, name):
    if why:
        return drawing.refused(why)
    drawn = ("team", *asked, get_language())
    return drawing.answer(request, drawn, why=lambda: _trouble(asked[0]), draw=draw, media=media, name=name)
