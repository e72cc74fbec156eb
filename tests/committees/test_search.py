"""Places by whatever people call them."""

import gzip

import pytest

from committees import search
from committees.domain import founding, tree
from committees.models import Unit


@pytest.fixture
def rajasthan(db, now):
    tree.load(rows=founding.default_units(), by=None, now=now)


SPELLINGS = """sikar=सीकर seekar=सीकर जालौर=जालोर beawar=ब्यावर byawar=ब्यावर junjunu=झुंझुनूं chitorgad=चित्तौड़गढ़
jaypur=जयपुर bhilwada=भीलवाड़ा बाँसवाड़ा=बांसवाड़ा badmer=बाड़मेर dantaramgarh=दांतारामगढ़ laxmangarh=लक्ष्मणगढ़
lakshmangarh=लक्ष्मणगढ़ मंडावा=मण्डावा khetdi=खेतड़ी phulera=फुलेरा fulera=फुलेरा jhotwada=झोटवाड़ा""".split()


@pytest.mark.parametrize("pair", SPELLINGS)
def test_spellings_find_the_place_first(rajasthan, pair):
    asked, meant = pair.split("=")

    assert search.find(asked)[0].name_hi == meant


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("36", ["AC036"]),
        ("३६", ["AC036"]),
        ("112", ["AC036-P112"]),
        ("भाग 112", ["AC036-P112"]),
        ("पलसाना 112", ["AC036-P112", "AC036-A-M1"]),
        ("sikar 112", ["AC036-P112", "SKR"]),
        ("36 danta ramgarh", ["AC036"]),
        ("332402", ["AC036-P112"]),
        ("palsana", ["AC036-A-M1"]),
        ("", []),
        ("क", []),
        ("999999", []),
        ("%%__", []),
        ("²", []),  # a digit to Python's eyes, and no number
    ],
)
def test_numbers_pins_and_words_together(units, now, asked, codes):
    tree.change(unit=Unit.objects.get(code="AC036-P112"), pin="332402", by=None, now=now)

    assert [unit.code for unit in search.find(asked)][: len(codes)] == codes
    assert bool(codes) or search.find(asked) == []


def test_within_keeps_to_the_subtree(units):
    assert [unit.code for unit in search.find("46", within=units["SKR"])] == []
    assert [unit.code for unit in search.find("46", within=units["JPR"])] == ["AC046"]


def test_a_search_takes_few_statements(units, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        search.find("palsana")


def test_cards_for_the_form_are_small_and_public(units, client):
    answer = client.get("/units/search/", {"q": "palsana"})

    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'value="{units["AC036-A-M1"].pk}"' in text
    assert "36 दांतारामगढ़ › सीकर" in text
    assert "नहीं मिला" in client.get("/units/search/", {"q": "zzzzz<script>"}).content.decode()
    assert "<script" not in client.get("/units/search/", {"q": "zzzzz<script>"}).content.decode()
    assert client.get("/units/search/", {"q": "\x00", "within": "\x00"}).status_code == 404


def test_eight_cards_name_their_number_and_levels_and_weigh_next_to_nothing(units, client, now):
    for number in range(1, 11):
        tree.add_unit(
            level="booth", parent=units["AC036-A-M1"], code=f"W{number}",
            name_hi=f"राजकीय उच्च माध्यमिक विद्यालय रामपुरा {number}",
            name_en=f"Rampura {number}", number=number, by=None, now=now,
        )  # fmt: skip

    answer = client.get("/units/search/", {"q": "rampura"}).content

    text = answer.decode()
    assert (text.count("<label"), text.count("<legend>8 मिले – अपना चुनें</legend>")) == (8, 1)
    assert text.count("<small>बूथ › पलसाना › रींगस › 36 दांतारामगढ़ › सीकर</small>") == 8
    assert len(gzip.compress(answer, 6)) <= 1536
