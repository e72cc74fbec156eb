"""A file of answers as rows of text: CSV or Excel, as Google Forms, Google Sheets and Excel write them.

Rows are numbered as a spreadsheet numbers them. A cell that was merged
downwards belongs to each of its rows; a formula stays the text that it is.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from applications.domain.importing import columns

BIGGEST = 30 * 1024 * 1024  # bytes of a file
UNPACKED = 200 * 1024 * 1024  # of an Excel file, which is packed
MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_MERGED = 200_000  # cells of an Excel file, together; more can only lie over each other
LONGEST = 20_000  # characters of one answer
HEADINGS_WITHIN = 15  # titles and blank rows may stand above the headings
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
DIVIDERS = ",\t;"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)"')

Rows = list[tuple[int, list[str]]]
Merged = list[tuple[int, int, int, int]]  # left, top, right, bottom


class Unreadable(ValueError):
    """The file is no table that we can read; the text says what to do about it."""


class Sheet(NamedTuple):
    """The headings and the rows below them, each with its number."""

    headings: list[str]
    rows: Rows


def read(content: bytes) -> Sheet:
    """The table of a CSV or Excel file. Raises ``Unreadable``."""
    if len(content) > BIGGEST:
        told = _("The file is larger than %(n)d MB. Divide it into several files.")
        raise Unreadable(told % {"n": BIGGEST // 1024 // 1024})
    if content.startswith(OLD_EXCEL):
        raise Unreadable(_("This is an old Excel file (.xls). Save it as .xlsx or as “CSV UTF-8” and try again."))
    grid, merged = _excel(content) if content.startswith(ZIP) else (_csv(content), [])
    at = _heading_place(grid)
    _fill(grid, merged, grid[at][0])
    number, headings = grid[at]
    width = max(len(cells) for _number, cells in grid[at:])
    if width > MOST_COLUMNS:
        raise _too_wide()
    rows = [(row, cells) for row, cells in grid[at + 1 :] if any(cell.strip() for cell in cells)]
    if not rows:
        raise Unreadable(_("The file has headings in row %(row)d but no answers below them.") % {"row": number})
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The file has more than %(n)d rows. Divide it into several files.") % {"n": MOST_ROWS})
    return Sheet(_even(headings, width), [(row, _even(cells, width)) for row, cells in rows])


def pack(sheet: Sheet) -> bytes:
    """As it is kept until it is taken in: a line for the headings, then one for each row."""
    lines = [sheet.headings, *sheet.rows]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def unpack(content: bytes, most: int = -1) -> Sheet:
    """What ``pack`` made; of a long file only the first rows, ``most`` of them."""
    headings, *lines = content.split(b"\n", most + 1 if most >= 0 else -1)
    rows = [json.loads(line) for line in (lines[:most] if most >= 0 else lines)]
    return Sheet(json.loads(headings), [(row, cells) for row, cells in rows])


def _too_wide() -> Unreadable:
    return Unreadable(_("The table has more than %(n)d columns.") % {"n": MOST_COLUMNS})


def _even(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _heading_place(grid: Rows) -> int:
    """Where the headings stand: the row, near the top, with the most that we know. Raises ``Unreadable``."""
    near = [place for place, (_row, cells) in enumerate(grid) if sum(map(bool, map(str.strip, cells))) > 1]
    if not near:
        raise Unreadable(_("The file is empty, or has only one column. It needs headings and answers below them."))
    return max(near[:HEADINGS_WITHIN], key=lambda place: len(columns.known(grid[place][1])))


def _fill(grid: Rows, merged: Merged, heading: int) -> None:
    """A merged cell holds for all the rows it covers; as a heading, for its columns too."""
    by_row = dict(grid)
    for left, top, right, bottom in merged:
        text = _at(by_row.get(top, []), left)
        for row in range(top, bottom + 1):
            for column in range(left, (right if row == heading else left) + 1):
                cells = by_row.get(row)
                if cells is not None and not _at(cells, column):
                    cells += [""] * (column - len(cells))
                    cells[column - 1] = text


def _at(cells: list[str], column: int) -> str:
    return cells[column - 1] if column <= len(cells) else ""


# --- CSV ----------------------------------------------------------------------------------


def _csv(content: bytes) -> Rows:
    text = _text(content)
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    divider = _divider(text)
    grid: Rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=divider), start=1):
            if any(cell.strip() for cell in cells):
                grid.append((number, [cell[:LONGEST] for cell in cells]))
    except csv.Error:
        told = _("After row %(row)d the file cannot be read as a table. Open it in a spreadsheet and save it again.")
        raise Unreadable(told % {"row": len(grid)}) from None
    return grid


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-16" if content.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        told = _(
            "Row %(row)d is not in Unicode, so Hindi letters would be lost. "
            "In Google Sheets choose “Download” and “CSV”, in Excel “Save as” and “CSV UTF-8”."
        )
        raise Unreadable(told % {"row": row}) from None
    if "\x00" in text:
        raise Unreadable(_("The file contains zero bytes; it is no table. Save it as “CSV UTF-8” or .xlsx."))
    return text


def _divider(text: str) -> str:
    """The sign that divides the first rows into the most columns."""

    def widest(divider: str) -> int:
        lines = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=divider)
        try:
            return max((len(cells) for _n, cells in zip(range(HEADINGS_WITHIN), lines, strict=False)), default=0)
        except csv.Error:
            return 0

    return max(DIVIDERS, key=widest)


# --- Excel -----------------------------------------------------------------------------------


def _excel(content: bytes) -> tuple[Rows, Merged]:
    """The first sheet that shows, and which of its cells are merged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        return _first_sheet(content) if size <= UNPACKED else ([], [])
    except Unreadable:
        raise
    except Exception as problem:  # a broken file breaks the library in a hundred ways
        raise _broken() from problem


