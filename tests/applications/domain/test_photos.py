"""Photos are made anew: small, upright, and with nothing hidden in them."""

import json
import random
import subprocess
import sys
import zipfile
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from applications.domain import photos
from applications.domain.photos import NotAPicture, TooHeavy, TooManyPixels
from tests.factories import hostile
from tests.factories.form import picture

pytestmark = pytest.mark.once  # nothing here asks a database

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>1</script></svg>"
ORIENTATION = 0x0112
ROOT = Path(__file__).resolve().parents[3]
WAY = Image.Transpose
UNDO_TURN = {  # how a camera that says this turn holds the picture
    2: WAY.FLIP_LEFT_RIGHT, 3: WAY.ROTATE_180, 4: WAY.FLIP_TOP_BOTTOM, 5: WAY.TRANSPOSE,
    6: WAY.ROTATE_90, 7: WAY.TRANSVERSE, 8: WAY.ROTATE_270,
}  # fmt: skip


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


@pytest.fixture(scope="module")  # this file stays together, see tests/sharing.py
def remade_apart(tmp_path_factory):
    """Fifty hostile files, each remade in a process of its own: name → what came of it and should; what was made."""
    folder, files = tmp_path_factory.mktemp("uploads"), hostile.fifty()
    names = {f"{number:02}": name for number, name in enumerate(files)}
    for number, name in names.items():
        (folder / f"{number}.upload").write_bytes(files[name][0])
    command = [sys.executable, "-m", "tests.remaking", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    made = {names[path.stem]: path.read_bytes() for path in folder.glob("*.webp")}
    return {names[line["name"]]: line | {"wanted": files[names[line["name"]]][1]} for line in lines}, made


def test_fifty_hostile_files_are_refused_or_taken_as_they_should(remade_apart):
    lines, made = remade_apart
    wanted = {name: line["wanted"] for name, line in lines.items()}

    assert len(lines) == 50
    assert {name: line["outcome"] for name, line in lines.items()} == wanted
    assert set(made) == {name for name, outcome in wanted.items() if outcome == hostile.TAKEN}


def test_no_file_takes_200_megabytes(remade_apart):
    lines, _made = remade_apart

    assert {name: line["megabytes"] for name, line in lines.items() if line["megabytes"] >= 200} == {}


def test_nothing_of_the_former_file_is_left_in_any(remade_apart):
    _lines, made = remade_apart
    signs = (hostile.SECRET, b"PK\x03\x04", b"Exif", b"EXIF", b"XMP", b"ICCP", b"<svg", b"<script")

    for name, image in made.items():
        assert [sign for sign in signs if sign in image] == [], name
        assert int.from_bytes(image[4:8], "little") + 8 == len(image), f"{name}: bytes behind the end"
        with Image.open(BytesIO(image)) as picture:
            assert (picture.format, picture.mode, picture.n_frames) == ("WEBP", "RGB", 1), name


def test_what_was_turned_stands_upright_in_each_format(remade_apart):
    _lines, made = remade_apart
    turned = {name: Image.open(BytesIO(image)).size for name, image in made.items() if name.startswith("place, turn")}

    assert set(turned.values()) == {(200, 400)}
    assert len(turned) == 3


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_of_holding_a_phone_ends_upright(turn):
    """The red corner is on the upper left when the picture stands as it was taken."""
    upright = Image.new("RGB", (80, 40), "white")
    upright.paste("red", (0, 0, 20, 10))
    taken = upright.transpose(UNDO_TURN[turn]) if turn in UNDO_TURN else upright
    out, exif = BytesIO(), Image.Exif()
    exif[ORIENTATION] = turn
    taken.save(out, "JPEG", exif=exif, quality=95)

    remade = opened(photos.remake(out.getvalue()))

    red, green, _blue = remade.getpixel((4, 3))
    assert (remade.size, red > 200, green < 60) == ((80, 40), True, True)


# --- fingerprints ---------------------------------------------------------------------------


def a_face(seed=1, size=(300, 200), form="JPEG", **how):
    """Something with light and shade; another seed, another face."""
    chance = random.Random(seed)
    rough = Image.new("L", (7, 5))
    rough.putdata([chance.randrange(256) for _ in range(35)])
    out = BytesIO()
    rough.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(out, form, **how)
    return out.getvalue()


def apart(one, other):
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_one_photo_has_one_fingerprint_however_it_came():
    sign = photos.remake(a_face()).fingerprint

    others = [a_face(size=(1500, 1000)), a_face(quality=30), a_face(form="PNG"), a_face(form="WEBP", quality=50)]

    assert [apart(sign, photos.remake(other).fingerprint) <= photos.ALIKE for other in others] == [True] * 4


def test_photos_of_different_people_differ():
    signs = [photos.remake(a_face(seed)).fingerprint for seed in range(12)]

    assert min(apart(one, other) for one, other in combinations(signs, 2)) > photos.ALIKE


def test_a_wall_has_no_fingerprint():
    assert photos.remake(picture()).fingerprint == ""


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
