"""Finds a place by whatever people call it: Hindi, Latin, an assembly's number, a part number, a PIN.

The database narrows by the folded key (a column), Python ranks what is left.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from committees.levels import Level
from committees.models import Unit
from portal import folding

LONGEST = 80  # characters of a question that are read
TOP = (Level.STATE, Level.DISTRICT, Level.ASSEMBLY)
MIDDLE = (Level.BLOCK, Level.MANDAL)
NAMED = (Level.DISTRICT, Level.ASSEMBLY, Level.BLOCK)
FEW = 300  # candidates that are worth ranking
BOOTHS = 60
WORD = re.compile(r"[^\W_]+(?:[\u0900-\u0963\u0970-\u097f]+[^\W_]*)*", re.UNICODE)
# What people write around a number and what says nothing about the place.
FILLERS = {"भाग", "बूथ", "संख्या", "नंबर", "नं", "वार्ड", "part", "booth", "no", "number", "विधानसभा", "जिला", "मंडल", "ब्लॉक",
           "bhag", "vidhansabha", "district", "assembly", "mandal", "block"}  # fmt: skip


def find(text: str, *, within: Unit | None = None, limit: int = 8) -> list[Unit]:
    """The nearest units, best first, with their chains of names.

    ``within`` keeps to one subtree. At least two letters or one digit must be
    asked; less finds nothing.
    """
    words, numbers = _read(text)
    units = Unit.objects.under(within) if within is not None else Unit.objects.all()
    if len(numbers) == 1 and len(numbers[0]) == 6:
        found = _by_pin(units, numbers[0], limit)
    elif words and numbers:
        found = _by_number_near(units, " ".join(words), int(numbers[0]), limit)
    elif numbers:
        found = _by_number(units, int(numbers[0]), limit)
    else:
        found = _by_name(units, " ".join(words), limit)
    return _with_chains(found)


def called(text: str, *, within: list[Unit]) -> list[Unit]:
    """The districts, assemblies and blocks of just this name, or with it as one of their words, below ``within``."""
    words, numbers = _read(text)
    name = " ".join(words)
    if numbers or not folding.key(name):
        return []
    near = reduce(or_, [unit.reach() for unit in within], Q(pk__in=[]))
    alike = Unit.objects.filter(near, level__in=NAMED, key__contains=folding.key(name)).order_by("path").with_chain()
    return [unit for unit in alike if folding.fine(name) in _heard(unit)]


def _heard(unit: Unit) -> set[str]:
    names = [unit.name_hi, unit.name_en, *unit.aliases.split("|")]
    return {folding.fine(part) for name in names for part in (name, *name.split())}


def _read(text: str) -> tuple[list[str], list[str]]:
    """Words and numbers of a question; any script's digits count."""
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text[:LONGEST])
    tokens = WORD.findall(unicodedata.normalize("NFC", plain))
    numbers = [token for token in tokens if token.isdecimal() and len(token) <= 6]
    words = [token for token in tokens if not token.isdecimal()]
    telling = [word for word in words if word.lower() not in FILLERS]
    return (telling or ([] if numbers else words)), numbers


def _by_pin(units: QuerySet[Unit], pin: str, limit: int) -> list[int]:
    """The mandals of this PIN when it has many booths, else the places themselves."""
    places = list(units.filter(pin=pin).order_by("path").values_list("pk", "mandal_id"))
    if len(places) <= limit:
        return [pk for pk, _mandal in places]
    return list(dict.fromkeys(mandal or pk for pk, mandal in places))[:limit]


def _by_number(units: QuerySet[Unit], number: int, limit: int) -> list[int]:
    """The assembly of this number, then booths of this part number."""
    numbered = units.filter(number=number)
    assemblies = numbered.filter(level=Level.ASSEMBLY).values_list("pk", flat=True)
    booths = numbered.filter(level=Level.BOOTH).order_by("assembly__number").values_list("pk", flat=True)
    return [*assemblies[:limit], *booths[:limit]][:limit]


def _by_number_near(units: QuerySet[Unit], name: str, number: int, limit: int) -> list[int]:
    """Part 112 of Palsana: booths of this number in the places of this name, then the places."""
    places = _by_name(units.exclude(level=Level.BOOTH), name, limit)
    near: list[int] = []
    for place in Unit.objects.in_bulk(places).values() if places else ():
        if place.level == Level.ASSEMBLY and place.number == number:
            near.insert(0, place.pk)
        inside = units.filter(place.reach(), level=Level.BOOTH, number=number)
        near += inside.order_by("path").values_list("pk", flat=True)[:limit]
    return list(dict.fromkeys([*near, *places]))[:limit]


def _by_name(units: QuerySet[Unit], name: str, limit: int) -> list[int]:
    if len(name) < 2 or not folding.key(name):
        return []
    return folding.rank(name, _candidates(units, name, limit), limit)


def _candidates(units: QuerySet[Unit], name: str, limit: int) -> Iterator[tuple[int, list[str]]]:
    """What is worth ranking.

    Districts and assemblies always, so that a slip of spelling is forgiven.
    Of the many below, those whose key has all the words; when these are few,
    those that have one of them.
    """
    fields = ("level", "pk", "name_hi", "name_en", "aliases")
    top = units.filter(level__in=TOP).values_list(*fields)
    rows = sorted(top, key=lambda row: Level(row[0]).depth)
    keys = [Q(key__contains=folding.key(word)) for word in name.split()]
    telling = [Q(key__contains=key) for key in map(folding.key, name.split()) if len(key) > 1]
    for having in (reduce(and_, keys), reduce(or_, telling) if telling else None):
        if having is not None:
            rows += units.filter(having, level__in=MIDDLE).order_by("level", "path").values_list(*fields)[:FEW]
            rows += units.filter(having, level=Level.BOOTH).order_by("path").values_list(*fields)[:BOOTHS]
        if len(rows) - len(top) >= limit:
            break
    for pk, row in {row[1]: row for row in rows}.items():
        yield pk, [row[2], row[3], *filter(None, row[4].split("|"))]


def _with_chains(found: list[int]) -> list[Unit]:
    """These units in this order, with all that their cards show."""
    units = Unit.objects.with_chain().in_bulk(found)
    return [units[pk] for pk in found if pk in units]
