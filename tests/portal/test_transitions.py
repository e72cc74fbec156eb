"""A status changes along a drawn arrow, once, and the log tells who did it."""

import pytest

from portal import audit, outbox, transitions
from portal.models import Event, Notice
from portal.models.notices import NoticeStatus as Status
from portal.transitions import NotAllowed, Stale

MOVES = {Status.QUEUED: {Status.SENDING, Status.CANCELLED}, Status.SENDING: {Status.SENT}}

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(now):
    outbox.queue(
        Notice(key=f"code:{number}", phone="+919829012345", template="code", due_at=now) for number in range(3)
    )
    return list(Notice.objects.order_by("pk"))


def move(row, to, now, **also):
    transitions.move(row, to=to, table=MOVES, by=None, now=now, **also)


def test_a_row_moves_and_the_log_says_so(rows, now):
    move(rows[0], Status.SENDING, now, claim="me")
    move(rows[0], Status.SENT, now)

    kept = Notice.objects.get(pk=rows[0].pk)
    assert (kept.status, kept.claim, rows[0].claim) == (Status.SENT, "me", "me")
    assert [(event.verb, event.at) for event in audit.history(kept)] == [
        ("queued → sending", now),
        ("sending → sent", now),
    ]


@pytest.mark.parametrize("to", [Status.QUEUED, Status.SENT, "NOWHERE"])
def test_without_an_arrow_nothing_moves(rows, to, now):
    with pytest.raises(NotAllowed):
        move(rows[0], to, now)

    assert rows[0].status == Notice.objects.get(pk=rows[0].pk).status == Status.QUEUED
    assert Event.objects.count() == 0


def test_a_colleague_who_was_quicker_is_an_ordinary_case(rows, now):
    same_row = Notice.objects.get(pk=rows[0].pk)
    move(rows[0], Status.SENDING, now)

    with pytest.raises(Stale):
        move(same_row, Status.CANCELLED, now)

    assert same_row.status == Status.QUEUED  # as it was read: the page can tell what it wanted
    assert Notice.objects.get(pk=same_row.pk).status == Status.SENDING
    assert Event.objects.count() == 1


def test_many_move_and_the_rest_is_left_as_it_was(rows, now):
    quick, first, second = rows
    move(Notice.objects.get(pk=quick.pk), Status.CANCELLED, now)
    already = Notice(pk=10**6, status=Status.SENT)

    moved = transitions.move_many(
        [second, quick, already, first],
        to=Status.SENDING,
        table=MOVES,
        by=None,
        now=now,
        noted={"batch": "b"},
        claim="x",
    )

    assert moved == [first, second]
    assert list(Notice.objects.order_by("pk").values_list("status", "claim")) == [
        (Status.CANCELLED, ""),
        (Status.SENDING, "x"),
        (Status.SENDING, "x"),
    ]
    assert quick.status == Status.QUEUED
    assert [event.data for event in audit.history(first)] == [{"batch": "b"}]


@pytest.mark.parametrize("many", [1, 3])
def test_many_cost_as_much_as_one(rows, many, now, django_assert_num_queries):
    # a savepoint and its end; which are free, them moved, the log
    with django_assert_num_queries(5):
        transitions.move_many(rows[:many], to=Status.SENDING, table=MOVES, by=None, now=now, noted={})
