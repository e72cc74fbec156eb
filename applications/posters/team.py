"""The poster of a committee: where it stands in the tree, who sits in it, and the way to its page.

The head carries the names of the unit on the brand's colour, and the code on a white card; below stand the
people, in one column or two, on as many sheets as they need. Names are of one size, the largest that holds
nine of ten; the few longer ones are smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import NamedTuple

from PIL import Image

from applications.posters import files
from applications.posters.layouts import Area, Code
from applications.posters.lettering import BOLD, REGULAR, RISE, SEMIBOLD, Box, Lines, TextTooLong, fit
from applications.posters.sheet import INK, INK_2, WHITE, Sheet
from applications.posters.words import FIXED, Unprintable
from portal.brand import Brand
from portal.typesetting import unprintable

WIDTH = 1080
FIELD = Area(0, 0, WIDTH, 440)
CARD = Area(660, 22, 396, 396)
CODE = Code(708, 70, 300)  # of the card's 48 pixels around it four modules are the least
HEAD = Area(64, 36, 564, 368)
SIDE, FOOT, GAP = 56, 104, 24
LEAST, ONE_COLUMN = 92, 5  # pixels of a row; people who stand below each other
MOST = {1: 190, 2: 128}  # pixels of a row, by columns
NAMES = (50, 44, 38, 34, 30, 27, 24, 22, 20)
MANY = 90  # percent of the names that are of one size
TITLES, UNITS, CHAINS, ORGANISATIONS = (62,), (44, 38, 33, 28, 24, 20), (24, 21, 18), (32, 28, 24, 20)
HEADS = ((ORGANISATIONS, 92), (TITLES, 90), (UNITS, 116), (CHAINS, 70))  # sizes and room of each text of the head
MIDDLE = RISE - 0.33  # from the top of a line to the middle of its letters, over size


class Face(Enum):
    """What it is for: its height where it is 1080 wide, and the scale of its full size."""

    POST = 1350, 1.0  # a post on WhatsApp and Instagram
    A4 = 1527, 2480 / 1080

    @property
    def height(self) -> int:
        return self.value[0]

    @property
    def scale(self) -> float:
        return self.value[1]


class Member(NamedTuple):
    name: str
    initial: str
    post: str


@dataclass(frozen=True)
class Team:
    """The words of the poster. ``chain``: the units above; ``short_url``: what a person may type instead of ``url``."""

    organisation: str
    unit_name: str
    chain: str
    members: tuple[Member, ...]
    url: str
    short_url: str
    brand: Brand
    footer: str = ""


class Grid(NamedTuple):
    """How the people stand: how many beside each other, how high a row is, and the size of names."""

    columns: int
    row: int
    size: int
    sheets: list[tuple[Member, ...]]


def post(team: Team, number: int, *, language: str = "hi", scale: float = 1) -> bytes:
    """One sheet (counted from 1) as PNG. Raises what ``paint`` raises."""
    sheet = paint(team, Face.POST, language=language, scale=scale)[number - 1]
    return files.png(sheet, files.DOTS_PER_INCH * scale)


def pdf(team: Team, *, language: str = "hi", scale: float = 1) -> bytes:
    """All sheets on A4. Raises what ``paint`` raises."""
    return files.pdf(paint(team, Face.A4, language=language, scale=scale), files.DOTS_PER_INCH * scale)


def sheets(team: Team) -> int:
    """How many pictures it takes. Raises ``TextTooLong``."""
    return len(_grid(team, Face.POST).sheets)


def paint(team: Team, face: Face, *, language: str = "hi", scale: float = 1) -> list[Image.Image]:
    """Every sheet at ``scale`` of its full pixels.

    Raises ``TextTooLong`` or ``Unprintable`` with the field's name, which for a person is the name itself, and
    ``BrokenHindi`` where Pillow cannot shape Hindi.
    """
    files.refuse_broken_hindi()
    _refuse_unprintable(team)
    grid = _grid(team, face)
    return [_sheet(team, face, grid, number, language, scale * face.scale) for number in range(len(grid.sheets))]


def _refuse_unprintable(team: Team) -> None:
    texts = [(field, getattr(team, field)) for field in ("organisation", "unit_name", "chain", "short_url", "footer")]
    for field, text in texts + [(member.name, f"{member.name}{member.post}") for member in team.members]:
        if missing := unprintable(text):
            raise Unprintable(field, missing)


def _room(face: Face) -> int:
    return face.height - FIELD.bottom - 2 * GAP - FOOT


def _grid(team: Team, face: Face) -> Grid:
    """The largest names that fit; where one is too long for two columns, all stand in one."""
    columns = 1 if len(team.members) <= ONE_COLUMN else 2
    try:
        return _grid_of(team.members, columns, _room(face))
    except TextTooLong:
        return _grid_of(team.members, 1, _room(face))


def _grid_of(members: Sequence[Member], columns: int, room: int) -> Grid:
    number = ceil(len(members) / (columns * (room // LEAST)))
    a_sheet = ceil(len(members) / number)
    row = min(MOST[columns], room // ceil(a_sheet / columns))
    sizes = sorted((_texts(member, columns, row)[0].size for member in members), reverse=True)
    size = sizes[len(sizes) * MANY // 100]
    return Grid(columns, row, size, [tuple(members[at : at + a_sheet]) for at in range(0, len(members), a_sheet)])


def _disc(columns: int, row: int) -> int:
    return min(row - 18, 128 if columns == 1 else 84)


def _texts(member: Member, columns: int, row: int, largest: int = NAMES[0]) -> tuple[Lines, Lines]:
    """Name and post of one person, as large as they fit. Raises ``TextTooLong`` with the name."""
    width = (WIDTH - 2 * SIDE - (columns - 1) * GAP) // columns - _disc(columns, row) - 20
    for size in (size for size in NAMES if size <= largest):
        small = max(18, round(size * 0.72))
        try:
            name = fit(Box(0, 0, width, row - 10, (size,)), member.name, member.name, SEMIBOLD)
            return name, fit(Box(0, 0, width, row - 10 - name.height, (small,)), member.name, member.post, REGULAR)
        except TextTooLong:
            continue
    raise TextTooLong(member.name)


def _sheet(team: Team, face: Face, grid: Grid, number: int, language: str, scale: float) -> Image.Image:
    sheet, members = Sheet(WIDTH, face.height, scale), grid.sheets[number]
    _write_head(sheet, team, language)
    wide = (WIDTH - 2 * SIDE + GAP) // grid.columns
    rows = ceil(len(members) / grid.columns)
    top = FIELD.bottom + GAP + (_room(face) - rows * grid.row) // 2
    for place, member in enumerate(members):
        down, across = divmod(place, grid.columns)
        _write_member(sheet, team.brand, grid, member, SIDE + across * wide, top + down * grid.row)
    _write_foot(sheet, team, face, f"{number + 1}/{len(grid.sheets)}" if len(grid.sheets) > 1 else "")
    return sheet.image


def _write_head(sheet: Sheet, team: Team, language: str) -> None:
    brand = team.brand
    sheet.field(FIELD, brand.brand, brand.on_brand, centre=(0, FIELD.bottom))
    sheet.fill(CARD, WHITE, radius=28)
    sheet.code(CODE, team.url)
    told = [("organisation", team.organisation, BOLD), ("team", FIXED[language]["team"], BOLD)]
    told += [("unit_name", team.unit_name, SEMIBOLD), ("chain", team.chain, REGULAR)]
    texts = [
        fit(Box(HEAD.left, 0, HEAD.width, room, sizes), field, text, weight)
        for (field, text, weight), (sizes, room) in zip(told, HEADS, strict=True)
    ]
    sheet.write(texts[0], HEAD.left, HEAD.top, brand.on_brand)
    top = HEAD.bottom - sum(lines.height for lines in texts[1:])
    for lines in texts[1:]:
        sheet.write(lines, HEAD.left, top, brand.on_brand)
        top += lines.height


def _write_member(sheet: Sheet, brand: Brand, grid: Grid, member: Member, left: int, top: int) -> None:
    name, post_words = _texts(member, grid.columns, grid.row, grid.size)
    side = _disc(grid.columns, grid.row)
    disc = Area(left, top + (grid.row - side) // 2, side, side)
    sheet.fill(disc, brand.tint, radius=side // 2)
    sizes = tuple(round(side * part) for part in (0.5, 0.42, 0.34, 0.26, 0.18))
    letter = fit(Box(0, 0, round(side * 0.8), side, sizes), member.name, member.initial, BOLD)
    across = round(disc.left + (side - letter.width) / 2)
    sheet.write(letter, across, round(disc.top + side / 2 - letter.size * MIDDLE), brand.strong)
    above = top + (grid.row - name.height - post_words.height) // 2
    sheet.write(name, disc.right + 20, above, INK)
    sheet.write(post_words, disc.right + 20, above + name.height, INK_2)


def _write_foot(sheet: Sheet, team: Team, face: Face, counted: str) -> None:
    top, width = face.height - FOOT, WIDTH - 2 * SIDE
    sheet.fill(Area(SIDE, top, width, 3), team.brand.tint)
    sheet.write_in(Box(SIDE, top + 12, width - 80, 44, (28, 25, 22, 19, 16)), "short_url", team.short_url, INK)
    if counted:
        count = fit(Box(0, 0, 80, 40, (25,)), "counted", counted, SEMIBOLD)
        sheet.write(count, round(SIDE + width - count.width), top + 14, INK_2)
    sheet.write_in(Box(SIDE, top + 58, width, 40, (22, 20, 18, 16, 14)), "footer", team.footer, INK_2)
