"""QR'd ways to a drive: made, paused, counted."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from applications.models import Application, Drive, Scan, ShareLink
from applications.models.links import Via
from committees.models import Unit
from portal import audit, codes
from portal.models import Person, User

PRINTED = 5  # signs on posters: a coarse QR reads from further away
PERSONAL = 7  # signs of applicants' own links, of which there may be very many
TRIES = 20


class NoFreeCode(Exception):
    """Every code drawn was taken; a longer one is needed."""


@transaction.atomic
def make_link(
    *,
    drive: Drive,
    via: str,
    unit: Unit | None = None,
    person: Person | None = None,
    referrer: Application | None = None,
    label: str = "",
    by: User | None,
    now: datetime,
) -> ShareLink:
    """A new way to the drive, with a fresh code."""
    length = PERSONAL if referrer else PRINTED
    for _try in range(TRIES):
        link = ShareLink(
            code=codes.new(length),
            drive=drive,
            via=via,
            unit=unit,
            person=person,
            referrer=referrer,
            label=label,
            made_at=now,
        )
        try:
            with transaction.atomic():
                link.save(force_insert=True)
        except IntegrityError:
            if not ShareLink.objects.filter(code=link.code).exists():
                raise
            continue
        if by:
            audit.record("made a link", link, by=by, now=now)
        return link
    raise NoFreeCode(length)


@transaction.atomic
def own_link(*, application: Application, now: datetime) -> ShareLink:
    """The applicant's own way to the drive; asked twice, the same one."""
    mine = ShareLink.objects.filter(referrer=application)
    if found := mine.first():
        return found
    try:
        with transaction.atomic():
            return make_link(drive=application.drive, via=Via.FRIEND, referrer=application, by=None, now=now)
    except IntegrityError:  # another tab was quicker
        return mine.get()


@transaction.atomic
def code_of(*, person: Person, drive: Drive, unit: Unit, via: str, by: User | None, now: datetime) -> ShareLink:
    """This person's own way to the drive by this channel; asked twice, the same one."""
    Drive.objects.select_for_update().get(pk=drive.pk)  # two taps at once make one code
    mine = ShareLink.objects.filter(person=person, drive=drive, via=via).order_by("pk").first()
    return mine or make_link(drive=drive, via=via, unit=unit, person=person, by=by, now=now)


@transaction.atomic
def for_units(
    *, drive: Drive, units: Iterable[Unit], via: str, label: str = "", by: User | None, now: datetime
) -> list[ShareLink]:
    """One link for each unit, in their order; those that are there already are taken, not doubled."""
    units = list(units)
    Drive.objects.select_for_update().get(pk=drive.pk)  # two colleagues at once make one set
    same = ShareLink.objects.filter(drive=drive, via=via, label=label, person=None, referrer=None, unit__in=units)
    known = {link.unit_id: link for link in same.order_by("-pk")}  # of several, the oldest
    return [
        known.get(unit.pk) or make_link(drive=drive, via=via, unit=unit, label=label, by=by, now=now) for unit in units
    ]


@transaction.atomic
def pause(*, link: ShareLink, by: User | None, now: datetime) -> None:
    """From now on nobody is counted for this link; it still leads to the drive."""
    if ShareLink.objects.filter(pk=link.pk, paused_at=None).update(paused_at=now):
        link.paused_at = now
        audit.record("paused", link, by=by, now=now)


@transaction.atomic
def resume(*, link: ShareLink, by: User | None, now: datetime) -> None:
    """Count again."""
    if ShareLink.objects.filter(pk=link.pk, paused_at__isnull=False).update(paused_at=None):
        link.paused_at = None
        audit.record("resumed", link, by=by, now=now)


@transaction.atomic
def count_scan(*, link: ShareLink, is_new: bool = False, now: datetime) -> None:
    """One more opening of this link in this hour of India; ``is_new``: by a device that did not know it yet.

    Two at once count two; a paused link counts none.
    """
    if link.paused_at:
        return
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    hour = {"link": link, "day": here.date(), "hour": here.hour}
    Scan.objects.bulk_create([Scan(**hour)], ignore_conflicts=True)
    Scan.objects.filter(**hour).update(count=F("count") + 1, devices=F("devices") + int(is_new))


def url(link: ShareLink) -> str:
    """What the QR says."""
    return f"{settings.SITE_URL}/q/{link.code}"
