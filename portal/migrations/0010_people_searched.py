"""Among the people of a state a part of a name, or the end of a number, is found by trigrams; SQLite reads the rows."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

INDEX = "portal_people_searched"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON portal_person USING gin (name_key gin_trgm_ops, phone gin_trgm_ops)"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("portal", "0009_texts_are_versions")]
    operations = [TrigramExtension(), migrations.RunPython(forwards, backwards)]
