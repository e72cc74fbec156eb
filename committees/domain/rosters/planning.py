"""What would become of each row of a roster: somebody new in a chair, somebody there already, or an error and its mend.

Reads only; slice after slice, so that a file of any length asks the database in bounded pieces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from committees.domain import seats
from committees.domain.rosters.facts import Chair, Chairs, Facts, Row, beginning_of
from committees.levels import Level, Role
from committees.models import Appointment, Post, Unit
from committees.unitfile import ENOUGH, Problem
from portal import dates, people
from portal.models import Person

SLICE = 500  # rows that are asked about, and seated, together


class Sitting(NamedTuple):
    """A row that brings somebody into a chair; ``person`` is nobody we know yet when empty."""

    row: Row
    unit: Unit
    post: Post
    chair: Chair
    person: Person | None
    since: datetime


@dataclass
class Plan:
    """What would become of the rows. At most ``ENOUGH`` errors are kept; ``wrong`` counts the rows they are in."""

    new: list[Sitting] = field(default_factory=list)
    there: list[Appointment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0


class _No(Exception):
    """This row cannot be: which column says so, and the mend."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


def plan(*, rows: Sequence[Row], now: datetime) -> Plan:
    """Look at every row; the file as a whole is looked at too: one number, one name, one chair."""
    planner, made = _Planner(now), Plan()
    for start in range(0, len(rows), SLICE):
        some = rows[start : start + SLICE]
        planner.facts.learn(some)
        for row in some:
            try:
                found = planner.place(row)
            except _No as refusal:
                made.wrong += 1
                made.problems.append(Problem(row.line, refusal.column, refusal.words))
                del made.problems[ENOUGH:]
                continue
            if isinstance(found, Sitting):
                made.new.append(found)
            else:
                made.there.append(found)
    return made


