"""How many came how far in a drive: from the scan to the appointment, by place, channel, code, day or hour.

Four grouped queries for each table, however many people. An application is
counted at the stage it has reached and at all before; what was merged into
another is not counted twice. Begun is what is unfinished and what was handed
in, so that the hours, days, places and codes of a drive each make up the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractHour, TruncDate
from django.utils.translation import gettext as _

from applications.brought import CALLED, CHOSEN, FEW
from applications.models import Application, Drive, Scan, ShareLink
from applications.models.links import Via
from applications.states import Status
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Unit
from portal import dates, names, numbers
from portal.models import User

STAGES = ["scanned", "started", "submitted", "shortlisted", "interviewed", "selected", "appointed"]
BY = ["unit", "via", "link", "day", "hour"]
HERE = ZoneInfo(settings.TIME_ZONE)
FRIENDS, NO_LINK = -1, 0
MOST_LINKS = 100


def stages() -> list[str]:
    """What the stages are called, in order."""
    return [
        _("Scanned"), _("Started"), _("Submitted"), _("Shortlisted"), _("Interviewed"), _("Selected"), _("Appointed"),
    ]  # fmt: skip


@dataclass
class Line:
    """One row of the funnel. ``of_person``: a person's own code, whose small numbers are not told."""

    key: Any
    label: str = ""
    unit: Unit | None = None
    of_person: bool = False
    scanned: int = 0
    started: int = 0
    submitted: int = 0
    shortlisted: int = 0
    interviewed: int = 0
    selected: int = 0
    appointed: int = 0

    @property
    def counts(self) -> list[int]:
        return [getattr(self, stage) for stage in STAGES]

    @property
    def told(self) -> list[str]:
        """The numbers as they are shown."""
        return [self._told(stage) for stage in STAGES]

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each number with the name of its stage."""
        return list(zip(stages(), self.told, strict=True))

    def _told(self, stage: str) -> str:
        number = getattr(self, stage)
        return f"<{FEW}" if self.of_person and 0 < number < FEW else numbers.lakh(number)


def table(*, drive: Drive, area: Unit, user: User, by: str, day: date | None = None) -> list[Line]:
    """The funnel of what lies in ``area``, one line for each of ``BY``. ``day`` is the one whose hours are asked.

    Scans and unfinished drafts count where their code belongs, what was handed in where the applicant lives;
    begun counts when somebody began, all after it when the application came.
    """
    lines: dict[Any, Line] = {}
    for stage, rows, key in _sources(drive, area, user, by, day):
        for row in rows.annotate(key_=key).values("key_").annotate(**stage).order_by():
            line = lines.setdefault(row["key_"], Line(row["key_"]))
            for name in stage:
                setattr(line, name, getattr(line, name) + (row[name] or 0))
    return _in_order(list(lines.values()), area, by)


def total(lines: Iterable[Line]) -> Line:
    """All lines together."""
    lines = list(lines)
    whole = Line(None, _("Together"))
    for stage in STAGES:
        setattr(whole, stage, sum(getattr(line, stage) for line in lines))
    return whole


def areas(drive: Drive, user: User) -> QuerySet[Unit]:
    """The units of the drive whose applications this user reviews."""
    return access.units_of(user, Right.REVIEW).filter(drive.unit.reach())


def _sources(drive: Drive, area: Unit, user: User, by: str, day: date | None) -> list[tuple[dict, QuerySet, Any]]:
    """(what is counted, rows, what they are grouped by) for scans, drafts and applications."""
    applications = access.narrow(Application.objects.filter(drive=drive), user=user, right=Right.REVIEW)
    applications = applications.filter(area.reach("unit")).exclude(status=Status.MERGED)
    begun = applications.annotate(began_at=F("begun_at"))
    drafts, scans = drive.drafts.unfinished(), Scan.objects.filter(link__drive=drive)
    if area.pk != drive.unit_id:
        near = area.reach("link__unit") | area.reach("link__referrer__unit")
        drafts, scans = drafts.filter(near), scans.filter(near)
    if by == "hour":
        begin = datetime.combine(day or date.min, time(), HERE)
        end = begin + timedelta(days=1)
        applications = applications.filter(submitted_at__gte=begin, submitted_at__lt=end)
        begun = begun.filter(began_at__gte=begin, began_at__lt=end)
        drafts = drafts.filter(begun_at__gte=begin, begun_at__lt=end)
        scans = scans.filter(day=begin.date())
    return [
        ({"scanned": Sum("count")}, scans, _key(by, area, "scan")),
        ({"started": Count("pk")}, drafts, _key(by, area, "begun_at")),
        ({"started": Count("pk")}, begun, _key(by, area, "began_at")),
        (_reached(), applications, _key(by, area, "submitted_at")),
    ]


def _reached() -> dict[str, Any]:
    """The stages of applications, each with all who came as far or farther."""
    interviews = Application._meta.get_field("interviews").related_model._default_manager
    mine = interviews.filter(application=OuterRef("pk"))
    seen, called = Exists(mine.filter(status="DONE")), Exists(mine.exclude(status="CANCELLED"))
    return {
        "submitted": Count("pk"),
        "shortlisted": Count("pk", filter=Q(status__in=CALLED) | Q(called)),
        "interviewed": Count("pk", filter=Q(seen)),
        "selected": Count("pk", filter=Q(status__in=CHOSEN)),
        "appointed": Count("pk", filter=Q(status=Status.APPOINTED)),
    }


def _key(by: str, area: Unit, moment: str) -> Any:
    """What rows are grouped by. ``moment`` is their time; ``scan`` for scans, which know day and hour."""
    if by == "unit":
        below = Level(area.level).below
        column = f"{below}_id" if below and below != Level.BOOTH else "id"
        if moment in ("began_at", "submitted_at"):
            return F(f"unit__{column}".replace("__id", "_id"))
        return Coalesce(f"link__unit__{column}", f"link__referrer__unit__{column}")
    if by == "via":
        return F("link__via")
    if by == "link":
        own = When(link__referrer__isnull=False, then=Value(FRIENDS))
        return Case(own, default=Coalesce(F("link_id"), NO_LINK), output_field=IntegerField())
    if moment == "scan":
        return F(by)
    return ExtractHour(moment, tzinfo=HERE) if by == "hour" else TruncDate(moment, tzinfo=HERE)


# --- names and order ------------------------------------------------------------------------------


def _in_order(lines: list[Line], area: Unit, by: str) -> list[Line]:
    if by == "unit":
        return _units(lines, area)
    if by == "via":
        for line in lines:
            line.label = str(Via(line.key).label) if line.key else _("without a code")
        return sorted(lines, key=lambda line: (not line.key, -line.submitted, line.label))
    if by == "link":
        return _links(lines)
    for line in lines:
        line.label = dates.short_date(line.key) if by == "day" else f"{line.key}:00–{line.key + 1}:00"
    return sorted(lines, key=lambda line: line.key, reverse=by == "day")


def _units(lines: list[Line], area: Unit) -> list[Line]:
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[line.key for line in lines if line.key])}
    for line in lines:
        line.unit = units.get(line.key)
        is_self = line.unit is None or line.unit.pk == area.pk
        line.label = _("%(place)s itself, or not told") % {"place": area.name} if is_self else line.unit.title
        line.unit = None if is_self else line.unit
    return sorted(lines, key=lambda line: _place_of(line.unit))


def _place_of(unit: Unit | None) -> tuple[bool, int, str]:
    """The order people know: by number, else as in a Hindi dictionary; what has no place is last."""
    return unit is None, (unit.number or 0) if unit else 0, names.sort_key(unit.name) if unit else ""


def _links(lines: list[Line]) -> list[Line]:
    links = ShareLink.objects.select_related("unit", "person").in_bulk([line.key for line in lines if line.key > 0])
    for line in lines:
        link = links.get(line.key)
        if link:
            said = [link.code, link.label or str(link.get_via_display())]
            said += [link.unit.name] if link.unit else []
            said += [link.person.name] if link.person else []
            line.label, line.of_person = " · ".join(said), link.person_id is not None
        else:
            line.label = _("applicants' own codes") if line.key == FRIENDS else _("without a code")
    return sorted(lines, key=lambda line: (line.key <= 0, -line.submitted, -line.scanned, line.label))[:MOST_LINKS]
