"""Tables as files, row by row, so that any number of rows needs the same memory.

What stands in a cell is text, whatever a person wrote.
"""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST_CELL = 32_000  # Excel takes 32,767 characters
PIECE = 64 * 1024

# Also behind blanks, which some programs drop, and in full width, which some fold.
A_FORMULA = re.compile(r"[\t\r\n\x00]|\s*[=+\-@＝＋－＠]")


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would compute (OWASP, "CSV Injection")."""
    return f"'{text}" if A_FORMULA.match(text) else text


def xlsx(rows: Iterable[list[str]], *, titles: list[str], widths: list[int], mark: str) -> Iterator[bytes]:
    """An .xlsx whose first row is ``mark``. Every cell is text and none is a formula.

    The sheet grows in a file on disk, and leaves from there in pieces.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Table"))
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A3"
    bold = Font(bold=True)
    sheet.append([_cell(sheet, mark)])
    sheet.append([_cell(sheet, title, bold) for title in titles])
    try:
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    finally:
        sheet.close()
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def comma_separated(rows: Iterable[list[str]], *, titles: list[str], widths: list[int], mark: str) -> Iterator[bytes]:
    """The same as CSV, with the sign at the start by which Excel knows Hindi."""
    page = StringIO()
    writer = csv.writer(page)
    page.write("\ufeff")
    for row in _lines(mark, titles, rows):
        writer.writerow([harmless(_plain(value)) for value in row])
        if page.tell() > PIECE:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


KINDS = {"xlsx": (XLSX, xlsx), "csv": (CSV, comma_separated)}  # type, and what makes it


def _lines(mark: str, titles: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield [mark]
    yield titles
    yield from rows


def _cell(sheet: Any, text: str, font: Font | None = None) -> Any:
    """A text cell: no number, no date, no formula."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=harmless(_plain(text)))
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def _plain(text: str) -> str:
    """Without the signs that no spreadsheet can hold; what they hid is then seen by ``harmless``."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
