"""Sixty awkward rows of a Hindi Google Form: every one is in, a duplicate, or in the report."""

import pytest
from django.utils import timezone

from applications.domain.importing import batches, cells, columns
from applications.models import Application
from tests.applications.importing.world import awkward_csv, awkward_excel, somebody_is_there, taken_in, uploaded

TWICE = {6: "E", 27: "E", 28: "E", 30: "E"}
LEFT_OUT = {
    31: "E", 32: "E", 33: "E", 35: "C", 36: "C", 37: "C", 38: "L", 39: "L", 40: "L", 41: "L", 42: "L", 43: "L",
    44: "L", 45: "L", 46: "X", 47: "X",
}  # fmt: skip
NOTED = {
    (10, "A"), (16, "K"), (17, "K"), (18, "K"), (19, "K"), (34, "E"), (54, "O"), (59, "A"), (60, "M"), (62, "K"),
    (63, "K"),
}  # fmt: skip


@pytest.fixture(params=[awkward_csv, awkward_excel], ids=["csv", "xlsx"])
def content(request):
    return request.param()


def by_phone(batch):
    return {row.phone[-2:]: row for row in Application.objects.filter(batch=batch).select_related("unit")}


def test_every_row_is_in_or_a_duplicate_or_in_the_report(drive, places, now, content):
    somebody_is_there(drive, places.booth, now)

    batch = taken_in(drive, now, content)

    told = {(p["kind"], p["row"], p["column"].split()[0]) for p in batch.problems}
    assert (batch.created, batch.duplicates, batch.skipped) == (40, 4, 16)
    assert batch.created == Application.objects.filter(batch=batch).count()
    assert {(row, letter) for kind, row, letter in told if kind == "double"} == set(TWICE.items())
    assert {(row, letter) for kind, row, letter in told if kind == "out"} == set(LEFT_OUT.items())
    assert {(row, letter) for kind, row, letter in told if kind == "note"} == NOTED


def test_the_report_repeats_nothing_of_what_people_wrote(drive, now):
    batch = taken_in(drive, now)

    said = " ".join(problem["message"] for problem in batch.problems)
    assert [word for word in ("6000", "03/04", "2010", "कमला", "गोयल") if word in said] == []


def test_units_are_hit_however_they_are_spelled(drive, places, now, content):
    people = by_phone(taken_in(drive, now, content))

    found = {end: people[end].unit for end in "01 02 09 10 11 12 17 18".split()}
    assert found == {
        "01": places.booth, "02": places.booth, "09": places.booth, "10": places.booth, "11": places.danta,
        "12": places.booth, "17": places.ramgarh, "18": places.mandal,
    }  # fmt: skip
    assert [people[end].place_note for end in found] == [""] * 8


def test_what_is_not_found_goes_in_at_the_nearest_unit_with_a_note(drive, places, now, content):
    people = by_phone(taken_in(drive, now, content))

    found = {end: (people[end].unit, people[end].place_note) for end in "13 14 15 16 59 60".split()}
    assert found == {
        "13": (places.state, "कोई जगह नहीं बताई"),
        "14": (places.state, "जयपुर, आमेर, कूकस"),
        "15": (places.alwar, "दांतारामगढ़"),
        "16": (places.ramgarh, "नौगांवा, मुबारिकपुर"),
        "59": (places.mandal, "भाग 999, ढाणी"),
        "60": (places.sikar, "धोद, रींगस, पलसाना, वार्ड 4"),
    }


