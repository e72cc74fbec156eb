"""Seats the people of a roster, some hundred in one transaction: people, sign-ins, appointments, questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q

from committees import rosterfile
from committees.domain import forming, letters, seats
from committees.domain.rosters.facts import Row
from committees.domain.rosters.planning import SLICE, Plan, Sitting, plan
from committees.levels import ANCESTORS, Role
from committees.models import Appointment, Post, Seat, Unit
from committees.unitfile import ENOUGH, Problem
from portal import audit, outbox
from portal import people as persons
from portal.accounts import opening
from portal.models import Person, User

TRIES = 3
ASKED_AFTER = timedelta(minutes=30)  # until then an import is taken back and nobody has heard of it
CAME, ASKED = "came by a file", "asked by a file"  # in the log, with the ``source``


class Made(NamedTuple):
    """What some rows brought, by key, and what became of the others."""

    appointments: list[int]
    people: list[int]
    users: list[int]
    there: int
    problems: list[Problem]


@dataclass
class Report:
    """What an import did, or would have done."""

    new: int = 0
    there: int = 0
    errors: list[Problem] = field(default_factory=list)


def rows_of(content: bytes, problems: list[Problem]) -> list[Row]:
    """The rows of a file that could be read; what could not goes to ``problems``."""
    return [Row(line, **cells) for line, cells in rosterfile.read(content, problems)]


class Look(NamedTuple):
    """A file that was looked at: its rows, what would become of them, all errors in order, and in how many rows."""

    rows: list[Row]
    plan: Plan
    problems: list[Problem]
    wrong: int


def look(*, content: bytes, now: datetime) -> Look:
    """What taking the file in would bring; writes nothing."""
    problems: list[Problem] = []
    rows = rows_of(content, problems)
    unread = len({problem.row for problem in problems})
    seen = plan(rows=rows, now=now)
    told = sorted([*problems, *seen.problems], key=lambda problem: problem.row)
    return Look(rows, seen, told[:ENOUGH], seen.wrong + unread)


def import_people(*, content: bytes, by: User | None, now: datetime, dry_run: bool = False) -> Report:
    """Seat all people of the file, or nobody: with any error, and in a dry run, nothing changes. Nobody is told."""
    seen = look(content=content, now=now)
    rows, report = seen.rows, Report(len(seen.plan.new), len(seen.plan.there), seen.problems)
    if report.errors or dry_run:
        return report
    with transaction.atomic():
        for start in range(0, len(rows), SLICE):
            made = take_some(rows=rows[start : start + SLICE], source="", asks=False, by=by, now=now)
            report.errors += made.problems
        transaction.set_rollback(bool(report.errors))
    return report


def take_some(*, rows: Sequence[Row], source: str, asks: bool, by: User | None, now: datetime) -> Made:
    """Seat the people of some rows, all in one transaction; a row that cannot be is left out and told.

    ``source`` stands beside each in the log. With ``asks`` each new person, and who sits there without ever having
    been asked, gets a letter and, half an hour later, the question whether they accept.
    """
    for left in reversed(range(TRIES)):
        try:
            return _take_some(rows=rows, source=source, asks=asks, by=by, now=now)
        except IntegrityError:  # somebody came into a chair, or became known, at this moment: then it is told so
            if not left:
                raise
    raise AssertionError(TRIES)


@transaction.atomic
def _take_some(*, rows: Sequence[Row], source: str, asks: bool, by: User | None, now: datetime) -> Made:
    _make_ready(rows, now)
    seen = plan(rows=rows, now=now)
    known, new = _people(seen, now)
    appointments = Appointment.objects.bulk_create(_appointment(one, known) for one in seen.new)
    users = _open(seen, known, by, now)
    audit.record_many(CAME, appointments, by=by, now=now, source=source)
    units = {one.unit.pk: one.unit for one in seen.new}
    audit.record_many(CAME, units.values(), by=by, now=now, source=source)  # their numbers are counted anew
    if asks:
        _ask([*appointments, *(row for row in seen.there if not (row.accepted_at or row.letter_id))], source, by, now)
    keys = [[one.pk for one in some] for some in (appointments, new, users)]
    return Made(keys[0], keys[1], keys[2], len(seen.there), seen.problems)


def _make_ready(rows: Sequence[Row], now: datetime) -> None:
    """Chairs that are sanctioned and were never put up, room where a term is over; nobody closes or moves one now."""
    units = list(Unit.objects.filter(code__in={row.unit for row in rows}))
    posts = list(Post.objects.filter(code__in={row.post for row in rows}, in_committee=True))
    forming.lay_some(units=units, posts=posts, now=now)
    held = Seat.objects.open().filter(unit__in=units, post__in=posts).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk", flat=True))
    numbers = {row.phone for row in rows}
    here = Q(seat__unit__in=units, seat__post__in=posts)
    seats.close_what_is_over(here | Q(person__phone__in=numbers) & ~Q(only_one=""), now)


def _people(seen: Plan, now: datetime) -> tuple[dict[str, Person], list[Person]]:
    """Who sits, by number, and who of them nobody knew before."""
    known = {one.row.phone: one.person for one in seen.new if one.person}
    strangers = {
        one.row.phone: Person(
            name=one.row.name, phone=one.row.phone, gender=one.row.gender, birth_year=one.row.birth_year
        )
        for one in reversed(seen.new)  # the first row of a number tells who it is
        if one.person is None
    }
    new = persons.know_many(people=strangers.values(), now=now)
    return known | {person.phone: person for person in new}, new


def _appointment(one: Sitting, known: dict[str, Person]) -> Appointment:
    return Appointment(
        seat_id=one.chair.pk,
        person=known[one.row.phone],
        since=one.since,
        term_ends=one.row.term_ends,
        only_one=seats.only_one_of(one.post),
    )


def _open(seen: Plan, known: dict[str, Person], by: User | None, now: datetime) -> list[User]:
    """A sign-in for those whose post carries rights and who have none."""
    people = {known[one.row.phone] for one in seen.new if one.post.role != Role.MEMBER}
    have = set(User.objects.filter(person__in=people).values_list("person", flat=True))
    return opening.open_many(people=[person for person in people if person.pk not in have], by=by, now=now)


def _ask(rows: Sequence[Appointment], source: str, by: User | None, now: datetime) -> None:
    """A letter for each, and the promise to ask."""
    due, until = now + ASKED_AFTER, now + letters.TELL_FOR
    whole = ("person", "seat__post", "seat__unit", *(f"seat__unit__{level}" for level in ANCESTORS))
    asked = list(Appointment.objects.filter(pk__in=[row.pk for row in rows]).select_related(*whole))
    told = []
    for row in asked:
        row.letter = letters.write(appointment=row, by=by, now=now)
        told.append(letters.notice(appointment=row, template="appointed", now=due, useful_until=until))
    Appointment.objects.bulk_update(asked, ["letter"])
    audit.record_many(ASKED, asked, by=by, now=now, source=source)
    outbox.queue(told)
