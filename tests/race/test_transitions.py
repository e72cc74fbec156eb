"""Many hands move the same rows: each row goes one way, once."""

import pytest
from django.db import transaction

from portal import outbox, transitions
from portal.models import Event, Notice
from portal.models.notices import NoticeStatus as Status
from portal.transitions import Stale
from tests.race.barrier import run_together

HANDS = 8
MOVES = {Status.QUEUED: {Status.SENT, Status.CANCELLED}}


def rows(now, many):
    outbox.queue(
        Notice(key=f"code:{number}", phone="+919829012345", template="code", due_at=now) for number in range(many)
    )
    return list(Notice.objects.order_by("pk"))


def ways(number):
    return Status.SENT if number % 2 else Status.CANCELLED


def test_one_of_many_hands_moves_a_row(transactional_db, now):
    (row,) = rows(now, 1)
    copies = [Notice.objects.get(pk=row.pk) for _ in range(HANDS)]

    def move(number):
        transitions.move(copies[number], to=ways(number), table=MOVES, by=None, now=now)

    outcomes = run_together(HANDS, move)

    assert [type(outcome) for outcome in outcomes].count(Stale) == HANDS - 1
    assert outcomes.count(None) == 1
    assert Event.objects.filter(kind="portal.notice").count() == 1


def test_without_the_conditional_update_all_hands_win(transactional_db, now):
    """The twin: look, then write. Everyone believes to have moved the row."""
    (row,) = rows(now, 1)
    copies = [Notice.objects.get(pk=row.pk) for _ in range(HANDS)]

    def look_then_write(number):
        assert ways(number) in MOVES[copies[number].status]
        return Notice.objects.filter(pk=row.pk).update(status=ways(number))

    assert sum(run_together(HANDS, look_then_write)) == HANDS


@pytest.mark.parametrize("hands", [2, HANDS])
def test_overlapping_lists_never_stop_each_other_and_no_row_moves_twice(transactional_db, now, hands):
    everyone = rows(now, 300)
    pks = [row.pk for row in everyone]

    def move_mine(number):
        mine = list(Notice.objects.filter(pk__in=pks))
        in_my_order = mine if number % 2 else mine[::-1]
        moved = transitions.move_many(in_my_order, to=ways(number), table=MOVES, by=None, now=now, noted={})
        return {row.pk for row in moved}

    won = run_together(hands, move_mine)

    assert [type(one) for one in won] == [set] * hands
    assert sorted(pk for one in won for pk in one) == sorted(pks)
    assert Event.objects.filter(kind="portal.notice").count() == 300


def test_a_move_inside_a_change_that_fails_never_happened(transactional_db, now):
    (row,) = rows(now, 1)

    with pytest.raises(Stale), transaction.atomic():
        _move_twice(row, now)

    assert Notice.objects.get().status == Status.QUEUED
    assert Event.objects.count() == 0


def _move_twice(row, now):
    again = Notice.objects.get(pk=row.pk)
    transitions.move(row, to=Status.SENT, table=MOVES, by=None, now=now)
    transitions.move(again, to=Status.SENT, table=MOVES, by=None, now=now)
