"""Photos are made anew: small, upright, and with nothing hidden in them."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from applications.domain import photos
from applications.domain.photos import NotAPicture, TooHeavy, TooManyPixels
from tests.factories.form import picture

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>1</script></svg>"
ORIENTATION = 0x0112
ROOT = Path(__file__).resolve().parents[3]


def opened(remade):
    return Image.open(BytesIO(remade.image))


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", b"no picture")
    return out.getvalue()


def with_secrets(size=(400, 200)):
    """A JPEG with a place, a turn to the right, and a ZIP glued on."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "secret-of-the-camera"
    return picture(size=size, exif=exif) + a_zip()


def animated(form, frames, size):
    out = BytesIO()
    first, *rest = (Image.new("RGB", size, (30 * number, 200 - 20 * number, 0)) for number in range(frames))
    first.save(out, form, save_all=True, append_images=rest)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_become_one(form):
    remade = photos.remake(picture(form, size=(2000, 1000)))

    assert (opened(remade).format, remade.width, remade.height) == ("WEBP", 1024, 512)


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA")])
def test_unusual_colours_become_ordinary(form, mode):
    remade = photos.remake(picture(form, mode=mode, colour=0))

    assert opened(remade).mode == "RGB"


def test_nothing_but_the_picture_is_left_and_it_stands_upright():
    remade = photos.remake(with_secrets())

    assert (remade.width, remade.height) == (200, 400)
    assert not opened(remade).getexif()
    assert all(secret not in remade.image for secret in (b"secret-of-the-camera", b"PK\x03\x04", b"Exif"))


def test_a_large_photo_stands_upright_too():
    remade = photos.remake(with_secrets(size=(5000, 2500)))

    assert (remade.width, remade.height) == (512, 1024)


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_the_largest_picture_needs_less_than_200_megabytes(form, mode):
    size = (4000, 2000) if form == "WEBP" else (6000, 4000)

    assert megabytes(picture(form, size=size, mode=mode, colour=0)) - megabytes(picture(form)) < 200


def megabytes(upload):
    """What a process of its own has used at most to remake this."""
    code = (
        "import sys, resource; from applications.domain import photos; photos.remake(sys.stdin.buffer.read());"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=upload, capture_output=True, check=True, cwd=ROOT)
    return int(done.stdout)


def test_a_clear_ground_becomes_white():
    remade = photos.remake(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(remade).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"hello",
        a_zip(),
        SVG,
        b"%PDF-1.4",
        b"\xff\xd8\xff\xe0 broken",
        picture()[:300],
        picture("GIF"),
        picture("TIFF"),
    ],
    ids=["empty", "text", "zip", "svg", "pdf", "broken", "cut off", "gif", "tiff"],
)
def test_what_is_no_photo_is_refused(upload):
    with pytest.raises(NotAPicture):
        photos.remake(upload)


def test_eight_megabytes_are_the_limit():
    jpeg = picture()

    assert photos.remake(jpeg + bytes(photos.MOST_BYTES - len(jpeg))).width == 60
    with pytest.raises(TooHeavy):
        photos.remake(jpeg + bytes(photos.MOST_BYTES - len(jpeg) + 1))


@pytest.mark.parametrize("size", [(4001, 6000), (9000, 9000), (20_000, 20_000)])
def test_a_bomb_is_refused_before_it_is_decoded(size):
    with pytest.raises(TooManyPixels):
        photos.remake(picture("PNG", size=size, mode="1", colour=0))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_the_pixels_of_all_frames_count(form):
    with pytest.raises(TooManyPixels):
        photos.remake(animated(form, frames=7, size=(2000, 2000)))
