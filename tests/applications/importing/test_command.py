"""``import_applications``: one JSON object for programs, words for people, 1 when nothing could be done."""

import io
import json

import pytest
from django.core.management import call_command
from django.utils import translation

from applications.models import Application, ImportBatch
from tests.applications.importing.world import AWKWARD, table

ROW = ["2025/11/03 10:00:00 am GMT+5:30", "कमला गोयल", "6000002001", "सीकर", "1985"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_bytes(table(ROW))
    return path


def run(*words):
    """What the command says: (exit code, standard output, standard error)."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_applications", *map(str, words), stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


def asked(*words):
    code, out, err = run(*words, "--json")
    assert err == ""
    return code, json.loads(out)


def test_json_counts_every_row(drive):
    code, told = asked(AWKWARD, "--drive", drive.slug)

    assert (code, told["created"], told["duplicates"], told["skipped"]) == (0, 41, 3, 16)
    assert [error["row"] for error in told["errors"]] == [31, 32, 33, *range(35, 48)]
    assert set(told["errors"][0]) == {"row", "column", "message"}
    assert told["batch"] == ImportBatch.objects.get().code


def test_a_dry_run_says_the_same_and_keeps_nothing(drive):
    code, told = asked(AWKWARD, "--drive", drive.slug, "--dry-run")

    assert (code, told["batch"], told["created"], told["duplicates"], told["skipped"]) == (0, None, 41, 3, 16)
    assert (Application.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_an_import_is_taken_back_by_its_code(drive, file):
    _code, told = asked(file, "--drive", drive.slug)

    code, back = asked("--undo", told["batch"])

    assert (code, back["batch"], back["undone"], back["errors"]) == (0, told["batch"], 1, [])
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.csv", "--drive", "pradesh-2025"], "nowhere.csv"),
        (["{file}", "--drive", "nirgends"], "nirgends"),
        (["{file}"], "--drive"),
        (["--drive", "pradesh-2025"], "--undo"),
        (["--undo", "K7Q29FXM"], "K7Q29FXM"),
        (["{file}", "--drive", "pradesh-2025", "--map", "nowhere.json"], "nowhere.json"),
    ],
)
def test_what_is_missing_is_named_and_the_exit_is_1(drive, file, words, said):
    words = [word.format(file=file) for word in words]

    code, told = asked(*words)
    in_words = run(*words)

    assert (code, told["created"], len(told["errors"])) == (1, 0, 1)
    assert said in told["errors"][0]["message"]
    assert in_words[0] == 1
    assert said in in_words[2]


def test_a_file_whose_every_row_is_left_out_ends_with_1(drive, file):
    file.write_bytes(table([*ROW[:2], "12345", *ROW[3:]]))

    code, told = asked(file, "--drive", drive.slug)

    assert (code, told["skipped"], told["errors"][0]["row"], told["errors"][0]["column"]) == (1, 1, 2, "C (Mobile)")


def test_a_map_says_what_the_guess_could_not_know(drive, file, tmp_path):
    headings = ("प्रश्न 1", "प्रश्न 2", "प्रश्न 3", "ज़िला")
    file.write_bytes(table(["कमला गोयल", "6000002001", "1985", "सीकर"], headings=headings))
    mapping = tmp_path / "map.json"
    mapping.write_text('{"प्रश्न 1": "name", "B": "phone", "C": "birth"}')

    refused = asked(file, "--drive", drive.slug)
    code, told = asked(file, "--drive", drive.slug, "--map", mapping)

    assert (refused[0], len(refused[1]["errors"])) == (1, 3)
    assert (code, told["created"]) == (0, 1)
    assert Application.objects.get().name == "कमला गोयल"


@pytest.mark.parametrize("text", ["[1]", "{", '{"Colour": "name"}', '{"Mobile": "colour"}', '{"Full Name": "phone"}'])
def test_a_map_that_will_not_do_is_refused(drive, file, tmp_path, text):
    mapping = tmp_path / "map.json"
    mapping.write_text(text)

    code, told = asked(file, "--drive", drive.slug, "--map", mapping)

    assert (code, told["created"]) == (1, 0)
    assert told["errors"]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("hi", "1 शामिल, 0 दोहराव, 0 छूटे"), ("en", "1 taken in, 0 duplicates, 0 left out")]
)
def test_people_are_told_in_words(drive, file, language, said):
    with translation.override(language):
        code, out, err = run(file, "--drive", drive.slug)

    assert (code, out.splitlines()[0], err) == (0, said, "")
