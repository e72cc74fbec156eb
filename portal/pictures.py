"""Pictures are made anew, never passed on: what was hidden in the file stays behind."""

from io import BytesIO
from math import ceil

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 24_000_000  # of all frames together, counted before anything is decoded
MOST_PIXELS_OF_WEBP = 8_000_000  # its decoder keeps four copies
STRIP = 64  # rows of the small picture that are made at a time
SIDE = 1024
FORMATS = ["JPEG", "PNG", "WEBP"]
WHITE = (255, 255, 255)
LIGHT = 100 * 1024  # bytes that a phone on 2G fetches in two seconds
QUALITIES = (82, 72, 60, 48)
QUALITY = 80


class BadPicture(Exception):
    """The file cannot be taken as a picture."""


class TooHeavy(BadPicture):
    """More than 8 MB."""


class TooManyPixels(BadPicture):
    """So large that decoding it would cost too much memory."""


class NotAPicture(BadPicture):
    """Neither JPEG nor PNG nor WebP, whatever its name says, or broken."""


def small_and_upright(upload: bytes) -> Image.Image:
    """At most 1024 px, upright, without metadata. Raises ``TooHeavy``, ``TooManyPixels`` or ``NotAPicture``."""
    if len(upload) > MOST_BYTES:
        raise TooHeavy(str(len(upload)))
    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as picture:
            _refuse_bombs(picture)
            return _small_and_upright(picture)
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise NotAPicture from None


def webp(picture: Image.Image) -> bytes:
    """The picture as a WebP without metadata."""
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return out.getvalue()


def light_jpeg(upload: bytes) -> bytes:
    """The picture as a JPEG of at most ``LIGHT`` bytes. Raises as ``small_and_upright``."""
    picture = small_and_upright(upload)
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= LIGHT:
                return out.getvalue()
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


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
