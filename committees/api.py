"""The tree for programs: units, committees in numbers and coverage, of the part that the key's owner may see."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from committees import access, reports, strengths
from committees import search as searching
from committees.access import Right
from committees.days import day_of
from committees.domain import tallying
from committees.levels import Level
from committees.models import Appointment, Unit
from committees.querysets import UnitQuerySet
from committees.reports import Coverage, Formed
from committees.strengths import Numbers
from portal.models import User
from portal.programs import KEYED, After, Key, Limit, Spoken, both, piece, piece_after

OF_UNIT = Annotated[Level | None, Query(description="Only this level.")]
Words = Annotated[str, Query(max_length=80, description="A name in either script, a number or a PIN code.")]
Code = Annotated[str, Query(max_length=40, description="Only this unit and all below it.")]

AT_THE_TOP = "/"  # in place of the state's own path, which is empty

router = Router()


class UnitInShort(Schema):
    """A place in the tree. ``parent`` is the code of the unit above, where the owner of the key may see that."""

    code: str
    level: Level
    name: Spoken
    number: int | None
    parent: str | None
    page: str


class Units(Schema):
    items: list[UnitInShort]
    next: str | None


class InCharge(Schema):
    """Who looks after the unit, and whether they said yes."""

    name: str
    accepted: bool


class Committee(Schema):
    """The own committee in numbers: posts, how many are held, by how many who said yes; and all levels together."""

    formed: Formed
    seats: int
    filled: int
    accepted: int
    last_act_at: datetime | None
    all_seats: int
    all_filled: int
    all_accepted: int
    below: int
    below_announced: int
    in_charge: InCharge | None


class UnitWithCommittee(UnitInShort):
    committee: Committee


class Children(Schema):
    items: list[UnitWithCommittee]
    next: str | None


class UnitInFull(UnitWithCommittee):
    """With the units right below. ``counted_at``: when what lies deeper was counted."""

    counted_at: datetime | None
    children: Children


class Counted(Schema):
    """Committees and the people in them as counts, as on the page of coverage."""

    committees: int
    announced: int
    proposed: int
    with_nobody: int
    without_chair: int
    posts: int
    filled: int
    accepted: int
    vacant: int
    women: int
    men: int
    young: int
    middle: int
    old: int


class CountedLevel(Schema):
    level: Level
    counts: Counted


class CountedUnit(Schema):
    unit: UnitInShort
    counts: Counted


class CountedUnits(Schema):
    items: list[CountedUnit]
    next: str | None


class CountedWeek(Schema):
    """The week that ended on this Sunday."""

    ends: date
    counts: Counted


class CoverageOf(Schema):
    """One unit and all below it, by level, by unit right below and week by week, the last 26 of them."""

    unit: UnitInShort
    counted_at: datetime | None
    levels: list[CountedLevel]
    units: CountedUnits
    weeks: list[CountedWeek]


@router.get("/units/", auth=Key("units"), response={200: Units, **KEYED}, url_name="units", tags=["units"])
def units(
    request: HttpRequest,
    level: OF_UNIT = None,
    under: Code = "",
    q: Words = "",
    limit: Limit = 50,
    after: After = "",
) -> Any:
    """The units of one's own part, down the tree; with ``q`` the best that are found, in one piece."""
    owner = request.auth.owner
    rows = access.units_of(owner, Right.VIEW).on(day_of(timezone.now())).select_related("parent")
    if not access.may(owner, Right.VIEW):
        raise Http404
    tops = access.tops(owner, Right.VIEW)
    if under:
        tops = [_unit(request, under)]
        rows = rows.under(tops[0])
    if level:
        rows = rows.filter(level=level)
    if q.strip():
        return {"items": [_short(row, owner) for row in _found(rows, tops, q, limit)], "next": None}
    listed = rows.filter(path__gt=after.removeprefix(AT_THE_TOP)) if after else rows
    found = piece(list(listed.order_by("path")[: limit + 1]), limit=limit, key=lambda row: row.path or AT_THE_TOP)
    return found | {"items": [_short(row, owner) for row in found["items"]]}


