"""Beside a unit's page: all units of a level, a few side by side, the next gap, the file, strength and vacancies."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from committees import exports, listing
from committees.domain import exporting, reaching, tallying, tree
from portal import jobs
from portal.models import Event, Job
from tests.factories.committees import make_holder, make_person, make_user

EVIL = "=HYPERLINK(1)"


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now)


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "रमेश सैनी")


def more_booths(units, count, now):
    for at in range(count):
        tree.add_unit(
            level="booth",
            parent=units["AC036-A-M1"],
            code=f"AC036-P{200 + at}",
            number=200 + at,
            name_hi=f"भाग {200 + at}",
            name_en=f"Part {200 + at}",
            by=None,
            now=now,
        )


def codes(answer):
    return [row.unit.code for row in answer.context["rows"]]


@pytest.mark.parametrize("more", [0, 2])
def test_a_level_takes_the_same_queries_for_one_row_and_for_three(
    client, units, office, now, django_assert_num_queries, more
):
    more_booths(units, more, now)
    client.force_login(office)
    client.get("/units/sikar/level/booth/")

    with django_assert_num_queries(11):
        answer = client.get("/units/sikar/level/booth/")

    assert len(answer.context["rows"]) == 1 + more


@pytest.mark.parametrize("head", [0, 2, 6, 7, 8])
def test_pages_of_many_are_those_of_few(client, units, office, now, monkeypatch, head):
    """Read at once, counted and read from the beginning, or from the end: the same pages."""
    more_booths(units, 6, now)
    monkeypatch.setattr(listing, "PAGE", 2)
    monkeypatch.setattr(listing, "HEAD", head)
    client.force_login(office)

    pages = [codes(client.get(f"/units/level/booth/?page={number}")) for number in (1, 2, 3, 4)]

    assert [code for page in pages for code in page] == ["AC036-P112", *(f"AC036-P{200 + at}" for at in range(6))]
    assert [len(page) for page in pages] == [2, 2, 2, 1]


def test_a_level_shows_the_worst_first_and_only_what_is_asked_for(client, units, office, now):
    more_booths(units, 2, now)
    make_holder("booth-president", units["AC036-P112"], now)
    tallying.count_all(now=now)
    client.force_login(office)

    asked = {show: codes(client.get(f"/units/level/booth/?{show}")) for show in ("", "show=empty", "show=headless")}

    assert asked == {
        "": ["AC036-P112", "AC036-P200", "AC036-P201"],
        "show=empty": ["AC036-P200", "AC036-P201"],
        "show=headless": ["AC036-P200", "AC036-P201"],
    }
    assert codes(client.get("/units/level/assembly/?sort=worst")) == ["AC046", "AC034", "AC036"]
    assert [client.get(f"/units/sikar/level/{level}/").status_code for level in ("district", "state", "moon")] == [
        404
    ] * 3


def test_a_level_counts_what_was_written_a_second_ago(client, units, office, now):
    tallying.count_all(now=now)
    client.force_login(office)

    make_holder("booth-president", units["AC036-P112"], now)

    assert [row.filled for row in client.get("/units/level/booth/").context["rows"]] == [1]


def test_two_to_four_units_stand_side_by_side(client, units, office, incharge, now):
    make_holder("booth-president", units["AC036-P112"], now)
    tallying.count_all(now=now)
    client.force_login(office)

    both = client.get("/units/compare/?u=SKR&u=JPR")

    assert codes(both) == ["JPR", "SKR"]
    assert [
        (level.value, [tally and tally.filled for tally in tallies]) for level, tallies in both.context["levels"]
    ] == [
        ("assembly", [0, 0]),
        ("block", [None, 0]),
        ("mandal", [None, 0]),
        ("booth", [None, 1]),
    ]
    assert client.get("/units/compare/?u=SKR", follow=True).redirect_chain == [("/units/", 302)]
    client.force_login(incharge)
    assert client.get("/units/jaipur/compare/?u=AC046&u=AC034").status_code == 404


def test_the_next_gap_is_the_next_chair_down_the_tree_and_then_on(client, units, office, incharge, now):
    for code, post in [("SKR", "district-president"), ("AC034", "assembly-president")]:
        make_holder(post, units[code], now)
    client.force_login(office)
    at, way = "/units/sikar/", []
    for _ in range(4):
        at = client.get(f"{at}next/")["Location"]
        way.append(at)

    assert way == [
        "/units/sikar/36/",
        "/units/sikar/36/reengus/",
        "/units/sikar/36/reengus/palsana/",
        "/units/sikar/36/reengus/palsana/b-112/",
    ]
    client.force_login(incharge)
    assert client.get("/units/sikar/36/reengus/palsana/b-112/next/")["Location"] == "/units/sikar/36/"


def test_the_tree_leaves_as_a_file_with_codes_and_without_numbers_of_phones(client, units, office, now):
    make_holder("assembly-president", units["AC036"], now, make_person(now, EVIL))
    client.force_login(office)

    answer = client.post("/units/sikar/export/", {"kind": "xlsx"})

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]
    assert [row[1] for row in rows[2:]] == ["SKR", "AC034", "AC036", "AC036-A", "AC036-A-M1", "AC036-P112"]
    assert (rows[4][2], rows[4][10:13], rows[4][17]) == ("SKR", ["11", "0", "1"], f"'{EVIL}")
    assert "+91" not in str(rows)
    event = Event.objects.get(verb="took out a file")
    assert (event.by, event.thing, event.data["count"]) == (office, str(units["SKR"].pk), 6)


def test_a_large_file_is_made_in_the_background_with_the_rights_of_that_moment(client, units, office, now, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 3)
    monkeypatch.setattr(exports, "AT_A_TIME", 2)
    client.force_login(office)

    answer = client.post("/units/export/", {"kind": "csv", "level": "booth"})
    asked = client.post("/units/export/", {"kind": "csv"})
    done = jobs.do_due(now=now)
    job = Job.objects.get()

    assert (answer.status_code, answer.content.decode().count("AC036-P112")) == (200, 1)
    assert (asked["Location"], done["failed"], job.error) == (f"/jobs/{job.key}/", 0, "")
    assert b"".join(jobs.file_of(job)).decode().count("\r\n") == 2 + 9


def test_many_names_leave_with_a_second_person_s_word_alone(client, units, office, now, monkeypatch):
    monkeypatch.setattr(exporting, "NAMED_ALONE", 3)
    make_holder("assembly-president", units["AC036"], now, make_person(now, "राधा सैनी"))
    other = make_user("state-office", units["RJ"], now)
    client.force_login(office)

    alone = client.post("/units/sikar/export/", {"kind": "csv"}).content.decode()
    client.post("/units/sikar/export/", {"kind": "csv", "names": "yes"})
    job, early = Job.objects.get(), jobs.do_due(now=now)
    jobs.agree(job=job, by=other, now=now)
    jobs.do_due(now=now)

    assert ("राधा सैनी" in alone, early["done"]) == (False, 0)
    assert "राधा सैनी" in b"".join(jobs.file_of(job)).decode()


def test_nobody_takes_a_part_they_do_not_see(units, incharge, now):
    with pytest.raises(reaching.RightEnded):
        exporting.export(wish=exporting.Wish(unit=units["JPR"].pk), by=incharge, now=now)

    assert not Event.objects.filter(verb="took out a file").exists()


@pytest.mark.parametrize("more", [0, 2])
def test_coverage_takes_the_same_queries_for_one_row_and_for_three(
    client, units, office, now, django_assert_num_queries, more
):
    more_booths(units, more, now)
    tallying.count_all(now=now)
    client.force_login(office)
    path = "/units/sikar/36/reengus/palsana/coverage/"
    client.get(path)

    with django_assert_num_queries(10):
        answer = client.get(path)

    assert len(answer.context["rows"]) == 1 + more


def test_coverage_tells_strength_people_and_weeks(client, units, office, now):
    make_holder(
        "booth-president", units["AC036-P112"], now, make_person(now, gender="W", birth_year=1990), accepted=True
    )
    make_holder("booth-member", units["AC036-P112"], now, make_person(now, "अनाम"))
    tallying.count_all(now=now)
    client.force_login(office)

    answer = client.get("/units/sikar/coverage/?level=booth")
    file = client.get("/units/sikar/coverage/file?level=booth").content.decode()

    booths = answer.context["levels"][-1].numbers
    assert (booths["seats"], booths.vacant, booths["women"], booths.of_other_gender) == (5, 3, 1, 1)
    assert (booths["young"], booths.of_unknown_age, booths.percent) == (1, 1, 20)
    assert [(row.unit.code, row.numbers["filled"]) for row in answer.context["rows"]] == [("AC036", 2)]
    assert [(week.ends.isoformat(), week.numbers["filled"]) for week in answer.context["weeks"]] == [("2025-11-09", 2)]
    assert len(file.splitlines()) == 1 + 5 + 1 + 1
