"""The menu of each role, and the slice of the organisation that a page speaks of."""

from django.db.models import Exists
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from committees import access, counting
from committees.access import Right
from committees.levels import Level, Role
from committees.models import Unit
from committees.rights import rights_of
from portal.models import User

MOST = 5  # items of a menu


def navigation(request):
    """``navigation.items`` (label, url, key) and ``navigation.scope`` (a line, or nothing)."""
    user = getattr(request, "user", None)
    return {"navigation": SimpleLazyObject(lambda: _navigation(user))}


def _navigation(user):
    if user is None or not user.is_authenticated:
        return {"items": [], "scope": ""}
    appointments = list(access.appointments_of(user))
    rights = set().union(*map(rights_of, appointments))
    looks_after = any(appointment.seat.post.role == Role.INCHARGE for appointment in appointments)
    items = [
        {"label": label, "url": reverse(name), "key": key}
        for wanted, label, name, key in _menu(user, rights, looks_after)
        if wanted is True or wanted in rights
    ]
    seen = {item["key"]: item for item in reversed(items)}  # the first of a key stays
    shown = [item for item in items if seen[item["key"]] is item][:MOST]
    return {"items": shown, "scope": _scope(appointments)}


def _menu(user, rights, looks_after):
    """(right that opens it, label, name of the address, key), the most needed first."""
    on_panels, teaches, reads = _duties(user)
    yield from [
        (looks_after and Right.PLAN not in rights, _("My district"), "committees:my", "my"),
        (Right.REVIEW, _("Applications"), "applications:desk", "applications"),
        (Right.PLAN, _("Interviews"), "interviews:days", "interviews"),
        (on_panels, _("My panel"), "interviews:my-panels", "panel"),
        (Right.RECEIVE, _("Reception"), "interviews:days", "interviews"),
        (Right.VIEW, _("Committees"), "committees:units", "committees"),
        (Right.TRAIN, _("Training"), "training:workshops", "training"),
        (teaches, _("Training"), "training:workshops", "training"),
        (Right.BROADCAST, _("Messages"), "committees:messages", "messages"),
        (Right.AUDIT, _("Messages"), "committees:messages", "messages"),
        (Right.DRIVE, _("QR and posters"), "applications:posters", "posters"),
        (reads, _("Reading"), "applications:readings", "reading"),
        (Right.ADMINISTER, _("Settings"), "admin:index", "admin"),
        (True, _("My work"), "committees:work", "work"),
    ]


def _duties(user):
    """Is this person on panels, do they lead workshops, was anything given to them to read? One question for all."""
    duties = [user.person.panel_days.all(), user.person.teaches.all(), user.readings.all()]
    return User.objects.filter(pk=user.pk).values_list(*map(Exists, duties)).get()


def _scope(appointments):
    """``जिला सीकर · 8 विधानसभा`` for each top unit in which this person has rights."""
    tops = {a.seat.unit_id: a.seat.unit for a in appointments if rights_of(a)}
    return "; ".join(_slice(unit) for unit in tops.values())


def _slice(unit):
    below = Level(unit.level).below
    count = Unit.objects.filter(parent=unit).count() if below else 0
    return f"{counting.called(unit)} · {counting.counted(below, count)}" if count else counting.called(unit)
