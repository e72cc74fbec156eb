"""One box that finds a person, an application, a place or a letter."""

from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application
from committees import search
from portal import codes, folding, phones
from portal.models import Document, Person, User

MOST = 8  # of each kind
SHORTEST = 2
LAST_DIGITS = 4


class Found(NamedTuple):
    """One hit: what it is, its name, a second line, and where it is looked at."""

    kind: str
    name: str
    note: str
    url: str


def find(text: str, *, user: User) -> list[Found]:
    """Hits of every kind, exact codes first. Numbers are masked; nobody finds their own conflicts."""
    asked = text.strip()[:80]
    if len(asked) < SHORTEST:
        return []
    return [*_by_code(asked, user), *_people(asked), *_units(asked)]


def _by_code(text: str, user: User) -> list[Found]:
    try:
        code = codes.read(text)
    except codes.BadCode:
        return []
    rows = Application.objects.filter(ref=code).exclude(Application.OUT_OF_SIGHT)
    rows = rows.exclude(**{Application.CONFLICT_OF: user.person_id}).select_related("unit", "drive")
    papers = Document.objects.filter(code=code)
    return [
        *(
            Found(_("application"), codes.pretty(row.ref), f"{row.drive.title} · {row.get_status_display()}",
                  reverse("admin:applications_application_change", args=[row.pk]))
            for row in rows
        ),
        *(
            Found(paper.get_kind_display(), codes.pretty(paper.code), f"{paper.holder} · {paper.title}",
                  reverse("admin:portal_document_change", args=[paper.pk]))
            for paper in papers
        ),
    ]  # fmt: skip


def _people(text: str) -> list[Found]:
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    if len(digits) >= LAST_DIGITS:
        wanted = Q(phone__endswith=digits[-10:])
    else:
        keys = [key for word in text.split() if (key := folding.key(word))]
        if not keys:
            return []
        wanted = Q(*[("name_key__contains", key) for key in keys])
    rows = Person.objects.filter(wanted, erased_at=None).order_by("name", "pk")[:MOST]
    return [
        Found(_("person"), row.name, phones.masked(row.phone), reverse("admin:portal_person_change", args=[row.pk]))
        for row in rows
    ]


def _units(text: str) -> list[Found]:
    return [
        Found(unit.get_level_display(), unit.title, unit.code, reverse("admin:committees_unit_change", args=[unit.pk]))
        for unit in search.find(text, limit=MOST)
    ]
