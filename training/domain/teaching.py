"""Series: what is taught, changed and taught no longer."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from portal import audit
from portal.models import User
from training.models import Series
from training.usual import USUAL

CODE = "23456789abcdefghjkmnpqrstvwxyz"


class Circle(Exception):
    """A series cannot need, by whatever way, what needs it."""


@transaction.atomic
def begin(*, by: User | None, now: datetime, **details: Any) -> Series:
    """A new series. ``details`` are its columns; without a ``slug`` one is made of the title."""
    word = slugify(details.get("title_en", ""))[:30].strip("-") or details["subject"]
    details.setdefault("slug", f"{word}-{get_random_string(4, CODE)}")
    series = Series.objects.create(**details)
    audit.record("series begun", series, by=by, now=now)
    return series


@transaction.atomic
def change(*, series: Series, by: User | None, now: datetime, **details: Any) -> None:
    """Other words or another rule: the rule counts for the certificates from now on. Raises ``Circle``."""
    _check_circle(series, details.get("prerequisite"))
    for field, value in details.items():
        setattr(series, field, value)
    series.save(update_fields=list(details))
    audit.record("series changed", series, by=by, now=now, fields=sorted(details))


@transaction.atomic
def end(*, series: Series, by: User | None, now: datetime) -> None:
    """Taught no longer: nothing new is planned for it; what is planned and certified stays. Ending twice is once."""
    if Series.objects.filter(pk=series.pk, ended_at=None).update(ended_at=now):
        audit.record("series ended", series, by=by, now=now)


@transaction.atomic
def take_up(*, series: Series, by: User | None, now: datetime) -> None:
    """Taught again."""
    if Series.objects.filter(pk=series.pk, ended_at__isnull=False).update(ended_at=None):
        audit.record("series taken up", series, by=by, now=now)


def begin_usual(*, by: User | None, now: datetime) -> int:
    """The three usual series, those that are not there yet. Safe to press twice. Returns how many were begun."""
    return sum(_begin_one(by, now, **usual) for usual in USUAL)


def _begin_one(by: User | None, now: datetime, *, slug: str, prerequisite: str = "", **details: Any) -> bool:
    needed = Series.objects.filter(slug=prerequisite).first()
    if Series.objects.filter(slug=slug).exists():
        return False
    try:
        with transaction.atomic():
            begin(slug=slug, prerequisite=needed, by=by, now=now, **details)
    except IntegrityError:  # a colleague pressed at the same moment
        return False
    return True


def _check_circle(series: Series, needed: Series | None) -> None:
    while needed:
        if needed.pk == series.pk:
            raise Circle(series.slug)
        needed = needed.prerequisite
