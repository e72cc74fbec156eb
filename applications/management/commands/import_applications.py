"""Answers exported from a Google Form, into a drive; and out again."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.domain.importing import batches, columns, plans, rows, sheets, undoing
from applications.models import Drive, ImportBatch


class Command(BaseCommand):
    help = """Take answers exported from a Google Form (CSV or .xlsx) into a drive.

    Columns are guessed from their Hindi or English headings; --map names them
    in a JSON file: {"heading or letter": "word"}. Every row ends in the drive,
    as a duplicate, or in the report with row, column and mend. --undo takes a
    whole import back. The exit code is 1 when nothing could be done.
    """

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--drive", metavar="CODE", help="The word in the drive's address.")
        parser.add_argument("--map", type=Path, metavar="FILE", help="What the columns hold, as JSON.")
        parser.add_argument("--dry-run", action="store_true", help="Check and count, keep nothing.")
        parser.add_argument("--undo", metavar="BATCH", help="Take this import back.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object and nothing else.")

    def handle(self, **options):
        try:
            told = self._undo(options["undo"]) if options["undo"] else self._import(options)
        except Refused as refused:
            told = {"batch": None, "created": 0, "duplicates": 0, "skipped": 0, "errors": refused.errors, "notes": []}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(told, options)
        if told["errors"] and not (told["created"] or told["duplicates"]):
            sys.exit(1)

    def _import(self, options):
        drive = _drive(options["drive"])
        content = _bytes(options["file"])
        now = timezone.now()
        try:
            with transaction.atomic():
                name = options["file"].name
                batch = batches.upload(drive=drive, content=content, file_name=name, by=None, now=now)
                if options["map"]:
                    chosen = _mapping(options["map"], batches.sheet_of(batch).headings, batch.mapping, drive)
                    batches.choose_columns(batch=batch, mapping=chosen, by=None, now=now)
                batches.take_in(batch=batch, by=None, now=now)
                transaction.set_rollback(options["dry_run"])
        except sheets.Unreadable as problem:
            raise Refused(str(problem)) from None
        except batches.BadColumns as problem:
            raise Refused(*problem.told) from None
        problems = [plans.Problem(**problem) for problem in batch.problems]
        return batches.counts(batch) | {
            "batch": None if options["dry_run"] else batch.code,
            "errors": [_shown(problem) for problem in problems if problem.kind == rows.LEFT_OUT],
            "notes": [_shown(problem) for problem in problems if problem.kind != rows.LEFT_OUT],
        }

    def _undo(self, code):
        batch = ImportBatch.objects.filter(code=code).first()
        if batch is None:
            raise Refused(_("There is no import with the code %(code)s.") % {"code": code})
        try:
            gone = undoing.take_back(batch=batch, by=None, now=timezone.now())
        except undoing.NothingToTakeBack:
            raise Refused(_("There is nothing to take back: it never came in, or is out again.")) from None
        except undoing.MovedOn as moved:
            refs = ", ".join(application.ref for application in moved.applications)
            raise Refused(_("Nothing is taken back, since work stands on: %(refs)s") % {"refs": refs}) from None
        return batches.counts(batch) | {"created": 0, "undone": gone, "errors": [], "notes": []}

    def _tell(self, told, options):
        for problem in [*told["errors"], *told["notes"]]:
            place = f"{_('row')} {problem['row']}, {problem['column'] or '-'}: " if problem["row"] else ""
            self.stderr.write(f"{place}{problem['message']}")
        if "undone" in told:
            said = ngettext("%(n)d application is taken back.", "%(n)d applications are taken back.", told["undone"])
            self.stdout.write(said % {"n": told["undone"]})
        elif told["errors"] and not (told["created"] or told["duplicates"]):
            self.stderr.write(self.style.ERROR(_("Nothing is changed.")))
        else:
            if options["dry_run"]:
                self.stdout.write(_("Checked only, nothing is kept:"))
            self.stdout.write(batches.in_words(told))
            if told["batch"]:
                self.stdout.write(_("To take it back: --undo %(code)s") % {"code": told["batch"]})


class Refused(Exception):
    """Nothing could be done; ``errors`` say why, as the report says it of a row."""

    def __init__(self, *told):
        super().__init__(*told)
        self.errors = [{"row": 0, "column": "", "message": words} for words in told]


def _drive(slug):
    if not slug:
        raise Refused(_("Name the drive: --drive CODE"))
    drive = Drive.objects.select_related("unit").filter(slug=slug).first()
    if drive is None:
        known = ", ".join(Drive.objects.order_by("-closes_at").values_list("slug", flat=True)[:10])
        raise Refused(_("There is no drive %(slug)s. The latest are: %(known)s") % {"slug": slug, "known": known})
    return drive


def _bytes(file):
    if file is None:
        raise Refused(_("Name the file, or an import to take back with --undo."))
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from None


def _mapping(file, headings, guessed, drive):
    """The guessed columns, and over them what the file says of a heading or a letter."""
    try:
        wanted = json.loads(_bytes(file))
    except ValueError:
        wanted = None
    if not isinstance(wanted, dict):
        raise Refused(_('%(file)s is no JSON object such as {"Mobile": "phone"}.') % {"file": file})
    letters = {columns.letter(index): columns.letter(index) for index in range(len(headings))}
    by_heading = {heading.strip(): columns.letter(index) for index, heading in enumerate(headings)}
    unknown = [heading for heading in wanted if heading.strip() not in letters | by_heading]
    if unknown:
        raise Refused(_("The file has no column %(names)s.") % {"names": ", ".join(unknown)})
    return guessed | {(letters | by_heading)[heading.strip()]: str(word) for heading, word in wanted.items()}


def _shown(problem):
    return {"row": problem.row, "column": problem.column, "message": problem.message}
