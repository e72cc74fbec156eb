"""A promise is kept once, or it ends in a state that tells why not."""

from collections import Counter
from datetime import timedelta

import pytest

from portal import moments, organisation, outbox
from portal.models import Notice, NoticeTemplate
from portal.models.notices import NoticeStatus, Urgency
from portal.outbox import sending, writing
from tests.portal.outbox.world import HOUR, MINUTE, NOTHING, hello, statuses
from tests.provider import GOOD

pytestmark = pytest.mark.django_db


def test_nothing_leaves_before_its_time_or_after_its_use(provider, now):
    outbox.queue(
        [
            hello(now + HOUR, "later"),
            hello(now - HOUR, "late", useful_until=now),
            hello(now - HOUR, "just in time", useful_until=now + MINUTE),
        ]
    )

    assert outbox.send_due(now=now) == NOTHING | {"sent": 1, "too_late": 1}
    assert provider.references == ["just in time"]
    assert statuses() == {
        "later": NoticeStatus.QUEUED,
        "late": NoticeStatus.TOO_LATE,
        "just in time": NoticeStatus.SENT,
    }


def test_a_promise_cancelled_between_look_and_grasp_never_leaves(provider, now):
    outbox.queue([hello(now)])
    sweep = sending.Sweep(now)
    taken = sweep.take()

    outbox.cancel("hello:1")

    assert sweep.begin(taken, now) == []
    assert outbox.send_due(now=now) == NOTHING


def test_what_one_sweep_reserved_no_other_takes(provider, now):
    outbox.queue([hello(now, f"hello:{number}") for number in range(3)])
    first, second = sending.Sweep(now), sending.Sweep(now)

    assert [row.key for row in first.take()] == ["hello:0", "hello:1", "hello:2"]
    assert second.take() == []
    assert outbox.send_due(now=now) == NOTHING
    assert outbox.send_due(now=now + 3 * MINUTE) == NOTHING | {"sent": 3}  # it had died


def test_the_most_urgent_leaves_first_then_the_oldest(provider, now, monkeypatch):
    urgency = {"message": Urgency.MANY, "code": Urgency.NOW}
    monkeypatch.setattr(moments, "urgency_of", lambda template: urgency.get(template, Urgency.USUAL))
    values = {"context": {"name": "सुनीता", "organisation": "संगठन", "code": "1"}}
    outbox.queue(
        [
            hello(now - 9 * MINUTE, "to many", template="message", **values),
            hello(now - MINUTE, "young", **values),
            hello(now - 2 * MINUTE, "old", **values),
            hello(now, "code", template="code", **values),
        ]
    )
    words = {"template": "message", "language": "hi", "text": "((name)) जी", "made_at": now, "approved_at": now}
    NoticeTemplate.objects.create(**words)

    outbox.send_due(now=now)

    assert [message["reference"] for message in provider.messages] == ["code", "old", "young", "to many"]


def test_what_left_has_its_parts_its_price_and_its_registered_id(provider, now):
    organisation.save(name_hi="संगठन", name_en="Organisation", sms_paise=18)
    NoticeTemplate.objects.update(dlt_id="1107160000000012345")
    outbox.queue([hello(now), hello(now, "long", context={"name": "सुनीता " * 20}), hello(now, "refused")])
    provider.answers = [GOOD, GOOD, (400, b"")]

    outbox.send_due(now=now)

    short, long, refused = Notice.objects.order_by("pk")
    assert (short.parts, short.cost, short.dlt_id) == (1, 18, "1107160000000012345")
    assert (long.parts, long.cost) == (3, 54)
    assert (refused.parts, refused.cost, refused.status) == (None, None, NoticeStatus.FAILED)


def test_a_provider_that_is_down_for_three_hours_delays_and_loses_nothing(provider, now):
    outbox.queue([hello(now)])
    provider.answers = [(500, b"")] * 9

    minutes = [minute for minute in range(240) if outbox.send_due(now=now + minute * MINUTE)["sent"]]

    kept = Notice.objects.get()
    assert len(provider.messages) == 10
    (minute,) = minutes
    assert 225 <= minute <= 234  # 5 + 10 + … + 45, and each time at most a minute to the next sweep
    assert (kept.status, kept.tries, kept.error) == (NoticeStatus.SENT, 10, "")


def test_a_failure_that_lasts_ends_in_sight_within_five_hours(provider, now):
    outbox.queue([hello(now)])
    provider.answers = [(500, b"")] * 50

    for minute in range(0, 300, 5):
        outbox.send_due(now=now + minute * MINUTE)

    kept = Notice.objects.get()
    assert len(provider.messages) == 10
    assert (kept.status, kept.tries, kept.error) == (NoticeStatus.FAILED, 10, "provider said 500")


def test_a_retry_keeps_the_time_after_which_it_is_useless(provider, now):
    outbox.queue([hello(now, useful_until=now + 14 * MINUTE)])
    provider.answers = [(500, b"")] * 50

    assert outbox.send_due(now=now) == NOTHING | {"later": 1}
    assert outbox.send_due(now=now + 6 * MINUTE) == NOTHING | {"failed": 1}  # the third would come at minute 16

    kept = Notice.objects.get()
    assert (kept.status, kept.useful_until) == (NoticeStatus.FAILED, now + 14 * MINUTE)


def test_one_that_cannot_be_written_does_not_stop_the_others(provider, now):
    outbox.queue(
        [
            hello(now, "1", template="nobody_wrote_it"),
            hello(now, "2", context={}),
            hello(now, "3", template="code", context={"organisation": "संगठन", "code": "१२३"}),
            hello(now, "4"),
        ]
    )

    assert outbox.send_due(now=now) == NOTHING | {"sent": 2, "failed": 2}
    assert provider.references == ["3", "4"]
    assert list(Notice.objects.filter(status=NoticeStatus.FAILED).order_by("key").values_list("error", flat=True)) == [
        "there are no words for “nobody_wrote_it” in “hi”",
        "the text asks for ((name)), which this notice does not carry",
    ]


