"""Applications begun: kept at every step, so that nobody writes anything twice."""

from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from applications import steps
from applications.domain import asking
from applications.domain.photos import Remade
from applications.models import Draft, Drive, Photo, ShareLink
from portal.models import Notice, User
from portal.worded import Later, Worded

MOST_HELD = 6  # a family's phone fills in several
COLUMNS = [field.attname for field in Draft._meta.concrete_fields]
KEYS = [f"key{number}" for number in range(MOST_HELD)]

_held = Worded(
    lambda: Draft.objects.filter(key__in=[Later(key) for key in KEYS], drive=Later("drive")).values_list(
        *COLUMNS, "drive__opens_at", "drive__closes_at"
    )
)
_locked = Worded(lambda: Draft.objects.select_for_update().filter(pk=Later("pk")).values_list(*COLUMNS))


class Closed(Exception):
    """The drive takes nothing now: not yet, or no longer."""


class AlreadySubmitted(Exception):
    """The draft has become an application."""


class Changed(Exception):
    """The step has been saved elsewhere since its page was opened: ``saved`` is what stands there now."""

    def __init__(self, step: str, saved: dict[str, Any]) -> None:
        super().__init__(step)
        self.saved = saved


def held(*, drive: Drive, keys: list[str]) -> list[Draft]:
    """The drafts of this drive by these secrets; with them come its opening and closing as they are now."""
    if not keys:
        return []
    secrets = dict(zip_longest(KEYS, keys[:MOST_HELD], fillvalue=""))
    found = []
    for *row, opens_at, closes_at in _held.rows(drive=drive.pk, **secrets):
        draft = Draft.from_db("default", COLUMNS, row)
        draft.drive, drive.opens_at, drive.closes_at = drive, opens_at, closes_at
        found.append(draft)
    return found


@transaction.atomic
def begin(
    *,
    drive: Drive,
    link: ShareLink | None,
    first_link: ShareLink | None,
    language: str,
    now: datetime,
    page: str = "",
    by: User | None = None,
) -> Draft:
    """Open a draft. Raises ``Closed`` before the opening and from the deadline on: grace is for drafts begun.

    ``page`` is the secret of the page on which the person pressed: pressed
    twice, there is one draft. ``by`` writes it down for somebody else.
    """
    if not drive.is_open(now):
        raise Closed(drive.slug)
    values = {
        "drive": drive,
        "link": link,
        "first_link": first_link or link,
        "language": language,
        "begun_at": now,
        "saved_at": now,
        "entered_by": by,
    }
    if not page:
        return Draft.objects.create(**values)
    key = salted_hmac("applications.draft", f"{drive.pk} {page}", algorithm="sha256").hexdigest()[:32]
    return Draft.objects.get_or_create(key=key, defaults=values)[0]


@transaction.atomic
def save_step(
    *,
    draft: Draft,
    step: str,
    answers: dict[str, Any],
    now: datetime,
    files: asking.Files | None = None,
    opened: str | None = None,
) -> None:
    """Keep the checked answers of one step, whatever other tabs save at the same time.

    ``opened`` is the fingerprint with which the page was opened. Works after
    the deadline too: what somebody wrote is never thrown away. Raises
    ``AlreadySubmitted``, or ``Changed`` when the step says something else by
    now; then nothing has changed.
    """
    row = _alone(draft)
    saved = row.answers.get(step)
    if steps.has_changed(opened=opened, saved=saved, answers=answers):
        raise Changed(step, saved or {})
    if files:
        answers["extra"] = asking.with_files(holder=row, extra=answers["extra"], files=files, now=now)
    if step in steps.ROOT and now >= draft.drive.closes_at and not draft.drive.has_root(row):
        answers = answers | {"late": now.isoformat()}
    row.answers = {**row.answers, step: answers}
    row.phone = answers.get("phone", row.phone)
    row.saved_at = now
    row.save(update_fields=["answers", "phone", "saved_at"])
    draft.answers, draft.phone, draft.saved_at = row.answers, row.phone, row.saved_at


@transaction.atomic
def attach_photo(*, draft: Draft, picture: Remade | None, now: datetime) -> None:
    """Keep this photo in place of the former one; ``None`` takes it off. Raises ``AlreadySubmitted``."""
    row = _alone(draft)
    former = row.photo
    row.photo = Photo.objects.create(made_at=now, **picture._asdict()) if picture else None
    row.saved_at = now
    row.save(update_fields=["photo", "saved_at"])
    if former:
        former.delete()
    draft.photo = row.photo


@transaction.atomic
def forget(*, draft: Draft, now: datetime) -> None:
    """Leave nothing behind of somebody who may not apply. Raises ``AlreadySubmitted``."""
    row = _alone(draft)
    photo = row.photo
    if row.phone:
        Notice.objects.filter(key__begins=f"draft:{row.drive_id}:{row.phone}:").delete()
    row.delete()
    if photo:
        photo.delete()


def _alone(draft: Draft) -> Draft:
    """The row as it is now, ours until the end of the transaction."""
    found = _locked.rows(pk=draft.pk)
    if not found:
        raise Draft.DoesNotExist
    row = Draft.from_db("default", COLUMNS, found[0])
    if row.submitted_as_id:
        raise AlreadySubmitted(str(row.submitted_as_id))
    return row
