"""The standby list: proposed by an order, with reasons; told; taken off; placed after all."""

from datetime import timedelta

import pytest

from interviews.domain import cancelling, filling, moving, standing_by
from interviews.domain.reserve import on_standby
from interviews.domain.scheduling import HasInterview, unplaced
from interviews.models import Interview
from portal import outbox, wording
from portal.models import Notice
from portal.transitions import Stale
from tests.factories.sunday import SUNDAY, called, shortlisted


@pytest.fixture
def people(drive, places, now):
    """Two of Alwar and one of Sikar; the second cannot come."""
    shortlisted(drive, places.ramgarh, now, 1)
    shortlisted(drive, places.danta, now, 2, can_come="no")
    shortlisted(drive, places.danta, now, 3)
    return 3


def ready(day):
    return list(unplaced(day).select_related("unit__district"))


def named(day, now, count=2, order="near"):
    chosen = standing_by.propose(day=day, people=ready(day), count=count, order=order)
    standing_by.name_all(day=day, chosen=chosen, by=None, now=now)
    return list(on_standby(day))


def test_the_nearest_come_first_and_say_why(day, people, places, now):
    day.held_in = places.sikar
    rows = named(day, now)

    assert [(row.standby, row.application.unit) for row in rows] == [(1, places.danta), (2, places.ramgarh)]
    assert rows[0].placed_because == [["km", 0]]
    assert rows[1].placed_because[0][1] > 50


def test_by_applying_the_former_come_first(day, people, places, now):
    rows = named(day, now, count=1, order="turn")

    assert [(row.application.unit, row.placed_because[0]) for row in rows] == [(places.ramgarh, ["applied", 1])]


def test_nobody_is_told_before_the_office_says_so_and_each_once(day, people, now):
    named(day, now)
    assert Notice.objects.count() == 0

    assert [standing_by.tell(day=day, by=None, now=now) for _twice in range(2)] == [2, 0]

    text = wording.of(Notice.objects.filter(template="standby").first()).text
    assert ("16 नवंबर" in text, Notice.objects.count()) == (True, 2)


def test_who_is_taken_off_hears_it_only_if_they_knew(day, people, now, office):
    first, second = named(day, now)
    standing_by.take_off(interview=first, by=office, now=now)
    standing_by.tell(day=day, by=office, now=now)
    outbox.send_due(now=now)
    standing_by.take_off(interview=second_fresh(second), by=office, now=now)

    assert list(on_standby(day)) == []
    assert list(Notice.objects.filter(template="standby_over").values_list("phone", flat=True)) == [
        second.application.phone
    ]
    with pytest.raises(Stale):
        standing_by.take_off(interview=second, by=office, now=now)


def second_fresh(row):
    return Interview.objects.with_person().select_related("day").get(pk=row.pk)


def test_who_stands_by_gets_a_time_when_there_is_one(day, people, now):
    rows = named(day, now)

    filling.fill(day=day, by=None, now=now)

    assert list(on_standby(day)) == []
    assert Interview.objects.filter(pk__in=[row.pk for row in rows], slot__isnull=False).count() == 2


def test_who_has_a_time_does_not_stand_by(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)

    with pytest.raises(HasInterview):
        standing_by.name_all(day=day, chosen=[(interview.application, [])], by=None, now=now)


def test_a_moved_or_cancelled_day_is_told_to_those_who_stand_by(day, people, now, office):
    named(day, now, count=1)
    standing_by.tell(day=day, by=office, now=now)
    outbox.send_due(now=now)

    moving.move_day(day=day, to=SUNDAY + timedelta(days=7), by=office, now=now + timedelta(hours=1))
    outbox.send_due(now=now + timedelta(hours=1))
    cancelling.cancel_day(day=day, kind="weather", by=office, now=now + timedelta(hours=2))

    assert ["23 नवंबर" in wording.of(row).text for row in Notice.objects.filter(template="standby").order_by("pk")] == [
        False,
        True,
    ]
    assert Notice.objects.filter(template="day_cancelled").count() == 1
