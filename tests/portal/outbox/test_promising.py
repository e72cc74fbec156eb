"""A promise enters once, with the change, and can be taken back as long as it has not left."""

from datetime import timedelta

import pytest
from django.db import transaction

from portal import audit, outbox
from portal.accounts import opening
from portal.models import Notice
from portal.models.notices import Channel, NoticeStatus
from tests.factories.committees import make_person
from tests.portal.outbox.world import HOUR, NOTHING, hello, statuses

pytestmark = pytest.mark.django_db


def change(now):
    """Something that promises and then cannot be done."""
    outbox.queue([hello(now)])
    outbox.queue([hello(now, phone="")])


def test_a_promise_enters_once_and_leaves_once(provider, now):
    outbox.queue([hello(now), hello(now)])
    outbox.queue([hello(now)])

    assert outbox.send_due(now=now) == NOTHING | {"sent": 1}
    assert outbox.send_due(now=now + HOUR) == NOTHING
    assert [message["text"] for message in provider.messages] == ["सुनीता जी, नमस्ते।"]
    kept = Notice.objects.get()
    assert (kept.status, kept.tries, kept.reference, kept.error) == (NoticeStatus.SENT, 1, "sms-1", "")


def test_a_promise_is_part_of_the_change(provider, now):
    with pytest.raises(outbox.BadPromise), transaction.atomic():
        change(now)

    assert outbox.send_due(now=now) == NOTHING
    assert provider.messages == []


@pytest.mark.parametrize(
    "broken",
    [
        {"phone": "", "email": "sunita@example.org"},
        {"channel": Channel.EMAIL},
        {"useful_until": timedelta()},
        {"key": "x" * 161},
    ],
    ids=["no phone", "no e-mail", "useless", "long key"],
)
def test_a_promise_that_cannot_be_kept_is_refused_on_every_database(broken, now):
    if "useful_until" in broken:
        broken = {"useful_until": now + broken["useful_until"]}

    with pytest.raises(outbox.BadPromise):
        outbox.queue([hello(now, **broken)])

    assert Notice.objects.count() == 0


def test_a_cancelled_promise_never_leaves(provider, now):
    outbox.queue([hello(now, "call:5"), hello(now, "call:5:email"), hello(now, "call:50"), hello(now, "call:5x")])

    assert outbox.cancel("call:5") == 2
    assert outbox.cancel("call:5:") == 0
    outbox.send_due(now=now)

    assert provider.references == ["call:50", "call:5x"]
    assert statuses()["call:5:email"] == NoticeStatus.CANCELLED


def test_what_was_taken_back_may_be_promised_again(provider, now):
    outbox.queue([hello(now)])
    outbox.cancel("hello:1")
    outbox.queue([hello(now)])
    outbox.queue([hello(now)])

    assert outbox.send_due(now=now) == NOTHING | {"sent": 1}
    assert sorted(Notice.objects.values_list("status", flat=True)) == [NoticeStatus.CANCELLED, NoticeStatus.SENT]


def test_what_has_left_cannot_be_taken_back(now):
    outbox.queue([hello(now)])
    outbox.send_due(now=now)

    assert outbox.cancel("hello:1") == 0
    assert statuses() == {"hello:1": NoticeStatus.SENT}


def test_a_person_who_looked_may_send_again(provider, now):
    user = make_user(now)
    outbox.queue([hello(now), hello(now, "hello:2", useful_until=now + HOUR)])
    provider.answers = [(400, b""), (400, b"")]
    outbox.send_due(now=now)
    first, second = Notice.objects.order_by("key")

    assert outbox.try_again(notice=first, by=user, now=now + HOUR) is True
    assert outbox.try_again(notice=second, by=user, now=now + HOUR) is False  # no longer of use
    assert outbox.send_due(now=now + HOUR) == NOTHING | {"sent": 1}
    assert outbox.try_again(notice=first, by=user, now=now + HOUR) is False  # has left

    assert [event.verb for event in audit.history(first)] == ["sent again"]


def make_user(now):
    return opening.open_for(person=make_person(now), now=now)
