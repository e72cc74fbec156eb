"""The awkward file, as Google Sheets gives it out: as CSV, and the same as Excel with dates and merged cells."""

import csv
import io
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.core.serializers import serialize
from openpyxl import Workbook

from applications.domain.importing import batches
from applications.models import ConsentText, ImportBatch
from portal.models import Event
from tests.factories.desk import an_application

AWKWARD = Path(__file__).parent / "awkward.csv"
HEADING = 3  # a title and a blank row stand above
IN_THE_DRIVE = "+916000001999"


def awkward_csv():
    return AWKWARD.read_bytes()


def awkward_excel():
    """The same answers; times are dates, the title lies over all columns, one district over three rows."""
    book = Workbook()
    sheet = book.active
    book.create_sheet("चार्ट")
    for row in csv.reader(io.StringIO(AWKWARD.read_text("utf-8"), newline="")):
        sheet.append([None if cell == "" else cell for cell in row])
    for row in sheet.iter_rows(min_row=HEADING + 1):
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # typed by a person, no formula
    sheet["A4"] = datetime.fromisoformat("2025-11-02 10:01:33")
    sheet["E4"] = 6000001001
    sheet["L4"] = datetime.fromisoformat("1961-05-06")
    sheet["P23"] = "=SUM(A1:A9)"
    sheet.merge_cells("A1:X1")
    sheet.merge_cells("G4:G6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def somebody_is_there(drive, booth, now):
    """An application of the drive with a number that stands in the file, too."""
    return an_application(drive, booth, now, phone=IN_THE_DRIVE)


def uploaded(drive, now, content=None, by=None):
    content = awkward_csv() if content is None else content
    return batches.upload(drive=drive, content=content, file_name="answers.csv", by=by, now=now)


def taken_in(drive, now, content=None, by=None):
    return batches.take_in(batch=uploaded(drive, now, content, by), by=by, now=now)


def table(*rows, headings=("Timestamp", "Full Name", "Mobile", "District", "Year of birth")):
    """A small CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def everything():
    """Every row of every table of ours, but for the log, the batches themselves and the words on record."""
    stays = {Event, ImportBatch, ConsentText}
    ours = {"portal", "committees", "applications", "interviews", "training"}
    tables = apps.get_models(include_auto_created=True)
    rows = {model._meta.label: model._base_manager.order_by("pk") for model in tables if model not in stays}
    return {label: serialize("json", found) for label, found in rows.items() if found.model._meta.app_label in ours}
