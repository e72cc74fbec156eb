"""Four senders side by side: each promise leaves once."""

from collections import Counter

from portal import outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus
from portal.outbox import sending
from tests.race.barrier import run_together

SENDERS = 4
MANY = 60


def promise(now):
    outbox.queue(
        Notice(
            key=f"code:{number:03}",
            phone="+919829012345",
            template="code",
            context={"organisation": "संगठन", "code": "1"},
            due_at=now,
        )
        for number in range(MANY)
    )


def test_four_senders_send_each_promise_once(transactional_db, provider, now):
    promise(now)

    done = run_together(SENDERS, lambda _number: outbox.send_due(now=now))

    assert provider.references == [f"code:{number:03}" for number in range(MANY)]
    assert sum(one["sent"] for one in done) == MANY
    assert set(Notice.objects.values_list("status", "tries")) == {(NoticeStatus.SENT, 1)}


def test_without_the_conditional_updates_some_leave_twice(transactional_db, provider, now, monkeypatch):
    """The twin: the same senders, but each takes what it saw without asking whether it is still there."""

    def take_anyway(sweep):
        seen = list(Notice.objects.filter(status=NoticeStatus.QUEUED)[:5])
        for notice in seen:
            notice.claim = sweep.claim
        return seen

    def begin_anyway(sweep, handful, at):
        keys = [notice.pk for notice in handful]
        Notice.objects.filter(pk__in=keys).update(status=NoticeStatus.SENDING, claim=sweep.claim, claimed_at=at)
        return handful

    monkeypatch.setattr(sending.Sweep, "take", take_anyway)
    monkeypatch.setattr(sending.Sweep, "begin", begin_anyway)
    promise(now)

    run_together(SENDERS, lambda _number: outbox.send_due(now=now))

    assert max(Counter(provider.references).values()) > 1


def test_a_promise_is_sent_or_cancelled_never_both(transactional_db, provider, now):
    promise(now)

    def send_or_cancel(number):
        if number == 0:
            return outbox.send_due(now=now)["sent"]
        return sum(outbox.cancel(f"code:{key:03}") for key in reversed(range(MANY)))

    sent, cancelled = run_together(2, send_or_cancel)

    assert sent + cancelled == MANY
    assert len(provider.messages) == sent
    assert Notice.objects.filter(status=NoticeStatus.CANCELLED).count() == cancelled
