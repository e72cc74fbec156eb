"""People who sit already, from a CSV file."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.domain.rosters import Report, import_people
from committees.rosterfile import ROSTER
from committees.unitfile import Problem


class Command(BaseCommand):
    help = f"""Seat the people of a CSV file (UTF-8) in their committees.

    Columns: {",".join(ROSTER.columns)}; needed: {",".join(ROSTER.needed)}. Who sits there already
    stays, so that the same file may be loaded again. With one error nobody is
    seated. Nobody is told, and nobody counts as having accepted.
    """

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Check and count, keep nothing.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object and nothing else.")

    def handle(self, **options):
        file, dry_run = options["file"], options["dry_run"]
        try:
            content = file.read_bytes()
        except OSError:
            report = Report(errors=[Problem(0, "", _("This file cannot be read: %(file)s") % {"file": file})])
        else:
            report = import_people(content=content, by=None, now=timezone.now(), dry_run=dry_run)
        if options["json"]:
            self.stdout.write(as_json(report))
        else:
            self._tell(report, dry_run=dry_run)
        if report.errors:
            sys.exit(1)

    def _tell(self, report, *, dry_run):
        for problem in report.errors:
            place = f"{_('row')} {problem.row}, {problem.column or '-'}: " if problem.row else ""
            self.stderr.write(f"{place}{problem.message}")
        if report.errors:
            told = ngettext("Nothing is changed. %(n)s error.", "Nothing is changed. %(n)s errors.", len(report.errors))
            self.stderr.write(self.style.ERROR(told % {"n": len(report.errors)}))
            return
        counts = _("%(new)s seated, %(there)s there already") % {"new": report.new, "there": report.there}
        self.stdout.write(_("Dry run, nothing is kept: %(counts)s") % {"counts": counts} if dry_run else counts)


def as_json(report):
    """The report in the words that the outside counts on."""
    errors = [problem._asdict() for problem in report.errors]
    return json.dumps({"new": report.new, "there": report.there, "errors": errors}, ensure_ascii=False)
