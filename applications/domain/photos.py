"""Photos are made anew, never passed on: what was hidden in the file stays behind."""

from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 24_000_000  # of all frames together, counted before anything is decoded
MOST_PIXELS_OF_WEBP = 8_000_000  # its decoder keeps four copies
STRIP = 64  # rows of the small picture that are made at a time
SIDE = 1024
FORMATS = ["JPEG", "PNG", "WEBP"]
QUALITY = 80
WHITE = (255, 255, 255)
FINGERPRINT_SIDE = 8
FLAT = 4  # with fewer signs of one kind a wall looks like any other wall
ALIKE = 4


class BadPhoto(Exception):
    """The file cannot be taken as a photo."""


class TooHeavy(BadPhoto):
    """More than 8 MB."""


class TooManyPixels(BadPhoto):
    """So large that decoding it would cost too much memory."""


class NotAPicture(BadPhoto):
    """Neither JPEG nor PNG nor WebP, whatever its name says, or broken."""


class Remade(NamedTuple):
    """A WebP of at most 1024 px, upright, without metadata. Pictures that look alike have near fingerprints."""

    image: bytes
    width: int
    height: int
    fingerprint: str = ""


def remake(upload: bytes) -> Remade:
    """Make the photo anew. Raises ``TooHeavy``, ``TooManyPixels`` or ``NotAPicture``."""
    if len(upload) > MOST_BYTES:
        raise TooHeavy(str(len(upload)))
    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as picture:
            _refuse_bombs(picture)
            return _encoded(_small_and_upright(picture))
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise NotAPicture from None


def _refuse_bombs(picture: Image.Image) -> None:
    # A phone's JPEG may carry a second picture (MPO); only the first is decoded.
    frames = 1 if picture.format in {"JPEG", "MPO"} else getattr(picture, "n_frames", 1)
    most = MOST_PIXELS_OF_WEBP if picture.format == "WEBP" else MOST_PIXELS
    if "progressive" in picture.info:  # held whole, and twice as wide, before the first row comes out
        most = MOST_PIXELS * 3 // max(3, len(picture.getbands()))
    if picture.width * picture.height * frames > most:
        raise TooManyPixels(f"{picture.width}×{picture.height}×{frames}")


def _small_and_upright(picture: Image.Image) -> Image.Image:
    """Smaller first, so that turning and converting never need a second large copy."""
    picture.draft("RGB", (SIDE, SIDE))
    small = _reduced(picture)
    small.info = {"exif": picture.getexif().tobytes()}  # says which side is up
    small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(small)
    if "A" in upright.getbands():
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, WHITE)
        upright.paste(clear, mask=clear.getchannel("A"))
    return upright.convert("RGB")


def _reduced(picture: Image.Image) -> Image.Image:
    """Down to about twice ``SIDE``, strip by strip: one large copy in memory, not three."""
    factor = max(1, max(picture.size) // (2 * SIDE))
    width, height = picture.size
    small = Image.new(_plain(picture.crop((0, 0, 1, 1))).mode, (ceil(width / factor), ceil(height / factor)))
    strip = factor * STRIP
    for top in range(0, height, strip):
        part = _plain(picture.crop((0, top, width, min(height, top + strip))))
        small.paste(part.reduce(factor), (0, top // factor))
    return small


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller."""
    if picture.mode in {"P", "PA"}:
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode in {"1", "I", "I;16", "F"} else picture


def _encoded(picture: Image.Image) -> Remade:
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return Remade(out.getvalue(), picture.width, picture.height, fingerprint(picture))


def fingerprint(picture: Image.Image) -> str:
    """64 signs of brighter or darker, from left to right, in 16 hexadecimal digits; nothing for a flat picture.

    The "difference hash": another size, format or brightness changes few of
    the signs. Two of one photo differ in at most ``ALIKE`` of 64.
    """
    side = FINGERPRINT_SIDE
    small = picture.convert("L").resize((side + 1, side), Image.Resampling.LANCZOS)
    grey = small.tobytes()
    rows = [grey[at : at + side + 1] for at in range(0, len(grey), side + 1)]
    signs = "".join("1" if left < right else "0" for row in rows for left, right in pairwise(row))
    says_something = FLAT < signs.count("1") < side * side - FLAT
    return f"{int(signs, 2):016x}" if says_something else ""
