"""Posters as a scanner, a printer and a reader meet them.

Each picture is drawn once and asked all that concerns it; what is for paper is drawn
at half its dots, which is harder for the decoder, but for the two sheets of full size.
"""

import io
import re
import time
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from PIL import Image, features

from applications.posters import BrokenHindi, Size, Template, TextTooLong, Unprintable, draw, paint
from applications.posters.layouts import ACROSS, DOWN, LAYOUTS, PAPER, PRINTED
from portal import qr
from portal.brand import colours
from tests.applications.poster_samples import HINDI, URL, read, sample, smaller, squeezed

pytestmark = pytest.mark.once

POSTER = HINDI
PIXELS = {
    Size.SQUARE: (1080, 1080), Size.STORY: (1080, 1920), Size.COVER: (1640, 856), Size.OG: (1200, 630),
    Size.A4: (2480, 3508), Size.A3: (3508, 4961), Size.TENT: (2480, 3508), Size.STICKERS: (2480, 3508),
}  # fmt: skip
TEXTS = ["organisation", "unit_name", "title", "subtitle", "deadline_text", "short_url_text", "footer"]
BRANDS = ["#1d3557", "#ff9933", "#138808", "#ffd100", "#de0000", "#111111"]
ONE_FACE = [size for size in Size if size not in PAPER]
HALF = 0.5  # of 300 dpi: what is drawn here for paper
DECODED = [(template, "hi") for template in Template] + [(Template.TEXT, "en"), (Template.EVENT, "en")]
LONG = "लंबा वाक्य " * 60


def scale_of(size):
    return HALF if size in PRINTED else 1


def opened(data):
    return Image.open(io.BytesIO(data))


