"""Healthy means that work is flowing, not that a process is alive."""

from datetime import timedelta

from portal import outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus

OVERDUE = timedelta(minutes=10)


def report(now):
    """``{"ok": …, "oldest_unsent_seconds": …, "failed_today": …, "sms_left_today": …}``, from the database."""
    waiting = Notice.objects.filter(status=NoticeStatus.QUEUED, due_at__lte=now)
    oldest = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    age = now - oldest if oldest else timedelta()
    failed = Notice.objects.filter(
        status__in=[NoticeStatus.FAILED, NoticeStatus.UNKNOWN], claimed_at__gt=now - timedelta(days=1)
    ).count()
    return {
        "ok": age < OVERDUE,
        "oldest_unsent_seconds": int(age.total_seconds()),
        "failed_today": failed,
        "sms_left_today": outbox.sms_left(now=now),
    }
