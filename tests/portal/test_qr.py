import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from portal import qr
from tests.often import often

URL = "https://srijan.example/q/7K3QX"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg, box=8):
    """The SVG as a browser would paint it."""
    root = ET.fromstring(svg)
    side = int(root.get("viewBox").split()[2])
    picture = Image.new("L", (side * box, side * box), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", root.findall(f"{SVG}path")[1].get("d")):
        left, top = int(x) * box, int(y) * box
        pen.rectangle([left, top, left + int(width) * box - 1, top + box - 1], fill=0)
    return picture


def test_an_independent_reader_reads_the_svg_at_level_q():
    found = zxingcpp.read_barcode(drawn(qr.svg(URL)))

    assert (found.text, found.ec_level) == (URL, "Q")


def test_an_independent_reader_reads_the_png():
    picture = Image.open(BytesIO(qr.png(URL, box=6)))

    assert picture.size == ((29 + 8) * 6,) * 2
    assert zxingcpp.read_barcode(picture.convert("L")).text == URL


def test_a_short_link_stays_small():
    assert len(qr.matrix(URL)) == 29
    assert len(qr.svg(URL)) < 6000


def test_the_quiet_zone_is_four_modules():
    picture = drawn(qr.svg(URL), box=1)
    rim = picture.point(lambda shade: 255 - shade).getbbox()

    assert rim == (4, 4, 33, 33)


def test_the_svg_is_one_image_with_a_name():
    root = ET.fromstring(qr.svg(URL, label='"<राम>"'))

    assert (root.get("role"), root.get("aria-label")) == ("img", '"<राम>"')
    assert "style=" not in qr.svg(URL)


@pytest.mark.parametrize(("lang", "label"), [("hi", "QR कोड"), ("en", "QR code")])
def test_the_name_speaks_the_language_of_the_page(lang, label):
    with translation.override(lang):
        assert ET.fromstring(qr.svg(URL)).get("aria-label") == label


@often(25)
@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=5, max_size=10))
def test_every_code_can_be_read_back(code):
    url = f"https://x.in/q/{code}"

    assert zxingcpp.read_barcode(drawn(qr.svg(url), box=4)).text == url
