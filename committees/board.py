"""The districts as a board of equal squares in rough geography: the small ones can be tapped like the large ones."""

from typing import NamedTuple

import regex

from committees import geography
from committees.reports import Coverage

SIDE = 100  # of a square, in the picture's own units
LETTERS = {True: 8, False: 5}  # of a name that fit into a square, in Latin or not


class Square(NamedTuple):
    """Where one district stands in the picture, and its row."""

    x: int
    y: int
    short: str
    row: Coverage


class Board(NamedTuple):
    """The picture: ``width`` and ``height`` of its own, its squares, and the rows that have no place on it."""

    width: int
    height: int
    squares: list[Square]
    others: list[Coverage]


def board(rows: list[Coverage]) -> Board | None:
    """The board of these districts; nothing where none of them has a place."""
    squares, others = [], []
    for row in rows:
        tile = geography.tile(row.unit.code)
        if tile is None:
            others.append(row)
        else:
            squares.append(Square(tile.column * SIDE, tile.row * SIDE, short(row.unit.name), row))
    if not squares:
        return None
    width = max(square.x for square in squares) + SIDE
    return Board(width, max(square.y for square in squares) + SIDE, squares, others)


def short(name: str) -> str:
    """The beginning of a name, never cut within a sign and its vowel."""
    signs, room = regex.findall(r"\X", name), LETTERS[name.isascii()]
    return name if len(signs) <= room else "".join(signs[: room - 1]).rstrip() + "."
