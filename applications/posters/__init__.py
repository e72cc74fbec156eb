"""Posters: a drive, its deadline and one QR code, drawn to be read from across a room.

The upper field carries the words on the brand's colour, the lower one is bare
white and belongs to the code, so that any scanner finds it. Text is shaped by
RAQM; without it Pillow prints broken Hindi and no error, so we refuse to draw.
"""

from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw, features

from applications.posters.layouts import LAYOUTS, Layout, Size
from applications.posters.lettering import BOLD, REGULAR, SEMIBOLD, Box, TextTooLong, fit, font
from portal import qr
from portal.brand import Brand
from portal.typesetting import unprintable

__all__ = ["BrokenHindi", "Poster", "Size", "TextTooLong", "Unprintable", "draw"]

INK, INK_2, WHITE, RED = "#0b0c0c", "#484f56", "#ffffff", "#b10e1e"
WORDS = {  # of the poster's own language, which need not be that of the person who prints it
    "hi": {
        "deadline": "आवेदन की अंतिम तिथि",
        "closed_label": "आवेदन बंद हो चुके हैं",
        "scan": "मोबाइल कैमरे से स्कैन करें",
        "closed": "बंद",
    },
    "en": {
        "deadline": "Apply by",
        "closed_label": "Applications have closed",
        "scan": "Scan with your phone camera",
        "closed": "Closed",
    },
}


class BrokenHindi(Exception):
    """Pillow has no RAQM here and would print नयुिक्ति for नियुक्ति."""


class Unprintable(Exception):
    """A text has characters (an emoji, say) that our font lacks."""

    def __init__(self, field: str, characters: str) -> None:
        super().__init__(f"{field} has characters that cannot be printed: {characters}")
        self.field = field
        self.characters = characters


@dataclass(frozen=True)
class Poster:
    """The words of a poster. ``brand`` comes from ``portal.brand.colours``.

    ``url`` goes into the code; ``short_url_text`` is what a person may type instead;
    ``footer`` names printer and publisher where the law asks for it.
    """

    organisation: str
    title: str
    subtitle: str
    deadline_text: str
    url: str
    short_url_text: str
    brand: Brand
    unit_name: str = ""
    footer: str = ""
    closed: bool = False


def draw(poster: Poster, size: Size, *, language: str = "hi") -> bytes:
    """The poster as PNG (OG: JPEG), its fixed words in ``language`` ("hi" or "en").

    Raises ``TextTooLong`` or ``Unprintable`` with the field's name, and
    ``BrokenHindi`` where Pillow cannot shape Hindi.
    """
    if not features.check("raqm"):
        raise BrokenHindi
    refuse_unprintable(poster)
    layout = LAYOUTS[size]
    image = Image.new("RGB", (layout.width, layout.height), WHITE)
    pen = ImageDraw.Draw(image)
    _paint_field(image, layout, poster)
    _write_message(pen, layout, poster)
    _write_action(pen, layout, poster, WORDS[language])
    _paint_code(pen, layout, poster.url)
    if poster.closed:
        _paint_ribbon(image, layout, WORDS[language]["closed"])
    return _encode(image, size)


def refuse_unprintable(poster: Poster) -> None:
    """Raise ``Unprintable`` for the first text that would show empty boxes."""
    for field in ("organisation", "unit_name", "title", "subtitle", "deadline_text", "short_url_text", "footer"):
        if missing := unprintable(getattr(poster, field)):
            raise Unprintable(field, missing)


