import csv
import tracemalloc
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from applications import exports
from applications.domain import exporting
from applications.domain.exporting import Wish
from applications.models import Application, Question
from committees.domain import seats
from committees.levels import Role
from portal import audit, jobs, phones
from portal.models import Event, Job
from tests.factories.desk import a_colleague, a_drive, an_application

EXPORT = "/office/applications/export/"
EVIL = [
    "=1+2",
    "+91",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\x00=1",
    "＝1+2",
    "  =1+2",
    '=HYPERLINK("http://evil.example")',
]


@pytest.fixture
def second(places, now):
    return a_colleague(places.state, Role.STATE_OFFICE, now, number=2)


def wish(*columns, query="", kind="xlsx"):
    return Wish(query, list(columns or exports.USUAL), kind)


def rows_of(book):
    sheet = load_workbook(BytesIO(book)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def many(drive, places, now, count):
    first = an_application(drive, places.booth, now)
    rows = []
    for number in range(1, count):
        row = Application.objects.get(pk=first.pk) if number == 1 else Application(**vars_of(rows[0]))
        row.pk, row.phone, row.ref, row.link_key = None, f"+9188000{number:05}", f"R{number:06}", f"key{number}"
        rows.append(row)
    Application.objects.bulk_create(rows, batch_size=500)


def vars_of(row):
    return {field.attname: getattr(row, field.attname) for field in Application._meta.concrete_fields}


def test_a_file_says_who_took_it_and_when_and_it_is_in_the_log(drive, places, office, now):
    application = an_application(drive, places.booth, now)

    book = exporting.export(wish=wish(query="q=sunita&district=sikar"), by=office, now=now)

    rows, _sheet = rows_of(book)
    assert rows[0][0] == "विमला देवी ने सोमवार, 10 नवंबर 2025, सुबह 10:00 बजे को लिया। आगे भेजने के लिए नहीं।"
    assert rows[2][1:6] == ["सुनीता मीणा", "98290 00000", "बूथ 112", "34 दांतारामगढ़", "सीकर"]
    assert audit.history(application).last().data == {"with_numbers": True}
    logged = Event.objects.get(verb="took out a file").data
    assert (logged["count"], logged["filters"], logged["searched"]) == (1, {"district": ["sikar"]}, True)


def test_only_the_chosen_columns_with_the_drives_own_questions(drive, places, office, now):
    question = Question.objects.create(
        drive=drive, order=1, kind="choice", label_hi="वाहन", options_hi="साइकिल\nमोटरसाइकिल"
    )
    an_application(drive, places.booth, now, extra={str(question.pk): 2})

    book = exporting.export(wish=wish("name", f"question-{question.pk}", "nonsense"), by=office, now=now)

    assert rows_of(book)[0][1:] == [["पूरा नाम", "वाहन"], ["सुनीता मीणा", "मोटरसाइकिल"]]


def test_without_the_right_numbers_are_masked(drive, places, now):
    an_application(drive, places.booth, now)
    reader = a_colleague(places.state, Role.AUDITOR, now, number=4)

    columns = {column.key: column.value for column in exports.columns()}

    assert columns["phone"](Application.objects.get()) == "98••• ••000"
    assert exporting.access.tops(reader, exporting.Right.READ_NUMBERS) == []


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_nothing_an_applicant_wrote_is_computed(evil, kind):
    _media_type, make = exports.KINDS[kind]
    book = b"".join(make([[evil]], titles=["a"], widths=[10], mark="m"))

    if kind == "xlsx":
        rows, sheet = rows_of(book)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    else:
        rows = list(csv.reader(StringIO(book.decode("utf-8-sig"), newline="")))
    assert rows[2][0].startswith("'")


def test_a_number_is_text_and_the_same_when_it_comes_back(drive, places, office, now):
    application = an_application(drive, places.booth, now)

    for kind in exports.KINDS:
        book = exporting.export(wish=wish("phone", kind=kind), by=office, now=now)
        rows = rows_of(book)[0] if kind == "xlsx" else list(csv.reader(StringIO(book.decode("utf-8-sig"))))
        assert phones.normalise(rows[2][0]) == application.phone


def test_no_file_is_made_by_group(at_office, places, now):
    drive = a_drive(places.state, now, slug="mahila", asks_representation=True)
    an_application(drive, places.booth, now, social_group="ST")

    answer = at_office.post(EXPORT, {"query": "drive=mahila&group=ST", "column": ["name"]})

    assert (answer.status_code, Event.objects.filter(verb="took out a file").count()) == (302, 0)


def test_the_page_offers_columns_and_the_button_brings_the_file(at_office, drive, places, now):
    an_application(drive, places.booth, now)

    page = at_office.get(EXPORT, {"district": "sikar"})
    file = at_office.post(EXPORT, {"query": "district=sikar", "column": ["name"]})
    none = at_office.post(EXPORT, {"query": "district=sikar"})

    assert [column.key for column in page.context["columns"]][:3] == ["ref", "name", "phone"]
    assert {"gender", "social_group"} & {column.key for column in page.context["columns"]} == set()
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == (exports.XLSX, "nosniff")
    assert none.context["none"]


def test_more_than_a_hundred_need_a_second_person(at_office, drive, places, office, second, now):
    many(drive, places, now, 101)

    asked = at_office.post(EXPORT, {"query": "district=sikar", "column": ["ref", "phone"]})
    job = Job.objects.get()
    assert asked.url == f"/jobs/{job.key}/"
    assert jobs.do_due(now=now) == {"done": 0, "failed": 0}
    jobs.agree(job=job, by=second, now=now)
    assert jobs.do_due(now=now) == {"done": 1, "failed": 0}

    rows, _sheet = rows_of(b"".join(jobs.file_of(job)))
    assert (len(rows), rows[1]) == (103, ["आवेदन क्रमांक", "मोबाइल नंबर"])
    logged = Event.objects.get(verb="took out a file")
    assert (logged.data["count"], logged.data["agreed"]) == (101, second.pk)
    assert not Event.objects.filter(verb="exported").exists()


def test_a_file_is_not_made_when_rights_ended_meanwhile(at_office, drive, places, office, second, now):
    many(drive, places, now, 101)
    at_office.post(EXPORT, {"query": "", "column": ["ref"]})
    job = Job.objects.get()
    jobs.agree(job=job, by=second, now=now)
    seats.end(appointment=second.person.appointments.get(), reason="त्यागपत्र", by=None, now=now)

    jobs.do_due(now=now)

    job.refresh_from_db()
    assert (job.error, job.parts.count()) == ("RightEnded", 0)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_memory_does_not_grow_with_the_rows(kind):
    def peak(count):
        rows = ([f"नाम {n}", "लेखन " * 40] for n in range(count))
        tracemalloc.start()
        for _piece in exports.KINDS[kind][1](rows, titles=["a", "b"], widths=[9, 9], mark="m"):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(5000) < peak(500) + 1_000_000
