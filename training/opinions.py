"""What people said of a workshop, as sums and as lines without names."""

from typing import NamedTuple

from training.models import Feedback, Workshop
from training.models.learning import Worth

FEWEST = 5  # of fewer, one could guess who said what
ASKED = ("content", "teaching", "place")


class Sum(NamedTuple):
    """One question: what was asked, and how many said what."""

    asked: str
    said: list[tuple[str, int, int]]  # label, number, of a hundred


class Opinions(NamedTuple):
    """Of how many people; sums and lines only where there are enough."""

    people: int
    sums: list[Sum]
    lines: list[str]


def of(workshop: Workshop) -> Opinions:
    """The lines stand in the order of the alphabet, so that it does not tell who spoke first."""
    rows = list(Feedback.objects.filter(enrolment__workshop=workshop).values(*ASKED, "words"))
    if len(rows) < FEWEST:
        return Opinions(len(rows), [], [])
    sums = [Sum(str(Feedback._meta.get_field(name).verbose_name), _said(rows, name)) for name in ASKED]
    return Opinions(len(rows), sums, sorted(row["words"] for row in rows if row["words"]))


def _said(rows: list[dict[str, int]], name: str) -> list[tuple[str, int, int]]:
    numbers = {worth: sum(row[name] == worth for row in rows) for worth in reversed(Worth)}
    return [(str(worth.label), number, round(100 * number / len(rows))) for worth, number in numbers.items()]
