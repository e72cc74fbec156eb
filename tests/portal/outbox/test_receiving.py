"""What the provider says afterwards, in every wrong order; and the e-mail that comes in the place of an SMS."""

from itertools import count

import pytest

from portal import outbox
from portal.models import Notice
from portal.models.notices import Channel, NoticeStatus
from tests.portal.outbox.test_promising import make_user
from tests.portal.outbox.world import HOUR, MINUTE, NOTHING, hello, statuses

SPARE = {"spare_email": "sunita@example.org"}

pytestmark = pytest.mark.django_db


def a_sent_one(provider, now, **fields):
    outbox.queue([hello(now, **fields)])
    outbox.send_due(now=now)
    return Notice.objects.get(key="hello:1")


def say(now, *, delivered, reference="sms-1", why=""):
    return outbox.receive(reference=reference, delivered=delivered, why=why, now=now)


def test_a_receipt_ends_in_delivered_or_failed(provider, now):
    a_sent_one(provider, now)

    assert say(now + MINUTE, delivered=True)

    kept = Notice.objects.get()
    assert (kept.status, kept.delivered_at, kept.sent_at is not None) == (NoticeStatus.DELIVERED, now + MINUTE, True)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ([True, True], NoticeStatus.DELIVERED),
        ([False, False], NoticeStatus.FAILED),
        ([False, True], NoticeStatus.DELIVERED),  # out of order: it arrived
        ([True, False], NoticeStatus.DELIVERED),
        ([False, True, False, True], NoticeStatus.DELIVERED),
    ],
)
def test_receipts_come_twice_and_out_of_order(said, ends, provider, now):
    a_sent_one(provider, now)

    known = [say(now + minute * MINUTE, delivered=delivered) for minute, delivered in enumerate(said)]

    assert known == [True] * len(said)
    assert statuses() == {"hello:1": ends}


def test_an_unknown_receipt_changes_nothing_and_can_be_told_again(provider, now):
    assert not say(now, delivered=True)  # quicker than our own note of the reference
    a_sent_one(provider, now)

    assert not say(now, delivered=False, reference="another's")
    assert not say(now, delivered=False, reference="")
    assert statuses() == {"hello:1": NoticeStatus.SENT}
    assert say(now, delivered=True)


def test_a_receipt_weeks_later_still_counts(provider, now):
    a_sent_one(provider, now, useful_until=now + HOUR, **SPARE)

    assert say(now + 24 * HOUR, delivered=False, why="absent subscriber")

    assert statuses() == {"hello:1": NoticeStatus.FAILED}  # an e-mail would be of no use any more
    assert Notice.objects.get().error == "absent subscriber"


def test_what_bounces_after_a_good_answer_is_told_by_e_mail_once(provider, now, smtp):
    a_sent_one(provider, now, **SPARE)

    for _time in range(3):
        say(now, delivered=False, why="rejected")
    outbox.send_due(now=now + MINUTE)
    outbox.send_due(now=now + HOUR)

    (mail,) = smtp.messages
    assert (mail["to"], mail["subject"]) == ("sunita@example.org", "नमस्ते")
    spare = Notice.objects.get(channel=Channel.EMAIL)
    assert (spare.instead_of.key, spare.status, spare.key) == ("hello:1", NoticeStatus.SENT, "hello:1:email")


@pytest.mark.parametrize(
    ("answer", "told"), [((400, b""), 1), ((500, b""), 0), ((504, b""), 0)], ids=["for good", "not yet", "perhaps"]
)
def test_only_what_failed_for_good_is_told_by_e_mail(answer, told, provider, now):
    provider.answers = [answer]

    a_sent_one(provider, now, **SPARE)

    assert Notice.objects.filter(channel=Channel.EMAIL).count() == told


def test_what_came_too_late_is_told_by_nothing(now):
    outbox.queue([hello(now, useful_until=now + MINUTE, **SPARE)])

    outbox.send_due(now=now + HOUR)

    assert statuses() == {"hello:1": NoticeStatus.TOO_LATE}


def test_that_the_sms_arrived_after_all_takes_the_e_mail_back(provider, now, smtp):
    a_sent_one(provider, now, **SPARE)
    say(now, delivered=False)

    say(now, delivered=True)

    assert outbox.send_due(now=now + MINUTE) == NOTHING
    assert statuses() == {"hello:1": NoticeStatus.DELIVERED, "hello:1:email": NoticeStatus.CANCELLED}


def test_a_first_try_that_arrived_late_keeps_the_second_from_leaving(provider, now):
    notice = a_sent_one(provider, now)
    say(now, delivered=False)
    assert outbox.try_again(notice=notice, by=make_user(now), now=now + MINUTE)

    say(now + MINUTE, delivered=True)

    assert outbox.send_due(now=now + HOUR) == NOTHING
    assert len(provider.messages) == 1


def test_a_reference_that_two_bear_says_nothing(provider, now):
    numbers = count()
    outbox.queue(hello(now, f"hello:{next(numbers)}") for _time in range(2))
    outbox.send_due(now=now)  # this provider gives both the same

    assert not say(now, delivered=False)
    assert set(statuses().values()) == {NoticeStatus.SENT}
