"""Two ways that were left to the owner: TRUNCATE of decisions, criteria and anchors, and on SQLite OR REPLACE of a drive.

A later migration that alters ``applications_drive`` calls ``backwards`` of this one too.
"""

from importlib import import_module

from django.db import migrations

guards = import_module("interviews.migrations.0002_what_the_database_guards")
now = import_module("interviews.migrations.0005_what_the_database_guards_now")

POSTGRES = f"""
CREATE FUNCTION interviews_approved_are_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM interviews_decision WHERE approved_at IS NOT NULL) THEN {now.refuse(now.APPROVED)} END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION interviews_scored_are_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM applications_drive WHERE rubric_locked_at IS NOT NULL) THEN {now.refuse(now.SCORED)} END IF;
    RETURN NULL;
END $$;
{now.postgres_trigger("interviews_decision_not_emptied", "TRUNCATE ON interviews_decision", "interviews_approved_are_not_emptied")}
{now.postgres_trigger("applications_criterion_not_emptied", "TRUNCATE ON applications_criterion", "interviews_scored_are_not_emptied")}
{now.postgres_trigger("applications_anchor_not_emptied", "TRUNCATE ON applications_anchor", "interviews_scored_are_not_emptied")}
{now.postgres_trigger("applications_drive_not_emptied", "TRUNCATE ON applications_drive", "interviews_scored_are_not_emptied")}
"""
POSTGRES_BACK = """
DROP FUNCTION interviews_scored_are_not_emptied() CASCADE;
DROP FUNCTION interviews_approved_are_not_emptied() CASCADE;
"""
SQLITE = [
    now.kept(
        "applications_drive",
        "INSERT",
        "EXISTS (SELECT 1 FROM applications_drive v WHERE v.rubric_locked_at IS NOT NULL AND (v.id = NEW.id OR v.slug = NEW.slug))",
        now.SCORED,
    )
]


def forwards(apps, schema_editor):
    for statement in [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, None)


def backwards(apps, schema_editor):
    sqlite = [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE]
    for statement in [POSTGRES_BACK] if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0005_what_the_database_guards_now")]
    operations = [migrations.RunPython(forwards, backwards)]