def _broken() -> Unreadable:
    return Unreadable(_("This Excel file cannot be opened. Save it again as .xlsx, or as “CSV UTF-8”."))


def _first_sheet(content: bytes) -> tuple[Rows, Merged]:
    reader = ExcelReader(io.BytesIO(content), read_only=True)
    reader.read()
    path = next(rel.target for tab, rel in reader.parser.find_sheets() if _shows(tab))
    merged = _merged(reader.archive.read(path))
    covered = {row for _left, top, _right, bottom in merged for row in range(top, bottom + 1)}
    grid: Rows = []
    for number, cells in _lines(reader, path):
        if cells or number in covered:
            grid.append((number, cells))
        if len(grid) > MOST_ROWS + HEADINGS_WITHIN:
            break
    return grid, merged


def _lines(reader: ExcelReader, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are written in the file, each with its number.

    Those that the numbers leave out are not made up: a few letters can name row
    2,000,000,000, and ``iter_rows`` of the library would count up to it.
    """
    book = reader.wb
    formats = {name: vars(book)[f"_{name}"] for name in ("date_formats", "timedelta_formats")}  # shown to nobody else
    with reader.archive.open(path) as source:
        for number, found in WorkSheetParser(source, reader.shared_strings, epoch=book.epoch, **formats).parse():
            said = {cell["column"]: text for cell in found if (text := _cell(cell["value"]))}
            last = max(said, default=0)
            if last > MOST_COLUMNS:
                raise _too_wide()
            yield number, [said.get(column, "") for column in range(1, last + 1)]


def _merged(source: bytes) -> Merged:
    """The merged cells within what we read. Raises ``Unreadable`` where there are more than a sheet can have."""
    found = []
    cells = 0
    for place in MERGED.findall(source):
        left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(place.decode()))
        found.append((left, top, min(right, MOST_COLUMNS), min(bottom, top + MOST_ROWS)))
        cells += max(1, found[-1][2] - left + 1) * (found[-1][3] - top + 1)
        if cells > MOST_MERGED:
            raise _broken()
    return found


def _shows(tab: Any) -> bool:
    return tab.state == "visible"


def _cell(value: object) -> str:
    """One cell as text: dates year first, so that nobody has to guess; whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:LONGEST]
