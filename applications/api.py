"""Drives for programs: open to everybody as their pages are; those of one's own part with their numbers."""

from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema

from applications.models import Drive
from committees import access
from committees.access import Right
from portal.programs import KEYED, OPEN, After, Key, Limit, Spoken, both, piece

KEPT = "public, max-age=60"

router = Router(tags=["drives"])


class Place(Schema):
    """The unit that a drive is for."""

    code: str
    level: str
    name: Spoken


class DriveInShort(Schema):
    """A call for applications. ``page`` is where people apply."""

    slug: str
    title: Spoken
    purpose: Spoken
    unit: Place
    state: Literal["soon", "open", "closed"]
    opens_at: datetime
    closes_at: datetime
    by_interview: bool
    page: str


class DriveInFull(DriveInShort):
    """With its days and what it looks at, in order."""

    interview_on: date | None
    interview_place: Spoken
    result_on: date | None
    training_on: date | None
    criteria: list[Spoken]


class OwnDrive(DriveInShort):
    """With what came in."""

    applications: int


class Drives(Schema):
    items: list[DriveInShort]
    next: str | None


class OwnDrives(Schema):
    items: list[OwnDrive]
    next: str | None


@router.get("/drives/", response={200: Drives, **OPEN}, url_name="drives")
def drives(request: HttpRequest, response: HttpResponse, limit: Limit = 50, after: After = "") -> Any:
    """The drives that are open or will open, by their word."""
    now = timezone.now()
    rows = Drive.objects.filter(closes_at__gt=now, slug__gt=after).select_related("unit").order_by("slug")
    response["Cache-Control"] = KEPT
    return piece([_short(drive, now) for drive in rows[: limit + 1]], limit=limit, key=_slug)


@router.get("/drives/{slug:slug}/", response={200: DriveInFull, **OPEN}, url_name="drive")
def drive(request: HttpRequest, response: HttpResponse, slug: str) -> Any:
    """One drive, from before it opens until long after it closed."""
    found = get_object_or_404(Drive.objects.select_related("unit").prefetch_related("criteria"), slug=slug)
    response["Cache-Control"] = KEPT
    return _short(found, timezone.now()) | {
        "interview_on": found.interview_on,
        "interview_place": both(found, "interview_place"),
        "result_on": found.result_on,
        "training_on": found.training_on,
        "criteria": [both(criterion, "name") for criterion in found.criteria.all()],
    }


@router.get("/office/drives/", auth=Key("drives"), response={200: OwnDrives, **KEYED}, url_name="office-drives")
def own_drives(request: HttpRequest, limit: Limit = 50, after: After = "") -> Any:
    """All drives of one's own part, closed ones too, with the number of applications; for who may open drives."""
    owner, now = request.auth.owner, timezone.now()
    if not access.may(owner, Right.DRIVE):
        raise Http404
    rows = access.narrow(Drive.objects.filter(slug__gt=after), user=owner, right=Right.DRIVE)
    rows = rows.select_related("unit").annotate(received=Count("applications")).order_by("slug")
    told = [_short(drive, now) | {"applications": drive.received} for drive in rows[: limit + 1]]
    return piece(told, limit=limit, key=_slug)


def _slug(row: dict[str, Any]) -> str:
    return row["slug"]


def _short(drive: Drive, now: datetime) -> dict[str, Any]:
    return {
        "slug": drive.slug,
        "title": both(drive, "title"),
        "purpose": both(drive, "purpose"),
        "unit": {"code": drive.unit.code, "level": drive.unit.level, "name": both(drive.unit, "name")},
        "state": "open" if drive.is_open(now) else "soon" if now < drive.opens_at else "closed",
        "opens_at": drive.opens_at,
        "closes_at": drive.closes_at,
        "by_interview": drive.interviews,
        "page": f"{settings.SITE_URL}{reverse('applications:landing', args=[drive.slug])}",
    }
