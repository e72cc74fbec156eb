"""Pictures as the files that people take away: small where they are sent, true to size where they are printed."""

import zlib
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, features

DOTS_PER_INCH = 300
COLOURS = 64  # of the palette: enough for smooth edges, small enough to send
LARGE = 4_000_000  # pixels


class BrokenHindi(Exception):
    """Pillow has no RAQM here and would print नयुिक्ति for नियुक्ति."""


def refuse_broken_hindi() -> None:
    """Raise ``BrokenHindi`` where Pillow cannot shape Hindi."""
    if not features.check("raqm"):
        raise BrokenHindi


def jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, format="JPEG", quality=88, optimize=True)
    return file.getvalue()


def pdf(pages: Sequence[Image.Image], dots: float) -> bytes:
    """A page for each picture, of ``dots`` to an inch."""
    file = BytesIO()
    pages[0].save(file, format="PDF", resolution=dots, quality=90, save_all=True, append_images=pages[1:])
    return file.getvalue()


def png(image: Image.Image, dots: float, *, many_colours: bool = False, repeats: bool = False) -> bytes:
    """``many_colours``: a photo is in it; ``repeats``: the same face is on it several times."""
    file, is_large = BytesIO(), image.width * image.height > LARGE
    if not many_colours:
        image = _with_few_colours(image, is_large=is_large)
    # A large face is packed by its runs of one colour alone: to look for more takes thrice as long for nothing.
    packing = zlib.Z_RLE if is_large and not repeats else zlib.Z_DEFAULT_STRATEGY
    image.save(file, format="PNG", dpi=(dots, dots), compress_level=6, compress_type=packing)
    return file.getvalue()


def _with_few_colours(image: Image.Image, *, is_large: bool) -> Image.Image:
    """Of a large picture each fourth pixel of each fourth row tells which colours it has."""
    seen = image.resize((image.width // 4, image.height // 4), Image.Resampling.NEAREST) if is_large else image
    palette = seen.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return image.quantize(palette=palette, dither=Image.Dither.NONE) if is_large else palette
