"""The office's pages of an import: look first, then take in, then perhaps take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.domain import consenting, reviewing
from applications.models import Application, ImportBatch
from committees.levels import Role
from portal.models import Job
from tests.applications.importing.world import awkward_csv, table, taken_in
from tests.factories.desk import a_colleague

ROW = ["2025/11/03 10:00:00 am GMT+5:30", "कमला गोयल", "6000002001", "सीकर", "1985"]


@pytest.fixture
def desk(client, office):
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")
    return client


@pytest.fixture
def address(drive):
    return f"/office/drives/{drive.slug}/import/"


def upload(desk, address, content, name="answers.csv"):
    return desk.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_file_is_shown_before_anything_is_taken_in(desk, address):
    page = upload(desk, address, awkward_csv()).content.decode()

    assert "41 आवेदन शामिल करें" in page
    assert "E (मोबाइल नंबर *)" in page
    assert "आयु 18 से कम है" in page
    assert "60••• ••001" in page
    assert "6000001001" not in page
    assert not Application.objects.exists()


def test_taken_in_and_taken_back(desk, address):
    upload(desk, address, awkward_csv())
    here = f"{address}{ImportBatch.objects.get().code}/"

    done = desk.post(here, {"do": "take"}, follow=True).content.decode()
    count = Application.objects.count()
    back = desk.post(f"{here}undo/", follow=True).content.decode()

    assert count == 41
    assert "पूरा आयात वापस लें" in done
    assert "41 आवेदन वापस लिए गए।" in back
    assert not Application.objects.exists()


def test_other_columns_give_another_look(desk, address):
    headings = ("प्रश्न 1", "प्रश्न 2", "प्रश्न 3", "ज़िला")
    asked = upload(desk, address, table(["कमला गोयल", "6000002001", "1985", "सीकर"], headings=headings))
    here = asked.redirect_chain[-1][0]
    chosen = {"do": "columns", "A": "name", "B": "phone", "C": "birth", "D": "district"}

    wrong = desk.post(here, chosen | {"C": "name"}).content.decode()
    right = desk.post(here, chosen, follow=True).content.decode()

    assert "मोबाइल नंबर का कॉलम चुनिए।" in asked.content.decode()
    assert "दो कॉलमों के लिए चुना है" in wrong
    assert "1 आवेदन शामिल करें" in right


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"PK\x03\x04", b"caf\xe9,x\n1,2\n", b"a,b\n", b"a\nb\n", b"\x00,\x00\n"]
)
def test_what_is_no_table_is_told_with_the_mend(desk, address, content):
    answer = upload(desk, address, content)

    assert answer.status_code == 200
    assert 'class="err"' in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_many_people_wait_for_a_second_person(desk, address):
    rows = [[ROW[0], ROW[1], f"60000{number:05}", "सीकर", "1985"] for number in range(101)]
    here = upload(desk, address, table(*rows)).redirect_chain[-1][0]

    answer = desk.post(here, {"do": "take"})

    job = Job.objects.get()
    assert (job.kind, job.needs_second) == ("import", True)
    assert answer["Location"] == f"/jobs/{job.key}/"
    assert not Application.objects.exists()


def test_who_has_been_worked_on_is_named_and_nothing_goes(desk, address, drive, now):
    batch = taken_in(drive, now, table(ROW))
    reviewing.shortlist(application=Application.objects.get(), by=None, now=now)

    page = desk.post(f"{address}{batch.code}/undo/").content.decode()

    assert "कुछ भी वापस नहीं लिया गया" in page
    assert "कमला गोयल" in page
    assert Application.objects.count() == 1


def test_who_ended_their_consent_before_is_told_to_stay(desk, address, drive, now):
    batch = taken_in(drive, now, table(ROW, [*ROW[:1], "सुशीला गोयल", "6000002002", *ROW[3:]]))
    consenting.withdraw(application=Application.objects.first(), by=None, now=now)

    page = desk.post(f"{address}{batch.code}/undo/", follow=True).content.decode()

    assert "1 व्यक्ति पहले ही सहमति वापस ले चुके थे" in page
    assert "इनमें से कोई आवेदन अब नहीं रखा है" not in page


def test_a_file_is_forgotten(desk, address):
    here = upload(desk, address, table(ROW)).redirect_chain[-1][0]

    answer = desk.post(here, {"do": "give-up"})

    assert answer["Location"] == address
    assert not ImportBatch.objects.exists()


def test_the_report_is_a_file_that_computes_nothing(desk, address, drive, now):
    headings = ("Full Name", "=Mobile", "Year of birth")
    batch = taken_in(drive, now, table(["कमला गोयल", "12", "1985"], headings=headings))

    text = desk.get(f"{address}{batch.code}/report.csv").content.decode("utf-8-sig")

    assert text.splitlines()[1].startswith("2,B (=Mobile),छूटी,")
    assert len(text.splitlines()) == 2


def test_an_incharge_imports_into_their_own_drive_alone(client, places, drive, address, now):
    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now), backend="portal.accounts.backend.DoorBackend")

    assert client.get(address).status_code == 404


def test_a_file_belongs_to_its_drive(desk, address, drive, places, now):
    batch = taken_in(drive, now, table(ROW))

    assert desk.get(f"/office/drives/other/import/{batch.code}/").status_code == 404
    assert desk.get(f"{address}XXXXXXXX/").status_code == 404


def test_one_query_count_for_few_and_many_problems(desk, address, drive, now, django_assert_max_num_queries):
    few, many = taken_in(drive, now, table(ROW)), taken_in(drive, now, awkward_csv())
    desk.get(f"{address}{few.code}/")
    counts = []

    for batch in (few, many):
        with django_assert_max_num_queries(12) as asked:
            desk.get(f"{address}{batch.code}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