def in_hand(now):
    """A notice that a sender had in hand when it died."""
    outbox.queue([hello(now)])
    sweep = sending.Sweep(now)
    (row,) = sweep.begin(sweep.take(), now)
    return sweep, row


def test_a_sender_that_died_leaves_a_perhaps_and_nobody_sends_again(provider, now):
    in_hand(now)

    assert outbox.send_due(now=now + 10 * MINUTE) == NOTHING
    assert outbox.send_due(now=now + 11 * MINUTE) == NOTHING | {"unknown": 1}
    assert outbox.send_due(now=now + 24 * HOUR) == NOTHING

    assert statuses() == {"hello:1": NoticeStatus.UNKNOWN}
    assert Notice.objects.get().error == "the sender stopped while sending"
    assert provider.messages == []


def test_a_late_truth_wins_over_a_perhaps(provider, now):
    sweep, row = in_hand(now)
    outbox.send_due(now=now + 11 * MINUTE)

    writing.write([writing.Left(row, "sms-1", 1, 15, "")], claim=sweep.claim, now=now + 12 * MINUTE)

    assert statuses() == {"hello:1": NoticeStatus.SENT}


def test_a_late_truth_says_nothing_of_a_later_try(provider, now):
    sweep, row = in_hand(now)
    Notice.objects.update(claim="another's")

    writing.write([writing.Left(row, "sms-1", 1, 15, "")], claim=sweep.claim, now=now)
    writing.write([writing.Stayed(row, "failed", "no")], claim=sweep.claim, now=now)

    assert statuses() == {"hello:1": NoticeStatus.SENDING}


def test_a_long_sweep_leaves_the_rest_to_the_next(provider, now, monkeypatch):
    outbox.queue(hello(now, f"hello:{number}") for number in range(5))
    monkeypatch.setattr(sending, "LONGEST_SWEEP", timedelta(seconds=-1))

    assert outbox.send_due(now=now) == NOTHING
    assert set(statuses().values()) == {NoticeStatus.QUEUED}


def test_a_code_leaves_at_once_and_is_written_nowhere(provider, now):
    notice = hello(now, "code:1", template="code", context={"organisation": "संगठन"})

    outbox.send_at_once(notice, unsaved={"code": "482913"}, now=now)

    assert [message["text"] for message in provider.messages] == [
        "संगठन: आपका कोड 482913 है। यह 10 मिनट तक चलेगा। इसे किसी को न बताएँ।"
    ]
    kept = Notice.objects.get()
    assert (kept.status, kept.tries) == (NoticeStatus.SENT, 1)
    assert "482913" not in str(vars(kept))


def test_a_code_that_failed_is_not_tried_again(provider, now):
    provider.answers = [(500, b"")]

    outbox.send_at_once(hello(now), unsaved={}, now=now)

    assert statuses() == {"hello:1": NoticeStatus.FAILED}
    assert outbox.send_due(now=now + HOUR) == NOTHING


def test_a_provider_that_refuses_one_after_the_other_is_left_alone_until_the_next_sweep(provider, now):
    many = 300
    outbox.queue([hello(now, f"hello:{number:03}") for number in range(many)])
    provider.answers = [(503, b"")] * many

    refused = outbox.send_due(now=now)["later"]

    assert sending.LEFT_ALONE <= refused < many
    assert len(provider.messages) == refused
    provider.answers = []
    assert outbox.send_due(now=now)["sent"] == many - refused  # none was kept from the next


def test_the_rest_of_a_handful_goes_back_when_the_provider_hangs(provider, now, monkeypatch):
    monkeypatch.setattr(sending, "TOO_LONG", -1.0)
    outbox.queue([hello(now, f"hello:{number}") for number in range(5)])
    sweep = sending.Sweep(now)
    sweep.size = 5

    assert sweep.send(sweep.take()) == {"sent": 1}

    rows = Counter(Notice.objects.values_list("status", "tries", "claim"))
    assert rows == {(NoticeStatus.SENT, 1, sweep.claim): 1, (NoticeStatus.QUEUED, 0, ""): 4}


def test_a_slow_provider_is_spoken_to_side_by_side(provider, now, monkeypatch, settings):
    monkeypatch.setattr(sending, "SLOW", 0.0)
    settings.SMS_LINES = 4
    outbox.queue([hello(now, f"hello:{number}") for number in range(9)])

    assert outbox.send_due(now=now) == NOTHING | {"sent": 9}
    assert provider.references == [f"hello:{number}" for number in range(9)]


def test_no_more_leave_in_a_second_than_the_provider_takes(provider, now, settings):
    settings.SMS_PER_SECOND = 4
    outbox.queue([hello(now, f"hello:{number}") for number in range(9)])

    assert outbox.send_due(now=now) == NOTHING | {"sent": 9}

    seconds = Counter(int(at) for at in provider.times)
    assert max(seconds.values()) <= 4


@pytest.mark.parametrize(("many", "queries"), [(1, 21), (5, 23)])
def test_a_sweep_asks_two_things_a_handful(many, queries, now, settings, django_assert_num_queries):
    settings.SMS_LINES = 4
    outbox.queue(hello(now, f"hello:{number}") for number in range(many))
    organisation.current()

    # a savepoint and its end, too late, lost, words, SMS of today; twice what may leave: holds, silences, the due ones
    # between a savepoint and its end; once they are reserved; a handful of one and then one of all others, each begun
    # and noted; two pulses
    with django_assert_num_queries(queries):
        outbox.send_due(now=now)
