from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.domain.fairness import adjust
from interviews.domain.linking import InTwoRooms, Time, propose

pytestmark = pytest.mark.once

ELEVEN = datetime(2025, 11, 16, 11, tzinfo=ZoneInfo("Asia/Kolkata"))
THREE = {"A": ["a1", "a2", "a3"], "B": ["b1", "b2", "b3"], "C": ["c1", "c2", "c3"]}


def a_day(rooms, each, lunch_after=None):
    """Times of eight minutes in each room, someone called to each; half an hour of lunch."""
    times = []
    for room in rooms:
        for number in range(each):
            eaten = 30 if lunch_after is not None and number >= lunch_after else 0
            starts = ELEVEN + timedelta(minutes=8 * number + eaten)
            times.append(Time(room, starts, starts + timedelta(minutes=7), f"{room}{number}"))
    return times


def marks(proposal, times):
    """A mark of each who sits in the room for each who is called there."""
    return [
        (time.candidate, sitting.member, 10.0)
        for time in times
        for sitting in proposal.sittings
        if sitting.panel == time.panel and sitting.starts_at <= time.starts_at < sitting.ends_at
    ]


def test_by_thirds_each_room_lends_one_who_sees_them_all():
    times = a_day(THREE, 39)

    proposal = propose(THREE, times)

    assert proposal.linked
    assert [(move.member, move.leaves, move.joins) for move in proposal.moves] == [
        *[("a3", "A", "B"), ("b3", "B", "C"), ("c3", "C", "A")],
        *[("a3", "B", "C"), ("b3", "C", "A"), ("c3", "A", "B")],
    ]
    assert {move.at for move in proposal.moves} == {times[13].starts_at, times[26].starts_at}
    assert adjust(marks(proposal, times)).separable
    assert Counter(member for _candidate, member, _mark in marks(proposal, times)) == {
        member: 39 for members in THREE.values() for member in members
    }


def test_two_rooms_exchange_once_at_lunch():
    panels, times = {"A": ["a", "b"], "B": ["c", "d"]}, a_day("AB", 20, lunch_after=11)

    proposal = propose(panels, times)

    assert [(move.member, move.joins, move.at) for move in proposal.moves] == [
        ("b", "B", times[11].starts_at),
        ("d", "A", times[11].starts_at),
    ]
    with translation.override("en"):
        assert propose(panels, times).moves[0].reason == (
            "Ties B to A: marks 11 people in A before and 9 in B after, so that strictness can be told from ability."
        )


def test_a_short_day_is_halved():
    assert {move.at for move in propose(THREE, a_day(THREE, 8)).moves} == {ELEVEN + timedelta(minutes=32)}


def test_who_stays_stays_and_who_knows_people_of_other_rooms_too():
    proposal = propose(THREE, a_day(THREE, 8), stays=["a3"], apart=[("b3", "C7"), ("c3", "C0")])

    assert [move.member for move in proposal.moves] == ["a2", "b2", "c3"]


def test_one_room_needs_no_exchange():
    proposal = propose({"A": ["a", "b"], "B": ["c"]}, a_day("A", 10))

    assert (proposal.linked, proposal.moves) == (True, [])
    assert [sitting.member for sitting in proposal.sittings] == ["a", "b"]


def test_one_person_in_each_room_ties_nothing():
    proposal = propose({"A": ["a"], "B": ["b"]}, a_day("AB", 10))

    assert not proposal.linked
    assert proposal.moves == []
    assert proposal.why_not


def test_rooms_that_never_begin_together_are_told_so():
    late = [
        time._replace(starts_at=time.starts_at - timedelta(minutes=4), ends_at=time.ends_at - timedelta(minutes=4))
        for time in a_day("B", 10)
    ]

    proposal = propose({"A": ["a", "b"], "B": ["c", "d"]}, a_day("A", 10) + late)

    assert not proposal.linked


def test_nobody_may_leave_a_room():
    panels = {"A": ["a", "b"], "B": ["c", "d"]}

    assert not propose(panels, a_day("AB", 10), stays=["a", "b", "c", "d"]).linked


def test_nobody_is_a_member_twice():
    with pytest.raises(InTwoRooms):
        propose({"A": ["a", "b"], "B": ["b"]}, a_day("AB", 4))


def test_without_times_there_is_nothing_to_propose():
    assert propose(THREE, []).sittings == []


days = st.builds(
    lambda sizes, each, lunch: (
        {f"R{room}": [f"R{room}.{one}" for one in range(size)] for room, size in enumerate(sizes)},
        a_day([f"R{room}" for room in range(len(sizes))], each, lunch),
    ),
    st.lists(st.integers(2, 5), min_size=2, max_size=6),
    st.integers(2, 30),
    st.none() | st.integers(1, 25),
)


@settings(max_examples=25)
@given(days)
def test_whatever_the_day_rooms_hang_together_and_nobody_is_in_two(day):
    panels, times = day

    proposal = propose(panels, times)

    assert proposal.linked
    assert adjust(marks(proposal, times)).separable
    of = {
        member: [one for one in proposal.sittings if one.member == member] for own in panels.values() for member in own
    }
    for own in of.values():
        assert all(one.ends_at == other.starts_at for one, other in pairwise(own))
        assert (own[0].starts_at, own[-1].ends_at) == (ELEVEN, max(time.ends_at for time in times))
    for time in times:
        here = [one for one in proposal.sittings if one.starts_at <= time.starts_at < one.ends_at]
        assert Counter(one.panel for one in here) == {room: len(members) for room, members in panels.items()}
        assert not any(time.starts_at < move.at < time.ends_at for move in proposal.moves)