def one_face(image, size):
    """Of a sheet that has the same face several times, the one below on the left."""
    if size not in PAPER:
        return image
    return image.crop((0, image.height // 2, image.width // (ACROSS if size is Size.STICKERS else 1), image.height))


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize(("template", "language"), DECODED)
def test_a_scanner_reads_every_poster_after_sending_on_and_from_afar(template, language, size):
    scale = scale_of(size)
    image = paint(sample(template, language), size, language=language, scale=scale)
    face = one_face(image, size)

    assert image.size == tuple(round(side * scale) for side in PIXELS[size])
    assert read(squeezed(face)) == {URL}
    assert read(smaller(face, 0.25 / scale)) == {URL}
    assert sorted(set(around_the_code(image, size, scale))) == [255]


@pytest.mark.parametrize("size", [Size.A4, Size.A3])
def test_a_sheet_of_full_size_is_read_and_is_quickly_drawn(size):
    start = time.process_time()
    data = draw(POSTER, size)
    seconds = time.process_time() - start

    image = opened(data)
    assert read(image) == {URL}
    assert image.size == PIXELS[size]
    assert [round(dots) for dots in image.info["dpi"]] == [300, 300]
    assert len(data) < 600 * 1024
    assert seconds < 3


@pytest.mark.parametrize("size", [size for size in Size if size not in PRINTED])
def test_each_size_is_what_its_use_asks_for(size):
    data = draw(POSTER, size)
    image = opened(data)

    assert image.size == PIXELS[size]
    assert (image.format, image.mode) == (("JPEG", "RGB") if size is Size.OG else ("PNG", "P"))
    assert len(data) < 200 * 1024


@pytest.mark.parametrize("size", PRINTED)
def test_a_printer_gets_a_pdf_of_true_size(size):
    data = draw(POSTER, size, scale=0.1, kind="pdf")
    points = [float(side) for side in re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", data).groups()]

    assert data[:4] == b"%PDF"
    assert points == pytest.approx([842, 1191] if size is Size.A3 else [595, 842], abs=2)  # of 72 to an inch


@pytest.mark.parametrize(("size", "least"), [(Size.A4, 90), (Size.A3, 150)])
@pytest.mark.parametrize("url", ["https://x.in/q/7K3QX", URL, URL + "X" * 30])
def test_the_printed_code_is_never_smaller_than_it_must_be(size, least, url):
    code, modules = LAYOUTS[size].code, len(qr.matrix(url))

    assert code.grows
    assert -(-code.room // modules) * modules / 300 * 25.4 >= least


def quiet_zone(size, url, scale=1):
    """The code with four modules around it: left, top, right, bottom, and the side of a module."""
    left, top, room, grows = LAYOUTS[size].code
    modules, room = len(qr.matrix(url)), round(room * scale)
    module = -(-room // modules) if grows else room // modules
    quiet, side = qr.QUIET * module, modules * module
    left, top = round(left * scale), round(top * scale)
    return left - quiet, top - quiet, left + side + quiet, top + side + quiet, module


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("url", ["https://x.in/q/7K3QX", URL, URL + "X" * 30])
def test_nothing_is_planned_within_four_modules_of_the_code(size, url):
    layout = LAYOUTS[size]
    left, top, right, bottom, _module = quiet_zone(size, url)
    field = layout.field

    assert min(left, top) >= 0
    assert (right <= layout.width, bottom <= layout.height) == (True, True)
    assert left >= field.right or top >= field.bottom
    for box in (layout.short_url, layout.label, layout.deadline, layout.scan, layout.footer):
        apart = box.left >= right or box.top >= bottom or box.left + box.width <= left or box.top + box.height <= top
        assert apart or not box.width, box


def around_the_code(image, size, scale):
    """Every tone within four modules of the code."""
    left, top, right, bottom, module = quiet_zone(size, URL, scale)
    down = image.height // 2 if size is Size.TENT else 0
    ring = np.array(image.convert("L").crop((left, top + down, right, bottom + down)))
    quiet = qr.QUIET * module
    ring[quiet:-quiet, quiet:-quiet] = 255
    return ring.flatten().tolist()


def test_the_code_is_ink_and_paper_and_nothing_between():
    left, top, right, bottom, _module = quiet_zone(Size.SQUARE, URL)
    code = paint(POSTER, Size.SQUARE).convert("L").crop((left, top, right, bottom))

    assert sorted(tone for _count, tone in code.getcolors()) == [12, 255]


@pytest.mark.parametrize("size", [Size.TENT, Size.STICKERS])
def test_a_sheet_of_several_faces_has_one_code_on_each(size):
    found = zxingcpp.read_barcodes(paint(POSTER, size, scale=HALF).convert("L"))

    assert len(found) == {Size.TENT: 2, Size.STICKERS: ACROSS * DOWN}[size]
    assert sorted({round(code.orientation) for code in found}) == ([0, 180] if size is Size.TENT else [0])


@pytest.mark.parametrize("brand", BRANDS)
def test_any_brand_colour_leaves_the_code_readable(brand):
    assert read(paint(replace(POSTER, brand=colours(brand)), Size.SQUARE)) == {URL}


def red_words(image, size, scale):
    """Red dots in the upper right corner of the field."""
    field = LAYOUTS[size].field
    corner = (field.right - field.width // 4, 0, field.right, field.height // 2)
    dots = np.array(image.crop(tuple(round(side * scale) for side in corner))).astype(int)
    return ((dots[..., 0] > 140) & (dots[..., 1] < 60)).sum()


@pytest.mark.parametrize(("size", "template"), [*((size, Template.TEXT) for size in ONE_FACE), *(
    (Size.OG, template) for template in Template if template is not Template.TEXT)])  # fmt: skip
def test_a_closed_drive_shows_it_and_still_leads_to_its_page(size, template):
    scale = 0.25 if size in PRINTED else 1
    closed = paint(replace(sample(template), closed=True), size, scale=scale)

    assert red_words(closed, size, scale) > 50
    assert read(closed) == {URL}


def test_an_open_drive_has_no_ribbon():
    assert red_words(paint(POSTER, Size.OG), Size.OG, 1) == 0


def test_the_fixed_words_follow_the_language_asked_for():
    assert draw(POSTER, Size.OG, language="en") != draw(POSTER, Size.OG, language="hi")
    with pytest.raises(KeyError):
        draw(POSTER, Size.OG, language="fr")


@pytest.mark.parametrize(
    ("size", "field"),
    [(size, field) for size in Size for field in TEXTS if (size, field) != (Size.STICKERS, "subtitle")],
)  # a sticker has no second line
def test_a_text_that_does_not_fit_is_refused_by_its_name(size, field):
    poster = replace(POSTER, **{field: LONG})

    with pytest.raises(TextTooLong) as refusal:
        paint(poster, size, scale=0.1)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("template", "field"),
    [("event", "when"), ("event", "where"), ("photo", "portrait_name"), ("photo", "portrait_post"),
     ("district", "unit_name"), ("district", "title"), ("plain", "title")],
)  # fmt: skip
def test_what_a_template_adds_is_refused_by_its_name_too(template, field):
    poster = replace(sample(Template(template)), **{field: LONG})

    with pytest.raises(TextTooLong) as refusal:
        paint(poster, Size.SQUARE, scale=0.1)

    assert refusal.value.field == field


def test_one_word_wider_than_the_poster_is_refused():
    with pytest.raises(TextTooLong):
        paint(replace(POSTER, title="क" * 40), Size.SQUARE)


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("size", [size for size in Size if size is not Size.STICKERS])
def test_the_longest_names_of_districts_and_drives_fit(size, template):
    longest = {
        "title": "जिला और विधानसभा सोशल मीडिया समितियों में काम करने का अवसर",
        "unit_name": "जिला श्रीगंगानगर",
        "portrait_name": "श्रीमती राजेश्वरी शेखावत",
    }

    assert paint(replace(sample(template), **longest), size, scale=0.1)


def test_a_small_preview_breaks_its_lines_as_the_large_poster_does():
    large = smaller(paint(POSTER, Size.SQUARE), 0.5).convert("L")
    preview = paint(POSTER, Size.SQUARE, scale=0.5).convert("L")
    # the words alone: codes differ by rounding
    apart = np.abs(np.array(large).astype(int) - np.array(preview).astype(int))[:280]

    assert preview.size == (540, 540)
    assert (apart > 90).mean() < 0.02


def test_an_emoji_is_refused_instead_of_printed_as_a_box():
    with pytest.raises(Unprintable) as refusal:
        draw(replace(POSTER, subtitle="आज ही जुड़ें ✅"), Size.OG)

    assert (refusal.value.field, refusal.value.characters) == ("subtitle", "✅")


def test_a_leader_s_photo_leaves_no_trace_but_its_pixels():
    image = opened(draw(sample(Template.PHOTO), Size.SQUARE))

    assert image.mode == "RGB"
    assert set(image.info) <= {"dpi"}
    assert dict(image.getexif()) == {}


def test_without_raqm_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr(features, "check", lambda feature: feature != "raqm")

    with pytest.raises(BrokenHindi):
        draw(POSTER, Size.SQUARE)