class _Planner:
    """Walks through the rows and remembers what the ones before have taken."""

    def __init__(self, now: datetime) -> None:
        self.facts = Facts(now)
        self.names: dict[str, Row] = {}  # by number
        self.sits: dict[tuple[str, str, str], Row] = {}
        self.alone: dict[tuple[str, str], tuple[Row, Unit, Post]] = {}

    def place(self, row: Row) -> Sitting | Appointment:
        """Where the row's person comes to sit, or sits. Raises ``_No``."""
        unit, post = self._unit(row), self._post(row)
        self._check_days(row)
        self._check_number(row)
        person = self._person(row)
        chairs = self.facts.of(unit, post)
        self._check_twice(row, unit, post)
        held = chairs.held.get(person.pk) if person else None
        if held is not None:
            self._remember(row, unit, post)
            return held
        self._check_alone(row, post, person)
        self._check_door(row, post, person)
        since = beginning_of(row.since) if row.since else self.facts.now
        chair = _take(row, chairs, since, post)
        self._remember(row, unit, post)
        return Sitting(row, unit, post, chair, person, since)

    def _remember(self, row: Row, unit: Unit, post: Post) -> None:
        self.names.setdefault(row.phone, row)
        self.sits[row.unit, row.post, row.phone] = row
        if alone := seats.only_one_of(post):
            self.alone[row.phone, alone] = (row, unit, post)

    def _unit(self, row: Row) -> Unit:
        unit, today = self.facts.units.get(row.unit), self.facts.today
        if unit is None:
            words = _("No unit has the code %(code)s. Mend the code, or bring the units in first.")
            raise _No("unit", words % {"code": row.unit})
        if unit.valid_to and unit.valid_to <= today:
            words = _("This unit ended on %(day)s. Write the code of the unit that took its place.")
            raise _No("unit", words % {"day": dates.short_date(unit.valid_to)})
        if unit.valid_from and unit.valid_from > today:
            words = _("This unit begins on %(day)s. Bring its people in from that day on.")
            raise _No("unit", words % {"day": dates.short_date(unit.valid_from)})
        return unit

    def _post(self, row: Row) -> Post:
        unit, post = self.facts.units[row.unit], self.facts.posts.get(row.post)
        if post is None or post.level != unit.level:
            ours = [code for code, one in self.facts.posts.items() if one.level == unit.level and one.in_committee]
            words = _("%(level)s: there is no post %(code)s. Write one of these: %(all)s")
            told = {"level": Level(unit.level).label, "code": row.post, "all": ", ".join(ours)}
            raise _No("post", words % told)
        if not post.in_committee:
            words = _("%(post)s gives power over others and is given by hand, not from a file. Take this row out.")
            raise _No("post", words % {"post": post.name})
        return post

    def _check_days(self, row: Row) -> None:
        if row.since and row.since > self.facts.today:
            raise _No("since", _("This day is still to come. Write since when the person sits, or leave it empty."))
        if row.term_ends and row.term_ends < self.facts.today:
            raise _No("term_ends", _("This term is over. Write when it ends, leave it empty, or take this row out."))

    def _check_number(self, row: Row) -> None:
        first = self.names.get(row.phone)
        if first is not None and not people.alike(first.name, row.name):
            words = _("Row %(row)d gives this number to %(name)s. Mend the number in one of the two rows.")
            raise _No("phone", words % {"row": first.line, "name": first.name})

    def _person(self, row: Row) -> Person | None:
        known = self.facts.known[row.phone]
        person = self.facts.person(row.phone, row.name)
        if known and person is None:
            words = _(
                "This number is known under the name %(name)s. Mend the name or the number; "
                "a family member on the same phone is added by hand."
            )
            raise _No("name", words % {"name": known[0].name})
        return person

    def _check_twice(self, row: Row, unit: Unit, post: Post) -> None:
        before = self.sits.get((row.unit, row.post, row.phone))
        if before is not None:
            words = _("The same person stands for this post in row %(row)d. Take one of the two out.")
            raise _No("phone", words % {"row": before.line})

    def _check_alone(self, row: Row, post: Post, person: Person | None) -> None:
        alone = seats.only_one_of(post)
        if not alone:
            return
        if before := self.alone.get((row.phone, alone)):
            first, unit, other = before
            words = _(
                "Row %(row)d makes %(name)s %(post)s, %(unit)s. "
                "One person holds one such post: take one of the two out."
            )
            told = {"row": first.line, "name": first.name, "post": other.name, "unit": unit.title}
            raise _No("post", words % told)
        held = self.facts.alone.get((person.pk, alone)) if person else None
        if held is not None:
            end = _("End that one first, or take this row out.")
            raise _No("post", f"{seats.HoldsAnother(held).words} {end}")

    def _check_door(self, row: Row, post: Post, person: Person | None) -> None:
        """Who gets a sign-in needs a number of their own."""
        user = self.facts.users.get(row.phone)
        if post.role != Role.MEMBER and user is not None and (person is None or user.person_id != person.pk):
            words = _("%(name)s signs in with this number. Write a number of the person's own.")
            raise _No("phone", words % {"name": user.person.name})


def _take(row: Row, chairs: Chairs, since: datetime, post: Post) -> Chair:
    """The next empty chair that nobody sat in at that time. Raises ``_No``."""
    if row.term_ends and beginning_of(row.term_ends) < since and row.since:
        raise _No("term_ends", _("The term would end before it begins. Mend one of the two days."))
    fits = next((chair for chair in chairs.free if chair.left_at is None or chair.left_at <= since), None)
    if fits is not None:
        chairs.free.remove(fits)
        return fits
    for left in (chair for chair in chairs.free if chair.left_at is not None):
        words = _("%(name)s sat here until %(day)s. Write that day or a later one.")
        raise _No("since", words % {"name": left.left_by, "day": dates.short_date(left.left_at or since)})
    told = {"post": post.name, "chairs": chairs.count, "names": ", ".join(_names(chairs))}
    if not chairs.held:
        words = _("%(post)s: there is room for %(chairs)d here. Take this row out, or sanction more first.")
    else:
        words = _(
            "%(post)s: there is room for %(chairs)d here, and %(names)s sits here already. "
            "Take this row out, or end that time first."
        )
    raise _No("post", words % told)


def _names(chairs: Chairs) -> Iterator[str]:
    return (held.person.name for held in chairs.held.values())
