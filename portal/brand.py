"""Any organisation's colour, made readable.

Four colours come from one: the brand itself, the text on it, a strong shade
for links and buttons, and a tint for boxes. Contrast is WCAG 2.2's; shades
are made in OKLCH (Björn Ottosson, "A perceptual color space for image
processing", 2020) so that the hue stays.
"""

import re
from typing import NamedTuple

WHITE = "#ffffff"
INK = "#0b0c0c"
READABLE = 4.5  # WCAG 2.2, 1.4.3 (AA) for text
STRONG = 4.6  # a little above, for rounding
TINT_LIGHTNESS = 0.965
TINT_CHROMA = 0.25
STEP_OF_LIGHTNESS = 0.005
STEP_OF_CHROMA = 0.02

Triple = tuple[float, float, float]


class BadColour(ValueError):
    """Not a colour, or one on which no text of ours is readable."""


class Brand(NamedTuple):
    """Four colours as ``#rrggbb``."""

    brand: str
    on_brand: str
    strong: str
    tint: str


def colours(brand_hex: str) -> Brand:
    """The set for this colour. Raises ``BadColour`` when 4.5 : 1 cannot be reached."""
    brand = _parsed(brand_hex)
    on_brand = WHITE if contrast(brand, WHITE) >= READABLE else INK
    if contrast(brand, on_brand) < READABLE:
        raise BadColour(brand_hex)
    tint = _shade(brand, TINT_LIGHTNESS, TINT_CHROMA)
    return Brand(brand, on_brand, _darkened(brand, tint), tint)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _parsed(text: str) -> str:
    short = re.fullmatch(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", text.strip())
    if short:
        return "#" + "".join(2 * digit for digit in short.groups()).lower()
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text.strip()):
        raise BadColour(text)
    return "#" + text.strip().lstrip("#").lower()


def _darkened(colour: str, ground: str) -> str:
    """The colour itself when it is readable on the ground, else the lightest shade that is."""
    if contrast(colour, ground) >= STRONG:
        return colour
    lightness = _oklab(colour)[0]
    while lightness > 0:
        shade = _shade(colour, lightness)
        if contrast(shade, ground) >= STRONG:
            return shade
        lightness -= STEP_OF_LIGHTNESS
    raise BadColour(colour)


def _shade(colour: str, lightness: float, chroma: float = 1.0) -> str:
    """The same hue at this lightness, with as much of its chroma as a screen can show."""
    _, a, b = _oklab(colour)
    while chroma > 0:
        linear = _from_oklab((lightness, a * chroma, b * chroma))
        if all(-1e-4 <= part <= 1.0001 for part in linear):
            return _hex(linear)
        chroma -= STEP_OF_CHROMA
    return _hex(_from_oklab((lightness, 0.0, 0.0)))


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Triple:
    """Light from sRGB."""
    red, green, blue = (_to_light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _to_light(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _hex(linear: Triple) -> str:
    """A screen's hex from light."""
    clipped = (min(1.0, max(0.0, part)) for part in linear)
    parts = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in clipped)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _oklab(colour: str) -> Triple:
    r, g, b = _linear(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
