"""Is everything true that must be?"""

import json
import sys

from django.core.management.base import BaseCommand

from portal import invariants


class Command(BaseCommand):
    help = """Look for rows that break a written invariant. Ends with 1 when there is one.

    The rules stand in portal/invariants.py and in the invariants.py of each app.
    Nothing is changed; it may be run at any time.
    """

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print one JSON object and nothing else.")

    def handle(self, **options):
        checked, violations = invariants.check()
        if options["json"]:
            told = {"checked": checked, "violations": [violation._asdict() for violation in violations]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for found in violations:
                self.stderr.write(f"{found.name}: {found.sentence} {found.rows} rows, as {found.some}")
            self.stdout.write(f"{checked} checked, {len(violations)} broken")
        if violations:
            sys.exit(1)
