"""A day is filled by rule: repeatable, explained, and taken back within ten minutes."""

from datetime import time, timedelta

import pytest

from interviews.domain import calling, conflicts, filling, panels, scheduling
from interviews.models import Interview
from portal import people
from tests.factories.sunday import SUNDAY, a_day, at, called, judges_of, shortlisted


def plan(day):
    return dict(Interview.objects.of_day(day).filter(slot__isnull=False).values_list("application", "slot"))


def test_the_same_seed_makes_the_same_plan_again(drive, places, now):
    day = a_day(drive, places.state, now, panels=2)
    for number in range(12):
        shortlisted(drive, places.danta, now, number)

    filling.fill(day=day, seed="ABC", by=None, now=now)
    first = plan(day)
    filling.take_back(day=day, by=None, now=now)
    assert plan(day) == {}
    filling.fill(day=day, seed="XYZ", by=None, now=now)
    other = plan(day)
    filling.take_back(day=day, by=None, now=now)
    filling.fill(day=day, seed="ABC", by=None, now=now)

    assert (plan(day) == first, other == first) == (True, False)
    day.refresh_from_db()
    assert day.fill_seed == "ABC"


def test_taking_back_leaves_whom_somebody_moved_fixed_or_told_since(day, drive, places, now):
    for number in range(4):
        shortlisted(drive, places.danta, now, number)
    filling.fill(day=day, by=None, now=now)
    moved, fixed, *_others = Interview.objects.with_person().select_related("day").order_by("pk")
    scheduling.place(interview=moved, slot=scheduling.free_slots(day)[5], by=None, now=now)
    scheduling.lock(interview=fixed, locked=True, by=None, now=now)

    assert filling.take_back(day=day, by=None, now=now + timedelta(minutes=9)) == 2
    assert set(plan(day)) == {moved.application_id, fixed.application_id}
    with pytest.raises(filling.TooLate):
        filling.take_back(day=day, by=None, now=now)


def test_what_was_told_or_is_old_is_not_taken_back(day, drive, places, now):
    shortlisted(drive, places.danta, now)
    filling.fill(day=day, by=None, now=now)

    with pytest.raises(filling.TooLate):
        filling.take_back(day=day, by=None, now=now + timedelta(minutes=11))
    calling.release(day=day, by=None, now=now)
    with pytest.raises(filling.TooLate):
        filling.take_back(day=day, by=None, now=now)


def test_who_is_known_to_every_panel_is_left_and_the_office_cannot_place_them_either(day, drive, places, now):
    judge = judges_of(day.panels.get())[0]
    known = shortlisted(drive, places.danta, now, 0)
    cousin = shortlisted(drive, places.danta, now, 1, phone=judge.phone)
    conflicts.declare(application=known, person=judge, by=None, now=now)

    assert filling.fill(day=day, by=None, now=now) == (0, 2, {"known": 2})
    for person in (known, cousin):
        with pytest.raises(conflicts.ConflictStands):
            scheduling.add(day=day, application=person, slot=scheduling.free_slots(day)[0], by=None, now=now)


def test_the_hours_in_which_a_person_can_come_are_hard(day, drive, places, now):
    late = shortlisted(drive, places.danta, now, come_from=time(14))
    never = shortlisted(drive, places.danta, now, 1, come_until=time(11))

    assert filling.fill(day=day, by=None, now=now) == (1, 1, {"wish": 1})

    interview = Interview.objects.with_person().select_related("day").get(application=late)
    assert interview.slot.starts_at == at(14, 4)
    assert interview.placed_because[1:] == [["wish", 14 * 60, None]]
    early = scheduling.free_slots(day)[0]
    with pytest.raises(scheduling.NotThen):
        scheduling.place(interview=interview, slot=early, by=None, now=now)
    with pytest.raises(scheduling.NotThen):
        scheduling.add(day=day, application=never, slot=early, by=None, now=now)


def test_an_exchange_keeps_the_hard_rules(day, drive, places, now):
    late = called(day, shortlisted(drive, places.danta, now, come_from=time(14)), now, scheduling.free_slots(day)[30])
    other = called(day, shortlisted(drive, places.danta, now, 1), now)

    with pytest.raises(scheduling.NotThen):
        scheduling.swap(first=other, second=late, by=None, now=now)

    assert Interview.objects.get(pk=late.pk).slot_id == late.slot_id


def test_nobody_is_given_a_time_while_the_panel_or_its_only_member_is_away(drive, places, now):
    day = a_day(drive, places.state, now, judges=1)
    panel = day.panels.get()
    slot = scheduling.free_slots(day).get(starts_at=at(12, 4))
    person = judges_of(panel)[0]
    panels.pause(panel=panel, person=person, starts_at=at(12), ends_at=at(13), by=None, now=now)
    panels.pause(panel=panel, starts_at=at(15), ends_at=at(16), why="बैठक", by=None, now=now)

    with pytest.raises(scheduling.PanelAway):
        scheduling.add(day=day, application=shortlisted(drive, places.danta, now), slot=slot, by=None, now=now)
    assert not scheduling.free_slots(day).filter(starts_at__gte=at(15), starts_at__lt=at(16)).exists()


def test_a_person_with_an_interview_elsewhere_is_not_called_here_at_that_time(day, drive, places, now):
    elsewhere = a_day(type(drive).objects.create(**copied(drive)), places.state, now, panels=0)
    judge = people.know(phone="9811100900", name="लता जैन", now=now)
    panels.add_panel(day=elsewhere, name="पैनल", room="ज", members=[judge], by=None, now=now)
    there = shortlisted(elsewhere.drive, places.danta, now)
    here = shortlisted(drive, places.danta, now, phone=there.phone)
    scheduling.add(day=elsewhere, application=there, slot=scheduling.free_slots(elsewhere)[0], by=None, now=now)

    with pytest.raises(scheduling.ElsewhereThen):
        scheduling.add(day=day, application=here, slot=scheduling.free_slots(day)[0], by=None, now=now)
    filling.fill(day=day, by=None, now=now)

    assert Interview.objects.get(application=here).from_at == at(11, 8)


def copied(drive):
    skip = {"id", "slug"}
    return {f.attname: getattr(drive, f.attname) for f in drive._meta.concrete_fields if f.name not in skip} | {
        "slug": "doosra-2025"
    }


def test_who_did_not_come_can_be_given_a_time_on_another_day(day, drive, places, now):
    application = shortlisted(drive, places.danta, now)
    second = a_day(drive, places.state, now, panels=0, date=SUNDAY + timedelta(days=7))
    interview = called(day, application, now)
    assert list(scheduling.unplaced(second)) == []

    Interview.objects.filter(pk=interview.pk).update(status="NO_SHOW")

    assert list(scheduling.unplaced(second)) == [application]
    assert list(scheduling.unplaced(day)) == []


def test_several_days_are_filled_from_all_their_places(drive, places, now):
    first = a_day(drive, places.state, now, slot_minutes=150)
    second = a_day(drive, places.state, now, slot_minutes=150, date=SUNDAY + timedelta(days=7), panels=0)
    judge = people.know(phone="9811100901", name="लता जैन", now=now)
    panels.add_panel(day=second, name="पैनल 1", room="अ", members=[judge], by=None, now=now)
    for number in range(5):
        shortlisted(drive, places.danta, now, number)

    assert filling.fill_days(days=[first, second], by=None, now=now) == (4, 1, {"full": 1})
    assert [Interview.objects.of_day(day).count() for day in (first, second)] == [2, 2]
