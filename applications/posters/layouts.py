"""Where everything stands on each size of paper, in pixels."""

from dataclasses import dataclass
from enum import StrEnum

from applications.posters.lettering import Box


class Size(StrEnum):
    """What the picture is for: a wall, a post, the preview of a link."""

    A4 = "a4"  # 2480 × 3508, 300 dpi
    SQUARE = "square"  # 1080 × 1080
    OG = "og"  # 1200 × 630


@dataclass(frozen=True)
class Layout:
    """Where everything stands on one size of paper, in pixels. ``brand`` is left, top, right, bottom."""

    width: int
    height: int
    brand: tuple[int, int, int, int]
    organisation: Box
    unit_name: Box  # follows the organisation; its top is the lowest it may begin
    title: Box  # title and subtitle stand together on the ground of this box
    subtitle: Box
    code: tuple[int, int, int]  # left and top of the dark modules, and the room for them
    code_grows: bool  # may the last module reach past the room? (A4: never less than 90 mm)
    short_url: Box
    label: Box
    deadline: Box
    scan: Box  # stands on the ground of this box; no width: not written
    footer: Box


LAYOUTS = {
    Size.A4: Layout(
        width=2480,
        height=3508,
        brand=(0, 0, 2480, 1700),
        organisation=Box(200, 190, 1560, 170, (80, 68, 56)),
        unit_name=Box(200, 360, 1560, 120, (64, 56, 48)),
        title=Box(200, 500, 2080, 1060, (250, 205, 165)),
        subtitle=Box(200, 500, 2080, 290, (92, 80, 68)),
        code=(200, 1900, 1100),
        code_grows=True,
        short_url=Box(200, 3180, 2080, 130, (84, 72, 60)),
        label=Box(1500, 1890, 780, 170, (68, 60, 52)),
        deadline=Box(1500, 2010, 780, 620, (112, 98, 84)),
        scan=Box(1500, 2740, 780, 285, (68, 60, 52)),
        footer=Box(200, 3370, 2080, 70, (40, 36, 32)),
    ),
    Size.SQUARE: Layout(
        width=1080,
        height=1080,
        brand=(0, 0, 1080, 560),
        organisation=Box(72, 60, 700, 56, (38, 32, 28)),
        unit_name=Box(72, 116, 700, 46, (30, 27, 24)),
        title=Box(72, 166, 936, 346, (104, 78, 54)),
        subtitle=Box(72, 166, 936, 104, (36, 32, 28)),
        code=(72, 614, 330),
        code_grows=False,
        short_url=Box(72, 982, 936, 54, (36, 32, 28)),
        label=Box(470, 606, 538, 56, (34, 30, 26)),
        deadline=Box(470, 656, 538, 190, (56, 48, 42)),
        scan=Box(470, 880, 538, 64, (32, 28, 25)),
        footer=Box(72, 1036, 936, 34, (20, 18, 16)),
    ),
    Size.OG: Layout(
        width=1200,
        height=630,
        brand=(0, 0, 740, 630),
        organisation=Box(56, 48, 470, 96, (34, 30, 26)),
        unit_name=Box(56, 144, 470, 40, (27, 24, 22)),
        title=Box(56, 190, 636, 390, (84, 68, 54)),
        subtitle=Box(56, 190, 636, 104, (34, 30, 26)),
        code=(796, 56, 270),
        code_grows=False,
        short_url=Box(796, 364, 364, 46, (30, 26, 23)),
        label=Box(796, 424, 364, 42, (27, 24, 22)),
        deadline=Box(796, 462, 364, 110, (36, 32, 27)),
        scan=Box(796, 0, 0, 0, (0, 0, 0)),
        footer=Box(796, 592, 364, 26, (16, 15, 14)),
    ),
}
