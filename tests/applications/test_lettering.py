"""Hindi letters as they must stand: shaped, whole, and inside their lines."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from applications.posters.layouts import LAYOUTS
from applications.posters.lettering import BOLD, LINE, REGULAR, RISE, Box, TextTooLong, fit, font, length
from applications.posters.messages import HERO

pytestmark = pytest.mark.once

HARD = (  # the highest and the deepest of Hindi, and what breaks without shaping
    "ट्ठू ड्ढू हूँ प्रौद्योगिकी र्कीं नियुक्ति पत्र ज्ञान क्षेत्र श्रीगंगानगर राष्ट्रीय द्वितीय उत्तीर्ण विद्यार्थी ह्रदय"
    " दृष्टि कृपया र्‍याल चित्तौड़गढ़ झुंझुनूं ऊँट ऐतिहासिक औंधी ढूँढ़ें फ़ोटो शुरू स्त्रियाँ"
).split()


def ink(text, size, weight):
    """How far the ink goes above and below the baseline, in pixels."""
    _left, top, _right, bottom = font(size, weight).getbbox(text, anchor="ls")
    return -top, bottom


def picture_of(text, face):
    picture = Image.new("L", (500, 160), 255)
    ImageDraw.Draw(picture).text((10, 30), text, font=face)
    return picture


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@pytest.mark.parametrize("size", [18, 40, 104, 250])
def test_no_sign_is_cut_or_touches_the_next_line(size, weight):
    assert len(HARD) == 27
    for word in HARD:
        above, below = ink(word, size, weight)
        assert above <= size * RISE, word
        assert below <= size * (LINE - RISE + 0.11), word  # the next line's signs begin lower than its top
        assert above + below <= size * LINE, word


def test_no_word_s_ink_reaches_further_than_the_margins_allow():
    """Signs lean out of their room by a sixth of their size at most; for the largest words each margin is wider."""
    for word in HARD:
        lines = fit(Box(0, 0, 2000, 400, (200, 150, 100)), "title", word, BOLD)
        left, _top, right, _bottom = font(lines.size, lines.weight).getbbox(word, anchor="ls")
        assert -left <= lines.size / 6, word
        assert right - lines.width <= lines.size / 6, word
    for size, layout in LAYOUTS.items():
        assert layout.field.right - layout.inner.right > HERO[0] * layout.unit / 6, size


def test_a_line_is_as_long_as_its_words_and_spaces():
    line = " ".join(HARD[:9])

    assert length(line, 60, BOLD) == pytest.approx(font(60, BOLD).getlength(line), abs=0.5)


def test_our_letters_are_shaped_and_not_only_put_in_a_row():
    shaped = font(60, BOLD)
    in_a_row = ImageFont.truetype(shaped.path, 60, layout_engine=ImageFont.Layout.BASIC)
    in_a_row.set_variation_by_axes([BOLD, 100])

    assert shaped.layout_engine == ImageFont.Layout.RAQM
    assert picture_of("नियुक्ति पत्र", shaped).tobytes() != picture_of("नियुक्ति पत्र", in_a_row).tobytes()
    assert shaped.getlength("क्ति") < in_a_row.getlength("क्ति")  # half क् joined to ति


def test_a_letter_of_appointment_is_written_as_it_always_was():
    """The golden picture, as the columns where its ink begins and ends: they hold on any build of the same font."""
    picture = picture_of("नियुक्ति पत्र", font(60, BOLD))

    assert picture.point(lambda tone: 255 * (tone < 128)).getbbox() == GOLDEN_BOX
    assert runs(picture) == GOLDEN_RUNS


def runs(picture):
    """From where to where each word has ink in every column."""
    dark = [picture.crop((x, 0, x + 1, picture.height)).getextrema()[0] < 128 for x in range(picture.width)]
    edges = [x for x in range(1, len(dark)) if dark[x] != dark[x - 1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


GOLDEN_BOX = (10, 31, 282, 101)
GOLDEN_RUNS = [(10, 193), (208, 282)]  # two words, each under one unbroken head stroke


def test_bold_is_bolder():
    assert font(60, BOLD).getlength("नियुक्ति") > font(60, REGULAR).getlength("नियुक्ति")


def test_what_is_too_long_is_refused_at_its_smallest():
    with pytest.raises(TextTooLong) as refusal:
        fit(Box(0, 0, 300, 60, (40, 30, 20)), "title", "बहुत लंबा शीर्षक जो यहाँ नहीं समाता " * 3, BOLD)

    assert refusal.value.field == "title"
