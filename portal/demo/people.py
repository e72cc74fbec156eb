"""People who do not exist: common names, but never those of someone in public life.

Their numbers count up from +91 60000 00000 and so look made up; a demo sends nothing anyway.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
FIRST_NUMBER = 6_000_000_000


@dataclass(frozen=True)
class Made:
    """One made-up person."""

    name: str
    name_latin: str
    gender: str
    birth_year: int
    phone: str


@cache
def _names():
    """First names, surnames, and the pairs that must not meet."""
    with (DATA / "names.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    with (DATA / "not_together.csv").open(encoding="utf-8") as lines:
        forbidden = {(row["first"], row["surname"]) for row in csv.DictReader(lines)}
    first = [row for row in rows if row["kind"] == "first"]
    return first, [row for row in rows if row["kind"] != "first"], forbidden


def make(count, *, random: Random, start=0, women=0.5):
    """``count`` made-up people with phone numbers from ``start`` on, of whom the part ``women`` are women."""
    first, surnames, forbidden = _names()
    of_gender = {gender: [row for row in first if row["gender"] == gender] for gender in "FM"}
    for index in range(start, start + count):
        is_woman = int((index + 1) * women) > int(index * women)
        while True:
            given = random.choice(of_gender["F" if is_woman else "M"])
            family = random.choice(surnames)
            if (given["id"], family["id"]) not in forbidden:
                break
        yield Made(
            name=f"{given['name_hi']} {family['name_hi']}",
            name_latin=f"{given['name_latin']} {family['name_latin']}",
            gender="W" if is_woman else "M",
            birth_year=random.randint(1965, 2004),
            phone=f"+91{FIRST_NUMBER + index}",
        )
