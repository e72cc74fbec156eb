"""What the desk searches and counts has indexes: of a word in the middle, of the name, and of the numbers beside it.

PostgreSQL finds three signs anywhere in a text by trigrams; SQLite has no such
index and reads its rows one by one. The units stand here too: the desk asks
for their names and for those of the people in one question.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

SEARCHED = {
    "applications_application": [
        "upper(name::text)",
        "upper(place_note::text)",
        "upper(links::text)",
        "name_key",
        "phone",
    ],
    "committees_unit": ["key"],
}
INDEX = {"applications_application": "applications_searched", "committees_unit": "applications_units_searched"}
COUNTED = "drive_id, pencilled, consent_ended_at, submitted_at, id"  # so that counting and paging open no row


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, texts in SEARCHED.items():
        columns = ", ".join(f"{text} gin_trgm_ops" for text in texts)
        schema_editor.execute(f"CREATE INDEX {INDEX[table]} ON {table} USING gin ({columns})")
    schema_editor.execute(
        f"CREATE INDEX applications_counted ON applications_application (unit_id, status) INCLUDE ({COUNTED})"
    )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in [*INDEX.values(), "applications_counted"]:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_the_day_in_full"), ("committees", "0002_units_to_search")]
    operations = [
        TrigramExtension(),
        migrations.AddIndex("application", models.Index(fields=["name", "id"], name="applications_by_name")),
        migrations.RunPython(forwards, backwards),
    ]
