"""What an applicant may still change."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from applications import steps
from applications.domain.photos import Remade
from applications.domain.submitting import columns
from applications.models import Application, Photo
from portal import audit


class TooLate(Exception):
    """This can no longer be changed."""


class PhoneTaken(Exception):
    """Another application of the drive has this number."""


def change(*, application: Application, step: str, answers: dict[str, Any], now: datetime) -> None:
    """Write the answers of one step over those handed in.

    Raises ``TooLate`` for what ``steps.changeable`` does not name now, and
    ``PhoneTaken``; then nothing has changed.
    """
    try:
        _write(application, step, columns({step: answers}), now)
    except IntegrityError:
        if "phone" not in answers:
            raise
        raise PhoneTaken(application.ref) from None


@transaction.atomic
def change_photo(*, application: Application, picture: Remade | None, now: datetime) -> None:
    """Put another photo in, or take it off. Raises ``TooLate``."""
    former = application.photo
    photo = Photo.objects.create(made_at=now, **picture._asdict()) if picture else None
    _write(application, "photo", {"photo": photo}, now)
    if former:
        former.delete()


@transaction.atomic
def _write(application: Application, step: str, values: dict[str, Any], now: datetime) -> None:
    row = Application.objects.select_for_update().select_related("drive").get(pk=application.pk)
    if step not in steps.changeable(row.status, before_deadline=now < row.drive.closes_at):
        raise TooLate(f"{row.ref} {step}")
    values |= {"changed_at": now}
    for field, value in values.items():
        setattr(row, field, value)
        setattr(application, field, value)
    row.save(update_fields=list(values))
    audit.record("changed", row, by=None, now=now, step=step)
