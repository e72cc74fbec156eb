"""Who might look after a district, with all that ``matching`` weighs, from one question a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from committees import reports
from committees.days import day_of
from committees.domain.matching import Candidate
from committees.levels import Level, Role
from committees.models import Appointment, Ending, Nomination
from committees.models.seats import EndedHow
from portal import people
from portal.models import Document, Person, User
from portal.models.documents import DocumentKind

REMEMBERED = timedelta(days=365)  # that someone left this very chair
PASSED = "passed over"  # among a line's reasons: whom the office did not want here
APPLIED = "applicant"  # and by which application the person is known
LEADING = (Role.INCHARGE, Role.CONVENER, Role.MEMBER)  # who is of the office alone leads no district
NEAR_THE_TOP = (Level.STATE, Level.DISTRICT)


class Applicant(NamedTuple):
    """Someone selected in a drive, as an app above tells of them. ``home`` is the code of a district."""

    key: str
    name: str
    phone: str
    share: int
    gender: str
    birth_year: int
    language: str
    home: str
    score: float | None
    out_of: int


@dataclass
class Known:
    """A candidate with the name; ``person`` is None for an ``applicant`` whom we did not know before."""

    candidate: Candidate
    name: str
    gender: str
    birth_year: int | None
    person: Person | None = None
    applicant: Applicant | None = None

    def is_young(self, now: datetime) -> bool:
        return self.birth_year is not None and day_of(now).year - self.birth_year <= reports.YOUNG


class _Sits(NamedTuple):
    """Where somebody sits, and as what."""

    role: str
    level: str
    unit: str
    district: str | None


@dataclass
class _Facts:
    """What the tables say of each person."""

    seats: dict[int, list[_Sits]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    trained: set[int] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)
    planned: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def everyone(
    *, user: User, lines: Iterable[Nomination], freed: Collection[int] = (), now: datetime
) -> dict[str, Known]:
    """Who sits at the state's or a district's table, who is on a list of ``lines``, and who was selected; by key.

    The lines ``freed`` do not bind anybody: their chairs are given anew.
    """
    lines = list(lines)
    applicants = import_string(settings.CANDIDATES)(user=user, now=now)
    top = Appointment.objects.current(now).with_role(*LEADING).filter(seat__unit__level__in=NEAR_THE_TOP)
    listed = [line.person_id for line in lines if line.person_id]
    phones = [one.phone for one in applicants]
    who = Person.objects.filter(Q(pk__in=top.values("person")) | Q(pk__in=listed) | Q(phone__in=phones), erased_at=None)
    persons = {person.pk: person for person in who}
    facts = _facts(persons, lines, freed, now)
    by_phone = {(person.phone, person.share): person for person in persons.values()}
    selected = {}
    known: dict[str, Known] = {}
    for one in applicants:
        person = by_phone.get((one.phone, one.share))
        if person is None:
            known[one.key] = _newcomer(one)
        elif people.alike(person.name, one.name):
            selected[person.pk] = one
    for person in persons.values():
        found = _of_person(person, selected.get(person.pk), facts)
        if person.pk in selected or facts.seats[person.pk] or person.pk in listed:
            known[found.candidate.key] = found
    return known


def marked(*, user: User, now: datetime) -> set[tuple[str, int]]:
    """Phone and share of those selected whose marks this user may read."""
    rows = import_string(settings.CANDIDATES)(user=user, now=now)
    return {(one.phone, one.share) for one in rows if one.score is not None}


def key_of(person: Person) -> str:
    return f"p{person.pk}"


def passed_over(line: Nomination) -> list[int]:
    """Whom the office did not want on this line."""
    return [pk for reason in line.reasons if reason["what"] == PASSED for pk in reason["people"]]


def _newcomer(one: Applicant) -> Known:
    candidate = Candidate(key=one.key, home=one.home, score=one.score, out_of=one.out_of, gender=one.gender)
    return Known(candidate, one.name, one.gender, one.birth_year, applicant=one)


def _of_person(person: Person, one: Applicant | None, facts: _Facts) -> Known:
    after, home = [], one.home if one else ""
    lowest = -1
    for seat in facts.seats[person.pk]:
        if seat.role == Role.INCHARGE:
            after.append(seat.unit)
        elif seat.district and Level(seat.level).depth > lowest:  # where somebody sits in a committee is home
            lowest, home = Level(seat.level).depth, seat.district
    candidate = Candidate(
        key=key_of(person),
        home=home,
        after=tuple(sorted({*after, *facts.planned[person.pk]})),
        score=one.score if one else None,
        out_of=one.out_of if one else 0,
        trained=person.pk in facts.trained,
        gender=person.gender,
        refused=frozenset(facts.refused[person.pk]),
        barred=person.pk in facts.leaving,
    )
    return Known(candidate, person.name, person.gender, person.birth_year, person=person, applicant=one)


def _facts(persons: dict[int, Person], lines: list[Nomination], freed: Collection[int], now: datetime) -> _Facts:
    facts = _Facts()
    seats = Appointment.objects.current(now).filter(person__in=persons)
    sits = ("seat__post__role", "seat__unit__level", "seat__unit__code", "seat__unit__district__code")
    for person, *seat in seats.values_list("person", *sits):
        facts.seats[person].append(_Sits(*seat))
    left = Appointment.objects.filter(
        person__in=persons, seat__post__role=Role.INCHARGE, until__gte=now - REMEMBERED
    ).exclude(ended_how=EndedHow.TERM)
    for person, code in left.values_list("person", "seat__unit__code"):
        facts.refused[person].add(code)
    papers = Document.objects.filter(kind=DocumentKind.CERTIFICATE, person__in=persons, revoked_at=None)
    papers = papers.filter(Q(valid_until=None) | Q(valid_until__gte=day_of(now)))
    facts.trained = set(papers.values_list("person", flat=True))
    going = Ending.objects.filter(decided_at=None, appointment__person__in=persons)
    facts.leaving = set(going.values_list("appointment__person", flat=True))
    for line in lines:
        code = line.seat.unit.code
        if line.person_id and line.pk not in freed:
            facts.planned[line.person_id].append(code)
        for pk in passed_over(line):
            facts.refused[pk].add(code)
    return facts
