import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import phones

ONE = "+919829012345"
HINDI = str.maketrans("0123456789", "०१२३४५६७८९")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "text",
    [
        "9829012345",
        "09829012345",
        "919829012345",
        "+919829012345",
        "0091 98290 12345",
        "+91 (0) 98290-12345",
        "९८२९०१२३४५",
        "+९१ ९८२९० १२३४५",
        "９８２９０１２３４５",
        "98290.12345",
        "98290–12345",
        "98290‑12345",
        "9829\u200b01\u200d23\ufeff45\u202c",
        "\t9829012345\n",
        "98290\u00a012345",
    ],
)
def test_every_spelling_is_one_number(text):
    assert phones.normalise(text) == ONE


def test_a_number_that_begins_with_91_is_not_cut():
    assert phones.normalise("9198290123") == "+919198290123"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "982901234",
        "98290123456",
        "5829012345",
        "0141-2345678",
        "+1 202 555 0142",
        "+44 7911 123456",
        "9829012345 ext 4",
        "9829012345/46",
        "9829O12345",
        "98290+12345",
        "tel:9829012345",
        "नौ आठ दो",
        "1" * 400,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(phones.BadPhone):
        phones.normalise(text)


@given(
    ten=st.from_regex(r"[6-9][0-9]{9}", fullmatch=True),
    prefix=st.sampled_from(["", "0", "91", "+91", "+91 ", "0091", "+91-0"]),
    script=st.sampled_from([{}, HINDI, WIDE]),
    gaps=st.lists(st.sampled_from(["", "", " ", "-", ".", "\u200b", "\u00a0", "—"]), min_size=10, max_size=10),
)
def test_round_trip_of_spellings(ten, prefix, script, gaps):
    spaced = "".join(digit + gap for digit, gap in zip(ten, gaps, strict=True))

    assert phones.normalise((prefix + spaced).translate(script)) == f"+91{ten}"


@given(st.text(alphabet=st.characters(), max_size=20))
def test_what_is_accepted_always_fits_the_database(text):
    try:
        e164 = phones.normalise(text)
    except phones.BadPhone:
        return
    assert re.search(phones.PATTERN, e164)
    assert phones.normalise(e164) == e164


@pytest.mark.parametrize("text", [ONE + "\n", "+91९८२९०१२३४५", "9829012345", "+915829012345", " " + ONE])
def test_the_pattern_refuses_second_spellings(text):
    assert re.search(phones.PATTERN, text) is None


def test_grouped_and_masked():
    assert phones.grouped(ONE) == "98290 12345"
    assert phones.masked(ONE) == "98••• ••345"


@pytest.mark.parametrize("show", [phones.grouped, phones.masked])
def test_an_erased_number_is_a_dash(show):
    assert show("x17") == "–"


@pytest.mark.parametrize("show", [phones.grouped, phones.masked])
def test_only_normal_numbers_are_shown(show):
    with pytest.raises(phones.BadPhone):
        show("9829012345")
