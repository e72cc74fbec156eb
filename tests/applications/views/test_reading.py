"""Reading and marking, page by page; blind where the drive says so."""

import re

import pytest

from applications.domain import readings
from applications.models import Application, Photo, Reading
from applications.states import Status
from committees.levels import Role
from tests.factories.desk import a_colleague, an_application

DOOR = "portal.accounts.backend.DoorBackend"
NAME = "सुनीता मीणा"


@pytest.fixture
def reader(places, now):
    return a_colleague(places.alwar, Role.MEMBER, now, 7, "पाठक")


@pytest.fixture
def pile(drive, places, now):
    photo = Photo.objects.create(image=b"RIFF", width=3, height=4, made_at=now)
    link = {"platform": "Instagram", "text": "instagram.com/sunita.m", "url": "https://instagram.com/sunita.m"}
    rows = [
        an_application(drive, places.booth, now, number, name=NAME, gender="W", social_group="ST", photo=photo,
                       links=[link], writing="मैं Sunita हूँ। मेरे गाँव में पानी नहीं।")
        for number in range(3)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.pk)


@pytest.fixture
def given(pile, reader, now):
    readings.give(applications=pile, reader=reader, by=None, now=now)
    return pile


@pytest.fixture
def at_desk(client, reader):
    client.force_login(reader, backend=DOOR)
    return client


def page_of(application, end=""):
    return f"/read/{application.drive.slug}/{application.ref}/{end}"


def filled(drive, mark="4", **more):
    return {f"c{criterion.pk}": mark for criterion in readings.criteria_of(drive.pk)} | more


def test_what_was_given_is_listed_with_its_progress(at_desk, given, drive):
    page = at_desk.get("/read/")

    assert [(row["drive"], row["given"], row["read"]) for row in page.context["rows"]] == [(drive, 3, 0)]
    assert at_desk.post(f"/read/{drive.slug}/next/").url == page_of(given[0])


def test_the_page_shows_what_is_judged_and_neither_number_nor_group(at_desk, given):
    page = at_desk.get(page_of(given[0])).content.decode()

    assert all(shown in page for shown in (NAME, "मैं Sunita हूँ।", "instagram.com/sunita.m", "नकल या अस्पष्ट"))
    assert all(hidden not in page for hidden in ("•••", given[0].phone[3:], "अनुसूचित जनजाति", "महिला"))
    assert at_desk.get(page_of(given[0], "photo")).status_code == 200


def test_blind_neither_name_nor_photo_nor_handle_is_served(at_desk, given, drive):
    drive.reads_blind = True
    drive.save()

    page = at_desk.get(page_of(given[0])).content.decode()

    hidden = (NAME, "सुनीता", "मीणा", "Sunita", "sunita.m", "सीकर", "photo", given[0].phone[3:])
    assert [word for word in hidden if word in page] == []
    assert "मैं ▇▇▇ हूँ। मेरे गाँव में पानी नहीं।" in page
    assert "Instagram" in page
    assert at_desk.get(page_of(given[0], "photo")).status_code == 404


def test_saved_the_next_one_opens_and_at_last_the_list(at_desk, given, drive):
    urls = [at_desk.post(page_of(row), filled(drive)).url for row in given]

    assert urls == [page_of(given[1]), page_of(given[2]), "/read/"]
    assert Reading.objects.filter(read_at=None).count() == 0


def test_what_is_missing_is_asked_for_and_what_was_given_stays(at_desk, given, drive):
    first, *_rest = readings.criteria_of(drive.pk)

    page = at_desk.post(page_of(given[0]), {f"c{first.pk}": "5", "note": "अच्छा"})

    assert (page.status_code, len(page.context["missing"])) == (422, 2)
    assert [row[1] for row in page.context["criteria"]] == [5, "", ""]
    assert "अच्छा" in page.content.decode()


def test_enter_saves_and_does_not_skip(at_desk, given, drive):
    """Without JavaScript a browser presses the first button of the form."""
    page = at_desk.get(f"/read/{drive.slug}/{given[0].ref}/").content.decode()

    assert re.findall(r'name="do" value="(\w+)"', page)[0] == "save"


def test_what_cannot_be_judged_is_said_and_remembered(at_desk, given, drive):
    at_desk.post(page_of(given[0]), filled(drive, "none"))

    page = at_desk.get(page_of(given[0]))

    assert [(row[1], row[2]) for row in page.context["criteria"]] == [(None, True)] * 3


def test_skipping_goes_round(at_desk, given):
    urls = [at_desk.post(page_of(row), {"do": "skip"}).url for row in given]

    assert urls == [page_of(given[1]), page_of(given[2]), page_of(given[0])]


def test_others_marks_are_hidden_until_the_own_are_given(at_desk, given, drive, places, now):
    other = a_colleague(places.alwar, Role.MEMBER, now, 8, "दूसरे पाठक")
    readings.give(applications=given[:1], reader=other, by=None, now=now)
    marks = {criterion.pk: 2 for criterion in readings.criteria_of(drive.pk)}
    theirs = Reading.objects.get(reader=other)
    readings.mark(reading=theirs, marks=marks, note="उनका विचार", by=other, now=now)

    assert "उनका विचार" not in at_desk.get(page_of(given[0])).content.decode()
    at_desk.post(page_of(given[0]), filled(drive))
    assert "उनका विचार" in at_desk.get(page_of(given[0])).content.decode()


def test_what_was_not_given_does_not_exist(at_desk, pile, drive):
    assert at_desk.get(page_of(pile[0])).status_code == 404
    assert at_desk.post(page_of(pile[0]), filled(drive)).status_code == 404


def test_a_decision_closes_the_marks(at_desk, given, drive):
    Application.objects.filter(pk=given[0].pk).update(status=Status.SHORTLISTED)

    at_desk.post(page_of(given[0]), filled(drive))

    assert not Reading.objects.get(application=given[0]).marks.exists()
    assert "इस आवेदन पर फ़ैसला हो चुका है" in at_desk.get(page_of(given[0])).content.decode()


def test_the_office_reads_on_its_own_the_least_read_first(client, office, pile, drive):
    client.force_login(office, backend=DOOR)
    assert list(client.get("/read/").context["others"]) == [drive]

    opened = {client.post(f"/read/{drive.slug}/next/").url}

    assert opened == {page_of(Reading.objects.get(reader=office).application)}
