"""What an applicant may still change."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from applications import steps
from applications.domain import asking, telling
from applications.domain.drafting import Changed
from applications.domain.photos import Remade
from applications.domain.submitting import columns
from applications.models import Application, Photo
from applications.states import Status
from portal import audit


class TooLate(Exception):
    """This can no longer be changed."""


class PhoneTaken(Exception):
    """Another application of the drive has this number."""


def change(
    *,
    application: Application,
    step: str,
    answers: dict[str, Any],
    now: datetime,
    files: asking.Files | None = None,
    opened: str | None = None,
) -> None:
    """Write the answers of one step over those handed in.

    ``opened`` is the fingerprint (``steps.held``) with which the page was
    opened. Raises ``TooLate`` for what ``steps.changeable`` does not name now,
    ``Changed`` when the step says something else by now, and ``PhoneTaken``;
    then nothing has changed.
    """
    try:
        _write(application, step, columns({step: answers}), now, files=files, opened=opened)
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
def consider_below(*, application: Application, wants: bool, now: datetime) -> None:
    """May district and mandal look at it, now that this drive has not chosen it? Raises ``TooLate``."""
    over = Application.objects.filter(pk=application.pk, status=Status.NOT_SELECTED)
    if not over.update(considers_below=wants, changed_at=now):
        raise TooLate(application.ref)
    application.considers_below = wants
    audit.record("may be considered below" if wants else "not to be considered below", application, by=None, now=now)


@transaction.atomic
def _write(
    application: Application,
    step: str,
    values: dict[str, Any],
    now: datetime,
    *,
    files: asking.Files | None = None,
    opened: str | None = None,
) -> None:
    row = Application.objects.select_for_update().select_related("drive").get(pk=application.pk)
    if step not in steps.changeable(row.status, before_deadline=now < row.drive.closes_at, drive=row.drive):
        raise TooLate(f"{row.ref} {step}")
    there = steps.held(row, step)
    if opened not in (None, steps.fingerprint(there)) and not _same(there, values):
        raise Changed(step, there)
    if "extra" in values:
        given = asking.with_files(holder=row, extra=values["extra"], files=files or {}, now=now)
        values["extra"] = asking.kept(row.extra | dict.fromkeys(there["extra"]) | given)
    if "phone" in values:
        telling.promises_to(row).exclude(phone="").update(phone=values["phone"])
    values |= {"changed_at": now}
    for field, value in values.items():
        setattr(row, field, value)
        setattr(application, field, value)
    row.save(update_fields=list(values))
    audit.record("changed", row, by=None, now=now, step=step)


def _same(there: dict[str, Any], values: dict[str, Any]) -> bool:
    """Do these answers say what stands there already?"""
    own = asking.kept(values.get("extra", {})) == asking.kept(there["extra"])
    return own and all(there[word] == value for word, value in values.items() if word in there and word != "extra")
