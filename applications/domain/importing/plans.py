"""What would become of each row of a file: taken in, a duplicate, or left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from applications.domain.importing.columns import C
from applications.domain.importing.rows import DOUBLE, NOTE, Problem, Reader, Row
from applications.domain.importing.sheets import Sheet
from applications.models import Application, Drive

FEW = 500  # more are not asked for one by one


@dataclass
class Plan:
    """What would become of each row: taken in, a duplicate, or left out. The three make up ``total``."""

    total: int
    people: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # row number, columns of the application
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        return self.total - len(self.people) - self.duplicates

    def of(self, kind: str) -> list[Problem]:
        return [problem for problem in self.problems if problem.kind == kind]


def plan(*, sheet: Sheet, mapping: Mapping[str, str], drive: Drive, now: datetime) -> Plan:
    """Read every row; writes nothing. The first of a phone stays, by the time of the answer."""
    made = Plan(total=len(sheet.rows))
    reader = Reader(sheet, mapping, drive, now)
    shaped: list[tuple[int, dict[str, Any]]] = []
    for number, said in sheet.rows:
        row = Row(reader, number, said)
        values = row.read()
        made.problems += row.problems
        if values is not None:
            shaped.append((number, values))
    there = _there(drive, [values["phone"] for _number, values in shaped])
    first: dict[str, int] = {}
    for number, values in sorted(shaped, key=lambda pair: (pair[1]["submitted_at"], pair[0])):
        phone = values["phone"]
        if phone in there or phone in first:
            made.duplicates += 1
            made.problems.append(_double(reader, number, first.get(phone)))
        else:
            first[phone] = number
            made.people.append((number, values))
    lost = {problem.row for problem in made.of(DOUBLE)}
    made.problems = [problem for problem in made.problems if problem.kind != NOTE or problem.row not in lost]
    made.problems.sort(key=lambda problem: (problem.row, problem.column))
    made.people.sort(key=lambda pair: pair[0])
    return made


def _there(drive: Drive, phones: list[str]) -> set[str]:
    """Those of these numbers that have an application in the drive."""
    rows = Application.objects.filter(drive=drive)
    if len(phones) <= FEW:
        rows = rows.filter(phone__in=phones)
    return set(rows.values_list("phone", flat=True))


def _double(reader: Reader, number: int, earlier: int | None) -> Problem:
    if earlier is None:
        told = _("There is an application of this mobile number in the drive already; it stays as it is.")
    else:
        told = _("The same mobile number as in row %(row)d, which was answered first and is taken.") % {"row": earlier}
    family = _("Somebody else of the family? Then let them apply on the form, which has a place to say so.")
    return Problem(number, reader.called(C.PHONE), f"{told} {family}", DOUBLE)
