"""The poster of a committee as a scanner, a reader and a messenger meet it."""

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from applications.posters import TextTooLong, Unprintable, team
from applications.posters.team import Face, Member, Team
from portal import names
from portal.brand import colours
from tests.applications.poster_samples import read, smaller, squeezed

pytestmark = pytest.mark.once

URL = "https://srijan.example.org/team/sikar/36/reengus/palsana/b-112/"
NAMES = [
    "श्रीमती राजेश्वरी देवी शेखावत", "डॉ. लक्ष्मीनारायण चतुर्वेदी", "क्षितिज कुमार श्रीवास्तव", "ज्ञानेन्द्र प्रताप सिंह राठौड़",
    "मोहम्मद इक़बाल क़ुरैशी", "कमला",
]  # fmt: skip
LONGEST = "श्रीमती राजराजेश्वरी कृष्णकान्ता उर्फ़ प्रौद्योगिकी विशेषज्ञ श्रीकृष्णचन्द्र चट्टोपाध्याय"
POSTS = ["अध्यक्ष", "सोशल मीडिया समन्वयक एवं प्रवक्ता", "सदस्य"]


def member(name, post="सदस्य"):
    return Member(name, names.initial(name), post)


def a_team(people, **words):
    members = tuple(member(NAMES[at % len(NAMES)], POSTS[at % len(POSTS)]) for at in range(people))
    told = {
        "organisation": "प्रदेश सोशल मीडिया विभाग", "unit_name": "बूथ भाग 112 · राजकीय उच्च माध्यमिक विद्यालय पलसाना",
        "chain": "राजस्थान › सीकर › 36 दांतारामगढ़ › रींगस › पलसाना", "members": members, "url": URL,
        "short_url": URL.partition("://")[2], "brand": colours("#1d3557"), "footer": "मुद्रक–प्रकाशक: जयपुर",
    }  # fmt: skip
    return Team(**told | words)


@pytest.mark.parametrize(("people", "sheets"), [(1, 1), (5, 1), (6, 1), (16, 1), (17, 2), (60, 4)])
def test_one_to_sixty_people_stand_on_sheets_that_a_scanner_reads_small_and_sent_on(people, sheets):
    pictures = team.paint(a_team(people), Face.POST)

    assert len(pictures) == team.sheets(a_team(people)) == sheets
    for picture in pictures:
        assert picture.size == (1080, 1350)
        assert read(smaller(picture, 0.25)) == {URL}
        assert read(squeezed(picture)) == {URL}


def ink_outside(picture):
    """Dark dots beyond the margins below the head, and between the two columns."""
    dark = np.array(picture.convert("L"))[team.FIELD.bottom + 2 :] < 128
    return dark[:, : team.SIDE - 2].sum() + dark[:, -team.SIDE + 2 :].sum()


@pytest.mark.parametrize("people", [1, 5, 6, 16, 60])
def test_the_longest_names_stay_within_the_margins_and_make_the_others_hardly_smaller(people):
    usual = a_team(people)
    members = (member(LONGEST, "सोशल मीडिया समन्वयक एवं मुख्य प्रवक्ता"), *usual.members[1:])

    pictures = team.paint(replace(usual, members=members), Face.POST)

    assert [ink_outside(picture) for picture in pictures] == [0] * len(pictures)
    if people >= 16:
        sizes = {team._grid(replace(usual, members=each), Face.POST).size for each in (members, usual.members)}
        assert len(sizes) == 1


def test_people_come_in_their_order_and_nobody_is_left_out():
    grid = team._grid(a_team(60), Face.POST)

    assert [one for sheet in grid.sheets for one in sheet] == list(a_team(60).members)


def test_a_name_that_fits_nowhere_and_signs_without_a_letter_are_refused_by_the_name():
    wide, sign = "क" * 90, "सुनीता 🌸"

    with pytest.raises(TextTooLong) as too_long:
        team.paint(a_team(1, members=(member(wide),)), Face.POST)
    with pytest.raises(Unprintable) as unprintable:
        team.paint(a_team(1, members=(member(sign),)), Face.POST)

    assert (too_long.value.field, unprintable.value.field, unprintable.value.characters) == (wide, sign, "🌸")


@pytest.mark.parametrize("field", ["organisation", "unit_name", "chain", "short_url", "footer"])
def test_words_of_the_head_and_the_foot_that_do_not_fit_are_refused_by_their_field(field):
    with pytest.raises(TextTooLong) as refusal:
        team.paint(a_team(3, **{field: "लंबा वाक्य " * 60}), Face.POST, scale=0.1)

    assert refusal.value.field == field


def test_a_printer_gets_all_sheets_on_a4_and_a_messenger_a_small_picture():
    pages, picture = team.pdf(a_team(60), scale=0.2), team.post(a_team(60), 1)

    sizes = [tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", pages)]
    assert len(sizes) == 3
    assert sizes[0] == pytest.approx((595, 842), abs=3)
    assert Image.open(io.BytesIO(picture)).size == (1080, 1350)
    assert len(picture) < 200 * 1024


def test_the_initial_is_a_whole_letter_and_no_honorific():
    assert [names.initial(name) for name in [*NAMES[:4], "श्री", "(बबली) देवी", ""]] == [
        "रा", "ल", "क्षि", "ज्ञा", "श्री", "ब", ""
    ]  # fmt: skip
