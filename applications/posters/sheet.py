"""The paper: told full pixels, drawn at any scale, so that a small preview costs little and breaks lines alike."""

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
        face = font(max(1, lines.size * self.scale), lines.weight)
        baseline = top + lines.size * RISE
        for number, line in enumerate(lines.lines):
            place = (self.px(left), self.px(baseline + number * lines.step))
            self.pen.text(place, line, fill=colour, font=face, anchor="ls")

    def write_in(self, box: Box, field: str, text: str, colour: str, *, weight: int = REGULAR) -> Lines:
        """Fitted into the box. Raises ``TextTooLong``."""
        lines = fit(box, field, text, weight)
        self.write(lines, box.left, box.top, colour)
        return lines

    def rings(self, area: Area, colour: str, *, centre: tuple[int, int]) -> None:
        """Rings going out from ``centre``, faintly in ``colour``, as a word goes round."""
        left, top, right, bottom = self.corners(area)
        size = (right - left + 1, bottom - top + 1)
        mask = Image.new("L", (size[0] * 2, size[1] * 2))
        pen = ImageDraw.Draw(mask)
        x, y = ((self.px(at) - start) * 2 for at, start in zip(centre, (left, top), strict=True))
        reach = min(mask.size)
        for step in range(1, 5):
            radius = reach * step // 5
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=FAINT, width=max(1, reach // 22))
        small = mask.resize(size, Image.Resampling.BOX)
        self.image.paste(Image.new("RGB", size, colour), (left, top), small)

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
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    corner = (left + x * module, top + y * module)
                    self.pen.rectangle((*corner, corner[0] + module - 1, corner[1] + module - 1), fill=INK)

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
