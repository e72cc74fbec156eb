"""S10: a sweep over due promises keeps pace with a bare loop."""

import time
from datetime import timedelta

import pytest

from portal import outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus

MANY = 2000

pytestmark = pytest.mark.bench


def promise(kind, now):
    outbox.queue(
        [
            Notice(
                key=f"{kind}:{number}",
                phone=f"+9198{number:08d}",
                template="code",
                context={"code": "123456", "organisation": "संगठन", "minutes": "10"},
                due_at=now - timedelta(minutes=1),
            )
            for number in range(MANY)
        ]
    )


def seconds(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def bare(folder, now):
    """The least that any sender must do: write each file, and mark the row before and after."""
    folder.mkdir(parents=True, exist_ok=True)
    for notice in Notice.objects.filter(status=NoticeStatus.QUEUED).iterator(500):
        mine = Notice.objects.filter(pk=notice.pk)
        mine.update(status=NoticeStatus.SENDING)
        (folder / f"bare-{notice.pk}.json").write_text(notice.key)
        mine.update(status=NoticeStatus.SENT, sent_at=now)


def test_a_sweep_is_as_fast_as_a_bare_loop(transactional_db, settings, now):
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS"}
    promise("bare", now)
    twin = seconds(lambda: bare(settings.SMS_FILE_DIR, now))
    promise("sweep", now)

    ours = seconds(lambda: outbox.send_due(now=now))

    print(f"\nS10  sweep {MANY / ours:,.0f}/s   bare loop {MANY / twin:,.0f}/s   ratio {twin / ours:.2f} (goal 0.6)")
    assert Notice.objects.filter(status=NoticeStatus.SENT).count() == 2 * MANY
    assert twin / ours >= 0.6
