"""The unit picker without a script: search, list, stop early, not in the list."""

import re

import pytest
from django.test import Client

from applications.domain import linking
from applications.models import Draft
from tests.factories.desk import a_drive

pytestmark = pytest.mark.usefixtures("clock")


def begun(drive, *, link=None):
    client = Client()
    if link:
        client.get(f"/q/{link.code}")
    client.post(f"/d/{drive.slug}/apply/name/", {"name": "सुनीता", "phone": "9876500001"})
    return client


def area(client, drive, **query):
    answer = client.get(f"/d/{drive.slug}/apply/area/", query)
    return answer.content.decode().split("</style>")[-1]


def choose(client, drive, **answers):
    return client.post(f"/d/{drive.slug}/apply/area/", answers)


def saved():
    return Draft.objects.get().answers.get("area")


@pytest.mark.parametrize("asked", ["पलसाना", "palsana", "Palsaana"])
def test_a_place_is_found_in_both_scripts_with_its_chain(drive, places, asked):
    page = area(begun(drive), drive, find=asked)

    assert f'value="{places.mandal.pk}"' in page
    assert "रींगस › 34 दांतारामगढ़ › सीकर" in page


def test_a_part_number_finds_the_booth(drive, places):
    assert f'value="{places.booth.pk}"' in area(begun(drive), drive, find="भाग ११२")


def test_one_letter_is_too_little_and_nonsense_leads_to_the_list(drive):
    client = begun(drive)

    assert "कम से कम दो अक्षर लिखें" in area(client, drive, find="प")
    assert "नहीं मिला" in area(client, drive, find="qqqqxxqq")


def test_walking_down_ends_at_a_booth_or_wherever_one_is_sure(drive, places):
    client = begun(drive)

    top = area(client, drive, pick="")
    assert [name in top for name in ("सीकर", "अलवर", "दांतारामगढ़")] == [True, True, False]
    block = area(client, drive, pick="RJ-34")
    assert "इतना ही पता है: 34 दांतारामगढ़" in block
    mandal = area(client, drive, pick="RJ-34-B1-M1")
    assert f'type="radio" name="unit" value="{places.booth.pk}"' in mandal
    choose(client, drive, unit=places.block.pk)

    assert saved() == {"unit": places.block.pk, "place_note": ""}


def test_a_place_that_is_not_in_the_list_is_no_dead_end(drive, places):
    client = begun(drive)

    empty = choose(client, drive, unit=places.state.pk, unlisted="1", place_note=" ")
    assert "अपने गाँव, वार्ड या बूथ का नाम लिखें" in empty.content.decode()
    choose(client, drive, unit=places.state.pk, unlisted="1", place_note="नई ढाणी, जिला सीकर")

    assert saved() == {"unit": places.state.pk, "place_note": "नई ढाणी, जिला सीकर"}


def test_the_whole_state_is_no_answer(drive, places):
    answer = choose(begun(drive), drive, unit=places.state.pk)

    assert "अपना बूथ या मंडल चुनें" in answer.content.decode()
    assert saved() is None


def test_the_qr_of_a_district_searches_there_first(drive, places, now):
    link = linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)
    client = begun(drive, link=link)

    assert f'value="{places.ramgarh.pk}"' not in area(client, drive, find="रामगढ़")
    assert f'value="{places.ramgarh.pk}"' in area(client, drive, find="रामगढ़", all="1")


def test_a_place_outside_the_drive_is_refused(places, now):
    drive = a_drive(places.sikar, now, "sikar-2025")
    client = begun(drive)

    answer = choose(client, drive, unit=places.ramgarh.pk)

    assert answer.status_code == 422
    assert f'value="{places.ramgarh.pk}"' not in area(client, drive, find="रामगढ़")
    assert "अलवर" not in area(client, drive, pick="RJ-ALW")


@pytest.mark.parametrize("unit", ["", "x", "999999999999999999999999", "-1"])
def test_a_made_up_place_is_refused_in_words(drive, unit):
    answer = choose(begun(drive), drive, unit=unit)

    assert answer.status_code == 422
    assert "अपना बूथ या मंडल" in answer.content.decode()


def test_the_name_that_was_not_in_the_list_stays_when_one_comes_back_and_goes_on(drive, places):
    client = begun(drive)
    choose(client, drive, unit=drive.unit.pk, unlisted="1", place_note="ढाणी नई, पलसाना")
    shown = area(client, drive).partition('id="place"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'name="(unit|place_note)" value="([^"]*)"', shown))

    answer = choose(client, drive, **sent)

    assert answer["Location"].endswith("/apply/about/")
    assert saved() == {"unit": drive.unit.pk, "place_note": "ढाणी नई, पलसाना"}


def test_a_qr_of_the_whole_drive_offers_no_search_beyond_it(places, now):
    drive = a_drive(places.sikar, now, "sikar-2025")
    link = linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)

    assert "all=1" not in area(begun(drive, link=link), drive)