def test_dates_of_two_orders_and_births_of_every_shape_are_read(drive, now, content):
    people = by_phone(taken_in(drive, now, content))

    when = {
        end: f"{timezone.localtime(people[end].submitted_at):%Y-%m-%d %H:%M:%S}" for end in "01 06 07 08 54".split()
    }
    born = {end: people[end].birth_year for end in "02 04 05 06 08 41 53 54 55".split() if end in people}
    assert when == {
        "01": "2025-11-02 10:01:33", "06": "2025-10-15 18:20:05", "07": "2025-04-03 09:05:00",
        "08": "2025-10-25 21:15:00", "54": "2025-11-03 14:05:59",
    }  # fmt: skip
    assert born == {"02": 1991, "04": 1988, "05": 1992, "06": 1985, "08": 1979, "53": 1980, "54": 1975, "55": 1970}


def test_the_first_answer_of_a_phone_stays(drive, now, content):
    people = by_phone(taken_in(drive, now, content))

    assert f"{timezone.localtime(people['03'].submitted_at):%d.%m.}" == "30.10."
    assert [row.share for row in people.values()] == [0] * len(people)


def test_nothing_that_was_said_is_lost(drive, now, content):
    people = by_phone(taken_in(drive, now, content))

    assert people["19"].name == "अर्चना कंवर 🌹🙏"
    assert people["19"].work == "सेवा 💪 ही संगठन है 🚩\nगाँव-गाँव बैठक 👍"
    assert (people["20"].work, people["20"].roles) == ("=SUM(A1:A9)", "+नगर सह-प्रभारी")
    assert (len(people["22"].writing), len(people["23"].work)) == (5000, 4999)
    assert people["51"].extra["import:वर्तमान पद या दायित्व"].count("जिला उपाध्यक्ष") == 20
    assert people["51"].extra["import:पार्टी से कब से जुड़े हैं?"] == "बचपन से"
    assert people["01"].extra["import:आपके पास कौन-सा स्मार्टफ़ोन है?"] == "Android"
    assert "import:आधार नंबर" not in people["52"].extra
    assert people["57"].name == "मरियम अंसारी"


def test_links_are_recognised_among_words(drive, now, content):
    people = by_phone(taken_in(drive, now, content))

    said = {end: [(a["platform"], a["url"] or a["text"]) for a in people[end].links] for end in "45 46 47 48".split()}
    assert said == {
        "45": [
            ("Facebook", "https://www.facebook.com/example.page?ref=bookmarks"),
            ("Instagram", "https://www.instagram.com/example_gram"),
            ("X", "https://x.com/example_x"),
        ],
        "46": [],
        "47": [
            ("Facebook", "https://fb.com/example.a"),
            ("Instagram", "https://www.instagram.com/example_b/"),
        ],
        "48": [
            ("Facebook", "गोपाल झाला"),
            ("X", "https://x.com/example48"),
            ("YouTube", "https://youtube.com/@example48"),
        ],
    }
    assert (people["46"].no_links, people["45"].no_links) == (True, False)


@pytest.mark.once
@pytest.mark.parametrize(
    ("said", "band"),
    [
        ("३५०", "0-500"),
        ("1,200 followers", "500-2k"),
        ("500 - 2,000", "500-2k"),
        ("2 हज़ार", "500-2k"),
        ("5.5K", "2k-10k"),
        ("10,000+", "10k+"),
        ("1.2 लाख", "10k+"),
        ("10,000 से ज़्यादा", "10k+"),
        ("100-5000", None),
        ("बहुत", None),
    ],
)
def test_followers_are_read_into_bands(said, band):
    assert cells.followers(said) == band
    assert columns.known(["Instagram पर फ़ॉलोवर्स"]) == {"followers"}


def test_a_look_says_the_same_as_taking_in_and_writes_nothing(drive, places, now):
    somebody_is_there(drive, places.booth, now)
    batch = uploaded(drive, now)

    planned = batches.look(batch=batch, now=now)

    assert Application.objects.count() == 1
    batches.take_in(batch=batch, by=None, now=now)
    assert (len(planned.people), planned.duplicates, planned.skipped) == (
        batch.created, batch.duplicates, batch.skipped,
    )  # fmt: skip
    assert [problem._asdict() for problem in planned.problems] == batch.problems
