"""A provider tells what became of messages: signed, in time, in measure; told twice it changes nothing."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from portal import outbox, receipts
from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.often import often

KEY, FORMER = "k" * 40, "f" * 40
ADDRESS = "/api/v1/receipts/sms/"


@pytest.fixture(autouse=True)
def keys(settings, clock):
    settings.SMS_RECEIPT_KEYS = [KEY, FORMER]


@pytest.fixture
def sent(db, now):
    """Two messages that the provider took."""
    told = {"phone": "+919829012345", "template": "code", "due_at": now}
    outbox.queue([Notice(key=f"n:{number}", **told) for number in (1, 2)])
    for number in (1, 2):
        Notice.objects.filter(key=f"n:{number}").update(
            status=NoticeStatus.SENT, sent_at=now, reference=f"sms-{number}"
        )


def body_of(*references, delivered=True, **more):
    return json.dumps({"receipts": [{"reference": one, "delivered": delivered, **more} for one in references]}).encode()


def tell(client, body, at, key=KEY, **headers):
    signed = receipts.sign(body=body, at=at, key=key)
    return client.post(ADDRESS, body, content_type="application/json", headers=signed | headers)


def statuses():
    return list(Notice.objects.order_by("key").values_list("status", flat=True))


def test_receipts_are_counted_and_written_once_and_unknown_ones_are_no_fault(client, sent, now):
    first = tell(client, body_of("sms-1", "sms-9"), now)
    bad = tell(client, body_of("sms-2", delivered=False, why="बंद है"), now, key=FORMER)
    again = tell(client, body_of("sms-1", "sms-9"), now + timedelta(minutes=4))

    assert [(answer.status_code, answer.json()) for answer in (first, bad, again)] == [
        (200, {"known": 1, "unknown": 1}),
        (200, {"known": 1, "unknown": 0}),
        (200, {"known": 1, "unknown": 1}),
    ]
    assert statuses() == [NoticeStatus.DELIVERED, NoticeStatus.FAILED]


@pytest.mark.once
def test_only_who_signs_now_with_an_agreed_key_is_believed(client, sent, now, settings):
    body, other = body_of("sms-1"), body_of("sms-2")
    late = timedelta(minutes=5, seconds=1)
    borrowed = receipts.sign(body=other, at=now, key=KEY)
    ours = receipts.sign(body=body, at=now, key=KEY)
    refused = [
        tell(client, body, now, key="x" * 40),
        tell(client, body, now - late),
        tell(client, body, now + late),
        tell(client, body, now, **borrowed),
        tell(client, body, now, **{receipts.AT: "१७६२"}),
        tell(client, body, now, **{receipts.AT: str(int(now.timestamp()) + 1)}),
        tell(client, body, now, **{receipts.SIGNATURE: ""}),
        tell(client, body, now, **{receipts.SIGNATURE: "ÿ, é"}),
        tell(client, body, now, **{receipts.SIGNATURE: ", ".join(["x"] * 9 + [ours[receipts.SIGNATURE]])}),
        client.post(ADDRESS, body, content_type="application/json"),
    ]
    settings.SMS_RECEIPT_KEYS = []
    refused.append(tell(client, body, now, key=""))

    assert [answer.status_code for answer in refused] == [401] * len(refused)
    assert {answer.json()["code"] for answer in refused} == {"unsigned", "old"}
    assert statuses() == [NoticeStatus.SENT] * 2


@pytest.mark.once
def test_while_a_key_is_changed_both_signatures_may_come(client, sent, now, settings):
    settings.SMS_RECEIPT_KEYS = ["n" * 40]
    body = body_of("sms-1")
    both = ", ".join(receipts.sign(body=body, at=now, key=key)[receipts.SIGNATURE] for key in (KEY, "n" * 40))

    assert tell(client, body, now, **{receipts.SIGNATURE: both}).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[" * 60_000, 400),
        (b'{"receipts": [{"reference": "a\\u0000", "delivered": true}]}', 400),
        (b'{"receipts": [{"reference": "\\ud800", "delivered": true}]}', 400),
        (b'{"receipts": [{"reference": "a"}]}', 400),
        (b'{"receipts": []}', 200),
        (b'{"receipts": [' + b", ".join([b'{"reference": "a", "delivered": 1}'] * 1001) + b"]}", 400),
        (b" " * 65_537, 413),
        (b"x" * 3_000_000, 413),
    ],
    ids=range(9),
)
def test_what_is_no_list_of_receipts_is_refused_in_words(client, db, now, body, status):
    answer = tell(client, body, now)

    assert (answer.status_code, set(answer.json()) <= {"code", "detail", "fields", "known", "unknown"}) == (
        status,
        True,
    )


@pytest.mark.once
@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
)
def test_only_json_is_read(client, db, now, kind):
    body = body_of("sms-1")

    answer = client.post(ADDRESS, body, content_type=kind, headers=receipts.sign(body=body, at=now, key=KEY))

    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


@pytest.mark.once
@often(8)
@given(
    told=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda each: (
            st.lists(each, max_size=4)
            | st.dictionaries(
                st.sampled_from(["receipts", "reference", "delivered", "why"]) | st.text(), each, max_size=4
            )
        ),
    )
)
def test_no_json_breaks_the_door(client, db, now, told):
    cache.clear()  # a long trial knocks more often than a provider may
    body = json.dumps(told).encode()

    assert tell(client, body, now).status_code in {200, 400}
