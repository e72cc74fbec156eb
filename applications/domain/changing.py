"""What an applicant may still change."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from applications import steps
from applications.domain import asking, telling
from applications.domain.drafting import Changed
from applications.domain.photos import Remade
from applications.domain.submitting import SHARES, columns, is_theirs
from applications.models import Application, Photo
from applications.states import Status
from portal import audit
from portal.models import User

OF_AGE = 18


class TooLate(Exception):
    """This can no longer be changed."""


class PhoneTaken(Exception):
    """This person has applied from this number before, or it carries as many as it can."""


class TooYoung(Exception):
    """Below 18: such data is not kept."""


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
    shares = sorted(SHARES, key=lambda share: share != application.share)  # the own one first
    for share in shares:
        values = columns({step: answers}) | ({"share": share} if "phone" in answers else {})
        try:
            _write(application, step, values, now, files=files, opened=opened)
        except IntegrityError:
            if "phone" not in answers:
                raise
            if _is_their_own(application, values):
                break
        else:
            return
    raise PhoneTaken(application.ref)


def correct(*, application: Application, values: dict[str, Any], by: User, now: datetime) -> None:
    """The office puts right what the applicant asked to have corrected, at any time; promised messages go along.

    ``values`` are columns. Raises ``PhoneTaken``, or ``TooYoung``; then nothing has changed.
    """
    if now.year - values.get("birth_year", 0) < OF_AGE:
        raise TooYoung(application.ref)
    try:
        with transaction.atomic():
            row = Application.objects.select_for_update().get(pk=application.pk)
            _put(row, values, now)
            audit.record("corrected on request", row, by=by, now=now, field=next(iter(values)))
    except IntegrityError:
        if "phone" not in values:
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
    _put(row, values, now)
    for field in [*values, "changed_at"]:
        setattr(application, field, getattr(row, field))
    audit.record("changed", row, by=None, now=now, step=step)


def _is_their_own(application: Application, values: dict[str, Any]) -> bool:
    """Is the application that holds this number already of the same person?"""
    holding = {word: values[word] for word in ("phone", "share")}
    there = Application.objects.filter(drive=application.drive_id, **holding).first()
    who = {word: values.get(word, getattr(application, word)) for word in ("name", "birth_year")}
    return there is not None and is_theirs(there, **who)


def _put(row: Application, values: dict[str, Any], now: datetime) -> None:
    """Write these columns; what is still to be sent goes to the number that now holds."""
    if "phone" in values:
        telling.promises_to(row).exclude(phone="").update(phone=values["phone"])
    for field, value in (values | {"changed_at": now}).items():
        setattr(row, field, value)
    row.save(update_fields=[*values, "changed_at"])


def _same(there: dict[str, Any], values: dict[str, Any]) -> bool:
    """Do these answers say what stands there already?"""
    own = asking.kept(values.get("extra", {})) == asking.kept(there["extra"])
    return own and all(there[word] == value for word, value in values.items() if word in there and word != "extra")
