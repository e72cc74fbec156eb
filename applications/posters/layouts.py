"""Where everything stands on each size of paper, in pixels: of 300 to an inch where it is printed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from applications.posters.lettering import Box


class Size(StrEnum):
    """What the picture is for: a wall, a post, a table, the preview of a link."""

    SQUARE = "square"  # 1080 × 1080: posts on WhatsApp and Instagram
    STORY = "story"  # 1080 × 1920: stories and statuses
    COVER = "cover"  # 1640 × 856: a page's cover on Facebook
    OG = "og"  # 1200 × 630: what messengers show beside a link
    A4 = "a4"  # 2480 × 3508
    A3 = "a3"  # 3508 × 4961
    TENT = "tent"  # A4 that is folded to stand on a table, A5 on each side
    STICKERS = "stickers"  # A4 of 3 × 8 stickers, 70 × 37 mm each


PRINTED = (Size.A4, Size.A3, Size.TENT, Size.STICKERS)
A4_PAPER, A3_PAPER = (2480, 3508), (3508, 4961)
PAPER = {Size.TENT: A4_PAPER, Size.STICKERS: A4_PAPER}  # where one face is put several times
ACROSS, DOWN = 3, 8  # stickers


class Area(NamedTuple):
    """A rectangle."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def below(self, top: int) -> "Area":
        """What is left of it from ``top`` on."""
        return Area(self.left, top, self.width, self.bottom - top)

    def above(self, bottom: int) -> "Area":
        """What is left of it down to ``bottom``."""
        return Area(self.left, self.top, self.width, bottom - self.top)


class Code(NamedTuple):
    """Left and top of the dark modules, and the room for them. The quiet zone around is kept free by the layout."""

    left: int
    top: int
    room: int
    grows: bool = False  # may the last module reach past the room? (never less than 90 mm on A4)


NOT_WRITTEN = Box(0, 0, 0, 0, (0, 0, 0))


@dataclass(frozen=True)
class Layout:
    """One face. ``field`` is on the brand's colour, the words of the message stand in ``inner``."""

    width: int
    height: int
    field: Area
    inner: Area
    unit: int  # size of ordinary words of the message
    code: Code
    short_url: Box
    deadline: Box
    footer: Box
    label: Box = NOT_WRITTEN  # not written: it stands in front of the deadline
    scan: Box = NOT_WRITTEN  # stands on the ground of this box

    @property
    def is_small(self) -> bool:
        """A sticker: no room for a second line under the title."""
        return self.label == NOT_WRITTEN

    def scaled(self, width: int, height: int) -> "Layout":
        """The same composition on larger paper."""
        times = width / self.width

        def area(old: Area) -> Area:
            return Area(*(round(number * times) for number in old))

        def box(old: Box) -> Box:
            left, top, wide, high = (round(number * times) for number in (old.left, old.top, old.width, old.height))
            return Box(left, top, wide, high, sizes=tuple(round(size * times) for size in old.sizes))

        left, top, room = (round(number * times) for number in self.code[:3])
        return Layout(
            width=width,
            height=height,
            field=area(self.field),
            inner=area(self.inner),
            unit=round(self.unit * times),
            code=Code(left, top, room, self.code.grows),
            short_url=box(self.short_url),
            deadline=box(self.deadline),
            footer=box(self.footer),
            label=box(self.label),
            scan=box(self.scan),
        )


