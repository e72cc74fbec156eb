"""What the office should think of when it gives somebody a time: hours, languages, a few words."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from applications import tongues
from applications.models import Application
from portal import audit, names
from portal.models import User


class BadHours(ValueError):
    """The end comes before the beginning."""


@transaction.atomic
def note(
    *,
    application: Application,
    come_from: time | None,
    come_until: time | None,
    come_note: str,
    speaks: Iterable[str],
    by: User | None,
    now: datetime,
) -> None:
    """What the applicant told the office; a time is then given within these hours alone. Raises ``BadHours``."""
    if come_from and come_until and come_from >= come_until:
        raise BadHours(application.ref)
    words = names.clean(come_note)[:160]
    values = {"come_from": come_from, "come_until": come_until, "come_note": words, "speaks": tongues.known(speaks)}
    changed = sorted(field for field, value in values.items() if getattr(application, field) != value)
    if not changed:
        return
    for field in changed:
        setattr(application, field, values[field])
    Application.objects.filter(pk=application.pk).update(**{field: values[field] for field in changed})
    audit.record("noted the needs", application, by=by, now=now, fields=changed)
