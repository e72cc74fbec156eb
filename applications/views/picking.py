"""The unit picker: one search box, a list to walk down, and a way on for whoever does not find the place."""

from django.utils import timezone

from committees import search
from committees.levels import Level
from committees.models import Unit

SHORTEST = 2  # letters of a search
MOST = 8


def picker(request, *, drive, near, chosen, now):
    """What the picker's page shows. ``near`` is the unit of the QR; ``chosen`` the key of the unit saved before."""
    top = drive.unit
    if near is not None and (near.pk == top.pk or not _within(near, top)):
        near = None  # what is searched in is the whole drive, and nothing lies outside it
    whole = "all" in request.GET
    scope = top if near is None or whole else near
    asked = request.GET.get("find", "").strip()
    here = _picked(request.GET.get("pick", ""), drive, now)
    places = Unit.objects.under(top).on(timezone.localdate(now))
    return {
        "asked": asked,
        "too_short": bool(asked) and len(asked) < SHORTEST,
        "found": _found(asked, scope) if len(asked) >= SHORTEST else [],
        "here": here,
        "walk": here or scope,
        "children": list(places.filter(parent=here or scope).order_by("number", "name_hi")) if _walks(request) else [],
        "trail": [unit for unit in reversed(here.chain) if _within(unit, top) and unit != top] if here else [],
        "scope": scope,
        "near": near,
        "whole": whole,
        "saved": list(places.with_chain().filter(pk=chosen)) if chosen and not asked and not _walks(request) else [],
    }


def _walks(request):
    return "pick" in request.GET


def _found(asked, scope):
    return search.find(asked, within=scope, limit=MOST)


def _within(unit, top):
    return unit.pk == top.pk or getattr(unit, f"{Level(top.level).value}_id", None) == top.pk


def _picked(code, drive, now):
    """The unit to which the visitor has walked down; nothing for an address that somebody made up."""
    if not code:
        return None
    places = Unit.objects.under(drive.unit).on(timezone.localdate(now))
    return places.with_chain().filter(code=code[:40].replace("\x00", "")).first()
