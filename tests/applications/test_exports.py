from io import BytesIO

import pytest
from openpyxl import load_workbook

from applications.domain import exporting
from applications.models import Application
from portal import audit
from tests.factories.desk import an_application


def rows_of(book):
    sheet = load_workbook(BytesIO(book)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_a_file_says_who_took_it_and_when_and_it_is_in_the_log(drive, places, office, now):
    application = an_application(drive, places.booth, now)

    book = exporting.export(applications=Application.objects.all(), with_numbers=True, by=office, now=now)

    rows, _sheet = rows_of(book)
    assert rows[0][0] == "विमला देवी ने सोमवार, 10 नवंबर 2025, सुबह 10:00 बजे को लिया। आगे भेजने के लिए नहीं।"
    assert rows[2][1:6] == ["सुनीता मीणा", "98290 00000", "बूथ 112", "34 दांतारामगढ़", "सीकर"]
    assert audit.history(application).last().data == {"with_numbers": True}


def test_without_the_right_numbers_are_masked(drive, places, office, now):
    an_application(drive, places.booth, now)

    book = exporting.export(applications=Application.objects.all(), with_numbers=False, by=office, now=now)

    assert "98290" not in str(rows_of(book)[0])


@pytest.mark.parametrize("evil", ["=1+2", "+91", "-2", "@SUM(A1)", '=HYPERLINK("http://evil.example")'])
def test_nothing_an_applicant_wrote_is_computed(drive, places, office, now, evil):
    an_application(drive, places.booth, now, writing=evil)

    book = exporting.export(applications=Application.objects.all(), with_numbers=True, by=office, now=now)

    rows, sheet = rows_of(book)
    assert rows[2][9] == f"'{evil}"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_more_than_a_hundred_need_a_second_person(drive, places, office, now):
    for number in range(101):
        an_application(drive, places.booth, now, number)

    with pytest.raises(exporting.TooMany) as refused:
        exporting.export(applications=Application.objects.all(), with_numbers=True, by=office, now=now)

    assert refused.value.count == 101
