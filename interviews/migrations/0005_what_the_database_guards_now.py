"""The guards again, grown: stays and times never overlap, what was approved or shown stays, criteria stay once scored.

Takes the place of the guards of 0002 and 0003. Django alters a table of SQLite
by building it anew: a later migration that alters one of the tables named here
calls ``backwards`` of this one first and ``forwards`` after.
"""

from importlib import import_module

from django.db import migrations

guards = import_module("interviews.migrations.0002_what_the_database_guards")
sealed = import_module("interviews.migrations.0003_words_can_be_sealed")

STAYS = "nobody sits in two rooms at one time"
TWO_TIMES = "nobody has two times at once"
APPROVED = "an approved decision stays as it is"
SHOWN = "what was shown stays as it was shown"
SCORED = "criteria stay as they are once somebody was judged by them"
OPEN = "('PLANNED', 'CALLED', 'ARRIVED', 'IN_ROOM', 'DONE')"
WORDS = ["note", "set_aside", "late_reason", "why_new"]  # of a sheet: may go once they are sealed away
LATER = ["agreed_by_id", "agreed_at", "checked_by_id", "checked_at"]  # of a sheet that was handed in: set once
DECISION = sealed.SEALED.format(kind="interviews.decision", text="varchar")
LOCKED = "SELECT 1 FROM applications_drive v WHERE v.rubric_locked_at IS NOT NULL AND v.id = "
OF_ANCHOR = "SELECT c.drive_id FROM applications_criterion c WHERE c.id = "
KEPT_TABLES = ["interviews_standing", "interviews_publicrecord"]

# --- PostgreSQL ---------------------------------------------------------------------------------


def postgres_function(name, body):
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{body}
END $$;"""


def refuse(words):
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation';"


def postgres_trigger(name, when, function):
    rows = "STATEMENT" if "TRUNCATE" in when else "ROW"
    return f"CREATE TRIGGER {name} BEFORE {when} FOR EACH {rows} EXECUTE FUNCTION {function}();"


SET_ONCE = f"""to_jsonb(NEW) - ARRAY{LATER} = to_jsonb(OLD) - ARRAY{LATER}
    AND (OLD.agreed_at IS NULL OR (NEW.agreed_at, NEW.agreed_by_id) = (OLD.agreed_at, OLD.agreed_by_id))
    AND (OLD.checked_at IS NULL OR (NEW.checked_at, NEW.checked_by_id) = (OLD.checked_at, OLD.checked_by_id))"""
SHEETS = sealed.POSTGRES_SHEETS.replace(
    "to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note'", f"to_jsonb(NEW) - ARRAY{WORDS} = to_jsonb(OLD) - ARRAY{WORDS}"
).replace(
    f"AND {sealed.SHEET} THEN RETURN NEW; END IF;",
    f"AND {sealed.SHEET} THEN RETURN NEW; END IF;\n            IF {SET_ONCE} THEN RETURN NEW; END IF;",
)
DECISIONS = f"""
    IF OLD.approved_at IS NOT NULL THEN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.words = '–' AND to_jsonb(NEW) - 'words' = to_jsonb(OLD) - 'words' AND {DECISION} THEN
                RETURN NEW;
            END IF;
        END IF;
        {refuse(APPROVED)}
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;"""
CRITERIA = f"""
    IF (TG_OP <> 'INSERT' AND EXISTS ({LOCKED} OLD.drive_id)) OR (TG_OP <> 'DELETE' AND EXISTS ({LOCKED} NEW.drive_id))
    THEN {refuse(SCORED)} END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;"""
ANCHORS = CRITERIA.replace("OLD.drive_id", f"({OF_ANCHOR} OLD.criterion_id)").replace(
    "NEW.drive_id", f"({OF_ANCHOR} NEW.criterion_id)"
)
RULES = f"""
    IF OLD.rubric_locked_at IS NOT NULL
        AND (NEW.ranks_by, NEW.rubric_locked_at) IS DISTINCT FROM (OLD.ranks_by, OLD.rubric_locked_at)
    THEN {refuse(SCORED)} END IF;
    RETURN NEW;"""
FUNCTIONS = {
    "interviews_decision_is_kept": DECISIONS,
    "interviews_shown_is_kept": f"    {refuse(SHOWN)}",
    "interviews_criteria_are_kept": CRITERIA,
    "interviews_anchors_are_kept": ANCHORS,
    "interviews_rules_are_kept": RULES,
}
TRIGGERS = [
    ("interviews_decision_kept", "UPDATE OR DELETE ON interviews_decision", "interviews_decision_is_kept"),
    (
        "applications_criterion_kept",
        "INSERT OR UPDATE OR DELETE ON applications_criterion",
        "interviews_criteria_are_kept",
    ),
    ("applications_anchor_kept", "INSERT OR UPDATE OR DELETE ON applications_anchor", "interviews_anchors_are_kept"),
    ("applications_drive_rules_kept", "UPDATE ON applications_drive", "interviews_rules_are_kept"),
    *((f"{table}_kept", f"UPDATE OR DELETE ON {table}", "interviews_shown_is_kept") for table in KEPT_TABLES),
    *((f"{table}_not_emptied", f"TRUNCATE ON {table}", "interviews_shown_is_kept") for table in KEPT_TABLES),
]
OVERLAPS = f"""
ALTER TABLE interviews_panelmember ADD CONSTRAINT nobody_sits_in_two_rooms
    EXCLUDE USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&);
