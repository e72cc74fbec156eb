"""The tool of all race tests is itself tried: the hands do come at once, and each one's end is told."""

from threading import Barrier

import pytest
from django.db import connection

from portal import outbox
from portal.models import Notice
from tests.race.barrier import run_together


def test_everyone_is_at_the_door_before_anyone_goes_in(transactional_db):
    all_eight = Barrier(8)

    outcomes = run_together(8, lambda number: all_eight.wait(timeout=10) >= 0)

    assert outcomes == [True] * 8


def test_what_is_raised_is_returned_in_its_place(transactional_db):
    def only_even(number):
        if number % 2:
            raise LookupError(number)
        return number

    outcomes = run_together(4, only_even)

    assert [outcome if isinstance(outcome, int) else outcome.args[0] for outcome in outcomes] == [0, 1, 2, 3]
    assert [type(outcome) for outcome in outcomes] == [int, LookupError, int, LookupError]


def test_each_has_a_connection_of_its_own(transactional_db):
    def backend(_number):
        connection.ensure_connection()
        return id(connection.connection)

    assert len(set(run_together(6, backend)) | {id(connection.connection)}) == 7


@pytest.mark.parametrize("hands", [2, 40])
def test_one_promise_made_by_many_hands_is_one_promise(transactional_db, now, hands):
    def promise(_number):
        outbox.queue([Notice(key="closing:1", phone="+919876543210", template="code", due_at=now)])

    outcomes = run_together(hands, promise)

    assert outcomes == [None] * hands
    assert Notice.objects.count() == 1
