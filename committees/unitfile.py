"""Reads a CSV file of units, or of other numbers for booths: each cell as the tree wants it, each error with its place.

Knows what spreadsheets do to files: other encodings and dividers, dates and
codes turned into numbers, letters lost on saving.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from committees.levels import Level
from portal import names

COLUMNS = (
    "level",
    "code",
    "parent",
    "number",
    "name_hi",
    "name_en",
    "aliases",
    "slug",
    "pin",
    "valid_from",
    "valid_to",
)
NEEDED = ("level", "code", "name_hi", "name_en")
LONGEST = {"code": 40, "parent": 40, "name_hi": 160, "name_en": 160, "aliases": 400, "slug": 50}
BIGGEST = 99_999
ENOUGH = 100  # errors told at once
ZIP, OLD_EXCEL, UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
AS_NUMBER = re.compile(r"[0-9]+\.?[0-9]*[eE][+-]?[0-9]+")


class Problem(NamedTuple):
    """One error: the row as a spreadsheet counts (the header is 1), the column's name, the words."""

    row: int
    column: str
    message: str


Cells = dict[str, Any]
Reader = Callable[[str, str], Any]


class Form(NamedTuple):
    """What a file looks like: its columns, those that must be there, and who reads their cells."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    readers: dict[str, Reader]


def read(content: bytes, errors: list[Problem], form: Form | None = None) -> list[tuple[int, Cells]]:
    """The cells of the file by column, each row with its number; what cannot be read goes to ``errors``.

    Without a ``form`` it is a file of units.
    """
    form = form or UNITS
    text = _text(content, errors)
    if text is None:
        return []
    lines = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip().lower() for name in next(lines, [])]
    wrong = _wrong_header(header, text, form)
    if wrong:
        errors.append(wrong)
        return []
    rows = []
    for number, cells in _numbered(lines):
        row = _row(number, header, cells, form, errors)
        if row:
            rows.append((number, row))
        if len(errors) >= ENOUGH:
            break
    if not rows and not errors:
        errors.append(Problem(2, "", _("The file has a header but no rows.")))
    return rows


def _text(content: bytes, errors: list[Problem]) -> str | None:
    if content[:4] in (ZIP, OLD_EXCEL):
        words = _("This is an Excel file. Save it as “CSV UTF-8 (Comma delimited)” and try again.")
        errors.append(Problem(1, "", words))
        return None
    if content[:2] in UTF16:
        words = _("This is Excel's “Unicode text” (UTF-16). Save it as “CSV UTF-8” and try again.")
        errors.append(Problem(1, "", words))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        words = _(
            "Byte %(place)d (0x%(byte)s) is not UTF-8. In Excel choose “Save as” and “CSV UTF-8 (Comma delimited)”."
        )
        errors.append(Problem(row, "", words % {"place": error.start, "byte": f"{content[error.start]:02X}"}))
        return None
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        errors.append(Problem(row, "", _("The file contains zero bytes; it is no CSV file.")))
        return None
    return text


def _wrong_header(header: list[str], text: str, form: Form) -> Problem | None:
    if header == [""] or not header:
        return Problem(1, "", _("The file is empty."))
    first_line = text.split("\n", 1)[0]
    if len(header) == 1 and any(sign in first_line for sign in ";\t"):
        words = _("The columns are divided by “;” or tabs. Save the file with commas: “CSV UTF-8 (Comma delimited)”.")
        return Problem(1, "", words)
    missing = [name for name in form.needed if name not in header]
    if missing:
        words = _("The header lacks: %(names)s. It must be: %(all)s")
        return Problem(1, missing[0], words % {"names": ", ".join(missing), "all": ",".join(form.columns)})
    unknown = [name for name in header if name not in form.columns]
    if unknown:
        words = _("Unknown column: %(names)s. The columns are: %(all)s")
        return Problem(1, unknown[0], words % {"names": ", ".join(unknown), "all": ",".join(form.columns)})
    twice = next((name for name in header if header.count(name) > 1), None)
    return Problem(1, twice, _("This column stands twice in the header.")) if twice else None


def _numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, counted as a spreadsheet counts them."""
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _row(line: int, header: list[str], cells: list[str], form: Form, errors: list[Problem]) -> Cells | None:
    """One row; ``None`` when anything in it is wrong."""
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        words = _(
            "This row has %(cells)d cells, the header %(names)d. A comma inside a name needs quotes around the name."
        )
        errors.append(Problem(line, "", words % {"cells": len(cells), "names": len(header)}))
        return None
    given = {name: _clean(cell) for name, cell in zip(header, cells, strict=False)}
    before = len(errors)
    values = {name: _value(line, name, given.get(name, ""), form, errors) for name in form.columns}
    begins, ends = values.get("valid_from"), values.get("valid_to")
    if begins and ends and ends <= begins:
        errors.append(Problem(line, "valid_to", _("This date must be after valid_from.")))
    if len(errors) > before:
        return None
    return values