ALTER TABLE interviews_interview ADD CONSTRAINT nobody_has_two_times_at_once
    EXCLUDE USING gist (who WITH =, tstzrange(from_at, to_at) WITH &&) WHERE (who <> '' AND from_at IS NOT NULL AND status IN {OPEN});
"""
POSTGRES = [
    guards.POSTGRES,
    SHEETS,
    OVERLAPS,
    *(postgres_function(name, body) for name, body in FUNCTIONS.items()),
    *(postgres_trigger(*trigger) for trigger in TRIGGERS),
]
POSTGRES_BACK = [
    *(f"DROP FUNCTION {name}() CASCADE;" for name in FUNCTIONS),
    "ALTER TABLE interviews_interview DROP CONSTRAINT nobody_has_two_times_at_once;",
    "ALTER TABLE interviews_panelmember DROP CONSTRAINT nobody_sits_in_two_rooms;",
    guards.POSTGRES_BACK,
]

# --- SQLite -------------------------------------------------------------------------------------


def overlapping(verb):
    """The guards of one verb that PostgreSQL has as exclusion constraints."""
    stays = (
        "EXISTS (SELECT 1 FROM interviews_panelmember m WHERE m.person_id = NEW.person_id AND m.id IS NOT NEW.id"
        " AND m.starts_at < NEW.ends_at AND m.ends_at > NEW.starts_at)"
    )
    times = (
        f"NEW.who <> '' AND NEW.from_at IS NOT NULL AND NEW.status IN {OPEN} AND EXISTS (SELECT 1 FROM interviews_interview i"
        f" WHERE i.who = NEW.who AND i.id IS NOT NEW.id AND i.status IN {OPEN}"
        " AND i.from_at < NEW.to_at AND i.to_at > NEW.from_at)"
    )
    member, interview = "interviews_panelmember", "interviews_interview"
    return [
        guards.trigger(f"{member}_overlap_{verb.lower()}", f"{verb} ON {member}", stays, STAYS),
        guards.trigger(f"{interview}_overlap_{verb.lower()}", f"{verb} ON {interview}", times, TWO_TIMES),
    ]


def kept(table, verb, condition, words):
    return guards.trigger(f"{table}_kept_{verb.lower()}", f"{verb} ON {table}", condition, words)


def same(*columns):
    return " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns)


SHEET_COLUMNS = (
    "id interview_id panelist_id declared_free_at saved_at revision saved_key submitted_at said_at"
    " version replaces_id source entered_by_id"
).split()
WORDS_GONE = f"NEW.note = '' AND {same(*SHEET_COLUMNS, *LATER)} AND {sealed.SHEET}"
AGREED = (
    f"{same(*SHEET_COLUMNS, *WORDS)}"
    f" AND (OLD.agreed_at IS NULL OR {same('agreed_by_id', 'agreed_at')})"
    f" AND (OLD.checked_at IS NULL OR {same('checked_by_id', 'checked_at')})"
)
DECISION_COLUMNS = (
    "id interview_id outcome reason out_of_order post_id place proposed_by_id proposed_at approved_by_id approved_at"
).split()
OWN = {"interviews_scoresheet_begun", "interviews_scoresheet_frozen", "interviews_score_frozen"}
SQLITE = [
    *(statement for statement in guards.SQLITE if statement.split()[2] not in OWN),
    guards.trigger(
        "interviews_scoresheet_begun",
        "INSERT ON interviews_scoresheet",
        "NEW.submitted_at IS NOT NULL OR EXISTS (SELECT 1 FROM interviews_scoresheet s WHERE s.submitted_at IS NOT NULL"
        " AND (s.id = NEW.id OR (s.interview_id = NEW.interview_id AND s.panelist_id = NEW.panelist_id"
        " AND s.version = NEW.version)))",
        guards.BEGUN,
    ),
    guards.trigger(
        "interviews_scoresheet_frozen",
        "UPDATE ON interviews_scoresheet",
        f"OLD.submitted_at IS NOT NULL AND NOT ({WORDS_GONE}) AND NOT ({AGREED})",
        guards.FROZEN,
    ),
    guards.trigger(
        "interviews_score_frozen",
        "UPDATE ON interviews_score",
        f"(EXISTS ({guards.HANDED_IN} OLD.sheet_id) OR EXISTS ({guards.HANDED_IN} NEW.sheet_id))"
        f" AND NOT (NEW.why_none = '–' AND {sealed.SAME_SCORE} AND {same('saved_at')} AND {sealed.SCORE})",
        guards.FROZEN,
    ),
    *overlapping("INSERT"),
    *overlapping("UPDATE"),
    kept(
        "interviews_decision",
        "UPDATE",
        f"OLD.approved_at IS NOT NULL AND NOT (NEW.words = '–' AND {same(*DECISION_COLUMNS)} AND {DECISION})",
        APPROVED,
    ),
    kept("interviews_decision", "DELETE", "OLD.approved_at IS NOT NULL", APPROVED),
    kept(
        "interviews_decision",
        "INSERT",
        "EXISTS (SELECT 1 FROM interviews_decision d WHERE d.approved_at IS NOT NULL"
        " AND (d.id = NEW.id OR d.interview_id = NEW.interview_id))",
        APPROVED,
    ),
    *(kept(table, verb, "1", SHOWN) for table in KEPT_TABLES for verb in ("UPDATE", "DELETE")),
    *(kept(table, "INSERT", f"EXISTS (SELECT 1 FROM {table} t WHERE t.id = NEW.id)", SHOWN) for table in KEPT_TABLES),
    kept("applications_criterion", "INSERT", f"EXISTS ({LOCKED} NEW.drive_id)", SCORED),
    kept(
        "applications_criterion", "UPDATE", f"EXISTS ({LOCKED} OLD.drive_id) OR EXISTS ({LOCKED} NEW.drive_id)", SCORED
    ),
    kept("applications_criterion", "DELETE", f"EXISTS ({LOCKED} OLD.drive_id)", SCORED),
    kept("applications_anchor", "INSERT", f"EXISTS ({LOCKED} ({OF_ANCHOR} NEW.criterion_id))", SCORED),
    kept("applications_anchor", "UPDATE", f"EXISTS ({LOCKED} ({OF_ANCHOR} OLD.criterion_id))", SCORED),
    kept("applications_anchor", "DELETE", f"EXISTS ({LOCKED} ({OF_ANCHOR} OLD.criterion_id))", SCORED),
    kept(
        "applications_drive",
        "UPDATE",
        f"OLD.rubric_locked_at IS NOT NULL AND NOT ({same('ranks_by', 'rubric_locked_at')})",
        SCORED,
    ),
]
SQLITE_BACK = [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE]


def forwards(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, None)


def backwards(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0004_the_day_in_full")]
    operations = [migrations.RunPython(forwards, backwards)]
