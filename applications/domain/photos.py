"""Photos are made anew, never passed on: what was hidden in the file stays behind."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 24_000_000  # of all frames together, counted before anything is decoded
SIDE = 1024
FORMATS = ["JPEG", "PNG", "WEBP"]
QUALITY = 80
WHITE = (255, 255, 255)


class BadPhoto(Exception):
    """The file cannot be taken as a photo."""


class TooHeavy(BadPhoto):
    """More than 8 MB."""


class TooManyPixels(BadPhoto):
    """So large that decoding it would cost too much memory."""


class NotAPicture(BadPhoto):
    """Neither JPEG nor PNG nor WebP, whatever its name says, or broken."""


class Remade(NamedTuple):
    """A WebP of at most 1024 px, upright, without metadata."""

    image: bytes
    width: int
    height: int


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
    if picture.width * picture.height * frames > MOST_PIXELS:
        raise TooManyPixels(f"{picture.width}×{picture.height}×{frames}")


def _small_and_upright(picture: Image.Image) -> Image.Image:
    """Smaller first, so that turning and converting never need a second large copy."""
    picture.draft("RGB", (SIDE, SIDE))
    if picture.mode in {"P", "1", "I;16", "I", "F"}:
        picture = _sharing_metadata(picture, picture.convert("RGBA" if picture.mode == "P" else "L"))
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture)
    if "A" in upright.getbands():
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, WHITE)
        upright.paste(clear, mask=clear.getchannel("A"))
    return upright.convert("RGB")


def _sharing_metadata(old: Image.Image, new: Image.Image) -> Image.Image:
    new.info = dict(old.info)
    return new


def _encoded(picture: Image.Image) -> Remade:
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return Remade(out.getvalue(), picture.width, picture.height)
