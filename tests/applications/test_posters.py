"""Posters as a scanner, a printer and a reader meet them."""

import io
import time
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont, features

from applications import posters
from applications.posters import BrokenHindi, Poster, Size, TextTooLong, Unprintable, draw
from applications.posters.layouts import LAYOUTS
from applications.posters.lettering import font
from portal import qr
from portal.brand import colours

URL = "https://srijan.example.org/q/7K3QX"
POSTER = Poster(
    organisation="प्रदेश सोशल मीडिया विभाग",
    unit_name="जिला सीकर",
    title="सोशल मीडिया टीम से जुड़ें",
    subtitle="जिला समिति के लिए सक्रिय कार्यकर्ताओं से आवेदन आमंत्रित हैं",
    deadline_text="शनिवार, 15 नवंबर 2025, रात 11:59 बजे",
    url=URL,
    short_url_text="srijan.example.org/q/7K3QX",
    brand=colours("#1d3557"),
    footer="मुद्रक–प्रकाशक: प्रदेश सोशल मीडिया विभाग, जयपुर",
)
PIXELS = {Size.A4: (2480, 3508), Size.SQUARE: (1080, 1080), Size.OG: (1200, 630)}
BRANDS = ["#1d3557", "#ff9933", "#138808", "#ffd100", "#de0000", "#111111"]


@pytest.fixture(scope="module")
def pictures():
    """The poster in each size, drawn once, and the seconds each took."""
    drawn = {}
    for size in Size:
        start = time.perf_counter()
        drawn[size] = draw(POSTER, size), time.perf_counter() - start
    return drawn


def opened(data):
    return Image.open(io.BytesIO(data))


def read(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def as_jpeg(picture, quality):
    data = io.BytesIO()
    picture.convert("RGB").save(data, format="JPEG", quality=quality)
    return opened(data.getvalue())


@pytest.mark.parametrize("size", Size)
def test_a_scanner_reads_it_whole_halved_and_squeezed(pictures, size):
    picture = opened(pictures[size][0])
    half = picture.convert("RGB").resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)

    assert read(picture) == [URL]
    assert read(half) == [URL]
    assert read(as_jpeg(picture, 60)) == [URL]


@pytest.mark.parametrize("size", Size)
def test_each_size_is_what_its_use_asks_for(pictures, size):
    data, seconds = pictures[size]
    picture = opened(data)

    assert picture.size == PIXELS[size]
    assert (picture.format, picture.mode) == (("JPEG", "RGB") if size is Size.OG else ("PNG", "P"))
    assert len(data) < 200 * 1024
    assert seconds < 2


def test_the_printed_code_is_at_least_90_mm_wide(pictures):
    picture = opened(pictures[Size.A4][0])
    left, right = dark_box(picture, Size.A4)[0::2]

    assert [round(dpi) for dpi in picture.info["dpi"]] == [300, 300]
    assert (right - left) / 300 * 25.4 >= 90


def dark_box(picture, size):
    """Where the code's dark modules stand: left, top, right, bottom."""
    left, top, room = LAYOUTS[size].code
    modules = len(qr.matrix(URL))
    module = -(-room // modules) if size is Size.A4 else room // modules
    side = module * modules
    return left, top, left + side, top + side


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("length", [0, 30])
def test_four_modules_around_the_code_are_white(size, length):
    url = URL + "/" + "X" * length
    picture = opened(draw(replace(POSTER, url=url), size)).convert("L")
    found = zxingcpp.read_barcodes(picture)[0].position
    module = (found.top_right.x - found.top_left.x) / len(qr.matrix(url))
    quiet = int(module * 4)
    left, top, right, bottom = found.top_left.x, found.top_left.y, found.bottom_right.x, found.bottom_right.y
    ring = np.array(picture.crop((left - quiet, top - quiet, right + quiet, bottom + quiet)))
    ring[quiet - 3 : 3 - quiet, quiet - 3 : 3 - quiet] = 255

    assert ring.min() >= 240


@pytest.mark.parametrize("brand", BRANDS)
def test_any_brand_colour_leaves_the_code_readable(brand):
    assert read(opened(draw(replace(POSTER, brand=colours(brand)), Size.SQUARE))) == [URL]


@pytest.mark.parametrize("size", Size)
def test_a_closed_drive_shows_it_and_still_leads_to_its_page(pictures, size):
    closed = opened(draw(replace(POSTER, closed=True), size))
    width = LAYOUTS[size].brand[2]
    corner = closed.convert("RGB").getpixel((width - 4, LAYOUTS[size].brand[3] // 4))

    assert min(corner) > 240  # the ribbon's white
    assert max(opened(pictures[size][0]).convert("RGB").getpixel((width - 4, 4))) < 120  # the brand's navy
    assert read(closed) == [URL]


def test_the_fixed_words_follow_the_language_asked_for():
    assert draw(POSTER, Size.OG, language="en") != draw(POSTER, Size.OG, language="hi")
    with pytest.raises(KeyError):
        draw(POSTER, Size.OG, language="fr")


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize(
    "field", ["organisation", "unit_name", "title", "subtitle", "deadline_text", "short_url_text", "footer"]
)
def test_a_text_that_does_not_fit_is_refused_by_its_name(size, field):
    with pytest.raises(TextTooLong) as refusal:
        draw(replace(POSTER, **{field: "लंबा वाक्य " * 30}), size)

    assert refusal.value.field == field


def test_one_word_wider_than_the_poster_is_refused():
    with pytest.raises(TextTooLong):
        draw(replace(POSTER, title="क" * 40), Size.SQUARE)


@pytest.mark.parametrize("size", Size)
def test_sixty_letters_of_title_fit(size):
    title = "जिला और विधानसभा सोशल मीडिया समितियों में काम करने का अवसर"

    assert read(opened(draw(replace(POSTER, title=title), size))) == [URL]


def test_an_emoji_is_refused_instead_of_printed_as_a_box():
    with pytest.raises(Unprintable) as refusal:
        draw(replace(POSTER, subtitle="आज ही जुड़ें ✅"), Size.OG)

    assert (refusal.value.field, refusal.value.characters) == ("subtitle", "✅")


def picture_of(text, face):
    picture = Image.new("L", (500, 120), 255)
    ImageDraw.Draw(picture).text((10, 10), text, font=face)
    return picture.tobytes()


def test_our_letters_are_shaped_and_not_only_put_in_a_row():
    shaped = font(60, 700)
    in_a_row = ImageFont.truetype(shaped.path, 60, layout_engine=ImageFont.Layout.BASIC)
    in_a_row.set_variation_by_axes([700, 100])

    assert shaped.layout_engine == ImageFont.Layout.RAQM
    assert picture_of("नियुक्ति", shaped) != picture_of("नियुक्ति", in_a_row)
    assert picture_of("नियुक्ति", in_a_row) == picture_of("नियुक्ति", in_a_row)
    assert shaped.getlength("क्ति") < in_a_row.getlength("क्ति")  # half क् joined to ति


def test_bold_is_bolder():
    assert font(60, 700).getlength("नियुक्ति") > font(60, 400).getlength("नियुक्ति")


def test_without_raqm_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr(features, "check", lambda feature: feature != "raqm")

    with pytest.raises(BrokenHindi):
        posters.draw(POSTER, Size.SQUARE)