def _paint_field(image: Image.Image, layout: Layout, poster: Poster) -> None:
    """The brand's field, with rings going out from its lower right corner as a word goes round."""
    left, top, right, bottom = layout.brand
    brand, on_brand, _strong, _tint = poster.brand
    field = Image.new("RGB", (right - left, bottom - top), brand)
    rings = Image.new("L", (field.width * 2, field.height * 2))
    pen = ImageDraw.Draw(rings)
    reach = min(rings.size)
    for step in range(1, 5):
        radius = reach * step // 5
        box = [rings.width - radius, rings.height - radius, rings.width + radius, rings.height + radius]
        pen.ellipse(box, outline=20, width=reach // 22)
    field.paste(on_brand, mask=rings.resize(field.size, Image.Resampling.BOX))
    image.paste(field, (left, top))


def _write_message(pen: ImageDraw.ImageDraw, layout: Layout, poster: Poster) -> None:
    on_brand = poster.brand[1]
    organisation = fit(layout.organisation, "organisation", poster.organisation, BOLD)
    organisation.write(pen, layout.organisation.left, layout.organisation.top, on_brand)
    unit_name = fit(layout.unit_name, "unit_name", poster.unit_name, REGULAR)
    unit_top = min(layout.organisation.top + organisation.height, layout.unit_name.top)
    unit_name.write(pen, layout.unit_name.left, unit_top, on_brand)
    ground = layout.title.top + layout.title.height
    subtitle = fit(layout.subtitle, "subtitle", poster.subtitle, REGULAR)
    subtitle_top = ground - subtitle.height
    room = subtitle_top - layout.title.top - (subtitle.face.size // 3 if poster.subtitle else 0)
    box = replace(layout.title, height=room)
    title = fit(box, "title", poster.title, BOLD)
    title.write(pen, box.left, box.top + box.height - title.height, on_brand)
    subtitle.write(pen, layout.subtitle.left, subtitle_top, on_brand)


def _write_action(pen: ImageDraw.ImageDraw, layout: Layout, poster: Poster, words: dict[str, str]) -> None:
    strong = poster.brand[2]
    label = words["closed_label"] if poster.closed else words["deadline"]
    label_colour, date_colour = (RED, INK_2) if poster.closed else (INK_2, strong)
    _write(pen, layout.label, "label", label, weight=REGULAR, colour=label_colour)
    _write(pen, layout.deadline, "deadline_text", poster.deadline_text, weight=BOLD, colour=date_colour)
    if layout.scan.width:
        scan = fit(layout.scan, "scan", words["scan"], REGULAR)
        scan.write(pen, layout.scan.left, layout.scan.top + layout.scan.height - scan.height, INK_2)
    _write(pen, layout.short_url, "short_url_text", poster.short_url_text, weight=SEMIBOLD, colour=INK)
    _write(pen, layout.footer, "footer", poster.footer, weight=REGULAR, colour=INK_2)


def _write(pen: ImageDraw.ImageDraw, box: Box, field: str, text: str, *, weight: int, colour: str) -> None:
    fit(box, field, text, weight).write(pen, box.left, box.top, colour)


def _paint_code(pen: ImageDraw.ImageDraw, layout: Layout, url: str) -> None:
    """Whole pixels a module, dark on white; the layout keeps the quiet zone free."""
    left, top, room = layout.code
    rows = qr.matrix(url)
    module = -(-room // len(rows)) if layout.code_grows else room // len(rows)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                corner = (left + x * module, top + y * module)
                pen.rectangle((*corner, corner[0] + module - 1, corner[1] + module - 1), fill=INK)


def _paint_ribbon(image: Image.Image, layout: Layout, text: str) -> None:
    """A white band across the upper right corner of the field."""
    right, side = layout.brand[2], min(layout.brand[2:]) * 2 // 5
    face = font(side // 5, BOLD)
    band = Image.new("RGBA", (side * 2, side // 3), WHITE)
    ImageDraw.Draw(band).text((side, side // 6), text, fill=RED, font=face, anchor="mm")
    band = band.rotate(-45, expand=True, resample=Image.Resampling.BICUBIC)
    centre = (right - side * 2 // 5, layout.brand[1] + side * 2 // 5)
    corner = Image.new("RGBA", (layout.brand[2], layout.brand[3]))
    corner.paste(band, (centre[0] - band.width // 2, centre[1] - band.height // 2), band)
    image.paste(corner, (0, 0), corner)


def _encode(image: Image.Image, size: Size) -> bytes:
    picture = BytesIO()
    if size is Size.OG:
        image.save(picture, format="JPEG", quality=88, optimize=True)
    else:
        few_colours = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few_colours.save(picture, format="PNG", dpi=(300, 300), optimize=False, compress_level=6)
    return picture.getvalue()
