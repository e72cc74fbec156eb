import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.me import expiry


class Command(BaseCommand):
    help = """Erase what has been kept long enough, as the timetable does each minute.

    The days of each table stand in portal/retention.py. Safe to run at any time, any number of times.
    """

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count what is due, change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object of counts and nothing else")

    def handle(self, **options):
        done = expiry.erase_due(now=timezone.now(), dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        for table, count in done.items():
            self.stdout.write(f"{table}: {count}")
