"""Commands that bring in a CSV file as a whole, and tell what came of it: to people, or to programs as JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.unitfile import Problem


class FileCommand(BaseCommand):
    """Subclasses name their ``report`` (a dataclass: counts, ``errors``), what brings a file in, and a line of counts.

    ``bring_in`` takes ``content``, ``by``, ``now`` and ``dry_run`` (then nothing is kept) and returns the report;
    ``counts`` is filled in with it.
    """

    report = bring_in = counts = None

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Check and count, keep nothing.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object and nothing else.")

    def handle(self, **options):
        file, dry_run = options["file"], options["dry_run"]
        try:
            content = file.read_bytes()
        except OSError:
            report = self.report(errors=[Problem(0, "", _("This file cannot be read: %(file)s") % {"file": file})])
        else:
            report = self.bring_in(content=content, by=None, now=timezone.now(), dry_run=dry_run)
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
        counts = self.counts % vars(report)
        self.stdout.write(_("Dry run, nothing is kept: %(counts)s") % {"counts": counts} if dry_run else counts)


def as_json(report):
    """The report in the words that the outside counts on: its fields."""
    errors = [problem._asdict() for problem in report.errors]
    return json.dumps(asdict(report) | {"errors": errors}, ensure_ascii=False)
