"""Letters on a picture: shaped by RAQM, wrapped at words, fitted in a few sizes or refused."""

from dataclasses import dataclass, replace
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
    """A place for one text: left, top, width, height, and the sizes it may take, the largest first."""

    left: int
    top: int
    width: int
    height: int
    sizes: tuple[int, ...]


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
        return max((length(line, self.size, self.weight) for line in self.lines), default=0)


@lru_cache(maxsize=256)
def font(size: float, weight: int) -> ImageFont.FreeTypeFont:
    """Our one font at this size in pixels and weight 100–900, shaped by RAQM."""
    face = ImageFont.truetype(fonts() / FONT_FILE, size, layout_engine=ImageFont.Layout.RAQM)
    face.set_variation_by_axes([weight, 100])
    return face


@lru_cache(maxsize=8192)
def word_length(word: str, size: int, weight: int) -> float:
    """From where the word begins to where the next one would. Shaping is slow, and one poster asks often."""
    return font(size, weight).getlength(word)


def length(line: str, size: int, weight: int) -> float:
    """Of a whole line: no letter joins another one across a space."""
    words = line.split(" ")
    spaces = (len(words) - 1) * word_length(" ", size, weight)
    return sum(word_length(word, size, weight) for word in words) + spaces


def fit(box: Box, field: str, text: str, weight: int) -> Lines:
    """The text in the largest of the box's sizes that holds it.

    Spaces that do not break (U+00A0) keep a date together. Raises
    ``TextTooLong`` with the name of the field.
    """
    for size in box.sizes:
        lines = Lines(wrap(text, size, weight, box.width), size, weight)
        if lines.height <= box.height and lines.width <= box.width:
            return balanced(lines, box.width)
    raise TextTooLong(field)


def wrap(text: str, size: int, weight: int, width: int) -> tuple[str, ...]:
    """Break at spaces only; a word wider than ``width`` keeps a line of its own."""
    lines: list[list[str]] = []
    space, used = word_length(" ", size, weight), 0.0
    for word in text.replace("\n", " ").split(" "):
        wide = word_length(word, size, weight) if word else 0
        if lines and used + space + wide <= width:
            lines[-1].append(word)
            used += space + wide
        elif word:
            lines.append([word])
            used = wide
    return tuple(" ".join(line) for line in lines)


def balanced(lines: Lines, width: int) -> Lines:
    """The same text in as many lines, of about the same length: no word alone on the last one."""
    text, number = " ".join(lines.lines), len(lines.lines)
    narrow, wide = width // max(number, 1), width
    while number > 1 and wide - narrow > lines.size // 4:
        middle = (narrow + wide) // 2
        if len(wrap(text, lines.size, lines.weight, middle)) > number:
            narrow = middle
        else:
            wide = middle
    return replace(lines, lines=wrap(text, lines.size, lines.weight, wide))
