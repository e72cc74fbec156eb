"""A promise is kept once, or it ends in a state that tells why not."""

from datetime import timedelta

import pytest
from django.db import transaction

from portal import audit, outbox
from portal.accounts import opening
from portal.models import Notice, NoticeTemplate
from portal.models.notices import Channel, NoticeStatus
from tests.factories.committees import make_person
from tests.provider import sms_provider

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOTHING = {"sent": 0, "failed": 0, "later": 0, "too_late": 0, "unknown": 0}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provider(settings):
    with sms_provider() as server:
        settings.CHANNELS = {"sms": "portal.channels.http.HttpSMS", "email": "portal.channels.email.EmailChannel"}
        settings.SMS_HTTP_URL = server.url
        NoticeTemplate.objects.create(template="hello", language="hi", subject="नमस्ते", text="((name)) जी, नमस्ते।")
        yield server


def hello(now, key="hello:1", **fields):
    values = {"phone": "+919829012345", "template": "hello", "context": {"name": "सुनीता"}, "due_at": now}
    return Notice(key=key, **values | fields)


def change(now):
    """Something that promises and then cannot be done."""
    outbox.queue([hello(now)])
    outbox.queue([hello(now, phone="")])


def statuses():
    return dict(Notice.objects.values_list("key", "status"))


# --- promising ----------------------------------------------------------------


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


# --- taking back ----------------------------------------------------------------


def test_a_cancelled_promise_never_leaves(provider, now):
    outbox.queue([hello(now, "call:5"), hello(now, "call:5:email"), hello(now, "call:50"), hello(now, "call:5x")])

    assert outbox.cancel("call:5") == 2
    assert outbox.cancel("call:5:") == 0
    outbox.send_due(now=now)

    assert provider.references == ["call:50", "call:5x"]
    assert statuses()["call:5:email"] == NoticeStatus.CANCELLED


def test_a_promise_cancelled_between_look_and_grasp_never_leaves(provider, now):
    outbox.queue([hello(now)])
    (seen,) = outbox._due(now)

    outbox.cancel("hello:1")

    assert outbox._claim(seen, "me", now) is False
    assert outbox.send_due(now=now) == NOTHING


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


# --- failing ------------------------------------------------------------------------


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

    for minute in range(300):
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


def test_a_sender_that_died_leaves_a_perhaps_and_nobody_sends_again(provider, now):
    outbox.queue([hello(now)])
    (seen,) = outbox._due(now)
    assert outbox._claim(seen, "me", now)

    assert outbox.send_due(now=now + 10 * MINUTE) == NOTHING
    assert outbox.send_due(now=now + 11 * MINUTE) == NOTHING | {"unknown": 1}
    assert outbox.send_due(now=now + 24 * HOUR) == NOTHING

    assert statuses() == {"hello:1": NoticeStatus.UNKNOWN}
    assert Notice.objects.get().error == "the sender stopped while sending"
    assert provider.messages == []


def test_a_late_truth_wins_over_a_perhaps(provider, now):
    outbox.queue([hello(now)])
    (seen,) = outbox._due(now)
    outbox._claim(seen, "me", now)
    outbox.send_due(now=now + 11 * MINUTE)

    assert outbox._send(seen, now + 12 * MINUTE, {("hello", "hi"): outbox.wording.of(seen)}) == "sent"

    assert statuses() == {"hello:1": NoticeStatus.SENT}


def test_a_long_sweep_leaves_the_rest_to_the_next(provider, now, monkeypatch):
    outbox.queue(hello(now, f"hello:{number}") for number in range(5))
    monkeypatch.setattr(outbox, "LONGEST_SWEEP", timedelta())

    assert outbox.send_due(now=now) == NOTHING
    assert set(statuses().values()) == {NoticeStatus.QUEUED}


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


# --- at once ---------------------------------------------------------------------------


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


# --- cost ---------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 3])
def test_a_sweep_asks_two_things_a_notice(many, now, django_assert_num_queries):
    outbox.queue(hello(now, f"hello:{number}") for number in range(many))

    # a savepoint and its end, too late, lost, the office's words, the due ones, nothing more due; each: taken, sent
    with django_assert_num_queries(9 + 2 * many):
        outbox.send_due(now=now)
