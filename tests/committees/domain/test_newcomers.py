"""Who accepts a seat after a message was told to all gets it too: once, in the words in force, on their own clock."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from committees import broadcasting
from committees.domain import seats, silencing
from committees.domain.relaying import approving, carrying, counting, reminding
from committees.models import Appointment, Broadcast, Relay, RelayTally
from portal import outbox, wording
from portal.models import Notice
from tests.factories.committees import make_holder, make_user
from tests.factories.messages import HEADS, carried, make_heads

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "अनिल जोशी")


@pytest.fixture
def second(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


@pytest.fixture
def message(units, office, second, now):
    """Told to the heads of the line but those of the assembly and the booth; valid for three days."""
    make_heads(units, now, "AC036", "AC036-P112")
    return carried(units["RJ"], office, second, now)


def sits(units, code, at, post=""):
    return make_holder(post or HEADS[code], units[code], at, accepted=True)


def sweeps(*moments):
    return [carrying.carry(now=moment) for moment in moments]


def test_a_newcomer_gets_it_once_below_who_stands_above(units, message, now):
    given = sits(units, "AC036", now + HOUR)

    assert sweeps(*(now + HOUR + minutes * MINUTE for minutes in range(3))) == [1, 0, 0]

    relay = Relay.objects.get(appointment=given)
    assert (relay.unit, relay.above.unit, relay.stands_in) == (units["AC036"], units["SKR"], False)
    assert Notice.objects.filter(phone=given.person.phone, template="message").count() == 1
    assert now + HOUR <= relay.told_at < now + HOUR + MINUTE
    message.refresh_from_db()
    assert (message.joined, message.looked_at) == (1, now + HOUR + 2 * MINUTE)


def test_of_two_who_come_together_the_lower_stands_below_the_upper(units, message, now):
    lower, upper = sits(units, "AC036-P112", now + HOUR), sits(units, "AC036", now + HOUR)
    secretary = sits(units, "AC036", now + HOUR, "assembly-secretary")

    assert sweeps(now + HOUR) == [2]

    assert Relay.objects.get(appointment=lower).above.unit == units["AC036-A-M1"]
    assert Relay.objects.get(appointment=upper).above.unit == units["SKR"]
    assert not Relay.objects.filter(appointment=secretary).exists()  # the message is for heads


def test_a_message_to_all_reaches_a_new_member_below_the_new_head(units, office, second, now):
    make_heads(units, now, "AC036")
    carried(units["RJ"], office, second, now, carriers="all")
    member, head = sits(units, "AC036", now + HOUR, "assembly-secretary"), sits(units, "AC036", now + HOUR)

    assert sweeps(now + HOUR) == [2]

    assert Relay.objects.get(appointment=member).above == Relay.objects.get(appointment=head)


def test_the_newcomer_reads_the_words_in_force(units, message, office, second, now):
    words = approving.correct(broadcast=message, words="नया समय: 11 बजे", by=second, now=now)
    approving.approve_correction(text=words, by=office, now=now)
    given = sits(units, "AC036", now + HOUR)

    sweeps(now + HOUR)

    assert "“नया समय: 11 बजे”" in wording.of(Notice.objects.get(phone=given.person.phone, template="message")).text


def test_reminders_go_by_the_newcomer_s_own_clock(units, message, now):
    given = sits(units, "AC036", now + 5 * HOUR)
    sweeps(now + 5 * HOUR)

    done = [reminding.remind(now=now + hours * HOUR) for hours in (7, 10, 11.5, 25)]

    assert [each["reminded"] for each in done] == [4, 0, 1, 0]
    assert Relay.objects.get(appointment=given).reminded_at == now + 11.5 * HOUR
    assert Relay.objects.get(appointment=given).escalated_at is None  # told for twenty hours only


@pytest.mark.parametrize(
    ("code", "post"), [("AC034", "assembly-president"), ("AC036-A", "block-secretary"), ("JPR", "district-president")]
)
def test_whom_it_is_not_for_is_not_told(units, office, second, now, code, post):
    make_heads(units, now, "AC036", "AC036-P112")
    carried(units["AC036"], office, second, now)

    sits(units, code, now + HOUR, post)

    assert sweeps(now + HOUR) == [0]


def test_who_was_told_for_another_seat_who_said_nothing_and_who_left_again_are_not_told(units, message, now):
    president = Relay.objects.get(unit=units["SKR"]).person
    make_holder("booth-president", units["AC036-P112"], now + HOUR, president, accepted=True)
    silent = make_holder("assembly-president", units["AC036"], now + HOUR)

    assert sweeps(now + HOUR) == [0]
    seats.accept(appointment=silent, now=now + 2 * HOUR)
    seats.end(appointment=silent, reason="काम", by=None, now=now + 2 * HOUR, how="relieved")
    assert sweeps(now + 2 * HOUR) == [0]


def test_a_yes_that_was_written_down_late_is_still_found(units, message, now):
    sits(units, "AC036", now + HOUR)
    sweeps(now + HOUR)
    sits(units, "AC036-P112", now + HOUR - 5 * MINUTE)

    assert sweeps(now + HOUR + MINUTE) == [1]


def test_what_is_over_called_back_or_told_long_ago_reaches_no_newcomer(units, office, second, now):
    make_heads(units, now, "AC036", "AC036-P112")
    months = {"valid_until": now + 90 * DAY}
    long_ago, recalled = (carried(units["RJ"], office, second, now, **months) for _message in range(2))
    soon_over = carried(units["RJ"], office, second, now)
    approving.call_back(broadcast=recalled, reason="भूल", by=second, now=now)
    late = now + broadcasting.FOR_NEWCOMERS + MINUTE

    sits(units, "AC036", now + 4 * DAY)
    reached = sweeps(now + 4 * DAY)
    sits(units, "AC036-P112", late)

    assert (reached, sweeps(late)) == ([1], [0])
    for broadcast in (long_ago, recalled, soon_over):
        broadcast.refresh_from_db()
    assert [row.joined for row in (long_ago, recalled, soon_over)] == [1, 0, 0]
    assert broadcasting.open_until(long_ago) == long_ago.carried_at + timedelta(days=14)
    assert [broadcasting.open_until(row) for row in (recalled, soon_over)] == [None, now + 3 * DAY]


def test_a_newcomer_waits_for_the_end_of_a_silence_and_of_the_night(units, message, office, now):
    silence = silencing.order(
        unit=units["AC036"], starts_at=now + HOUR, ends_at=now + DAY, reason="मतदान", by=office, now=now + HOUR
    )
    sits(units, "AC036", now + 2 * HOUR)
    sits(units, "JPR", now + 2 * HOUR, "district-president")
    assert sweeps(now + 2 * HOUR, now + 4 * HOUR) == [1, 0]

    silencing.end(silence=silence, by=office, now=now + 12 * HOUR)
    night = sweeps(now + 13 * HOUR)

    assert (night, sweeps(now + DAY)) == ([0], [1])


def test_who_wants_no_messages_stands_in_the_chain_untold(units, message, now):
    given = sits(units, "AC036", now + HOUR)
    outbox.silence(phone=given.person.phone, now=now)

    assert sweeps(now + HOUR) == [0]

    assert Relay.objects.get(appointment=given).told_at is None
    message.refresh_from_db()
    assert message.joined == 0


def test_the_numbers_grow_with_the_newcomers(units, message, now):
    counting.count(broadcast=message, now=now)
    told_before = RelayTally.objects.filter(unit=units["RJ"]).aggregate(n=Sum("told"))["n"]
    sits(units, "AC036", now + HOUR)
    sweeps(now + HOUR)

    counting.count(broadcast=message, now=now + HOUR)

    told_after = RelayTally.objects.filter(unit=units["RJ"]).aggregate(n=Sum("told"))["n"]
    assert (told_before, told_after) == (4, 5)


@pytest.mark.parametrize("messages", [1, 3])
def test_without_newcomers_a_sweep_asks_one_question_a_message(
    units, office, second, now, messages, django_assert_num_queries
):
    make_heads(units, now)
    for _number in range(messages):
        carried(units["RJ"], office, second, now)
    Appointment.objects.update(accepted_at=now - DAY)
    whole, chairs, words = 1, 1, 1

    with django_assert_num_queries(whole + chairs + words + messages):
        assert carrying.carry(now=now + HOUR) == 0


def test_until_it_is_told_to_all_a_newcomer_is_one_of_the_many(units, message, now):
    Broadcast.objects.update(carried_at=None)  # as if it had been killed at its last line
    sits(units, "AC036", now)

    assert sweeps(now) == [1]

    message.refresh_from_db()
    assert (message.joined, message.looked_at) == (0, None)
    assert message.carried_at is not None
