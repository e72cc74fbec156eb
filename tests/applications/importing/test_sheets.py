"""Excel files of a few kilobytes that would hold a worker for hours, or fill its memory."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from applications.domain.importing import sheets

pytestmark = pytest.mark.once

SHEET = "xl/worksheets/sheet1.xml"
AT_MOST = 5  # seconds; each took minutes to hours before
HEADINGS = ("Full Name", "Mobile", "Year of birth")
ANSWERS = ("सुमन देवी", "9876511111", "1990")


def a_row(number, *answers):
    cells = (
        f'<c r="{column}{number}" t="inlineStr"><is><t>{answer}</t></is></c>'
        for column, answer in zip("ABC", answers, strict=True)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def packed(rows, merged=""):
    """An Excel file with these rows, written by hand."""
    whole = io.BytesIO()
    Workbook().save(whole)
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in set(parts.namelist()) - {SHEET}:
            made.writestr(name, parts.read(name))
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        table = a_row(1, *HEADINGS) + a_row(2, *ANSWERS) + rows
        made.writestr(SHEET, f'<worksheet xmlns="{space}"><sheetData>{table}</sheetData>{merged}</worksheet>')
    return out.getvalue()


def merged(*places):
    cells = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    return f"<mergeCells>{cells}</mergeCells>"


FAR_DOWN = packed(a_row(2_000_000_000, *ANSWERS))
WIDE = packed("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(3, 20_000)))
MERGED = packed("", merged(*["A1:XFD1048576"] * 50_000))
EMPTY = packed(
    "".join(f'<row r="{row}"/>' for row in range(3, 60_000)), merged(*(f"A{n}:B{n}" for n in range(3, 9_000)))
)


def what_is_read(content):
    try:
        return sheets.read(content).rows
    except sheets.Unreadable as told:
        return str(told)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (FAR_DOWN, [(2, list(ANSWERS)), (2_000_000_000, list(ANSWERS))]),
        (WIDE, "तालिका में 100 से ज़्यादा कॉलम हैं।"),
        (MERGED, "यह Excel फ़ाइल नहीं खुलती। उसे फिर से .xlsx या “CSV UTF-8” में सहेजिए।"),
        (EMPTY, [(2, list(ANSWERS))]),
    ],
    ids=["far down", "wide", "merged", "empty"],
)
def test_a_small_file_cannot_hold_a_worker(content, said):
    began = time.monotonic()

    read = what_is_read(content)

    assert read == said
    assert time.monotonic() - began < AT_MOST
