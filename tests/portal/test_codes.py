from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import codes

signs = st.sampled_from(codes.ALPHABET)
lengths = st.integers(min_value=4, max_value=12)


@st.composite
def right_codes(draw):
    """A right code of any usual length, made the way ``new`` makes one."""
    body = "".join(draw(st.lists(signs, min_size=3, max_size=11)))
    return next(body + last for last in codes.ALPHABET if is_right(body + last))


def is_right(text):
    try:
        codes.read(text)
    except codes.BadCode:
        return False
    return True


@given(lengths)
def test_a_new_code_reads_as_itself(length):
    code = codes.new(length)

    assert len(code) == length
    assert set(code) <= set(codes.ALPHABET)
    assert codes.read(code, length) == code
    assert codes.read(codes.pretty(code).lower()) == code


def test_new_codes_differ():
    assert len({codes.new(10) for _ in range(1000)}) == 1000


def test_the_alphabet_has_no_lookalikes():
    assert len(codes.ALPHABET) == 32
    assert set("ILOU") & set(codes.ALPHABET) == set()


def test_pretty_makes_groups_of_four():
    assert codes.pretty("K7Q29FXM") == "K7Q2-9FXM"
    assert codes.pretty("9M4TX2PA6C") == "9M4T-X2PA-6C"
    assert codes.pretty("7K3QX") == "7K3Q-X"


@given(right_codes())
def test_every_wrong_sign_is_found(code):
    for place, right in enumerate(code):
        for wrong in set(codes.ALPHABET) - {right}:
            assert not is_right(code[:place] + wrong + code[place + 1 :])


@given(right_codes())
def test_every_swap_of_neighbours_is_found(code):
    for place, (one, other) in enumerate(pairwise(code)):
        swapped = code[:place] + other + one + code[place + 2 :]
        assert is_right(swapped) == (one == other)


@given(right_codes())
def test_leading_zeros_are_not_free(code):
    assert not is_right("0" + code)


def test_each_body_has_exactly_one_check_sign():
    assert [sum(is_right(body + last) for last in codes.ALPHABET) for body in ("K7Q29FX", "0000", "ZZZ")] == [1, 1, 1]


def test_what_people_type_is_understood():
    code = next(code for code in iter(lambda: codes.new(8), None) if {"0", "1"} <= set(code))
    typed = codes.pretty(code).lower().replace("0", "o").replace("1", "l")

    assert codes.read(typed) == code
    assert codes.read(typed.replace("l", "I")) == code
    assert codes.read(code.translate(str.maketrans("0123456789", "०१२३४५६७८९"))) == code
    assert codes.read(f"  {code[:4]} – {code[4:]}\u200b\n") == code


@pytest.mark.parametrize("text", ["", "   ", "0", "कखगघ", "K7Q2*9FX", "UUUU", "é" * 8])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(codes.BadCode):
        codes.read(text)


def test_another_length_is_refused():
    with pytest.raises(codes.BadCode):
        codes.read(codes.new(10), 8)


@given(st.text(max_size=12))
def test_any_text_is_either_a_code_or_refused(text):
    if is_right(text):
        assert codes.read(codes.read(text)) == codes.read(text)
