"""Panels change during the day: one leaves, members move on, and the plan knows who sits before whom."""

from datetime import time, timedelta

import pytest

from interviews.domain import conflicts, hours, leaving, panels, queueing, rotating, scheduling, turnout
from interviews.models import Interview, PanelMember, Slot
from tests.factories.sunday import SUNDAY, a_day, at, called, judges_of, shortlisted


@pytest.fixture
def two(drive, places, now):
    """A day with two panels of two."""
    return a_day(drive, places.state, now, panels=2)


def slot_of(day, room, when):
    return Slot.objects.select_related("panel__day").get(panel__day=day, panel__room=room, starts_at=when)


def test_a_panel_that_leaves_sends_its_people_to_the_others(two, drive, places, now):
    first, second = two.panels.order_by("room")
    late = called(two, shortlisted(drive, places.danta, now, 0), now, slot_of(two, "अ", at(15, 0)))
    early = called(two, shortlisted(drive, places.danta, now, 1), now, slot_of(two, "अ", at(11, 0)))
    waits = called(two, shortlisted(drive, places.danta, now, 2), now, slot_of(two, "अ", at(13, 56)))
    queueing.check_in(interview=waits, by=None, now=at(13, 30))

    done = leaving.leave(panel=first, at=at(14), by=None, now=at(13, 40))

    rows = dict(Interview.objects.values_list("pk", "panel"))
    assert done == (1, 1, 0)
    assert rows == {late.pk: second.pk, early.pk: first.pk, waits.pk: second.pk}
    assert Interview.objects.get(pk=late.pk).slot == slot_of(two, "ब", at(15, 0))
    assert not Slot.objects.filter(panel=first, starts_at__gte=at(14), interviews=None).exists()


def test_who_comes_after_a_panel_left_waits_for_another(two, drive, places, now):
    first, second = two.panels.order_by("room")
    late = called(two, shortlisted(drive, places.danta, now, 0), now, slot_of(two, "अ", at(13, 48)))
    inside = called(two, shortlisted(drive, places.danta, now, 1), now, slot_of(two, "अ", at(13, 56)))
    busy = called(two, shortlisted(drive, places.danta, now, 2), now, slot_of(two, "ब", at(15, 0)))
    queueing.check_in(interview=inside, by=None, now=at(13, 30))
    queueing.call_next(panel=first, by=None, now=at(13, 50))
    leaving.leave(panel=first, at=at(14), by=None, now=at(13, 52))
    late.refresh_from_db()
    inside.refresh_from_db()

    queueing.check_in(interview=late, by=None, now=at(14, 10))
    queueing.skip(interview=inside, by=None, now=at(14, 11))
    walked_in = queueing.walk_in(day=two, application=shortlisted(drive, places.danta, now, 3), by=None, now=at(14, 12))

    rows = dict(Interview.objects.values_list("pk", "panel"))
    assert rows == dict.fromkeys([late.pk, inside.pk, busy.pk, walked_in.pk], second.pk)


def test_where_no_time_is_free_the_time_stays_and_another_room_hears_the_person(drive, places, now):
    day = a_day(drive, places.state, now, panels=2, slot_minutes=150)
    first, second = day.panels.order_by("room")
    people = [shortlisted(drive, places.danta, now, number) for number in range(4)]
    held = [called(day, one, now, slot) for one, slot in zip(people, scheduling.free_slots(day), strict=True)]
    judge = judges_of(second)[0]
    last = next(row for row in held if row.panel == first and row.slot.starts_at > at(12))
    told = last.called_for

    assert leaving.leave(panel=first, at=at(13, 30), by=None, now=at(12)) == (0, 1, 0)
    last.refresh_from_db()
    assert (last.panel, last.slot.starts_at, last.called_for) == (second, told, told)

    Interview.objects.filter(pk=last.pk).update(panel=first)
    conflicts.declare(application=last.application, person=judge, by=None, now=now)
    assert leaving.leave(panel=first, at=at(13, 30), by=None, now=at(12)) == (0, 0, 1)
    assert Interview.objects.get(pk=last.pk).slot is None


def test_who_sits_before_a_person_is_told_by_the_time(two, drive, places, now):
    first, second = two.panels.order_by("room")
    goes = first.memberships.order_by("person_id").last()
    panels.remove_member(member=goes, since=at(14), by=None, now=now)
    panels.add_member(panel=second, person=goes.person, since=at(14), by=None, now=now)
    before = called(two, shortlisted(drive, places.danta, now, 0), now, slot_of(two, "अ", at(13, 56)))
    after = called(two, shortlisted(drive, places.danta, now, 1), now, slot_of(two, "अ", at(14, 4)))

    assert [goes.person in [one.person for one in panels.sitting(row)] for row in (before, after)] == [True, False]
    with pytest.raises(panels.MemberTaken):
        panels.add_member(panel=first, person=goes.person, since=at(16), by=None, now=now)


def test_members_change_rooms_as_proposed_and_the_panels_hang_together(two, drive, places, now):
    for number in range(16):
        slots = scheduling.free_slots(two)
        scheduling.add(
            day=two, application=shortlisted(drive, places.danta, now, number), slot=slots[0], by=None, now=now
        )
    before = {(one.person_id, one.panel_id) for one in PanelMember.objects.all()}

    proposal = rotating.propose(two)
    count = rotating.apply(day=two, by=None, now=now)

    after = {(one.person_id, one.panel_id) for one in PanelMember.objects.all()}
    assert proposal.linked
    assert count == len(proposal.moves) == len(after - before) == 2
    assert rotating.propose(two).moves == []
    with pytest.raises(rotating.NothingToRotate):
        rotating.apply(day=two, by=None, now=now)


def test_a_panel_that_opens_later_and_closes_earlier_has_fewer_times(day, now):
    panel = day.panels.get()

    panels.change_panel(panel=panel, room="क9", opens=time(12), closes=time(13), by=None, now=now)

    first, *_others, last = [slot.starts_at for slot in scheduling.free_slots(day)]
    assert (first, last, panel.slots.count()) == (at(12, 4), at(12, 52), 7)
    assert hours.capacity(day) == 45


def test_turnout_is_learned_from_closed_days_and_drawn_to_sixty(day, drive, places, now):
    assert turnout.expected(day) == (60, 0, False)
    former = a_day(drive, places.state, now, panels=0, date=SUNDAY - timedelta(days=7))
    for number in range(10):
        application = shortlisted(drive, places.danta, now, number)
        Interview.objects.create(day=former, application=application, status="NO_SHOW", called_version=1)
    type(former).objects.filter(pk=former.pk).update(locked_at=now)

    assert turnout.expected(day) == (48, 10, False)
    day.turnout = 75
    assert turnout.expected(day) == (75, 0, True)


def test_what_would_give_more_times_is_told_with_numbers(drive, places, now):
    lunch = {"break_starts": time(13), "break_ends": time(13, 45)}
    day = a_day(drive, places.state, now, panels=3, **lunch)

    assert turnout.offers(day, 3, 117) == [("shorter", 6, 135), ("panel", 4, 156), ("day", 2, 234)]
