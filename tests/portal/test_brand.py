import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import brand

# brand, text on it, strong, tint: the measured table of the design.
TABLE = [
    ("#FF9933", brand.INK, "#a45b00", "#fff1e6"),
    ("#138808", brand.WHITE, "#0c8101", "#e3fce0"),
    ("#19AAED", brand.INK, "#0174a5", "#e8f6ff"),
    ("#22409A", brand.WHITE, "#22409a", "#eff3fd"),
    ("#DE0000", brand.WHITE, "#de0000", "#fef0ed"),
    ("#FFD100", brand.INK, "#836b07", "#fef3d2"),
    ("#E5007E", brand.WHITE, "#d30174", "#feeff3"),
    ("#1D3557", brand.WHITE, "#1d3557", "#edf4fe"),
]


@pytest.mark.parametrize(("colour", "on_brand", "strong", "tint"), TABLE)
def test_the_table_of_the_design(colour, on_brand, strong, tint):
    assert brand.colours(colour) == brand.Brand(colour.lower(), on_brand, strong, tint)


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_what_is_accepted_is_readable_everywhere(number):
    try:
        chosen = brand.colours(f"#{number:06x}")
    except brand.BadColour:
        return
    assert brand.contrast(chosen.brand, chosen.on_brand) >= 4.5
    assert brand.contrast(chosen.strong, brand.WHITE) >= 4.5
    assert brand.contrast(chosen.strong, chosen.tint) >= 4.5


@pytest.mark.parametrize("grey", ["#777777", "#787878"])
def test_between_black_and_white_no_text_is_readable(grey):
    with pytest.raises(brand.BadColour):
        brand.colours(grey)


@pytest.mark.parametrize("text", ["", "red", "#12345", "#12345g", "#1234567", "१२३४५६", "#fff;}"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(brand.BadColour):
        brand.colours(text)


def test_short_and_bare_spellings_are_understood():
    assert brand.colours(" #03A ") == brand.colours("0033aa")


def test_contrast_is_that_of_wcag():
    assert brand.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
