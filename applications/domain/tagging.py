"""The office's own words on applications."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from applications.models import Application, Tag
from portal import audit, names
from portal.models import User


@transaction.atomic
def tag(*, applications: Iterable[Application], name: str, by: User | None, now: datetime) -> list[Application]:
    """Put the tag on these applications; give back those that did not have it. A tag belongs to a drive."""
    word = names.clean(name)
    by_drive: dict[int, list[Application]] = {}
    for application in applications:
        by_drive.setdefault(application.drive_id, []).append(application)
    tagged: list[Application] = []
    for drive_id, rows in by_drive.items():
        mark, _new = Tag.objects.get_or_create(drive_id=drive_id, name=word)
        bonds = Application.tags.through.objects
        had = set(bonds.filter(tag=mark, application__in=rows).values_list("application", flat=True))
        fresh = [row for row in rows if row.pk not in had]
        bonds.bulk_create(
            [Application.tags.through(application_id=row.pk, tag_id=mark.pk) for row in fresh],
            batch_size=500,
            ignore_conflicts=True,
        )
        audit.record_many("tagged", fresh, by=by, now=now, tag=mark.pk)
        tagged += fresh
    return tagged


@transaction.atomic
def untag(*, applications: Iterable[Application], name: str, by: User | None, now: datetime) -> list[Application]:
    """Take the tag off these applications; give back those that had it."""
    rows = {application.pk: application for application in applications}
    bonds = Application.tags.through.objects.filter(tag__name=names.clean(name), application__in=rows)
    had = [rows[pk] for pk in bonds.values_list("application", flat=True)]
    bonds.delete()
    audit.record_many("took the tag off", had, by=by, now=now)
    return had
