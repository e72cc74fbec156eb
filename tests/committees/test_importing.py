"""Units from a file: what is told about bad ones, and that good ones may come again."""

import io
import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from committees.domain import tree
from committees.domain.importing import import_units
from committees.models import Seat, Unit
from committees.unitfile import read

HEADER = "level,code,parent,number,name_hi,name_en\n"
GOOD = HEADER + "district,AJM,RJ,,अजमेर,Ajmer\nassembly,AC099,AJM,९९,पुष्कर,Pushkar\n"


def load(text, now, **how):
    content = text if isinstance(text, bytes) else text.encode()
    return import_units(content=content, by=None, now=now, **how)


def told(report):
    return [(problem.row, problem.column) for problem in report.errors]


def test_rows_become_units_and_may_come_again(units, now):
    first = load(GOOD, now)
    again = load("\ufeff" + GOOD.replace("\n", "\r\n"), now)
    mended = load(GOOD.replace("Pushkar", "Pushkar Raj"), now)

    counts = [(report.created, report.updated, report.unchanged) for report in (first, again, mended)]
    assert counts == [(2, 0, 0), (0, 0, 2), (0, 1, 1)]
    assert Unit.objects.get(code="AC099").path == "ajmer/99"
    assert list(tree.wrong_units()) == []


def test_units_of_a_file_have_the_chairs_of_their_level_also_those_that_came_without(units, now):
    before = Seat.objects.count()
    load(GOOD, now, dry_run=True)
    assert Seat.objects.count() == before

    load(GOOD, now)
    Seat.objects.filter(unit__code="AC099").delete()
    load(GOOD, now)

    chairs = {code: Seat.objects.filter(unit__code=code).of_committee().count() for code in ("AJM", "AC099")}
    assert chairs == {"AJM": 21, "AC099": 11}


def test_rows_may_stand_in_any_order(units, now):
    header, *rows = GOOD.splitlines(keepends=True)

    assert load("".join([header, *reversed(rows)]), now).created == 2


def test_a_dry_run_counts_and_keeps_nothing(units, now):
    before = Unit.objects.count()

    report = load(GOOD, now, dry_run=True)

    assert (report.created, report.errors) == (2, [])
    assert Unit.objects.count() == before


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [(1, "")]),
        (HEADER, [(2, "")]),
        ("level;code;name_hi;name_en\n", [(1, "")]),
        ("level,code,name_hi\n", [(1, "name_en")]),
        ("level,code,name_hi,name_en,colour\n", [(1, "colour")]),
        (HEADER + "district,AJM,RJ,,अजमेर,Ajmer\ndistrict,AJM,RJ,,अजमेर,Ajmer\n", [(3, "code")]),
        (HEADER + "assembly,AC099,AJM,99,पुष्कर,Pushkar\n", [(2, "parent")]),
        (HEADER + "booth,P1,SKR,1,भाग 1,Part 1\n", [(2, "parent")]),
        (HEADER + "district,AC036,RJ,,सीकर,Sikar\n", [(2, "code")]),
        (HEADER + "state,XX,,,दूसरा,Other\n", [(2, "code")]),
        (HEADER + "\n\nvillage,V1,RJ,,गाँव,Village\n", [(4, "level")]),
        (HEADER + "district,1E+05,RJ,,अजमेर,Ajmer\n", [(2, "code")]),
        (HEADER + "district,AJM,RJ,x,????,\n", [(2, "number"), (2, "name_hi"), (2, "name_en")]),
        (HEADER + "district,AJM,RJ,,अजमेर,Ajmer, Rajasthan\n", [(2, "")]),
        (HEADER.strip() + ",pin,valid_from\ndistrict,AJM,RJ,,अ,A,3020,16/11/2025\n", [(2, "pin"), (2, "valid_from")]),
        (HEADER.strip() + ",valid_from,valid_to\ndistrict,AJM,RJ,,अ,A,2026-01-02,2026-01-01\n", [(2, "valid_to")]),
        ((HEADER + "district,AJM,RJ,,अजमेर,Ajmer\n").encode("utf-16"), [(1, "")]),
        (b"PK\x03\x04sheet", [(1, "")]),
        (HEADER.encode() + b"district,AJM,RJ,,caf\xe9,Ajmer\n", [(2, "")]),
        (HEADER + "district,A\x00M,RJ,,अ,A\n", [(2, "")]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_row_and_column_and_nothing_changes(units, now, text, places):
    before = Unit.objects.count()

    report = load(text, now)

    assert told(report) == places
    assert all(problem.message for problem in report.errors)
    assert Unit.objects.count() == before


def test_a_byte_that_is_no_utf_8_is_told_by_its_place(units, now):
    content = HEADER.encode() + b"district,AJM,RJ,,caf\xe9,Ajmer\n"

    report = load(content, now)

    place = content.index(b"\xe9")
    assert f"{place} (0xE9)" in report.errors[0].message


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content):
    errors = []

    rows = read(content, errors)

    assert rows or errors


def test_the_command_speaks_json_and_ends_with_one_on_errors(units, tmp_path):
    file = tmp_path / "units.csv"
    file.write_text(GOOD.replace("AJM,RJ", "AJM,XX"))
    said = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_units", str(file), "--json", stdout=said)

    report = json.loads(said.getvalue())
    assert end.value.code == 1
    assert {key: report[key] for key in ("created", "updated", "unchanged")} == {
        "created": 0,
        "updated": 0,
        "unchanged": 0,
    }
    assert [(error["row"], error["column"]) for error in report["errors"]] == [(2, "parent")]


def test_the_command_names_a_file_that_is_not_there(units):
    said = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_units", "nowhere.csv", "--json", stdout=said)

    assert end.value.code == 1
    assert [error["message"] for error in json.loads(said.getvalue())["errors"]] == [
        "यह फ़ाइल पढ़ी नहीं जा सकी: nowhere.csv"
    ]


def test_the_command_counts_in_words(units, tmp_path):
    file = tmp_path / "units.csv"
    file.write_text(GOOD)
    said = io.StringIO()

    call_command("import_units", str(file), stdout=said)

    assert said.getvalue() == "2 नए, 0 बदले, 0 ज्यों के त्यों\n"
