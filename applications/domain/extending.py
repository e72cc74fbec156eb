"""More time for everyone: one person proposes it, another agrees, and all who wait for the date are told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from applications.domain import telling
from applications.models import Application, Draft, Drive, Extension
from portal import audit, names, outbox
from portal.models import Notice, User
from portal.models.notices import NoticeStatus


class NotLater(Exception):
    """More time means a closing date later than the one promised, and one still to come."""


class AlreadyProposed(Exception):
    """A proposal for this drive waits already; it comes first."""


class SamePerson(Exception):
    """Who proposed it cannot be the one who agrees."""


class Settled(Exception):
    """The proposal was agreed to or dropped meanwhile."""


@transaction.atomic
def propose(*, drive: Drive, closes_at: datetime, reason: str, by: User, now: datetime) -> Extension:
    """Ask for a later closing date; nothing moves yet. Raises ``NotLater`` or ``AlreadyProposed``."""
    if closes_at <= max(now, drive.closes_at):
        raise NotLater(drive.slug)
    try:
        with transaction.atomic():
            extension = Extension.objects.create(
                drive=drive,
                was=drive.closes_at,
                closes_at=closes_at,
                reason=names.clean(reason)[:300],
                asked_by=by,
                asked_at=now,
            )
    except IntegrityError:
        raise AlreadyProposed(drive.slug) from None
    audit.record("proposed more time", drive, by=by, now=now, closes_at=closes_at.isoformat())
    return extension


@transaction.atomic
def agree(*, extension: Extension, by: User, now: datetime) -> int:
    """Move the closing date, and promise the news to all who wait; how many they are.

    Reminders of the former date that have not left are taken back. Raises
    ``SamePerson``, ``Settled``, or ``NotLater`` when the date moved meanwhile
    or the proposed one has passed; then nothing has changed.
    """
    if by.pk == extension.asked_by_id:
        raise SamePerson(str(extension))
    if not _open(extension).update(agreed_by=by, agreed_at=now):
        raise Settled(str(extension))
    drive = extension.drive
    still = Drive.objects.filter(pk=drive.pk, closes_at=extension.was)
    if extension.closes_at <= now or not still.update(closes_at=extension.closes_at):
        raise NotLater(drive.slug)
    drive.closes_at, extension.agreed_by, extension.agreed_at = extension.closes_at, by, now
    outbox.cancel(f"draft:{drive.pk}:")
    _opening_words(drive).filter(status=NoticeStatus.QUEUED).update(useful_until=drive.closes_at)
    news = _news(extension, now)
    outbox.queue(news)
    was, until = extension.was.isoformat(), extension.closes_at.isoformat()
    audit.record("extended", drive, by=by, now=now, was=was, closes_at=until, reason=extension.reason, told=len(news))
    return len(news)


@transaction.atomic
def drop(*, extension: Extension, by: User, now: datetime) -> None:
    """Leave the date as it is; who proposed it may change their mind too. Raises ``Settled``."""
    if not _open(extension).update(dropped_at=now):
        raise Settled(str(extension))
    extension.dropped_at = now
    audit.record("dropped more time", extension.drive, by=by, now=now)


def _open(extension: Extension) -> QuerySet[Extension]:
    return Extension.objects.filter(pk=extension.pk).proposed()


def _opening_words(drive: Drive) -> QuerySet[Notice]:
    """Who asked to be told when the drive opens, by the promise made to them."""
    return Notice.objects.filter(key__begins=f"open:{drive.pk}:")


def _news(extension: Extension, now: datetime) -> list[Notice]:
    """One for each number that began or asked, and did not apply: to the draft when there is one, else to the drive.

    Who is still to hear of the opening hears of the new date there.
    """
    drive = extension.drive
    applied = Application.objects.filter(drive=drive, phone=OuterRef("phone"))
    told = _opening_words(drive).filter(status__in=[NoticeStatus.SENT, NoticeStatus.UNKNOWN, NoticeStatus.TOO_LATE])
    drafts = drive.drafts.unfinished().exclude(phone="").filter(~Exists(applied)).order_by("saved_at", "pk")
    found: dict[str, Notice] = {}
    for word in told.filter(~Exists(applied)):
        landing = telling.address("landing", drive.slug, language=word.language)
        found[word.phone] = _notice(extension, word, landing, now)
    for draft in drafts:
        found[draft.phone] = _notice(extension, draft, telling.resume_page(draft), now)
    return list(found.values())


def _notice(extension: Extension, waiting: Draft | Notice, url: str, now: datetime) -> Notice:
    drive, language = extension.drive, waiting.language
    return telling.notice(
        key=f"draft:{drive.pk}:{waiting.phone}:extended:{extension.pk}",
        phone=waiting.phone,
        language=language,
        template="deadline_extended",
        drive=drive,
        due_at=now,
        useful_until=drive.closes_at,
        deadline=telling.deadline(drive, language),
        url=url,
    )
