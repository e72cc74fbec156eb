"""Readers get their share, mark alone, and may not judge who is near to them."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest

from applications import marks
from applications.domain import linking, reading_reminders, readings, sharing
from applications.domain.readings import Decided, Incomplete, MayNotJudge, NotYours
from applications.models import Application, Reading
from applications.models.links import Via
from applications.states import Status
from committees.levels import Role
from portal import audit
from portal.models import Notice
from tests.factories.desk import a_colleague, an_application


@pytest.fixture
def pile(drive, places, now):
    return [an_application(drive, places.booth, now, number) for number in range(12)]


@pytest.fixture
def readers(places, now):
    return [a_colleague(places.state, Role.MEMBER, now, 10 + number, f"पाठक {number}") for number in range(4)]


def share(drive, readers, now, **how):
    return readings.share_out(
        drive=drive, applications=readings.in_the_pile(drive), readers=readers, by=None, now=now, **how
    )


def loads(readers):
    return sorted(Counter(Reading.objects.filter(reader__in=readers).values_list("reader", flat=True)).values())


def all_marks(drive, mark=4):
    return {criterion.pk: mark for criterion in readings.criteria_of(drive.pk)}


def the_one(application, reader, now):
    readings.give(applications=[application], reader=reader, by=None, now=now)
    return Reading.objects.get(application=application, reader=reader)


# --- sharing out --------------------------------------------------------------------------------


def test_everybody_gets_the_same_and_every_pair_meets(drive, pile, readers, now):
    share(drive, readers, now)

    assert loads(readers) == [6, 6, 6, 6]
    each = [sorted(row.readings.values_list("reader", flat=True)) for row in pile]
    assert {len(own) for own in each} == {2}
    pairs = Counter(map(tuple, each))
    assert set(pairs) == set(combinations(sorted(reader.pk for reader in readers), 2))
    assert max(pairs.values()) - min(pairs.values()) <= 1


def test_what_is_shown_beforehand_is_what_happens(drive, pile, readers, now):
    shown = sharing.plan(drive=drive, applications=readings.in_the_pile(drive), readers=readers, each=2)

    done = share(drive, readers, now)

    assert done == shown
    assert set(Reading.objects.values_list("application", "reader")) == set(shown.new)


def test_who_comes_later_is_topped_up_and_what_was_given_stays(drive, places, pile, readers, now):
    share(drive, readers[:2], now, each=1)
    before = set(Reading.objects.values_list("pk", flat=True))
    an_application(drive, places.booth, now, 90)

    done = share(drive, readers, now)

    assert before < set(Reading.objects.values_list("pk", flat=True))
    assert len(done.new) == 14
    assert loads(readers) == [6, 6, 7, 7]
    assert share(drive, readers, now).new == []


def test_of_ten_one_gets_a_second_reader(drive, places, pile, readers, now):
    share(drive, readers, now, each=1, twice=10)

    assert Counter(row.readings.count() for row in pile) == {1: 10, 2: 2}
    assert loads(readers) == [3, 3, 4, 4]
    assert share(drive, readers, now, each=1, twice=10).new == []


def test_no_two_readers_differ_by_more_than_one_when_one_may_read_little(drive, pile, readers, now):
    Application.objects.filter(pk__in=[row.pk for row in pile[:6]]).update(entered_by=readers[0])

    done = share(drive, readers, now, each=1)

    assert sorted(done.loads.values()) == [3, 3, 3, 3]
    assert not Reading.objects.filter(reader=readers[0], application__entered_by=readers[0]).exists()


def test_who_cannot_get_enough_readers_is_named(drive, pile, readers, now):
    Application.objects.filter(pk=pile[0].pk).update(entered_by=readers[0])

    done = share(drive, readers[:2], now)

    assert done.short == [pile[0].pk]
    assert pile[0].readings.get().reader == readers[1]


@pytest.fixture
def near(pile, readers, now):
    """How an application can be near to the first reader."""
    reader, friend = readers[0], pile[1]
    link = linking.make_link(drive=pile[0].drive, via=Via.WHATSAPP, person=reader.person, by=None, now=now)
    Application.objects.filter(pk=friend.pk).update(phone=reader.phone)
    friends_link = linking.make_link(drive=friend.drive, via=Via.FRIEND, referrer=friend, by=None, now=now)
    return {
        "themselves": {"person": reader.person},
        "the family's phone": {"phone": reader.phone, "share": 1},
        "by their link": {"link": link},
        "first by their link": {"first_link": link},
        "written down by them": {"entered_by": reader},
        "by the family's link": {"link": friends_link},
    }


NEAR = ["themselves", "the family's phone", "by their link", "first by their link", "written down by them"]


@pytest.mark.parametrize("how", [*NEAR, "by the family's link"])
def test_nobody_reads_who_is_near_to_them(drive, pile, readers, now, near, how):
    Application.objects.filter(pk=pile[0].pk).update(**near[how])

    with pytest.raises(MayNotJudge):
        readings.give(applications=pile[:3:2], reader=readers[0], by=None, now=now)

    assert not Reading.objects.exists()


def test_what_was_decided_is_not_given(drive, pile, readers, now):
    Application.objects.filter(pk=pile[0].pk).update(status=Status.SHORTLISTED)

    given = readings.give(applications=pile[:2], reader=readers[0], by=None, now=now)

    assert given == 1
    assert Reading.objects.get().application == pile[1]


# --- marks ----------------------------------------------------------------------------------------


def test_marks_are_written_and_can_be_changed(drive, pile, readers, now):
    reading = the_one(pile[0], readers[0], now)
    first, *rest = all_marks(drive)

    readings.mark(reading=reading, marks=all_marks(drive), note="साफ़ लिखा है", by=readers[0], now=now)
    readings.mark(reading=reading, marks={first: None} | dict.fromkeys(rest, 5), note="", by=readers[0], now=now)

    reading.refresh_from_db()
    assert (reading.note, reading.read_at) == ("", now)
    assert dict(reading.marks.values_list("criterion", "mark")) == dict.fromkeys(rest, 5)
    assert [event.verb for event in audit.history(pile[0])] == ["read and marked"] * 2


def test_a_criterion_is_not_forgotten(drive, pile, readers, now):
    reading = the_one(pile[0], readers[0], now)
    some = all_marks(drive)
    forgotten = some.popitem()[0]

    with pytest.raises(Incomplete) as problem:
        readings.mark(reading=reading, marks=some | {999: 3}, note="", by=readers[0], now=now)

    assert problem.value.criteria == [forgotten]
    assert not reading.marks.exists()


def test_only_the_reader_marks_and_only_before_the_decision(drive, pile, readers, now):
    reading = the_one(pile[0], readers[0], now)

    with pytest.raises(NotYours):
        readings.mark(reading=reading, marks=all_marks(drive), note="", by=readers[1], now=now)
    Application.objects.filter(pk=pile[0].pk).update(status=Status.SHORTLISTED)
    with pytest.raises(Decided):
        readings.mark(reading=reading, marks=all_marks(drive), note="", by=readers[0], now=now)

    assert not reading.marks.exists()


def test_what_others_found_is_seen_after_ones_own_marks(drive, pile, readers, office, now):
    first, second = (the_one(pile[0], reader, now) for reader in readers[:2])
    readings.mark(reading=first, marks=all_marks(drive, 2), note="", by=readers[0], now=now)

    assert marks.of(application=pile[0], user=readers[1]) is None
    readings.mark(reading=second, marks=all_marks(drive, 5), note="", by=readers[1], now=now)

    found = marks.of(application=pile[0], user=readers[1])
    assert [(line.mean, line.n, line.is_spread) for line in found.lines] == [(3.5, 2, True)] * 3
    assert marks.of(application=pile[0], user=office).mean == 3.5
    assert [(line.user, line.mean, line.lean) for line in marks.readers(drive)] == [
        (readers[0], 2, -3), (readers[1], 5, 3),
    ]  # fmt: skip


# --- what comes next --------------------------------------------------------------------------------


def test_first_what_was_given_round_and_round(drive, pile, readers, now):
    given = [the_one(row, readers[0], now) for row in pile[:3]]

    def following(after):
        return readings.next_for(drive=drive, by=readers[0], now=now, after=after)

    assert [following(None), following(given[0]), following(given[2])] == [given[0], given[1], given[0]]


def test_who_was_given_nothing_gets_nothing(drive, pile, readers, now):
    assert readings.next_for(drive=drive, by=readers[0], now=now) is None


def test_who_reads_for_the_area_gets_the_least_read(drive, pile, readers, office, now):
    for row in pile[1:]:
        the_one(row, readers[0], now)

    reading = readings.next_for(drive=drive, by=office, now=now)

    assert (reading.application, reading.reader) == (pile[0], office)
    assert readings.next_for(drive=drive, by=office, now=now) == reading


def test_enough_readers_are_enough(drive, pile, readers, office, now):
    share(drive, readers, now)

    assert readings.next_for(drive=drive, by=office, now=now) is None


# --- told, reminded, taken back ----------------------------------------------------------------------


def told(template):
    return [
        (notice.phone, notice.context["count"], notice.status) for notice in Notice.objects.filter(template=template)
    ]


def test_readers_are_told_once_a_day_how_many(drive, pile, readers, now):
    readings.give(applications=pile[:2], reader=readers[0], by=None, now=now)
    readings.give(applications=pile[:5], reader=readers[0], by=None, now=now + timedelta(minutes=3))

    assert told("reading_given") == [(readers[0].phone, 2, "CANCELLED"), (readers[0].phone, 5, "QUEUED")]


def test_who_leaves_it_lying_is_reminded_every_three_days_and_never_at_night(drive, pile, readers, now):
    share(drive, readers[:1], now, each=1)
    days = [timedelta(days=number) for number in (2, 3, 3, 4, 6)]

    assert reading_reminders.remind(now=now + timedelta(days=3, hours=12)) == 0
    assert [reading_reminders.remind(now=now + day) for day in days] == [0, 1, 0, 0, 1]

    assert told("reading_reminder") == [(readers[0].phone, 12, "QUEUED")] * 2


def test_a_colleague_reminds_once_a_day(drive, pile, readers, office, now):
    share(drive, readers[:1], now, each=1)

    assert reading_reminders.remind_now(drive=drive, reader=readers[0], by=office, now=now) == 12
    with pytest.raises(reading_reminders.ToldToday):
        reading_reminders.remind_now(drive=drive, reader=readers[0], by=office, now=now + timedelta(hours=1))


def test_unread_ones_are_taken_back_and_read_ones_stay(drive, pile, readers, office, now):
    reading = the_one(pile[0], readers[0], now)
    readings.mark(reading=reading, marks=all_marks(drive), note="", by=readers[0], now=now)
    readings.give(applications=pile, reader=readers[0], by=None, now=now)

    assert readings.take_back(drive=drive, reader=readers[0], by=office, now=now) == 11

    assert Reading.objects.get() == reading
    assert Notice.objects.filter(template="reading_given", status="QUEUED").count() == 0
