"""The ranking of a day, or of a drive, for machines and for those who check us."""

import json
from math import isfinite

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from applications.models import Drive
from interviews.domain import freezing, ranking
from interviews.models import InterviewDay


class Command(BaseCommand):
    help = """Print the ranking of an interview day as JSON, best first: a list of
    {token, raw, adjusted, spread, n}. Totals are on the scale of the sum of
    all criteria. With --check nothing is printed but whether it equals what
    was frozen last; it fails with 1 when it does not. DAY is a date (2025-11-16) or a number; with several drives
    on one date name one with --drive. --drive without DAY ranks all closed days of the drive as one, and each row
    says its day."""

    def add_arguments(self, parser):
        parser.add_argument("day", metavar="DAY", nargs="?", help="date of the day, as 2025-11-16, or its number")
        parser.add_argument("--drive", default="", help="word in the address of the drive")
        parser.add_argument("--check", action="store_true", help="compare with the ranking as it was frozen")
        parser.add_argument("--json", action="store_true", help="JSON is the only form; accepted for symmetry")

    def handle(self, *, day, drive, check, **options):
        if day:
            found = find(day, drive)
            same, ranked, name = freezing.same_as_shown, ranking.rank, f"{found.date}"
        else:
            found = find_drive(drive)
            same, ranked, name = freezing.drive_same_as_shown, ranking.rank_drive, found.slug
        if check:
            self.stdout.write(compared(same(found), name))
            return
        rows = [row for row in ranked(found).rows if row.raw is not None]
        self.stdout.write(json.dumps([told(row, with_day=not day) for row in rows]))


def told(row, *, with_day):
    """One candidate, without a name."""
    values = {
        "token": row.interview.token,
        "raw": number(row.raw),
        "adjusted": number(row.adjusted),
        "spread": number(row.spread),
        "n": row.n,
    }
    return {"day": f"{row.interview.day.date}", **values} if with_day else values


def find(day, drive):
    """The one day that is meant. Raises ``CommandError`` with the mend."""
    try:
        date = parse_date(day)
    except ValueError as problem:
        raise CommandError(f"{day}: {problem}") from problem
    if date is None and not (day.isascii() and day.isdecimal()):
        raise CommandError(f"{day}: a date as 2025-11-16, or the number of a day")
    days = InterviewDay.objects.filter(date=date) if date else InterviewDay.objects.filter(pk=int(day))
    found = list(days.filter(drive__slug=drive) if drive else days)
    if not found:
        raise CommandError(f"{day}: no interview day here")
    if len(found) > 1:
        raise CommandError(f"{day}: several drives interview then; name one with --drive")
    return found[0]


def find_drive(slug):
    """The drive whose days are ranked as one. Raises ``CommandError`` with the mend."""
    if not slug:
        raise CommandError("name a DAY, or a drive with --drive")
    drive = Drive.objects.filter(slug=slug).first()
    if drive is None:
        raise CommandError(f"{slug}: no drive here")
    return drive


def compared(same, name):
    """That the ranking, computed anew, equals what was shown. Raises ``CommandError`` when it does not."""
    if same is None:
        raise CommandError(f"{name}: these results were never frozen; there is nothing to compare with")
    if not same:
        raise CommandError(f"{name}: the ranking computed from the sheets is NOT what was shown when it was frozen")
    return f"{name}: the ranking computed from the sheets equals what was shown when it was frozen"


def number(value):
    return round(value, 4) if value is not None and isfinite(value) else None
