"""Photos are made anew, see ``portal.pictures``; two of one face are found by what they look like."""

from itertools import pairwise
from typing import NamedTuple

from PIL import Image

from portal.pictures import MOST_BYTES, NotAPicture, TooHeavy, TooManyPixels, small_and_upright, webp
from portal.pictures import BadPicture as BadPhoto

__all__ = [
    "ALIKE", "MOST_BYTES", "BadPhoto", "NotAPicture", "Remade", "TooHeavy", "TooManyPixels", "fingerprint", "remake",
]  # fmt: skip

FINGERPRINT_SIDE = 8
FLAT = 4  # with fewer signs of one kind a wall looks like any other wall
ALIKE = 4


class Remade(NamedTuple):
    """A WebP of at most 1024 px, upright, without metadata. Pictures that look alike have near fingerprints."""

    image: bytes
    width: int
    height: int
    fingerprint: str = ""


def remake(upload: bytes) -> Remade:
    """Make the photo anew. Raises ``TooHeavy``, ``TooManyPixels`` or ``NotAPicture``."""
    picture = small_and_upright(upload)
    return Remade(webp(picture), picture.width, picture.height, fingerprint(picture))


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
