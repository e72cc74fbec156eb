import os
import re

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

FROM_ENVIRONMENT = "POSTGRES_APP_PASSWORD"
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
# What a process that serves the site may do with a table; with one that is not named here, all four.
ALL = "SELECT, INSERT, UPDATE, DELETE"
LESS = {
    "django_migrations": "SELECT",
    "portal_event": "SELECT, INSERT",
    "interviews_standing": "SELECT, INSERT",
    "interviews_publicrecord": "SELECT, INSERT",
    "interviews_decision": "SELECT, INSERT, UPDATE",
    "interviews_promotion": "SELECT, INSERT, UPDATE",
    "interviews_offer": "SELECT, INSERT, UPDATE",
    "interviews_dayreopening": "SELECT, INSERT, UPDATE",
}
TOO_MUCH = """
    SELECT 'is a superuser' FROM pg_roles WHERE rolname = %(role)s AND rolsuper
    UNION ALL SELECT 'may make databases or roles' FROM pg_roles
        WHERE rolname = %(role)s AND (rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
    UNION ALL SELECT 'is a member of ' || g.rolname FROM pg_auth_members m
        JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid WHERE r.rolname = %(role)s
    UNION ALL SELECT 'owns something' FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE r.rolname = %(role)s AND d.deptype = 'o'
    UNION ALL SELECT 'may make temporary tables: let the owner of the database run this' WHERE
        has_database_privilege(%(role)s, current_database(), 'TEMPORARY')
    UNION ALL SELECT 'may make tables: let the owner of the schema run this' WHERE
        has_schema_privilege(%(role)s, current_schema(), 'CREATE')
"""


class Command(BaseCommand):
    help = """Let the application ask PostgreSQL as a role that owns nothing.

    The owner of the tables runs it after each migrate; web, worker and beat sign in as the role. It may read and
    write rows and nothing else: no TRUNCATE, no tables of its own, no trigger put away; the log and what was shown
    only grow, decisions are never deleted. The role is made when it is missing; its password is read from
    POSTGRES_APP_PASSWORD. Safe to repeat: all or nothing.
    """

    def add_arguments(self, parser):
        parser.add_argument("--role", required=True, help="the role of web, worker and beat, for example srijan_app")

    def handle(self, *, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; on SQLite there is nothing to grant.")
        if not NAME.fullmatch(role):
            raise CommandError("The name of a role: small Latin letters, digits and _, at most 63.")
        with transaction.atomic(), connection.cursor() as cursor:
            self._make(cursor, role)
            tables = self._grant(cursor, role)
            cursor.execute(TOO_MUCH, {"role": role})
            if too_much := [words for (words,) in cursor.fetchall()]:
                raise CommandError(f"{role} {'; '.join(too_much)}. Nothing was changed; choose another role.")
        self.stdout.write(f"{role}: {tables} tables, {len(LESS)} of them with less than all rights")

    def _make(self, cursor, role):
        """The role itself, with the password of the environment; only its fingerprint is sent and logged."""
        cursor.execute("SELECT current_user = %s, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role, role])
        is_owner, is_there = cursor.fetchone()
        if is_owner:
            raise CommandError(f"{role} runs this command, so it is the owner. Name another role.")
        if not is_there:
            self._run(cursor, "CREATE ROLE {} LOGIN", role)
        if password := os.environ.get(FROM_ENVIRONMENT, ""):
            kept = encrypt_password(password, role, connection.connection, "scram-sha-256")
            self._run(cursor, "ALTER ROLE {} PASSWORD {}", role, sql.Literal(kept))

    def _grant(self, cursor, role):
        """Take everything, then give what is needed; how many tables there are."""
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = map(sql.Identifier, cursor.fetchone())
        self._run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}", schema, role)
        self._run(cursor, "REVOKE CREATE, TEMPORARY ON DATABASE {} FROM PUBLIC", database)
        self._run(cursor, "REVOKE CREATE ON SCHEMA {} FROM PUBLIC", schema)
        self._run(cursor, "GRANT CONNECT ON DATABASE {} TO {}", database, role)
        self._run(cursor, "GRANT USAGE ON SCHEMA {} TO {}", schema, role)
        self._run(cursor, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}", schema, role)
        tables = connection.introspection.table_names(cursor)
        for table in sorted({*tables, *LESS}):  # a table that is named above and missing is an error
            self._run(cursor, f"GRANT {LESS.get(table, ALL)} ON {{}} TO {{}}", table, role)
        return len(tables)

    def _run(self, cursor, words, *names):
        parts = [sql.Identifier(name) if isinstance(name, str) else name for name in names]
        cursor.execute(sql.SQL(words).format(*parts).as_string(cursor.connection))
