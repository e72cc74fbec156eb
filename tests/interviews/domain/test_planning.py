from datetime import time
from itertools import pairwise

import pytest

from interviews.domain import hours, panels, planning, scheduling
from interviews.models import Panel, PanelMember, Slot
from portal.models import Event, User
from tests.factories.desk import a_drive
from tests.factories.sunday import a_day, a_judge, at, shortlisted

LUNCHES = [(time(13), time(13, 45)), (time(13, 30), time(14, 15)), (time(12, 50), time(13, 35))]


@pytest.mark.parametrize(("length", "gap", "seen"), [(7, 1, 39), (10, 2, 26), (5, 1, 52)])
@pytest.mark.parametrize("lunch", LUNCHES)
def test_a_panel_sees_as_many_as_the_arithmetic_says_wherever_lunch_lies(drive, places, now, lunch, length, gap, seen):
    day = a_day(
        drive,
        places.state,
        now,
        panels=3,
        slot_minutes=length,
        gap_minutes=gap,
        break_starts=lunch[0],
        break_ends=lunch[1],
    )

    assert hours.capacity(day) == seen
    assert Slot.objects.filter(panel__day=day).count() == 3 * seen


def test_who_went_in_before_lunch_is_heard_to_the_end_and_lunch_keeps_its_length(drive, places, now):
    day = a_day(drive, places.state, now, break_starts=time(13, 30), break_ends=time(14, 15))

    spans = hours.times(day)

    last = max(span for span in spans if span.starts_at < at(13, 30))
    first = min(span for span in spans if span.starts_at > at(13, 30))
    assert (last.starts_at, first.starts_at) == (at(13, 24), at(14, 17))
    assert spans[-1].ends_at <= at(17)


def test_a_day_without_lunch_goes_through(day):
    assert [hours.times(day)[0].starts_at, hours.capacity(day)] == [at(11), 45]


@pytest.mark.parametrize(
    "window",
    [
        {"starts": time(17), "ends": time(11)},
        {"break_starts": time(10), "break_ends": time(11)},
        {"break_starts": time(13), "break_ends": None},
        {"slot_minutes": 2},
        {"starts": time(11), "ends": time(11, 5)},
    ],
)
def test_a_day_into_which_nothing_fits_is_not_planned(drive, places, now, window):
    with pytest.raises(planning.BadWindow):
        a_day(drive, places.state, now, **window)


def test_a_drive_has_one_day_on_a_date(day, drive, places, now):
    with pytest.raises(planning.DayTaken):
        a_day(drive, places.state, now)


def test_the_seed_of_the_lot_stands_in_the_log_from_the_beginning(day):
    assert Event.objects.get(verb="planned a day").data == {"date": "2025-11-16", "lot": day.lot}


def test_members_of_a_panel_can_sign_in_and_sit_in_one_room_a_date(day, places, now):
    judge = a_judge(now, 0)
    elsewhere = a_day(a_drive(places.state, now, slug="zila-2025"), places.state, now, panels=0)

    with pytest.raises(panels.MemberTaken) as taken:
        panels.add_panel(day=elsewhere, name="पैनल 1", room="ब2", members=[judge], by=None, now=now)

    assert taken.value.person == judge
    assert Panel.objects.filter(day=elsewhere).count() == 0
    assert User.objects.filter(person=judge).count() == 1


def test_a_room_holds_one_panel(day, now):
    with pytest.raises(panels.RoomTaken):
        panels.add_panel(day=day, name="पैनल 9", room="अ", members=[a_judge(now, 9)], by=None, now=now)

    assert PanelMember.objects.filter(person__phone="+919811100009").count() == 0


def test_new_hours_leave_the_times_in_use_alone(day, drive, places, now):
    kept = scheduling.add(
        day=day,
        application=shortlisted(drive, places.danta, now),
        slot=Slot.objects.get(starts_at=at(11, 8)),
        by=None,
        now=now,
    ).slot

    count = planning.change_day(day=day, slot_minutes=10, gap_minutes=2, by=None, now=now)

    slots = list(Slot.objects.filter(panel__day=day).order_by("starts_at"))
    assert kept in slots
    assert count == len(slots) == 29  # 30 of ten minutes, two of which would run into the kept one
    assert all(before.ends_at <= after.starts_at for before, after in pairwise(slots))


def test_pressing_twice_makes_no_time_twice(day, now):
    before = set(Slot.objects.values_list("starts_at", "ends_at"))

    assert hours.make_slots(day=day, by=None, now=now) == 45
    assert set(Slot.objects.values_list("starts_at", "ends_at")) == before


def test_a_key_of_a_board_ends_with_the_week_or_at_once(day, now):
    board = planning.open_board(day=day, by=None, now=now)
    week = now + planning.BOARD_LIVES

    assert planning.living_boards(day, now) == [board]
    assert planning.living_boards(day, week) == []
    planning.close_board(board=board, by=None, now=now)
    assert planning.living_boards(day, now) == []
