"""An installation of the first release, brought up to date.

``python -m tests.upgrading FILE`` takes a file of SQLite that is not there yet. It ends with the schema of today, by
way of the schema, and a few rows, of the first release.
"""

import os
import sys
from datetime import UTC, date, datetime

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import NOT_PROVIDED

FIRST = [
    ("portal", "0002_events_only_grow"),
    ("committees", "0001_initial"),
    ("applications", "0002_newest_first"),
    ("interviews", "0002_what_the_database_guards"),
    ("training", "0001_initial"),
]
NOON = datetime(2025, 11, 10, 12, tzinfo=UTC)


def put(model, **given):
    """A row with what was given, and a plain answer in each other field that must have one."""
    plain = {"DateTimeField": NOON, "DateField": date(2000, 1, 1), "CharField": "x", "TextField": "x"}
    for field in model._meta.concrete_fields:
        kind = field.get_internal_type()
        if field.default is NOT_PROVIDED and not (field.null or field.blank or field.primary_key) and kind in plain:
            given.setdefault(field.name, plain[kind])
    return model.objects.create(**given)


def fill(apps):
    """A state, its drive, a criterion, and two who applied: one of them wants to hear more."""
    unit = put(apps.get_model("committees", "Unit"), level="state", code="RJ", path="", slug="")
    drive = put(apps.get_model("applications", "Drive"), unit=unit, slug="rajya", closes_at=NOON.replace(day=20))
    put(apps.get_model("applications", "Criterion"), drive=drive, order=1, weight=1)
    for number, more in enumerate([False, True]):
        put(
            apps.get_model("applications", "Application"),
            drive=drive,
            unit=unit,
            ref=f"R{number}",
            link_key=f"l{number}",
            phone=f"+91982905555{number}",
            consent_version="2025-11",
            language="hi",
            wants_messages=more,
            birth_year=2000,
        )


def main():
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    fill(executor.loader.project_state(FIRST).apps)
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    os.environ["DATABASE_URL"] = f"sqlite:///{sys.argv[1]}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    main()
