"""The rules of a list: least representation in live words, age, one person one post."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from committees import reports
from committees.days import day_of
from committees.domain import seats
from committees.models import Appointment, Nomination, Norm, Proposal, Seat, Unit
from committees.models.formation import Purpose
from committees.models.strength import Group
from portal import audit
from portal.models import Person, User
from portal.models.people import Gender

ADULT = 18  # years


@dataclass(frozen=True)
class Share:
    """How many of a group there are, how many there must be, and how many seats are still empty."""

    group: Group
    have: int
    need: int
    empty: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.need

    @property
    def lacking(self) -> int:
        return max(0, self.need - self.have)

    @property
    def is_broken(self) -> bool:
        """Not even the empty seats could mend it."""
        return self.have + self.empty < self.need


@dataclass(frozen=True)
class Meter:
    """Who would sit in a committee, as counts only, and each norm of its level."""

    people: int
    women: int
    young: int
    unsaid: int
    unknown: int
    shares: list[Share]

    @property
    def is_broken(self) -> bool:
        return any(share.is_broken for share in self.shares)


def meter(*, unit: Unit, lines: Iterable[Nomination], now: datetime) -> Meter:
    """The committee as it would sit with these lines; three queries."""
    sitting, year = _as_it_would_sit(unit, lines, now), day_of(now).year
    people = [person for person in sitting.values() if person is not None]
    have = {group: sum(belongs(person, group, year) for person in people) for group in Group.values}
    norms = Norm.objects.filter(level=unit.level).order_by("group", "pk")
    return Meter(
        people=len(people),
        women=have[Group.WOMEN],
        young=have[Group.YOUTH],
        unsaid=sum(person.gender == Gender.UNSAID for person in people),
        unknown=sum(person.birth_year is None for person in people),
        shares=[
            Share(
                group=Group(norm.group),
                have=have[norm.group],
                need=-(-norm.percent * len(sitting) // 100),
                empty=len(sitting) - len(people),
            )
            for norm in norms
        ],
    )


def belongs(person: Person, group: str, year: int) -> bool:
    """As far as the person told; nobody is guessed into a group."""
    if group == Group.WOMEN:
        return person.gender == Gender.WOMAN
    return bool(person.birth_year and year - person.birth_year <= reports.YOUNG)


def faults(*, proposal: Proposal, lines: list[Nomination], now: datetime) -> list[str]:
    """What keeps these lines from being published, in words; representation only when it is not set aside."""
    told = list(of_lines(proposal=proposal, lines=lines, now=now).values())
    if proposal.purpose == Purpose.COMMITTEE and not proposal.override_reason:
        would_be = meter(unit=proposal.unit, lines=lines, now=now)
        told += [words_of(share) for share in would_be.shares if share.is_broken]
    return told


@transaction.atomic
def keep(*, norm: Norm, by: User, now: datetime) -> None:
    """Ask for this share from now on; what is published already stays."""
    norm.save()
    audit.record("set the least representation", norm, by=by, now=now, level=norm.level, percent=norm.percent)


@transaction.atomic
def drop(*, norm: Norm, by: User, now: datetime) -> None:
    """Ask for this share no more."""
    audit.record("dropped the least representation", norm, by=by, now=now, level=norm.level, percent=norm.percent)
    norm.delete()


def words_of(share: Share) -> str:
    """``women 1 of 3``"""
    told = {"group": share.group.label, "have": share.have, "need": share.need}
    return _("Least representation: %(group)s %(have)s of %(need)s") % told


def of_lines(*, proposal: Proposal, lines: Iterable[Nomination], now: datetime) -> dict[int, str]:
    """What is wrong with single lines, by their key; one query.

    Nobody below 18 (when the year is known), nobody twice in one committee, nobody who holds a post that stands alone
    beside this one.
    """
    every = list(lines)
    named = [(line, line.person) for line in every if line.person is not None]
    times = Counter(person.pk for _line, person in named)
    held = _held(proposal, every, now)
    told: dict[int, str] = {}
    for line, person in named:
        name = {"name": person.name}
        if person.birth_year and day_of(now).year - person.birth_year < ADULT:
            told[line.pk] = _("%(name)s is not yet 18 years old.") % name
        elif times[person.pk] > 1 and proposal.purpose == Purpose.COMMITTEE:
            told[line.pk] = _("%(name)s stands twice in this list.") % name
        elif other := next((row for row in held.get(person.pk, []) if _excludes(row, line)), None):
            told[line.pk] = seats.HoldsAnother(other).words
    return told


def _held(proposal: Proposal, lines: list[Nomination], now: datetime) -> dict[int, list[Appointment]]:
    """By person, the chairs of this very committee, and posts that stand alone anywhere."""
    here = Q(seat__unit=proposal.unit_id, seat__post__in_committee=True)
    rows = Appointment.objects.current(now).filter(~Q(only_one="") | here)
    rows = rows.filter(person__in=[line.person_id for line in lines])
    rows = rows.exclude(seat__in=[line.seat_id for line in lines])  # who leaves a seat by this very list may
    held: dict[int, list[Appointment]] = defaultdict(list)
    for row in rows.select_related("person", "seat__post", "seat__unit").order_by("pk"):
        held[row.person_id].append(row)
    return held


def _excludes(held: Appointment, line: Nomination) -> bool:
    """A person sits in a committee once, and on one of the posts that stand alone."""
    if held.seat.unit_id == line.seat.unit_id and held.seat.post.in_committee and line.seat.post.in_committee:
        return True
    return held.only_one != "" and held.only_one == seats.only_one_of(line.seat.post)


def _as_it_would_sit(unit: Unit, lines: Iterable[Nomination], now: datetime) -> dict[int, Person | None]:
    """Each seat of the committee, and who would sit in it."""
    open_ones = Appointment.objects.current(now).filter(seat__unit=unit).select_related("person")
    holders = {row.seat_id: row.person for row in open_ones}
    chairs = Seat.objects.filter(unit=unit).of_committee().values_list("pk", flat=True)
    named = {line.seat_id: line.person for line in lines}
    return {pk: named.get(pk, holders.get(pk)) for pk in chairs}
