"""Letters on a picture: shaped by RAQM, wrapped at words, fitted in three sizes or refused."""

from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

from portal.typesetting import FONT_FILE, fonts

REGULAR, SEMIBOLD, BOLD = 400, 600, 700
LINE = 1.42  # line height over size: less, and the vowel signs of two Hindi lines touch
RISE = 1.08  # from the top of a line to its baseline, over size


class TextTooLong(Exception):
    """A text does not fit even at its smallest size. ``field`` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is too long for this poster.")
        self.field = field


@dataclass(frozen=True)
class Box:
    """A place for one text: left, top, width, height, and the three sizes it may take."""

    left: int
    top: int
    width: int
    height: int
    sizes: tuple[int, int, int]


@dataclass(frozen=True)
class Lines:
    """A text in its final size, broken into lines."""

    lines: tuple[str, ...]
    size: int
    weight: int

    @property
    def step(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * LINE)

    @property
    def height(self) -> int:
        return self.step * len(self.lines)

    @property
    def width(self) -> float:
        return max((font(self.size, self.weight).getlength(line) for line in self.lines), default=0)


@lru_cache(maxsize=256)
def font(size: float, weight: int) -> ImageFont.FreeTypeFont:
    """Our one font at this size in pixels and weight 100–900, shaped by RAQM."""
    face = ImageFont.truetype(fonts() / FONT_FILE, size, layout_engine=ImageFont.Layout.RAQM)
    face.set_variation_by_axes([weight, 100])
    return face


def fit(box: Box, field: str, text: str, weight: int) -> Lines:
    """The text in the largest of the box's three sizes that holds it.

    Spaces that do not break (U+00A0) keep a date together. Raises
    ``TextTooLong`` with the name of the field.
    """
    for size in box.sizes:
        face = font(size, weight)
        lines = Lines(wrap(text, face, box.width), size, weight)
        if lines.height <= box.height and lines.width <= box.width:
            return Lines(balanced(lines.lines, face, box.width), size, weight)
    raise TextTooLong(field)


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int) -> tuple[str, ...]:
    """Break at spaces only; a word wider than ``width`` keeps a line of its own."""
    lines: list[str] = []
    for word in text.replace("\n", " ").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return tuple(lines)


def balanced(lines: tuple[str, ...], face: ImageFont.FreeTypeFont, width: int) -> tuple[str, ...]:
    """The same text in as many lines, of about the same length: no word alone on the last one."""
    text = " ".join(lines)
    narrow, wide = width // max(len(lines), 1), width
    while len(lines) > 1 and wide - narrow > face.size // 4:
        middle = (narrow + wide) // 2
        if len(wrap(text, face, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return wrap(text, face, wide)
