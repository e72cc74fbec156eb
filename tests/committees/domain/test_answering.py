"""What comes up again after a message: taps, reminders, the person above, and the numbers."""

from datetime import timedelta

import pytest

from committees import relayed
from committees.domain import silencing
from committees.domain.relaying import answering, counting, reminding
from committees.models import Relay, RelayTally
from portal import wording
from portal.models import Notice
from tests.factories.committees import make_holder, make_user
from tests.factories.messages import carried, make_heads

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "अनिल जोशी")


@pytest.fixture
def second(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


def queued(template="message"):
    return Notice.objects.filter(template=template, status="QUEUED").count()


def relay_of(unit):
    return Relay.objects.select_related("broadcast").get(unit=unit)


def test_each_tap_counts_once_and_takes_back_what_waits(units, office, second, now):
    make_heads(units, now)
    carried(units["RJ"], office, second, now, wants_reply=True)

    answering.open_page(relay=relay_of(units["RJ"]), now=now + HOUR)
    answering.acknowledge(relay=relay_of(units["RJ"]), now=now + 2 * HOUR)
    answering.pass_on(relay=relay_of(units["RJ"]), now=now + 3 * HOUR)
    answering.acknowledge(relay=relay_of(units["RJ"]), now=now + 4 * HOUR)
    answering.reply(relay=relay_of(units["SKR"]), words=" ठीक  है ", now=now + HOUR)
    answering.click(relay=relay_of(units["RJ"]), now=now)

    first, reply = relay_of(units["RJ"]), relay_of(units["SKR"])
    times = [first.opened_at, first.acknowledged_at, first.passed_on_at]
    assert [at - now for at in times] == [HOUR, 2 * HOUR, 3 * HOUR]
    assert (first.clicks, reply.reply, reply.acknowledged_at) == (1, "ठीक है", now + HOUR)
    assert queued() == 4
    with pytest.raises(answering.NoWords):
        answering.reply(relay=reply, words=" ", now=now)


def test_who_is_silent_is_reminded_once_and_then_the_person_above_is_told(units, office, second, now):
    heads = make_heads(units, now)
    carried(units["RJ"], office, second, now)
    for code in ("RJ", "SKR", "AC036-A"):
        answering.acknowledge(relay=relay_of(units[code]), now=now)

    assert reminding.remind(now=now + 5 * HOUR) == {"reminded": 0, "told_above": 0}
    assert reminding.remind(now=now + 6 * HOUR + timedelta(minutes=1)) == {"reminded": 3, "told_above": 0}
    assert reminding.remind(now=now + 8 * HOUR) == {"reminded": 0, "told_above": 0}
    answering.acknowledge(relay=relay_of(units["AC036-P112"]), now=now + 8 * HOUR)
    assert reminding.remind(now=now + DAY - HOUR) == {"reminded": 0, "told_above": 0}
    assert reminding.remind(now=now + DAY + HOUR) == {"reminded": 0, "told_above": 2}
    assert reminding.remind(now=now + DAY + 2 * HOUR) == {"reminded": 0, "told_above": 0}

    told_above = Notice.objects.filter(template="message_above").order_by("phone")
    assert [notice.phone for notice in told_above] == sorted(heads[code].person.phone for code in ("SKR", "AC036-A"))
    assert wording.of(told_above[0]).text.startswith("संगठन: संदेश 1 आपके 1 साथियों ने अभी नहीं पढ़ा।")
    assert (queued("message_reminder"), Notice.objects.filter(template="message_reminder").count()) == (2, 3)


def test_who_stands_above_reminds_theirs_but_not_all_the_time(units, office, second, now):
    make_heads(units, now)
    carried(units["RJ"], office, second, now)
    later = now + HOUR

    assert reminding.remind_below(relay=relay_of(units["SKR"]), now=later) == 1
    for at in (later, later + 5 * HOUR):
        with pytest.raises(reminding.TooSoon):
            reminding.remind_below(relay=relay_of(units["SKR"]), now=at)

    assert reminding.remind_below(relay=relay_of(units["SKR"]), now=later + 7 * HOUR) == 1
    assert queued("message_reminder") == 2


def test_nobody_is_reminded_at_night_in_a_silence_or_once_it_is_over(units, office, second, now):
    make_heads(units, now)
    carried(units["RJ"], office, second, now)
    silencing.order(unit=units["SKR"], starts_at=now, ends_at=now + 9 * HOUR, reason="मतदान", by=office, now=now)

    assert reminding.remind(now=now + 13 * HOUR) == {"reminded": 0, "told_above": 0}
    assert reminding.remind(now=now + 8 * HOUR)["reminded"] == 1
    assert reminding.remind(now=now + 4 * DAY) == {"reminded": 0, "told_above": 0}


# --- in numbers ---------------------------------------------------------------------------------------


def test_the_numbers_of_each_unit_and_level_and_the_time_until_half(units, office, second, now):
    make_heads(units, now)
    make_holder("assembly-president", units["AC034"], now, accepted=True)
    broadcast = carried(units["RJ"], office, second, now)
    answering.pass_on(relay=relay_of(units["AC036"]), now=now + HOUR)
    answering.click(relay=relay_of(units["AC036"]), now=now)

    counting.count_due(now=now + HOUR)

    of_sikar = RelayTally.objects.get(unit=units["SKR"], level="assembly")
    numbers = (of_sikar.units, of_sikar.told, of_sikar.opened, of_sikar.acknowledged, of_sikar.passed_on)
    assert (numbers, of_sikar.clicks) == ((2, 2, 1, 1, 1), 1)
    assert of_sikar.half_after in range(3590, 3601)
    assert RelayTally.objects.get(unit=units["RJ"], level="booth").half_after is None
    assert counting.count_due(now=now + 2 * HOUR) == 0
    rows = relayed.branches(broadcast, units["SKR"], now)
    assert [(row.unit.code, row.percent) for row in rows] == [("AC034", 0), ("AC036", 25)]
    assert [row.unit.code for row in relayed.weakest(rows, 20)] == ["AC034"]
    mandal = relayed.branches(broadcast, units["AC036-A-M1"], now)
    assert [(row.unit.code, row.told) for row in mandal] == [("AC036-P112", 1)]
