"""Booths of an assembly get other numbers, names and mandals: from a CSV file, row by row.

``old`` is the part number of today, ``new`` the one to come. Without ``old`` a row tells of a new booth,
without ``new`` of one that ends. Two rows with one ``new``: the second booth is merged into the first.
Two rows with one ``old``: the second is a new booth, split from the first. Empty cells stay as they are.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from committees import unitfile
from committees.domain.plans.works import Altered, Gone, New, Steps, Work, checked
from committees.domain.tree import Row
from committees.domain.tree.rows import with_old_names
from committees.levels import Level
from committees.models import Appointment, Unit
from committees.unitfile import Cells, Problem


def read(content: bytes, errors: list[Problem]) -> list[Cells]:
    """The rows of the file, each with the number of its ``row``."""
    rows = unitfile.read(content, errors, unitfile.RENUMBERING)
    return [{"row": line} | cells for line, cells in rows]


@dataclass
class Assembly:
    """What the rows are read against, and what was found so far."""

    unit: Unit
    booths: dict[int, Unit]
    mandals: dict[str, Unit]
    people: dict[int, int]  # key of a booth → how many sit there
    codes: set[str]
    row_of_new: dict[int, int] = field(default_factory=dict)  # number → row that gave it
    code_of_new: dict[int, str] = field(default_factory=dict)
    row_of_old: dict[int, int] = field(default_factory=dict)


def renumbering(steps: Steps, day: date) -> Work:
    """What the rows do to the booths of the assembly."""
    work, here = Work(), _assembly(steps["assembly"])
    for row in steps["rows"]:
        fault = _fault(row, here)
        if fault:
            work.problems.append(Problem(row["row"], *fault))
        else:
            _take(row, here, work, day)
    for number, booth in here.booths.items():
        if number in here.row_of_new and number not in here.row_of_old:
            words = _("%(booth)s has this number now, and no row tells of it. Add a row for it.")
            told = words % {"booth": booth.name}
            work.problems.append(Problem(here.row_of_new[number], "new", told))
    work.problems.sort()
    work.kept += len(here.booths) - len(here.row_of_old)
    return checked(work, day)


def _assembly(code: str) -> Assembly:
    unit = Unit.objects.get(code=code, level=Level.ASSEMBLY)
    below = Unit.objects.under(unit).filter(valid_to=None).with_chain().select_related("parent")
    booths = {booth.number: booth for booth in below.filter(level=Level.BOOTH) if booth.number}
    mandals = {mandal.code: mandal for mandal in below.filter(level=Level.MANDAL)}
    people: dict[int, int] = defaultdict(int)
    sitting = Appointment.objects.under(unit).filter(until=None, seat__unit__level=Level.BOOTH)
    for place in sitting.values_list("seat__unit", flat=True):
        people[place] += 1
    codes = set(Unit.objects.filter(code__startswith=f"{unit.code}-").values_list("code", flat=True))
    return Assembly(unit, booths, mandals, people, codes)


def _fault(row: Cells, here: Assembly) -> tuple[str, str] | None:
    """The column and the words of what is wrong in a row, with the mend."""
    old, new = row["old"], row["new"]
    told: dict[str, Any] = {"n": old, "assembly": here.unit.title, "code": row["mandal"]}
    if old is None and new is None:
        return "old", _("Write the number of today, the new number, or both.")
    if old is not None and old not in here.booths:
        words = _("No booth of %(assembly)s has the number %(n)s. Leave this empty for a new booth.")
        return "old", words % told
    if row["mandal"] and row["mandal"] not in here.mandals:
        return "mandal", _("No mandal of %(assembly)s has the code %(code)s.") % told
    again, taken = here.row_of_old.get(old), here.row_of_new.get(new)
    if taken and (again or old is None):
        return "new", _("Row %(row)s gives this number already.") % {"row": taken}
    if new is None and again:
        return "new", _("Row %(row)s tells of this booth already.") % {"row": again}
    if new is None and here.people[here.booths[old].pk]:
        words = _("%(people)s people sit in booth %(n)s. Write the new number of the booth they go to.")
        return "new", words % (told | {"people": here.people[here.booths[old].pk]})
    if old is None or again:
        for column in ("name_hi", "name_en", *(["mandal"] if old is None else [])):
            if not row[column]:
                return column, _("A new booth needs this.")
    return None


def _take(row: Cells, here: Assembly, work: Work, day: date) -> None:
    """Write a faultless row into the work."""
    old, new = row["old"], row["new"]
    if old is None or old in here.row_of_old:
        _begin(row, here, work, day)
        return
    here.row_of_old[old] = row["row"]
    booth = here.booths[old]
    if new is None or new in here.row_of_new:
        work.gone.append(Gone(booth, here.code_of_new.get(new, "")))
        work.altered.append(Altered(booth, slug=f"was-{booth.slug}"[:50]))
        return
    here.row_of_new[new], here.code_of_new[new] = row["row"], booth.code
    altered = _altered(booth, row)
    if altered == Altered(booth):
        work.kept += 1
    else:
        work.altered.append(altered)


def _altered(booth: Unit, row: Cells) -> Altered:
    given = {"number": row["new"], "name_hi": row["name_hi"], "name_en": row["name_en"]}
    facts = {fact: value for fact, value in given.items() if value and value != getattr(booth, fact)}
    if {"name_hi", "name_en"} & set(facts):
        names = {"name_hi": booth.name_hi, "name_en": booth.name_en} | facts
        facts["aliases"] = with_old_names(booth, names["name_hi"], names["name_en"])
    to = row["mandal"] if booth.parent and row["mandal"] != booth.parent.code else ""
    by_number = booth.slug == _slug(booth.number)
    return Altered(booth, to, _slug(row["new"]) if by_number and "number" in facts else "", facts)


def _begin(row: Cells, here: Assembly, work: Work, day: date) -> None:
    new, source = row["new"], here.booths.get(row["old"])
    code = wanted = f"{here.unit.code}-P{new:03}"
    number = 1
    while code in here.codes:
        number += 1
        code = f"{wanted}-{number}"
    here.codes.add(code)
    here.row_of_new[new], here.code_of_new[new] = row["row"], code
    mandal = row["mandal"] or (source.parent.code if source and source.parent else "")
    told = Row(Level.BOOTH, code, mandal, row["name_hi"], row["name_en"], new, slug=_slug(new), valid_from=day)
    work.new.append(New(told, source.code if source else ""))


def _slug(number: int | None) -> str:
    return f"b-{number}"