@router.get("/units/{code}/", auth=Key("units"), response={200: UnitInFull, **KEYED}, url_name="unit", tags=["units"])
def unit(request: HttpRequest, code: str, limit: Limit = 100, after: After = "") -> Any:
    """One unit with its committee in numbers, and the same of each unit right below."""
    here, now, owner = _unit(request, code), timezone.now(), request.auth.owner
    own, rows = reports.own(here, now), reports.coverage(here, now)
    own.incharge = reports.incharge_of(here, now)
    reports.deepen([own, *rows])
    own.below, own.below_formed = len(rows), sum(row.formed == Formed.ANNOUNCED for row in rows)
    for row in rows:
        row.unit.parent = here
    children = piece_after(rows, after=after, limit=limit, key=lambda row: row.unit.code)
    told = [_with_committee(row, owner) for row in children["items"]]
    counted = {"counted_at": tallying.last_count(), "children": children | {"items": told}}
    return _with_committee(own, owner) | counted


@router.get(
    "/coverage/{code}/",
    auth=Key("coverage"),
    response={200: CoverageOf, **KEYED},
    url_name="coverage",
    tags=["coverage"],
)
def coverage(request: HttpRequest, code: str, level: OF_UNIT = None, limit: Limit = 100, after: After = "") -> Any:
    """Strength and vacancies at and below a unit; of one level, where ``level`` says so."""
    here, owner = _unit(request, code), request.auth.owner
    of = level.value if level else ""
    rows = strengths.by_unit(here, of)
    for row in rows:
        row.unit.parent = here
    below = piece_after(rows, after=after, limit=limit, key=lambda row: row.unit.code)
    told = [{"unit": _short(row.unit, owner), "counts": _counts(row.numbers)} for row in below["items"]]
    return {
        "unit": _short(here, owner),
        "counted_at": tallying.last_count(),
        "levels": [{"level": row.level, "counts": _counts(row.numbers)} for row in strengths.by_level(here)],
        "units": below | {"items": told},
        "weeks": [{"ends": row.ends, "counts": _counts(row.numbers)} for row in strengths.by_week(here, of)],
    }


def _unit(request: HttpRequest, code: str) -> Unit:
    """The unit of this code, where the owner of the key may see it."""
    rows = Unit.objects.select_related("parent")
    return access.get_or_404(rows, user=request.auth.owner, right=Right.VIEW, unit="", code=code)


def _found(rows: UnitQuerySet, tops: Iterable[Unit], asked: str, limit: int) -> list[Unit]:
    """The best below each of these units, of those that are among the rows."""
    best = [found.pk for top in tops for found in searching.find(asked, within=top, limit=limit)]
    allowed = {row.pk: row for row in rows.filter(pk__in=best)}
    return [allowed[pk] for pk in dict.fromkeys(best) if pk in allowed][:limit]


def _short(unit: Unit, owner: User) -> dict[str, Any]:
    above = unit.parent if unit.parent and access.may(owner, Right.VIEW, unit.parent) else None
    return {
        "code": unit.code,
        "level": unit.level,
        "name": both(unit, "name"),
        "number": unit.number,
        "parent": above.code if above else None,
        "page": f"{settings.SITE_URL}{unit.get_absolute_url()}",
    }


def _with_committee(row: Coverage, owner: User) -> dict[str, Any]:
    committee = {
        "formed": row.formed,
        "seats": row.seats,
        "filled": row.filled,
        "accepted": row.accepted,
        "last_act_at": row.last_act_at,
        "all_seats": row.all_seats,
        "all_filled": row.all_filled,
        "all_accepted": row.all_accepted,
        "below": row.below,
        "below_announced": row.below_formed,
        "in_charge": _in_charge(row.incharge),
    }
    return _short(row.unit, owner) | {"committee": committee}


def _in_charge(holder: Appointment | None) -> dict[str, Any] | None:
    return {"name": holder.person.name, "accepted": holder.accepted_at is not None} if holder else None


def _counts(numbers: Numbers) -> dict[str, int]:
    """With the words of the page of coverage."""
    names = {"committees": "units", "announced": "formed", "with_nobody": "empty", "without_chair": "headless"}
    names["posts"] = "seats"
    told = {name: numbers[names.get(name, name)] for name in Counted.model_fields if name != "vacant"}
    return told | {"vacant": numbers.vacant}
