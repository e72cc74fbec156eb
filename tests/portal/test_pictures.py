"""A picture for phones on 2G: light, upright, and nothing of the file that came."""

from io import BytesIO

import pytest
from PIL import Image

from portal import pictures

pytestmark = pytest.mark.once


def upload(picture):
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_even_a_picture_full_of_noise_becomes_a_light_jpeg():
    noise = Image.effect_noise((1600, 1200), 120).convert("RGB")

    light = pictures.light_jpeg(upload(noise))

    with Image.open(BytesIO(light)) as made:
        assert (made.format, made.width * 3, len(light) <= pictures.LIGHT) == ("JPEG", made.height * 4, True)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(pictures.NotAPicture):
        pictures.light_jpeg(content)
