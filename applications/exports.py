"""Applications as an Excel file."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from applications.models import Application
from portal import codes, dates, phones
from portal.spreadsheets import harmless

WIDTHS = [14, 26, 18, 22, 22, 20, 14, 20, 20, 60, 40, 26]


def workbook(applications: Iterable[Application], *, who: str, now: datetime, with_numbers: bool) -> bytes:
    """An .xlsx whose first row says who took it and when.

    Every cell is text and none is a formula, whatever an applicant wrote.
    Phones are masked unless ``with_numbers``.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Applications"))
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKL"[place]].width = width
    sheet.freeze_panes = "A3"
    mark = _("Taken by %(who)s on %(when)s. Not for passing on.") % {"who": who, "when": dates.moment(now)}
    sheet.append([_cell(sheet, mark)])
    sheet.append([_cell(sheet, title, bold=True) for title in _titles()])
    for application in applications:
        sheet.append([_cell(sheet, value) for value in _values(application, with_numbers=with_numbers)])
    picture = BytesIO()
    book.save(picture)
    return picture.getvalue()


def _titles() -> list[str]:
    return [
        _("Application number"),
        _("Full name"),
        _("Mobile number"),
        _("Village, ward or booth"),
        _("Assembly constituency"),
        _("District"),
        _("Year of birth"),
        _("Status"),
        _("Received"),
        _("Writing sample"),
        _("Social media"),
        _("Came by"),
    ]


def _values(application: Application, *, with_numbers: bool) -> list[str]:
    unit = application.unit
    return [
        codes.pretty(application.ref),
        application.name,
        phones.grouped(application.phone) if with_numbers else phones.masked(application.phone),
        application.place_note or unit.name,
        unit.assembly.title if unit.assembly else "",
        unit.district.name if unit.district else "",
        str(application.birth_year),
        application.get_status_display(),
        dates.moment(application.submitted_at),
        application.writing,
        ", ".join(link.get("url") or link["text"] for link in application.links),
        application.link.get_via_display() if application.link else "",
    ]


def _cell(sheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A text cell: no number, no date, no formula."""
    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    return cell
