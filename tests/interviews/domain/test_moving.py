"""A whole day is cancelled, moved or copied: who knew of it is told, and hard rules hold."""

from datetime import timedelta

import pytest

from interviews.domain import cancelling, moving, panels, planning, scheduling
from interviews.models import Interview, InterviewDay, Slot
from portal import outbox, wording
from portal.models import Notice
from tests.factories.sunday import SUNDAY, a_day, a_judge, arrived, at, called, judges_of, shortlisted
from tests.interviews.domain.test_filling import copied

MONDAY = SUNDAY + timedelta(days=1)


@pytest.fixture
def known(day, drive, places, now):
    """A day on which one was called, one has a draft, and the panel was told."""
    interview = called(day, shortlisted(drive, places.danta, now), now)
    scheduling.add(
        day=day,
        application=shortlisted(drive, places.danta, now, 1),
        slot=scheduling.free_slots(day)[0],
        by=None,
        now=now,
    )
    outbox.send_due(now=now)
    return interview


def texts(template):
    return [wording.of(one).text for one in Notice.objects.filter(template=template).order_by("pk")]


def test_a_cancelled_day_tells_who_knew_of_it_and_everyone_waits_for_another_day(day, drive, places, known, now):
    other = a_day(drive, places.state, now, panels=0, date=MONDAY)

    found = cancelling.cancel_day(day=day, kind="weather", by=None, now=now)

    assert [len(group) for group in found] == [1, 0, 2]
    [text] = texts("day_cancelled")
    assert "16 नवंबर 2025" in text
    assert len(texts("panel_day_off")) == 2
    assert scheduling.unplaced(other).count() == 2
    assert not scheduling.free_slots(day).exclude(interviews=None).exists()
    with pytest.raises(scheduling.DayClosed):
        cancelling.cancel_day(day=day, kind="weather", by=None, now=now)
    cancelling.hold_after_all(day=day, by=None, now=now)
    assert InterviewDay.objects.get(pk=day.pk).cancelled_at is None


def test_a_call_that_has_not_left_is_taken_back_without_a_word(day, drive, places, now):
    called(day, shortlisted(drive, places.danta, now), now)

    cancelling.cancel_day(day=day, kind="other", words="हॉल बंद है", by=None, now=now)

    assert not Notice.objects.exclude(status="CANCELLED").exists()


def test_a_day_that_has_begun_is_neither_cancelled_nor_moved(day, drive, places, now):
    arrived(day, shortlisted(drive, places.danta, now), now)

    with pytest.raises(cancelling.HasBegun):
        cancelling.cancel_day(day=day, kind="weather", by=None, now=now)
    with pytest.raises(cancelling.HasBegun):
        moving.move_day(day=day, to=MONDAY, by=None, now=now)
    with pytest.raises(cancelling.NeedsWords):
        cancelling.cancel_day(day=day, kind="other", by=None, now=now)


def test_a_moved_day_keeps_hours_and_order_and_tells_the_new_date(day, known, now):
    told = moving.move_day(day=day, to=MONDAY, by=None, now=now)

    assert told == (0, 1, 0, 2)
    assert "17 नवंबर 2025, सुबह 11:00 बजे" in texts("call_changed")[0]
    assert all("17 नवंबर 2025" in text for text in texts("panel_changed"))
    slot = Slot.objects.get(interviews=known)
    interview = Interview.objects.get(pk=known.pk)
    assert (slot.starts_at, interview.from_at, interview.called_for) == (at(11, day=MONDAY),) * 3
    assert InterviewDay.objects.get(pk=day.pk).date == day.panels.get().date == MONDAY
    assert Interview.objects.get(called_version=0).slot.starts_at == at(11, 8, MONDAY)


def test_what_stands_on_the_other_date_is_seen_before_and_holds(day, drive, places, panel, known, now):
    other = a_day(type(drive).objects.create(**copied(drive)), places.state, now, panels=0, date=MONDAY)
    judge = judges_of(panel)[0]
    panels.add_panel(day=other, name="पैनल", room="अ", members=[judge], by=None, now=now)
    same = shortlisted(other.drive, places.danta, now, 0)
    scheduling.add(day=other, application=same, slot=scheduling.free_slots(other)[0], by=None, now=now)

    found = moving.clashes(day, MONDAY)

    assert [panel.room for panel in found.rooms] == ["अ"]
    assert [stay.person for stay in found.members] == [judge]
    assert [row.pk for row in found.people] == [known.pk]
    with pytest.raises(moving.InTheWay):
        moving.move_day(day=day, to=MONDAY, by=None, now=now)
    with pytest.raises(moving.Past):
        moving.move_day(day=day, to=MONDAY, by=None, now=at(12, day=MONDAY))


def test_who_is_busy_then_loses_the_time_and_is_told(day, drive, places, known, now):
    other = a_day(type(drive).objects.create(**copied(drive)), places.state, now, panels=0, date=MONDAY)
    panels.add_panel(day=other, name="पैनल", room="ज", members=[a_judge(now, 9)], by=None, now=now)
    same = shortlisted(other.drive, places.danta, now, 0)
    scheduling.add(day=other, application=same, slot=scheduling.free_slots(other)[0], by=None, now=now)

    assert moving.move_day(day=day, to=MONDAY, by=None, now=now) == (0, 0, 1, 2)

    assert Interview.objects.get(pk=known.pk).slot is None


def test_a_copy_has_the_set_up_and_nobody_in_it(day, drive, places, panel, known, now):
    panels.change_panel(panel=panel, closes=at(14).time(), by=None, now=now)
    first, second = judges_of(panel)
    panels.change_speaks(panel=panel, person=first, speaks=["mwr"], by=None, now=now)
    elsewhere = a_day(type(drive).objects.create(**copied(drive)), places.state, now, panels=0, date=MONDAY)
    panels.add_panel(day=elsewhere, name="पैनल", room="ज", members=[second], by=None, now=now)

    new = moving.copy_day(day=day, to=MONDAY, by=None, now=now)

    own = new.panels.get()
    assert (own.name, own.room, own.closes) == (panel.name, panel.room, at(14).time())
    assert list(own.memberships.values_list("person", "speaks", "told_as")) == [(first.pk, ["mwr"], "")]
    assert own.slots.filter(starts_at__gte=at(14, day=MONDAY)).count() == 0 < own.slots.count()
    assert not new.interviews.exists()
    with pytest.raises(planning.DayTaken):
        moving.copy_day(day=day, to=MONDAY, by=None, now=now)
