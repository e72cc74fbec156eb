import pytest

from applications.domain import withdrawing
from interviews.domain import filling, scheduling
from interviews.models import Interview, Slot
from portal.transitions import Stale
from tests.factories.sunday import a_day, called, shortlisted


def free(day, place=0):
    return scheduling.free_slots(day)[place]


def test_fill_gives_times_to_those_who_can_come_and_leaves_the_others(day, drive, places, now):
    able = [shortlisted(drive, places.danta, now, number) for number in range(3)]
    for number, answer in enumerate(["no", "other", ""], start=10):
        shortlisted(drive, places.danta, now, number, can_come=answer)

    filled = filling.fill(day=day, by=None, now=now)

    assert filled == (3, 0, {})
    assert {row.application for row in Interview.objects.filter(slot__isnull=False, panel__isnull=False)} == set(able)
    assert filling.fill(day=day, by=None, now=now) == (0, 0, {})
    assert scheduling.unplaced(day).count() == 3


def test_fill_says_how_many_found_no_time(drive, places, now):
    day = a_day(drive, places.state, now, slot_minutes=150)
    for number in range(4):
        shortlisted(drive, places.danta, now, number)

    assert filling.fill(day=day, by=None, now=now) == (2, 2, {"full": 2})


def test_fill_keeps_who_has_a_time_and_reuses_the_time_of_who_withdrew(drive, places, now):
    day = a_day(drive, places.state, now, slot_minutes=150)
    gone, stays, comes = (shortlisted(drive, places.danta, now, number) for number in range(3))
    first = called(day, gone, now)
    kept = called(day, stays, now)
    withdrawing.withdraw(application=gone, why="", now=now)

    assert filling.fill(day=day, by=None, now=now) == (1, 0, {})

    kept.refresh_from_db()
    first.refresh_from_db()
    assert (first.status, first.slot) == ("CANCELLED", None)
    assert set(Interview.objects.in_plan().values_list("application", flat=True)) == {stays.pk, comes.pk}
    assert kept.slot_id != Interview.objects.get(application=comes).slot_id


def test_a_time_belongs_to_one(day, drive, places, now):
    one, other = (called(day, shortlisted(drive, places.danta, now, number), now) for number in range(2))

    with pytest.raises(scheduling.SlotTaken):
        scheduling.place(interview=other, slot=one.slot, by=None, now=now)

    other.refresh_from_db()
    assert other.slot != one.slot


def test_a_person_has_one_time_a_day_and_stands_on_the_list(day, drive, places, now):
    application = shortlisted(drive, places.danta, now)
    scheduling.add(day=day, application=application, slot=free(day), by=None, now=now)

    with pytest.raises(scheduling.HasInterview):
        scheduling.add(day=day, application=application, slot=free(day), by=None, now=now)
    application.status = "WAITING"
    with pytest.raises(scheduling.NotShortlisted):
        scheduling.add(day=day, application=application, slot=free(day), by=None, now=now)

    assert Interview.objects.count() == 1


def test_times_are_exchanged(day, drive, places, now):
    one, other = (called(day, shortlisted(drive, places.danta, now, number), now) for number in range(2))
    slots = (one.slot_id, other.slot_id)

    scheduling.swap(first=one, second=other, by=None, now=now)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (other.slot_id, one.slot_id) == slots


def test_a_fixed_time_stays_until_it_is_let_go(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    scheduling.lock(interview=interview, locked=True, by=None, now=now)

    with pytest.raises(scheduling.Locked):
        scheduling.place(interview=interview, slot=free(day), by=None, now=now)
    with pytest.raises(scheduling.Locked):
        scheduling.unplace(interview=interview, by=None, now=now)

    scheduling.lock(interview=interview, locked=False, by=None, now=now)
    scheduling.unplace(interview=interview, by=None, now=now)
    assert Interview.objects.get().slot is None


def test_two_colleagues_who_move_one_person_do_not_undo_each_other(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    same = Interview.objects.with_person().select_related("day").get()
    scheduling.place(interview=interview, slot=free(day), by=None, now=now)

    with pytest.raises(Stale):
        scheduling.place(interview=same, slot=free(day, 5), by=None, now=now)

    assert Interview.objects.get().slot == interview.slot


def test_a_time_of_another_day_is_none_of_ours(day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    elsewhere = Slot(panel=day.panels.model(day_id=0), starts_at=now, ends_at=now)

    with pytest.raises(scheduling.SlotTaken):
        scheduling.place(interview=interview, slot=elsewhere, by=None, now=now)
