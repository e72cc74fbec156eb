"""An import taken back whole: what it brought is gone, as if it had never been."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from applications.domain.importing.batches import NOTICE
from applications.models import Application, ImportBatch, Reading
from applications.states import Status
from portal import audit
from portal.models import Notice, User
from portal.models.notices import NoticeStatus

LEFT = [NoticeStatus.SENDING, NoticeStatus.SENT, NoticeStatus.UNKNOWN]  # a message that left is not unsaid
UNTOUCHED = [Status.SUBMITTED, Status.WITHDRAWN]


class NothingToTakeBack(Exception):
    """The import was never taken in, or was taken back already."""


class MovedOn(Exception):
    """Work stands on some of the applications; ``applications`` names them."""

    def __init__(self, applications: list[Application]) -> None:
        super().__init__(", ".join(application.ref for application in applications))
        self.applications = applications


@transaction.atomic
def take_back(*, batch: ImportBatch, by: User | None, now: datetime) -> int:
    """Remove every application of the batch with all that hangs on it, and the notices that have not left.

    All or nothing: while the office has decided or read, or the person has
    changed or merged, one of them, ``MovedOn`` names these. Else how many went.
    A place that the office found for one does not hold it: nobody can unfind it.
    Raises ``NothingToTakeBack``. The log and the batch's own row stay, and whom
    the law has sealed already: those who ended their consent.
    """
    if not ImportBatch.objects.filter(pk=batch.pk, done_at__isnull=False, undone_at=None).update(undone_at=now):
        raise NothingToTakeBack(batch.code)
    touched = list(moved_on(batch).select_related("unit"))
    if touched:
        raise MovedOn(touched)
    Notice.objects.filter(key__begins=f"{NOTICE}:{batch.code}:").exclude(status__in=LEFT).delete()
    rows = Application.objects.filter(batch=batch, consent_ended_at=None)
    count = rows.count()
    rows.delete()
    batch.undone_at = now
    audit.record("took an import back", batch, by=by, now=now, count=count)
    return count


def moved_on(batch: ImportBatch) -> QuerySet[Application]:
    """The applications of a batch on which somebody's work stands."""
    read = Reading.objects.filter(application=OuterRef("pk"), read_at__isnull=False)
    touched = ~Q(status__in=UNTOUCHED) | ~Q(pencilled="") | Q(person__isnull=False)
    touched |= Q(changed_at__gt=F("batch__done_at"), status=Status.SUBMITTED)
    touched |= Q(merges__isnull=False) | Q(Exists(read)) | Q(interviews__isnull=False)
    return Application.objects.filter(touched, batch=batch, consent_ended_at=None).distinct().order_by("ref")


def already_told(batch: ImportBatch) -> int:
    """How many of them have had the message about the import."""
    return Notice.objects.filter(key__begins=f"{NOTICE}:{batch.code}:", status__in=LEFT).count()
