"""Roughly where the districts lie: how far apart two are, and where each stands on a board of tiles.

Facts only, to a tenth of a degree; no map is kept. Districts that are not in the list have no place.
"""

import csv
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "data" / "district_places.csv"
EARTH_KM = 6371.0  # mean radius, IUGG 1980
UNKNOWN_KM = 150  # where one of the two has no place in the list


class Tile(NamedTuple):
    """A square of the board: columns go east, rows go south."""

    column: int
    row: int


class Place(NamedTuple):
    lat: float
    lon: float
    tile: Tile


@cache
def places() -> dict[str, Place]:
    """Each district's place by its code."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            line["code"]: Place(float(line["lat"]), float(line["lon"]), Tile(int(line["column"]), int(line["row"])))
            for line in csv.DictReader(file)
        }


@cache
def distance_km(code: str, other: str) -> int:
    """Kilometres as the crow flies between the middles of two districts; ``UNKNOWN_KM`` when one is not in the list.

    By the haversine formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68(2), 1984, p. 159.
    """
    if code == other:
        return 0
    here, there = places().get(code), places().get(other)
    if here is None or there is None:
        return UNKNOWN_KM
    half = _haversine(there.lat - here.lat)
    half += cos(radians(here.lat)) * cos(radians(there.lat)) * _haversine(there.lon - here.lon)
    return round(2 * EARTH_KM * asin(sqrt(half)))


def _haversine(degrees: float) -> float:
    return sin(radians(degrees) / 2) ** 2


def tile(code: str) -> Tile | None:
    """Where the district stands on the board, if it does."""
    place = places().get(code)
    return place.tile if place else None
