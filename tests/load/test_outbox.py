"""S10: a sweep over due promises keeps pace with bare claims in chunks, and memory stays flat."""

import json
import resource
import time
from datetime import timedelta

import pytest

from portal import organisation, outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus

MANY = 2000


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


class Nowhere:
    """A provider that takes everything and keeps nothing."""

    def send(self, notice, words):
        return f"nowhere-{notice.pk}"


def seconds(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def message(notice):
    """What the file channel writes, with the words put together in the plainest way."""
    text = f"{notice.context['organisation']}: {notice.context['code']} · {notice.context['minutes']}"
    words = {"to": notice.phone, "template": notice.template, "text": text, "dlt_id": ""}
    return json.dumps(words, ensure_ascii=False)


def bare(folder, now):
    """The least that any sender must do: claim 500 in one statement, write each file, mark the 500 as sent in one."""
    folder.mkdir(parents=True, exist_ok=True)
    while due := list(Notice.objects.filter(status=NoticeStatus.QUEUED)[:500]):
        mine = Notice.objects.filter(pk__in=[notice.pk for notice in due])
        mine.update(status=NoticeStatus.SENDING, claimed_at=now)
        for notice in due:
            (folder / f"bare-{notice.pk}.json").write_text(message(notice))
        mine.update(status=NoticeStatus.SENT, sent_at=now)


def a_task_each(folder, now):
    """What the outbox would be with one call for each notice: read it, mark it, write the file, mark it again."""
    for pk in Notice.objects.filter(status=NoticeStatus.QUEUED).values_list("pk", flat=True):
        notice = Notice.objects.get(pk=pk)
        if Notice.objects.filter(pk=pk, status=NoticeStatus.QUEUED).update(status=NoticeStatus.SENDING):
            (folder / f"each-{pk}.json").write_text(message(notice))
            notice.status, notice.sent_at = NoticeStatus.SENT, now
            notice.save()


@pytest.mark.bench
def test_a_sweep_keeps_pace_with_bare_claims_in_chunks(transactional_db, settings, now):
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS"}
    ratios = []
    for turn in range(3):
        promise(f"bare-{turn}", now)
        twin = seconds(lambda: bare(settings.SMS_FILE_DIR, now))
        promise(f"each-{turn}", now)
        each = seconds(lambda: a_task_each(settings.SMS_FILE_DIR, now))
        promise(f"sweep-{turn}", now)
        ours = seconds(lambda: outbox.send_due(now=now))
        ratios.append((twin / ours, each / ours, MANY / ours, MANY / twin))

    ratio, over_each, rate, bare_rate = sorted(ratios)[1]
    print(f"\nS10  sweep {rate:,.0f}/s   bare claims in chunks {bare_rate:,.0f}/s   ratio {ratio:.2f} (goal 0.6)")
    print(f"     {over_each:.1f} times a loop of one at a time, without what Celery takes for each")
    assert Notice.objects.filter(status=NoticeStatus.SENT).count() == 9 * MANY
    assert ratio >= 0.6


@pytest.mark.soak
def test_a_hundred_thousand_leave_with_memory_flat(transactional_db, settings, now):
    """All are due at once; the most memory that the process ever held grows by no more than a chunk or two."""
    settings.CHANNELS = {"sms": f"{__name__}.Nowhere"}
    organisation.current()
    for part in range(50):
        promise(f"many-{part}", now)
    outbox.send_due(now=now - timedelta(hours=1))  # nothing is due yet: what is loaded once is loaded
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    sweeps, took = 0, 0.0
    while Notice.objects.filter(status=NoticeStatus.QUEUED).exists():
        took += seconds(lambda: outbox.send_due(now=now))
        sweeps += 1
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    print(f"\n100,000 notices in {sweeps} sweeps, {took:.0f} s, {100_000 / took:,.0f}/s; memory grew by {grown:.1f} MB")
    assert Notice.objects.filter(status=NoticeStatus.SENT).count() == 100_000
    assert grown < 30
