"""The log only grows: the database itself refuses to change or remove an event."""

from django.db import migrations

POSTGRES = """
CREATE FUNCTION portal_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log of events only grows' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER portal_event_frozen BEFORE UPDATE OR DELETE ON portal_event
    FOR EACH ROW EXECUTE FUNCTION portal_event_only_grows();
CREATE TRIGGER portal_event_not_emptied BEFORE TRUNCATE ON portal_event
    FOR EACH STATEMENT EXECUTE FUNCTION portal_event_only_grows();
"""
POSTGRES_BACK = "DROP FUNCTION portal_event_only_grows() CASCADE;"
SQLITE = [
    f"CREATE TRIGGER portal_event_no_{verb} BEFORE {verb} ON portal_event "
    "BEGIN SELECT RAISE(ABORT, 'the log of events only grows'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_BACK = [f"DROP TRIGGER portal_event_no_{verb}" for verb in ("UPDATE", "DELETE")]


def forwards(apps, schema_editor):
    for statement in [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in [POSTGRES_BACK] if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
