"""Between tests that commit, tables are emptied; rows that the database itself freezes are no exception.

Only here, and only with what a production role does not have: on PostgreSQL
the superuser's ``session_replication_role``, on SQLite by putting the
triggers away and bringing them back.
"""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def triggers_asleep():
    """No trigger of this database fires within."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        triggers = cursor.execute(TRIGGERS).fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def frozen_rows_leave_between_tests():
    """Let Django empty the tables after a test with ``transaction=True``."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self):
        with triggers_asleep():
            empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
