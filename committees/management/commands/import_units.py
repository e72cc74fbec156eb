"""The tree, or a part of it, from a CSV file."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from committees.domain import importing
from committees.unitfile import COLUMNS


class Command(BaseCommand):
    help = f"""Bring the tree of units in step with a CSV file (UTF-8).

    Columns: {",".join(COLUMNS)}. Codes decide who is who, so that the same
    file may be loaded again; rows may stand in any order. With one error
    nothing at all is changed.
    """

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Check and count, keep nothing.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object and nothing else.")

    def handle(self, **options):
        file, dry_run = options["file"], options["dry_run"]
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        report = importing.import_units(content=content, by=None, now=timezone.now(), dry_run=dry_run)
        if options["json"]:
            self.stdout.write(as_json(report))
        else:
            self._tell(report, dry_run=dry_run)
        if report.errors:
            sys.exit(1)

    def _tell(self, report, *, dry_run):
        for problem in report.errors:
            self.stderr.write(f"row {problem.row}, {problem.column or '-'}: {problem.message}")
        if report.errors:
            self.stderr.write(self.style.ERROR(f"Nothing is changed. Errors: {len(report.errors)}"))
            return
        counts = f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged"
        self.stdout.write(f"Dry run, nothing is kept: {counts}" if dry_run else counts)


def as_json(report):
    """The report in the words that the outside counts on."""
    errors = [problem._asdict() for problem in report.errors]
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    return json.dumps(counts | {"errors": errors}, ensure_ascii=False)
