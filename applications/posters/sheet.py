"""The paper: told full pixels, drawn at any scale, so that a small preview costs little and breaks lines alike."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from applications.posters.layouts import Area, Code
from applications.posters.lettering import BOLD, REGULAR, RISE, Box, Lines, fit, font
from portal import qr

INK, INK_2, WHITE, RED = "#0b0c0c", "#484f56", "#ffffff", "#b10e1e"
FAINT = 20  # of 255: how much the rings lighten the field


class Sheet:
    """One face of paper. Every number given to it is in full pixels."""

    def __init__(self, width: int, height: int, scale: float = 1) -> None:
        self.scale = scale
        self.image = Image.new("RGB", (self.px(width), self.px(height)), WHITE)
        self.pen = ImageDraw.Draw(self.image)

    def px(self, number: float) -> int:
        return round(number * self.scale)

    def corners(self, area: Area) -> tuple[int, int, int, int]:
        """As Pillow wants them: the last pixel belongs to the rectangle."""
        left, top = self.px(area.left), self.px(area.top)
        return left, top, max(left, self.px(area.right) - 1), max(top, self.px(area.bottom) - 1)

    def fill(self, area: Area, colour: str, *, radius: int = 0) -> None:
        self.pen.rounded_rectangle(self.corners(area), self.px(radius), fill=colour)

    def frame(self, area: Area, colour: str, *, width: int) -> None:
        self.pen.rectangle(self.corners(area), outline=colour, width=max(1, self.px(width)))

    def write(self, lines: Lines, left: int, top: int, colour: str) -> None:
        """With the first line's top at ``top``; the left edge is ``left``."""
        size = max(1, lines.size * self.scale)
        baseline = top + lines.size * RISE
        for number, line in enumerate(lines.lines):
            letters, over, above = _written(line, size, lines.weight)
            place = (self.px(left) + over, self.px(baseline + number * lines.step) + above)
            self.image.paste(colour, (*place, place[0] + letters.width, place[1] + letters.height), letters)

    def write_in(self, box: Box, field: str, text: str, colour: str, *, weight: int = REGULAR) -> Lines:
        """Fitted into the box. Raises ``TextTooLong``."""
        lines = fit(box, field, text, weight)
        self.write(lines, box.left, box.top, colour)
        return lines

    def field(self, area: Area, colour: str, ring: str, *, centre: tuple[int, int]) -> None:
        """The area in ``colour``, with rings going out from ``centre``, faintly in ``ring``, as a word goes round."""
        left, top, right, bottom = self.corners(area)
        x, y = (self.px(at) - start for at, start in zip(centre, (left, top), strict=True))
        self.image.paste(_ringed(right - left + 1, bottom - top + 1, x, y, colour, ring), (left, top))

    def portrait(self, photo: bytes, area: Area, *, radius: int) -> None:
        """The photo fills the area; of what is too much, more is cut below than above the face."""
        left, top, right, bottom = self.corners(area)
        size = (right - left + 1, bottom - top + 1)
        with Image.open(BytesIO(photo)) as picture:
            face = ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.25))
        mask = Image.new("L", (size[0] * 2, size[1] * 2))
        edge = (0, 0, mask.width - 1, mask.height - 1)
        ImageDraw.Draw(mask).rounded_rectangle(edge, self.px(radius) * 2, fill=255)
        self.image.paste(face, (left, top), mask.resize(size, Image.Resampling.BOX))

    def code(self, place: Code, url: str) -> None:
        """Whole pixels a module, dark on white; the layout keeps the quiet zone free."""
        rows = qr.matrix(url)
        room = self.px(place.room)
        module = max(1, -(-room // len(rows)) if place.grows else room // len(rows))
        left, top = self.px(place.left), self.px(place.top)
        side = len(rows) * module
        self.image.paste(qr.dots(url, INK).resize((side, side), Image.Resampling.NEAREST), (left, top))

    def ribbon(self, field: Area, text: str) -> None:
        """A white band with red words across the upper right corner of the field."""
        side = max(8, self.px(min(field.width, field.height) * 0.46))
        face = font(side / 8.5, BOLD)
        band = Image.new("RGBA", (side * 2, side // 4), WHITE)
        ImageDraw.Draw(band).text((side, side // 8), text, fill=RED, font=face, anchor="mm")
        band = band.rotate(-45, expand=True, resample=Image.Resampling.BICUBIC)
        centre = (self.px(field.right) - side * 2 // 5, self.px(field.top) + side * 2 // 5)
        corner = Image.new("RGBA", (self.px(field.right), self.px(field.bottom)))
        corner.paste(band, (centre[0] - band.width // 2, centre[1] - band.height // 2), band)
        self.image.paste(corner, (0, 0), corner)


# Posters in bulk are drawn size after size: what a size needs again is at hand. Whoever gets it only looks at it.


@lru_cache(maxsize=1)
def _ringed(width: int, height: int, x: int, y: int, colour: str, ring: str) -> Image.Image:
    """A field with rings around a point."""
    mask = Image.new("L", (width * 2, height * 2))
    pen = ImageDraw.Draw(mask)
    reach = min(mask.size)
    for step in range(1, 5):
        radius = reach * step // 5
        edge = (x * 2 - radius, y * 2 - radius, x * 2 + radius, y * 2 + radius)
        pen.ellipse(edge, outline=FAINT, width=max(1, reach // 22))
    field = Image.new("RGB", (width, height), colour)
    field.paste(ring, (0, 0, width, height), mask.resize((width, height), Image.Resampling.BOX))
    return field


@lru_cache(maxsize=32)
def _written(line: str, size: float, weight: int) -> tuple[Image.Image, int, int]:
    """How much of each pixel the letters cover, and how far they begin from the left and above the baseline."""
    face = font(size, weight)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(line, anchor="ls"))
    letters = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(letters).text((-left, -top), line, fill=255, font=face, anchor="ls")
    return letters, left, top