A4 = Layout(
    width=2480,
    height=3508,
    field=Area(0, 0, 2480, 1580),
    inner=Area(220, 180, 2040, 1260),
    unit=92,
    code=Code(220, 1792, 1260, grows=True),
    short_url=Box(220, 3274, 2040, 118, (82, 72, 60)),
    label=Box(1716, 1784, 600, 260, (68, 60, 52)),
    deadline=Box(1716, 2050, 600, 640, (92, 82, 72)),
    scan=Box(1716, 2700, 600, 368, (68, 60, 52)),
    footer=Box(220, 3404, 2040, 64, (40, 36, 32)),
)
LAYOUTS = {
    Size.A4: A4,
    Size.A3: A4.scaled(*A3_PAPER),
    Size.SQUARE: Layout(
        width=1080,
        height=1080,
        field=Area(0, 0, 1080, 560),
        inner=Area(72, 60, 936, 452),
        unit=36,
        code=Code(72, 614, 330),
        short_url=Box(72, 992, 936, 48, (33, 30, 28)),
        label=Box(470, 606, 538, 56, (34, 30, 26)),
        deadline=Box(470, 656, 538, 190, (56, 48, 42)),
        scan=Box(470, 880, 538, 64, (32, 28, 25)),
        footer=Box(72, 1041, 936, 34, (20, 18, 15)),
    ),
    Size.STORY: Layout(
        width=1080,
        height=1920,
        field=Area(0, 0, 1080, 1100),
        inner=Area(84, 200, 912, 830),
        unit=44,
        code=Code(84, 1176, 480),
        short_url=Box(84, 1732, 912, 70, (42, 38, 33)),
        label=Box(640, 1166, 384, 110, (38, 34, 30)),
        deadline=Box(640, 1276, 384, 260, (54, 48, 42)),
        scan=Box(640, 1540, 384, 110, (36, 32, 28)),
        footer=Box(84, 1806, 912, 66, (22, 20, 18)),
    ),
    Size.COVER: Layout(  # Facebook shows 116 to 740 on a computer, 59 to 1581 on a phone
        width=1640,
        height=856,
        field=Area(0, 0, 1060, 856),
        inner=Area(96, 136, 888, 584),
        unit=37,
        code=Code(1161, 130, 380),
        short_url=Box(1104, 567, 476, 46, (29, 26, 23)),
        label=Box(1104, 614, 476, 44, (27, 25, 23)),
        deadline=Box(1104, 654, 476, 90, (32, 29, 26)),
        footer=Box(1104, 776, 476, 52, (17, 16, 15)),
        scan=NOT_WRITTEN,
    ),
    Size.OG: Layout(
        width=1200,
        height=630,
        field=Area(0, 0, 740, 630),
        inner=Area(56, 48, 636, 534),
        unit=32,
        code=Code(835, 56, 270),
        short_url=Box(796, 364, 364, 46, (27, 24, 21)),
        label=Box(796, 424, 364, 42, (27, 24, 22)),
        deadline=Box(796, 462, 364, 110, (36, 32, 27)),
        footer=Box(796, 576, 364, 46, (16, 15, 14)),
    ),
    Size.TENT: Layout(
        width=2480,
        height=1754,
        field=Area(0, 0, 1420, 1754),
        inner=Area(150, 160, 1120, 1434),
        unit=72,
        code=Code(1602, 150, 700),
        short_url=Box(1500, 962, 900, 92, (60, 52, 46)),
        label=Box(1500, 1080, 900, 90, (58, 52, 46)),
        deadline=Box(1500, 1166, 900, 290, (88, 78, 68)),
        scan=Box(1500, 1470, 900, 96, (56, 50, 44)),
        footer=Box(1500, 1600, 900, 96, (32, 29, 26)),
    ),
    Size.STICKERS: Layout(
        width=826,
        height=437,
        field=Area(0, 0, 440, 298),
        inner=Area(28, 20, 392, 266),
        unit=21,
        code=Code(490, 44, 290),
        short_url=Box(446, 376, 372, 40, (26, 22, 18)),
        deadline=Box(28, 302, 400, 76, (24, 20, 17)),
        footer=Box(28, 382, 400, 50, (16, 15, 14)),
    ),
}


def paper(size: Size) -> tuple[int, int]:
    """Width and height of the whole picture in pixels."""
    return PAPER.get(size, (LAYOUTS[size].width, LAYOUTS[size].height))
