"""Receipts: what the provider says became of a message. They come late, twice, out of order, or not at all."""

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from portal.models import Notice
from portal.models.notices import NoticeStatus
from portal.outbox.writing import promise_spare

GONE = [NoticeStatus.SENT, NoticeStatus.UNKNOWN]
MAY_HAVE_ARRIVED = [*GONE, NoticeStatus.FAILED, NoticeStatus.QUEUED]  # the last: tried again, and the first one came


@transaction.atomic
def receive(*, reference: str, delivered: bool, why: str = "", now: datetime) -> bool:
    """Note a receipt; False when the reference is not known (yet), so that the provider may tell it again.

    That it arrived wins over every other word, and takes back the e-mail in its
    place that has not left. That it failed counts only of what left; then the
    e-mail in its place is promised. What was said before changes nothing.
    """
    found = list(Notice.objects.filter(reference=reference)[:2]) if reference else []
    if len(found) != 1:
        return False
    (notice,) = found
    if delivered:
        _arrived(notice, now)
    elif Notice.objects.filter(pk=notice.pk, status__in=GONE).update(status=NoticeStatus.FAILED, error=why[:300]):
        promise_spare(notice, now)
    return True


def _arrived(notice: Notice, now: datetime) -> None:
    columns = {"status": NoticeStatus.DELIVERED, "delivered_at": now, "error": ""}
    rows = Notice.objects.filter(pk=notice.pk, reference=notice.reference, status__in=MAY_HAVE_ARRIVED)
    if rows.update(sent_at=Coalesce("sent_at", Value(now)), **columns):
        Notice.objects.filter(instead_of=notice, status=NoticeStatus.QUEUED).update(status=NoticeStatus.CANCELLED)
