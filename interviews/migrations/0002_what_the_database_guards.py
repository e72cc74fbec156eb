"""Slots of a panel never overlap; a sheet is handed in whole and stays as it was handed in.

PostgreSQL guards the slots by an exclusion constraint, SQLite by a trigger
that asks the same question. Django alters a table of SQLite by building it
anew: a later migration that alters interviews, sheets, scores, slots, days or
criteria calls ``backwards`` of this one first and ``forwards`` after.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

FROZEN = "a sheet that was handed in stays as it is"
WHOLE = "a sheet is handed in with one mark or reason for each criterion"
BEGUN = "a sheet is begun before it is handed in"
OVERLAP = "slots of a panel do not overlap"

WANTED = """SELECT count(*) FROM applications_criterion c
    JOIN interviews_interviewday d ON d.drive_id = c.drive_id
    JOIN interviews_interview i ON i.day_id = d.id WHERE i.id = NEW.interview_id"""
GIVEN = """SELECT count(*) FROM interviews_score s
    JOIN applications_criterion c ON c.id = s.criterion_id
    JOIN interviews_interviewday d ON d.drive_id = c.drive_id
    JOIN interviews_interview i ON i.day_id = d.id AND i.id = NEW.interview_id WHERE s.sheet_id = NEW.id"""

POSTGRES = f"""
ALTER TABLE interviews_slot ADD CONSTRAINT slots_do_not_overlap
    EXCLUDE USING gist (panel_id WITH =, tstzrange(starts_at, ends_at) WITH &&);

CREATE FUNCTION interviews_sheet_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.submitted_at IS NOT NULL THEN
            RAISE EXCEPTION '{BEGUN}' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.submitted_at IS NOT NULL AND ({WANTED}) IS DISTINCT FROM ({GIVEN}) THEN
        RAISE EXCEPTION '{WHOLE}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_scoresheet_frozen BEFORE INSERT OR UPDATE OR DELETE ON interviews_scoresheet
    FOR EACH ROW EXECUTE FUNCTION interviews_sheet_is_frozen();

CREATE FUNCTION interviews_score_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE handed_in timestamptz;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT submitted_at INTO handed_in FROM interviews_scoresheet WHERE id = OLD.sheet_id FOR SHARE;
        IF handed_in IS NOT NULL THEN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'restrict_violation'; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    END IF;
    SELECT submitted_at INTO handed_in FROM interviews_scoresheet WHERE id = NEW.sheet_id FOR SHARE;
    IF handed_in IS NOT NULL THEN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_score_frozen BEFORE INSERT OR UPDATE OR DELETE ON interviews_score
    FOR EACH ROW EXECUTE FUNCTION interviews_score_is_frozen();

CREATE FUNCTION interviews_sheets_are_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM interviews_scoresheet WHERE submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER interviews_scoresheet_not_emptied BEFORE TRUNCATE ON interviews_scoresheet
    FOR EACH STATEMENT EXECUTE FUNCTION interviews_sheets_are_not_emptied();
CREATE TRIGGER interviews_score_not_emptied BEFORE TRUNCATE ON interviews_score
    FOR EACH STATEMENT EXECUTE FUNCTION interviews_sheets_are_not_emptied();
"""
POSTGRES_BACK = """
DROP FUNCTION interviews_sheets_are_not_emptied() CASCADE;
DROP FUNCTION interviews_score_is_frozen() CASCADE;
DROP FUNCTION interviews_sheet_is_frozen() CASCADE;
ALTER TABLE interviews_slot DROP CONSTRAINT slots_do_not_overlap;
"""

HANDED_IN = "SELECT 1 FROM interviews_scoresheet WHERE submitted_at IS NOT NULL AND id ="


def trigger(name, when, condition, words):
    return f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def overlapping(verb):
    return trigger(
        f"interviews_slot_overlap_{verb.lower()}",
        f"{verb} ON interviews_slot",
        "EXISTS (SELECT 1 FROM interviews_slot s WHERE s.panel_id = NEW.panel_id AND s.id IS NOT NEW.id"
        " AND s.starts_at < NEW.ends_at AND s.ends_at > NEW.starts_at)",
        OVERLAP,
    )


SQLITE = [
    overlapping("INSERT"),
    overlapping("UPDATE"),
    trigger(
        "interviews_scoresheet_begun",
        "INSERT ON interviews_scoresheet",
        "NEW.submitted_at IS NOT NULL OR EXISTS (SELECT 1 FROM interviews_scoresheet s WHERE s.submitted_at IS NOT NULL"
        " AND (s.id = NEW.id OR (s.interview_id = NEW.interview_id AND s.panelist_id = NEW.panelist_id)))",
        BEGUN,
    ),
    trigger("interviews_scoresheet_frozen", "UPDATE ON interviews_scoresheet", "OLD.submitted_at IS NOT NULL", FROZEN),
    trigger("interviews_scoresheet_kept", "DELETE ON interviews_scoresheet", "OLD.submitted_at IS NOT NULL", FROZEN),
    trigger(
        "interviews_scoresheet_whole",
        "UPDATE ON interviews_scoresheet",
        f"OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL AND ({WANTED}) IS NOT ({GIVEN})",
        WHOLE,
    ),
    trigger(
        "interviews_score_no_more",
        "INSERT ON interviews_score",
        f"EXISTS ({HANDED_IN} NEW.sheet_id)"
        f" OR EXISTS (SELECT 1 FROM interviews_score s WHERE s.id = NEW.id AND EXISTS ({HANDED_IN} s.sheet_id))",
        FROZEN,
    ),
    trigger(
        "interviews_score_frozen",
        "UPDATE ON interviews_score",
        f"EXISTS ({HANDED_IN} OLD.sheet_id) OR EXISTS ({HANDED_IN} NEW.sheet_id)",
        FROZEN,
    ),
    trigger("interviews_score_kept", "DELETE ON interviews_score", f"EXISTS ({HANDED_IN} OLD.sheet_id)", FROZEN),
]
SQLITE_BACK = [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE]


def forwards(apps, schema_editor):
    for statement in [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in [POSTGRES_BACK] if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]
    operations = [BtreeGistExtension(), migrations.RunPython(forwards, backwards)]
