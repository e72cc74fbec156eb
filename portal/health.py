"""Healthy means that work is flowing, not that a process is alive."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max

from portal import outbox, pulses
from portal.models import Notice, Pulse
from portal.models.notices import NoticeStatus
from portal.timetable import QUEUES

OVERDUE = timedelta(minutes=10)  # for what one person waits for; what goes to many may take longer
SILENT = timedelta(minutes=3)  # the clock strikes each minute
LATELY = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)  # a worker that was silent for longer was taken away
BEHIND = "notices stay behind"
FAILING = 3  # messages that wait for another try


def report(now: datetime) -> dict[str, Any]:
    """How it stands, from the database; ``ok`` is off as soon as ``troubles`` names something."""
    oldest, usual = outbox.oldest(now), outbox.oldest(now, to_many=False)
    failed = Notice.objects.filter(
        status__in=[NoticeStatus.FAILED, NoticeStatus.UNKNOWN], claimed_at__gt=now - timedelta(days=1)
    )
    seen = pulses.last()
    troubles = _troubles(seen, now)
    if outbox.stands_still(now) or (usual and now - usual >= OVERDUE):
        troubles.append(BEHIND)
    troubles += [f"{channel} does not get through" for channel in _failing(now)]
    return {
        "ok": not troubles,
        "troubles": troubles,
        "oldest_unsent_seconds": int((now - oldest).total_seconds()) if oldest else 0,
        "failed_today": failed.count(),
        "sms_left_today": outbox.sms_left(now=now),
    }


def _troubles(seen: dict[str, Pulse], now: datetime) -> list[str]:
    """Who was heard and is silent now, and what no worker survives."""
    patience = {pulses.CLOCK: SILENT} | QUEUES
    told = []
    for name, pulse in seen.items():
        silent = now - pulse.at
        if name in patience and silent >= patience[name] and (name == pulses.CLOCK or silent < FORGOTTEN):
            told.append(f"{name} is silent")
        if name.startswith(pulses.PARKED) and silent < LATELY:
            told.append(f"{pulse.note} was parked")
    return told


def _failing(now: datetime) -> list[str]:
    """The channels by which several messages were tried in vain, and none has left since."""
    tried = Notice.objects.filter(status=NoticeStatus.QUEUED, tries__gt=0, due_at__gt=now - LATELY)
    vain = tried.order_by().values("channel").annotate(rows=Count("pk"), last=Max("claimed_at"))
    left = Notice.objects.filter(sent_at__isnull=False)
    return sorted(
        row["channel"]
        for row in vain
        if row["rows"] >= FAILING and not left.filter(channel=row["channel"], sent_at__gte=row["last"]).exists()
    )
