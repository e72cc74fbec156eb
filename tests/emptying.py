"""Between tests that commit, tables are emptied; rows that the database itself freezes are no exception.

Only here, and only with what a production role does not have: on PostgreSQL
the superuser's ``session_replication_role``, on SQLite by putting the
triggers away and bringing them back.
"""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
OF_THE_CODE = {ContentType._meta.db_table, Permission._meta.db_table}  # Django would write the same rows again


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


def empty_what_is_filled():
    """Delete all rows of all models. Django's own ``flush`` goes through all tables, and remakes rows of its own."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables if table not in OF_THE_CODE
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        if filled := [row[0] for row in cursor.fetchall()]:
            with triggers_asleep():
                for table in filled:
                    cursor.execute(f'DELETE FROM "{table}"')


@pytest.fixture(scope="session", autouse=True)
def frozen_rows_leave_between_tests():
    """After a test with ``transaction=True``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty_what_is_filled())
        yield
