"""The lines of "My data": item, value, why, since, until, who can see it. Driven by ``portal.retention``."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from applications import wishes
from applications.models import Application, Draft
from committees.models import Appointment
from portal import phones, requests
from portal.me import expiry
from portal.me.holding import Holding
from portal.me.words import AND_PANEL, LABELS, LOOKS, PLACE, SHOWN
from portal.models import Event
from portal.models.people import Gender
from portal.retention import TABLES

LOOKED_FOR = timedelta(days=90)
NOTHING = (None, "", [], {}, b"", "–")
BEGAN = ["submitted_at", "begun_at", "made_at", "given_at", "issued_at", "created_at", "named_at", "since"]


class Item(NamedTuple):
    """One line. ``until`` is empty as long as the thing stands."""

    thing: models.Model
    field: str
    label: str
    value: str
    why: str
    since: datetime | None
    until: date | None
    who: str


class Look(NamedTuple):
    """Somebody looked: in which role, when, at what."""

    at: datetime
    role: str
    what: str


def items(holding: Holding) -> list[Item]:
    """A line for each personal value that is held; what is empty is not held."""
    return [item for thing, row in holding.rows() for item in _of_row(thing, row)]


def looks(holding: Holding, now: datetime) -> list[Look]:
    """Who saw it in the last 90 days, newest first: the role, never the name."""
    mine = {requests.name_of(thing) for thing in holding.things()}
    pks = [str(thing.pk) for thing in holding.things()]
    found = Event.objects.filter(verb__in=LOOKS, thing__in=pks, at__gte=now - LOOKED_FOR, by__isnull=False)
    seen = [
        event for event in found.select_related("by").order_by("-at", "-pk") if f"{event.kind}:{event.thing}" in mine
    ]
    return [Look(event.at, _role(event), str(LOOKS[event.verb])) for event in seen]


def _of_row(thing: models.Model, row: models.Model) -> Iterator[Item]:
    table = row._meta.label_lower
    rules = TABLES[table]
    for name in f"{rules.personal} {rules.sensitive}".split():
        value = getattr(row, name)
        if name in SHOWN.get(table, {}) and value not in NOTHING and (name, value) != ("gender", Gender.UNSAID):
            why, who = SHOWN[table][name]
            since = _since(row) or _since(thing)
            label = _label(row, name)
            yield Item(thing, f"{table}.{name}", label, _said(row, name), str(why), since, _until(thing, row), str(who))
    if isinstance(row, Application):
        yield _place(row)


def _place(row: Application) -> Item:
    district = row.unit.district
    where = f"{row.unit.title} ({row.unit.get_level_display()})"
    chain = f"{where}, {district.title}" if district and district != row.unit else where
    since, until = _since(row), _until(row, row)
    name = "applications.application.unit"
    return Item(row, name, str(_("Place")), chain, str(PLACE), since, until, str(AND_PANEL))


def _label(row: models.Model, name: str) -> str:
    label = capfirst(str(LABELS.get(name) or row._meta.get_field(name).verbose_name))
    criterion = getattr(row, "criterion", None)
    return f"{label}: {criterion}" if criterion else label


def _said(row: models.Model, name: str) -> str:
    """The value as a person reads it."""
    value = getattr(row, name)
    field = row._meta.get_field(name)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(field, models.BinaryField):
        return f"{max(len(bytes(value)) // 1024, 1)} KB"
    if name == "extra":  # each under its question, or under its heading in an earlier form
        return "\n".join(f"{answer.label}: {answer.value}" for answer in row.own_answers if answer.value)
    if name == "wishes":
        return wishes.numbered(value)
    if name == "phone" and phones.MOBILE.match(value):
        return phones.grouped(value)
    return plain(value)


def plain(value: Any) -> str:
    """Lists and dictionaries as lines of text."""
    if isinstance(value, dict):
        return "\n".join(said for each in value.values() if (said := plain(each)))
    if isinstance(value, list):
        return "\n".join(said for each in value if (said := plain(each)))
    return "" if value is None else str(value)


def _since(row: models.Model) -> datetime | None:
    return next((getattr(row, name) for name in BEGAN if isinstance(getattr(row, name, None), datetime)), None)


def _until(thing: models.Model, row: models.Model) -> date | None:
    if isinstance(thing, Application):
        return expiry.until("applications.application", expiry.result_of(thing.drive))
    if isinstance(thing, Draft):
        return expiry.until("applications.draft", thing.drive.closes_at)
    ended = getattr(row, "until", None)
    return expiry.until("committees.appointment", ended) if isinstance(ended, datetime) else None


def _role(event: Event) -> str:
    """The post they held then."""
    held = Appointment.objects.filter(person=event.by.person_id, since__lte=event.at).order_by("-since")
    last = held.select_related("seat__post", "seat__unit").first()
    return str(last.seat) if last else "–"
