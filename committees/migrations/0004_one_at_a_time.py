"""Nobody's time in a seat overlaps another's: an exclusion constraint on PostgreSQL, triggers on SQLite.

A later migration that alters ``committees_appointment`` calls ``backwards`` of this one first and ``forwards`` after:
Django builds a table of SQLite anew, without its triggers.
"""

from django.db import migrations

WORDS = "nobody sits in a seat while another does"
POSTGRES = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE committees_appointment ADD CONSTRAINT one_at_a_time_in_a_seat
    EXCLUDE USING gist (seat_id WITH =, tstzrange(since, until) WITH &&);
"""
POSTGRES_BACK = "ALTER TABLE committees_appointment DROP CONSTRAINT one_at_a_time_in_a_seat;"
OVERLAPS = (  # a bare 9999 would be compared as a number: SQLite takes a column of times for one of numbers
    "EXISTS (SELECT 1 FROM committees_appointment a WHERE a.seat_id = NEW.seat_id AND a.id IS NOT NEW.id"
    " AND a.since < COALESCE(NEW.until, '9999-12-31') AND COALESCE(a.until, '9999-12-31') > NEW.since)"
)
SQLITE = [
    f"CREATE TRIGGER committees_appointment_one_at_a_time_{verb.split()[0].lower()} BEFORE {verb} ON committees_appointment"
    f" WHEN {OVERLAPS} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for verb in ("INSERT", "UPDATE OF seat_id, since, until")
]


def forwards(apps, schema_editor):
    for statement in [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, None)


def backwards(apps, schema_editor):
    sqlite = [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE]
    for statement in [POSTGRES_BACK] if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_the_living_tree")]
    operations = [migrations.RunPython(forwards, backwards)]
