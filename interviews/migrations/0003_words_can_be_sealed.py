"""A sheet that was handed in may lose its words, and nothing else, once they are sealed away.

What somebody wrote about a person is that person's data: erasing reaches it,
the marks stay as they are.
"""

from importlib import import_module

from django.db import migrations

guards = import_module("interviews.migrations.0002_what_the_database_guards")

SEALED = "EXISTS (SELECT 1 FROM portal_sealed b WHERE b.kind = '{kind}' AND b.thing = CAST(OLD.id AS {text}))"
SHEET = SEALED.format(kind="interviews.scoresheet", text="varchar")
SCORE = SEALED.format(kind="interviews.score", text="varchar")
POSTGRES_SHEETS = f"""
CREATE OR REPLACE FUNCTION interviews_sheet_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.submitted_at IS NOT NULL THEN
            RAISE EXCEPTION '{guards.BEGUN}' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.submitted_at IS NOT NULL THEN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.note = '' AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' AND {SHEET} THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION '{guards.FROZEN}' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.submitted_at IS NOT NULL AND ({guards.WANTED}) IS DISTINCT FROM ({guards.GIVEN}) THEN
        RAISE EXCEPTION '{guards.WHOLE}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION interviews_score_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE handed_in timestamptz;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT submitted_at INTO handed_in FROM interviews_scoresheet WHERE id = OLD.sheet_id FOR SHARE;
        IF handed_in IS NOT NULL THEN
            IF TG_OP = 'UPDATE' THEN
                IF NEW.why_none = '–' AND to_jsonb(NEW) - 'why_none' = to_jsonb(OLD) - 'why_none' AND {SCORE} THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '{guards.FROZEN}' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    END IF;
    SELECT submitted_at INTO handed_in FROM interviews_scoresheet WHERE id = NEW.sheet_id FOR SHARE;
    IF handed_in IS NOT NULL THEN RAISE EXCEPTION '{guards.FROZEN}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
END $$;
"""
SAME_SHEET = " AND ".join(
    f"NEW.{column} IS OLD.{column}"
    for column in "id interview_id panelist_id declared_free_at saved_at revision saved_key submitted_at".split()
)
SAME_SCORE = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in "id sheet_id criterion_id mark".split())
SQLITE_SHEETS = [
    "DROP TRIGGER interviews_scoresheet_frozen",
    "DROP TRIGGER interviews_score_frozen",
    guards.trigger(
        "interviews_scoresheet_frozen",
        "UPDATE ON interviews_scoresheet",
        f"OLD.submitted_at IS NOT NULL AND NOT (NEW.note = '' AND {SAME_SHEET} AND {SHEET})",
        guards.FROZEN,
    ),
    guards.trigger(
        "interviews_score_frozen",
        "UPDATE ON interviews_score",
        f"(EXISTS ({guards.HANDED_IN} OLD.sheet_id) OR EXISTS ({guards.HANDED_IN} NEW.sheet_id))"
        f" AND NOT (NEW.why_none = '–' AND {SAME_SCORE} AND {SCORE})",
        guards.FROZEN,
    ),
]


def forwards(apps, schema_editor):
    for statement in [POSTGRES_SHEETS] if schema_editor.connection.vendor == "postgresql" else SQLITE_SHEETS:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    guards.backwards(apps, schema_editor)
    guards.forwards(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_what_the_database_guards"), ("portal", "0004_privacy")]
    operations = [migrations.RunPython(forwards, backwards)]
