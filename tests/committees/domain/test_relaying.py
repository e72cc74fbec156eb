"""A message down the tree: two persons, level by level, the vacant chair, the silent, the numbers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from committees import broadcasting
from committees.domain import seats, silencing
from committees.domain.relaying import answering, approving, carrying, writing
from committees.models import Broadcast, Relay
from portal import forecasts, outbox, wording
from portal.models import Notice
from portal.models.notices import Urgency
from tests.factories.committees import make_holder, make_user
from tests.factories.messages import LEVELS, TEXT, approved, carried, make_heads, told, written

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "अनिल जोशी")


@pytest.fixture
def second(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


def line(broadcast):
    """Who got it: (unit, unit of the person above, stands in), from the top."""
    rows = Relay.objects.filter(broadcast=broadcast).select_related("unit", "above__appointment__seat__unit")
    return [
        (row.unit.code, row.above and row.above.appointment.seat.unit.code, row.stands_in)
        for row in sorted(rows, key=lambda row: LEVELS.index(row.level))
    ]


def queued(template="message"):
    return Notice.objects.filter(template=template, status="QUEUED").count()


# --- two persons -----------------------------------------------------------------------------


def test_nothing_leaves_before_a_second_person_approved(units, office, second, now):
    make_heads(units, now)
    broadcast = written(units["RJ"], office, now)
    [text] = broadcast.texts.all()

    assert carrying.carry(now=now) == 0
    with pytest.raises(approving.SamePerson):
        approving.approve(broadcast=broadcast, text=text, by=office, now=now)
    with pytest.raises(IntegrityError, match="two_persons_send_a_message"), transaction.atomic():
        Broadcast.objects.filter(pk=broadcast.pk).update(approved_by=office, approved_at=now)
    approving.approve(broadcast=broadcast, text=text, by=second, now=now)
    with pytest.raises(approving.Decided):
        approving.approve(broadcast=broadcast, text=text, by=second, now=now)

    assert carrying.carry(now=now) == 6
    assert queued() == 6


def test_a_message_for_a_time_ahead_is_foreseen_with_those_whom_it_reaches(units, office, second, now):
    make_heads(units, now)
    later = now + 3 * DAY
    broadcast = written(units["RJ"], office, now, goes_at=later, valid_until=later + DAY)
    before = forecasts.by_day(now, now + 14 * DAY)

    approving.approve(broadcast=broadcast, text=broadcast.texts.get(), by=second, now=now)

    assert forecasts.by_day(now, now + 14 * DAY) - before == {(later.date(), "message"): 6}
    assert (carrying.carry(now=later), queued()) == (6, 6)


def test_who_approves_has_read_the_last_words(units, office, second, now):
    broadcast = written(units["RJ"], office, now)
    [seen] = broadcast.texts.all()
    writing.change(broadcast=broadcast, told=told(units["RJ"], now, text="दूसरे शब्द"), by=office, now=now)

    with pytest.raises(approving.Stale):
        approving.approve(broadcast=broadcast, text=seen, by=second, now=now)
    with pytest.raises(writing.NotYours):
        writing.change(broadcast=broadcast, told=told(units["RJ"], now), by=second, now=now)
    approving.approve(broadcast=broadcast, text=broadcast.texts.get(number=2), by=second, now=now)

    assert broadcasting.latest_text(Broadcast.objects.get()).text == "दूसरे शब्द"
    with pytest.raises(writing.Decided):
        writing.change(broadcast=broadcast, told=told(units["RJ"], now), by=office, now=now)


def test_what_cannot_go_is_not_written(units, office, now):
    for values, problem in [
        ({"text": "क" * 701}, writing.TooLong),
        ({"text": " \n "}, writing.TooLong),
        ({"unit": units["AC036"], "levels": ["state"]}, writing.NoLevel),
        ({"valid_until": now}, writing.BadTimes),
        ({"goes_at": now + 5 * DAY}, writing.BadTimes),
    ]:
        with pytest.raises(problem):
            writing.write(told=told(**{"unit": units["RJ"], "now": now, **values}), by=office, now=now)

    assert (Broadcast.objects.count(), writing.tidy(" क  ख \r\n\r\n\r\nग ")) == (0, "क ख\n\nग")


def test_the_estimate_names_people_vacant_chairs_and_cost(units, office, now):
    make_heads(units, now, "AC036")
    make_holder("assembly-president", units["AC034"], now, accepted=True)

    found = broadcasting.estimate(written(units["RJ"], office, now), now)

    assert [(row.level, row.people, row.units, row.vacant) for row in found.rows] == [
        ("state", 1, 1, 0), ("district", 1, 2, 1), ("assembly", 1, 3, 2),
        ("block", 1, 1, 0), ("mandal", 1, 1, 0), ("booth", 1, 1, 0),
    ]  # fmt: skip
    assert (found.people, found.paise) == (6, 6 * found.parts * 15)


# --- down the tree ------------------------------------------------------------------------------


def test_it_goes_level_by_level_to_whoever_leads(units, office, second, now):
    make_heads(units, now)
    broadcast = carried(units["RJ"], office, second, now)

    assert line(broadcast) == [
        ("RJ", None, False), ("SKR", "RJ", False), ("AC036", "SKR", False),
        ("AC036-A", "AC036", False), ("AC036-A-M1", "AC036-A", False), ("AC036-P112", "AC036-A-M1", False),
    ]  # fmt: skip
    assert broadcast.carried_at is not None
    notice = Notice.objects.filter(template="message").order_by("pk").first()
    assert (notice.urgency, notice.reach, notice.useful_until) == (
        Urgency.MANY, units["RJ"].pk, broadcast.valid_until,
    )  # fmt: skip
    relay = Relay.objects.get(unit=units["RJ"])
    assert wording.of(notice).text == (
        f"संगठन: संदेश “रविवार को बूथ बैठक”। पढ़ें और आगे भेजें: http://testserver/m/r/{relay.link_key}/"
    )


def test_a_vacant_chair_goes_to_the_nearest_person_above_who_has_it_once(units, office, second, now):
    heads = make_heads(units, now, "AC036", "AC036-A-M1", "AC036-P112")
    broadcast = carried(units["SKR"], office, second, now, levels=["mandal", "booth"])

    assert line(broadcast) == [("AC036-A-M1", None, True)]
    assert Relay.objects.get().person == heads["AC036-A"].person
    assert queued() == 1


def test_who_sits_twice_gets_it_once_and_the_in_charge_stands_above_where_no_president_is(units, office, second, now):
    incharge = make_holder("district-incharge", units["SKR"], now, accepted=True)
    make_holder("booth-member", units["AC036-P112"], now, incharge.person, accepted=True)
    president = make_holder("assembly-president", units["AC036"], now, accepted=True)
    member = make_holder("assembly-secretary", units["AC036"], now, accepted=True)

    broadcast = carried(units["RJ"], office, second, now, carriers="all")

    rows = Relay.objects.filter(broadcast=broadcast)
    assert rows.filter(person=incharge.person).get().unit == units["SKR"]
    assert rows.get(person=president.person).above.person == incharge.person
    assert rows.get(person=member.person).above.person == president.person


def test_who_has_not_said_yes_or_wants_no_messages_is_not_told(units, office, second, now):
    heads = make_heads(units, now, "SKR")
    make_holder("district-president", units["SKR"], now)
    outbox.silence(phone=heads["AC036"].person.phone, now=now)

    broadcast = approved(units["RJ"], office, second, now)

    assert carrying.carry(now=now) == 4
    assert Relay.objects.get(broadcast=broadcast, unit=units["AC036"]).told_at is None
    assert Relay.objects.get(broadcast=broadcast, unit=units["AC036-A"]).above.unit == units["AC036"]
    assert (carrying.carry(now=now), Relay.objects.count(), queued()) == (0, 5, 4)


def test_it_is_carried_once_however_often_and_wherever_it_was_cut_off(units, office, second, now, monkeypatch):
    make_heads(units, now)
    broadcast = approved(units["RJ"], office, second, now)
    monkeypatch.setattr(carrying, "CHUNK", 1)
    monkeypatch.setattr(carrying, "LONGEST_SWEEP", timedelta(0))
    assert carrying.carry(now=now) == 0
    monkeypatch.setattr(carrying, "LONGEST_SWEEP", 4 * 60 * timedelta(seconds=1))
    Relay.objects.all().delete()

    assert [carrying.carry(now=now) for _sweep in range(3)] == [6, 0, 0]
    Broadcast.objects.filter(pk=broadcast.pk).update(carried_at=None)  # as if it had been killed at its last line
    assert (carrying.carry(now=now), Relay.objects.count(), queued()) == (0, 6, 6)


def test_at_night_only_what_is_urgent_is_carried(units, office, second, now):
    make_heads(units, now)
    night = now.replace(hour=23)
    approved(units["RJ"], office, second, now)
    assert carrying.carry(now=night) == 0

    urgent = approved(units["RJ"], office, second, now, is_urgent=True)

    assert (carrying.carry(now=night), queued("message_now")) == (6, 6)
    assert Notice.objects.filter(urgency=Urgency.NOW).count() == 6
    assert Relay.objects.filter(broadcast=urgent).count() == 6


def test_into_a_silence_nothing_is_carried_and_what_waits_stays(units, office, second, now):
    make_heads(units, now)
    carried(units["RJ"], office, second, now)
    silence = silencing.order(unit=units["AC036"], starts_at=now, ends_at=now + DAY, reason="मतदान", by=office, now=now)
    soon = now + timedelta(minutes=1)
    assert Notice.objects.filter(outbox.may_leave(soon), template="message").count() == 2

    urgent = approved(units["RJ"], office, second, now, is_urgent=True)
    assert carrying.carry(now=now) == 2
    assert Broadcast.objects.get(pk=urgent.pk).carried_at is None
    silencing.end(silence=silence, by=second, now=now + HOUR)

    assert carrying.carry(now=now + HOUR) == 4
    assert Notice.objects.filter(outbox.may_leave(now + 2 * HOUR), template__startswith="message").count() == 12
    with pytest.raises(silencing.Ended):
        silencing.end(silence=silence, by=second, now=now + HOUR)
    with pytest.raises(silencing.Backwards):
        silencing.order(unit=units["RJ"], starts_at=now - DAY, ends_at=now, reason="x", by=office, now=now)


def test_what_is_called_back_stops_and_what_is_corrected_is_corrected_everywhere(units, office, second, now):
    make_heads(units, now)
    broadcast = carried(units["RJ"], office, second, now)
    words = approving.correct(broadcast=broadcast, words="नया समय: 11 बजे", by=second, now=now)
    assert broadcasting.latest_text(broadcast).text == TEXT
    with pytest.raises(approving.AlreadyAsked):
        approving.correct(broadcast=broadcast, words="और", by=office, now=now)
    with pytest.raises(approving.SamePerson):
        approving.approve_correction(text=words, by=second, now=now)
    approving.approve_correction(text=words, by=office, now=now)
    assert broadcasting.latest_text(Broadcast.objects.get()).text == "नया समय: 11 बजे"

    approving.call_back(broadcast=broadcast, reason="तिथि बदली", by=second, now=now)

    assert (queued(), Notice.objects.filter(status="CANCELLED").count()) == (0, 6)
    with pytest.raises(answering.Over):
        answering.acknowledge(relay=Relay.objects.select_related("broadcast").first(), now=now)
    with pytest.raises(approving.NotOut):
        approving.correct(broadcast=broadcast, words="और", by=office, now=now)


def test_who_left_before_it_came_is_not_told(units, office, second, now):
    heads = make_heads(units, now)
    seats.end(appointment=heads["AC036-P112"], reason="काम", by=None, now=now, how="relieved")

    carried(units["RJ"], office, second, now, levels=["booth"])

    assert line(Broadcast.objects.get()) == [("AC036-P112", None, True)]
