"""Visits to units: written down once, also when a phone sends twice; changed or taken back within a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction

from committees.days import day_of
from committees.models import Unit, Visit, VisitPhoto
from portal import audit, pictures
from portal.models import Person, User

CHANGE_FOR = timedelta(days=1)
AHEAD = timedelta(days=60)  # a visit may be planned
BACK = timedelta(days=365)
SMALL = (192, 192)  # pixels, in a list


class TooLate(Exception):
    """A day has passed since it was written down: the office knows it already."""


class BadDay(Exception):
    """Too long ago, or too far ahead."""


@dataclass(frozen=True)
class Told:
    """What a person says of a visit."""

    unit: Unit
    on: date
    place: str
    met: int
    note: str


class Photo(NamedTuple):
    """A photo made anew, large and small."""

    image: bytes
    small: bytes
    width: int
    height: int


def photo_of(upload: bytes) -> Photo:
    """Make a photo anew. Raises what ``pictures.small_and_upright`` raises."""
    picture = pictures.small_and_upright(upload)
    small = picture.copy()
    small.thumbnail(SMALL)
    return Photo(pictures.webp(picture), pictures.webp(small), picture.width, picture.height)


@transaction.atomic
def log(*, key: str, told: Told, person: Person, by: User, now: datetime, photo: Photo | None = None) -> Visit:
    """Write a visit down. ``key`` was made on the phone: sent again it changes nothing. Raises ``BadDay``."""
    _check(told.on, now)
    visit = Visit(key=f"{person.pk}:{key}"[:40], person=person, made_at=now, **vars(told))
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        return Visit.objects.get(key=visit.key)
    _keep(visit, photo, now)
    audit.record("logged a visit", visit, by=by, now=now, unit=told.unit.pk)
    return visit


@transaction.atomic
def change(
    *, visit: Visit, told: Told, by: User, now: datetime, photo: Photo | None = None, without_photo: bool = False
) -> None:
    """Correct what was written; without a word about it the photo stays. Raises ``TooLate`` or ``BadDay``."""
    _check(told.on, now)
    fresh = Visit.objects.filter(pk=visit.pk, made_at__gt=now - CHANGE_FOR)
    if not fresh.update(**vars(told)):
        raise TooLate(str(visit.pk))
    if photo or without_photo:
        VisitPhoto.objects.filter(visit=visit).delete()
    _keep(visit, photo, now)
    audit.record("changed a visit", visit, by=by, now=now)


@transaction.atomic
def withdraw(*, visit: Visit, by: User, now: datetime) -> None:
    """Take it back. Raises ``TooLate``."""
    audit.record("withdrew a visit", visit, by=by, now=now, unit=visit.unit_id)
    gone, _rows = Visit.objects.filter(pk=visit.pk, made_at__gt=now - CHANGE_FOR).delete()
    if not gone:
        raise TooLate(str(visit.pk))


def _keep(visit: Visit, photo: Photo | None, now: datetime) -> None:
    if photo:
        VisitPhoto.objects.create(visit=visit, made_at=now, **photo._asdict())


def _check(day: date, now: datetime) -> None:
    if not day_of(now) - BACK <= day <= day_of(now) + AHEAD:
        raise BadDay(str(day))