def _clean(cell: str) -> str:
    """One spelling; plain ASCII, which most cells are, takes the short way."""
    return " ".join(cell.split()) if cell.isascii() and cell.isprintable() else names.clean(cell)


def _value(line: int, column: str, text: str, form: Form, errors: list[Problem]) -> Any:
    """One cell as the tree wants it."""
    try:
        return form.readers.get(column, _plain)(column, text)
    except ValueError as error:
        errors.append(Problem(line, column, str(error)))
        return None


# --- cells: each reader takes the column's name and the text, or raises ValueError with the words ----------


def _plain(column: str, text: str) -> str:
    if text.startswith("#") and text.endswith(("!", "?", "A")):
        raise ValueError(_("“%(text)s” is an error of the spreadsheet, not a value.") % {"text": text[:20]})
    if len(text) > LONGEST.get(column, 400):
        raise ValueError(_("This is longer than %(n)d letters.") % {"n": LONGEST.get(column, 400)})
    return text


def _level(column: str, text: str) -> Level:
    try:
        return Level(text.lower())
    except ValueError:
        words = _("Unknown level “%(text)s”. The levels are: %(all)s")
        raise ValueError(words % {"text": text[:20], "all": ", ".join(Level.values)}) from None


def _code(column: str, text: str) -> str:
    if AS_NUMBER.fullmatch(text):
        words = _("The spreadsheet has turned this code into the number %(text)s. Format the column as text.")
        raise ValueError(words % {"text": text})
    return _plain(column, text)


def _needed_code(column: str, text: str) -> str:
    if not text:
        raise ValueError(_("Each unit needs a code."))
    return _code(column, text)


def _name(column: str, text: str) -> str:
    if not text:
        raise ValueError(_("The name is missing."))
    if set(text) <= set("?\ufffd "):
        raise ValueError(_("The letters were lost when the file was saved. Save it as “CSV UTF-8”."))
    return _plain(column, text)


def _number(column: str, text: str) -> int | None:
    if not text:
        return None
    digits = _digits(text)
    if not digits.isdecimal() or not 1 <= int(digits) <= BIGGEST:
        raise ValueError(_("“%(text)s” is no whole number from 1 to 99999.") % {"text": text[:20]})
    return int(digits)


def _slug(column: str, text: str) -> str:
    if text and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        raise ValueError(_("Only small Latin letters, digits and single hyphens, as in palsana-2."))
    return _plain(column, text)


def _pin(column: str, text: str) -> str:
    digits = _digits(text)
    if digits and not re.fullmatch(r"[1-9][0-9]{5}", digits):
        raise ValueError(_("A PIN code has 6 digits."))
    return digits


def _date(column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(_digits(text))
    except ValueError:
        words = _("“%(text)s” is no date. Write year-month-day, as in 2026-01-31.")
        raise ValueError(words % {"text": text[:20]}) from None


def _digits(text: str) -> str:
    """Hindi digits as ASCII, and the .0 that spreadsheets add taken off."""
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    return plain.removesuffix(".0")


def _new_name(column: str, text: str) -> str:
    return _name(column, text) if text else ""


READERS: dict[str, Reader] = {
    "level": _level,
    "code": _needed_code,
    "parent": _code,
    "number": _number,
    "name_hi": _name,
    "name_en": _name,
    "slug": _slug,
    "pin": _pin,
    "valid_from": _date,
    "valid_to": _date,
}
RENUMBERED: dict[str, Reader] = {
    "old": _number,
    "new": _number,
    "name_hi": _new_name,
    "name_en": _new_name,
    "mandal": _code,
}
UNITS = Form(COLUMNS, NEEDED, READERS)
RENUMBERING = Form(tuple(RENUMBERED), ("old", "new"), RENUMBERED)
