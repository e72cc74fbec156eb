"""What is not urgent waits for the morning; what somebody holds back waits for them."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q

from portal import moments, organisation, outbox
from portal.models import Hold, Notice
from portal.models.notices import NoticeStatus, Urgency
from tests.portal.outbox.test_promising import make_user
from tests.portal.outbox.world import HOUR, NOTHING, hello, statuses

JAIPUR = ZoneInfo("Asia/Kolkata")

pytestmark = pytest.mark.django_db


def held_in_sikar(now):
    """What ``HELD_BACK`` names in these tests: the unit with the number 7 is silent."""
    return Q(reach=7, urgency=Urgency.MANY)


def at(hour, minute=0, day=10):
    return datetime(2025, 11, day, hour, minute, tzinfo=JAIPUR)


@pytest.mark.parametrize(
    ("begins", "ends", "moment", "until"),
    [
        (time(22), time(7), at(21, 59), None),
        (time(22), time(7), at(22), at(7, day=11)),
        (time(22), time(7), at(6, 59), at(7)),
        (time(22), time(7), at(7), None),
        (time(13), time(15), at(14), at(15)),
        (time(13), time(15), at(15), None),
        (time(0), time(0), at(0), None),  # never
    ],
)
def test_quiet_hours_begin_and_end_by_the_clock_of_jaipur(begins, ends, moment, until):
    organisation.save(name_hi="संगठन", name_en="Organisation", quiet_from=begins, quiet_until=ends)

    assert outbox.quiet_until(moment) == until
    assert outbox.quiet_until(moment.astimezone(ZoneInfo("America/New_York"))) == until


def test_at_night_only_a_code_leaves_and_in_the_morning_the_rest(provider):
    night = at(23)
    code = {"template": "code", "context": {"organisation": "संगठन", "code": "1"}}
    outbox.queue([hello(night), hello(night, "code", **code), hello(night, "brief", useful_until=night + HOUR)])

    assert outbox.send_due(now=night) == NOTHING | {"sent": 1}
    assert provider.references == ["code"]
    assert outbox.send_due(now=night + 2 * HOUR) == NOTHING | {"too_late": 1}
    assert outbox.send_due(now=at(6, 59, day=11)) == NOTHING
    assert outbox.send_due(now=at(7, day=11)) == NOTHING | {"sent": 1}
    assert statuses()["brief"] == NoticeStatus.TOO_LATE


def test_what_the_office_holds_waits_until_it_is_let_go(provider, now):
    hold = Hold.objects.create(template="hello", reason="गलत तारीख", held_by=make_user(now), held_at=now)
    outbox.queue([hello(now), hello(now, "brief", useful_until=now + HOUR)])

    assert outbox.send_due(now=now) == NOTHING
    Hold.objects.filter(pk=hold.pk).update(ended_at=now + 2 * HOUR)
    assert outbox.send_due(now=now + 2 * HOUR) == NOTHING | {"sent": 1, "too_late": 1}
    assert outbox.oldest(now + 2 * HOUR) is None


def test_what_the_settings_name_is_held_back(provider, now, settings, monkeypatch):
    settings.HELD_BACK = f"{__name__}.held_in_sikar"
    monkeypatch.setattr(moments, "urgency_of", lambda _template: Urgency.MANY)
    outbox.queue([hello(now, "sikar", reach=7), hello(now, "jaipur", reach=8), hello(now, "everywhere")])

    assert outbox.send_due(now=now) == NOTHING | {"sent": 2}
    assert statuses()["sikar"] == NoticeStatus.QUEUED

    settings.HELD_BACK = ""
    assert outbox.send_due(now=now) == NOTHING | {"sent": 1}


def test_the_night_is_no_reason_to_worry_and_the_morning_counts_from_its_end():
    outbox.queue([hello(at(21, 30)), hello(at(23), "late")])

    assert outbox.oldest(at(21, 40)) == at(21, 30)
    assert outbox.oldest(at(3, day=11)) is None
    assert outbox.oldest(at(7, 5, day=11)) == at(7, day=11)


def test_what_is_over_the_messages_of_a_day_waits_but_e_mail_goes(provider, now, settings, smtp):
    settings.SMS_A_DAY = 2
    mail = {"channel": "email", "email": "sunita@example.org"}
    outbox.queue([*(hello(now, f"sms:{number}") for number in range(4)), hello(now, "mail", **mail)])

    assert outbox.send_due(now=now) == NOTHING | {"sent": 3}
    assert outbox.send_due(now=now + 24 * HOUR) == NOTHING | {"sent": 2}
    assert len(smtp.messages) == 1


def test_moments_say_how_urgent_a_promise_is(now):
    outbox.queue([hello(now, "code", template="code"), hello(now, urgency=Urgency.NOW)])

    urgency = dict(Notice.objects.values_list("key", "urgency"))
    assert urgency == {"code": Urgency.NOW, "hello:1": Urgency.USUAL}
