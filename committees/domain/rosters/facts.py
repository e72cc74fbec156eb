"""What is known of the units, chairs and people that some rows of a roster name: a fixed number of questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from committees.days import day_of
from committees.domain.forming import Place
from committees.models import Appointment, Post, Seat, Unit
from committees.sanctions import Sanctions
from portal import people
from portal.models import Person, User


class Row(NamedTuple):
    """One row of the file: who sits where."""

    line: int
    unit: str
    post: str
    name: str
    phone: str
    gender: str = "U"
    birth_year: int | None = None
    since: date | None = None
    term_ends: date | None = None


class Chair(NamedTuple):
    """An empty chair: its key, 0 when it is still to be put up; who left it last, and when."""

    pk: int
    left_at: datetime | None = None
    left_by: str = ""


@dataclass
class Chairs:
    """The chairs of one post in one unit: how many, the empty ones in their order, and who sits there by person."""

    count: int = 0
    free: list[Chair] = field(default_factory=list)
    held: dict[int, Appointment] = field(default_factory=dict)


class Facts:
    """All that is asked about rows. Chairs are learnt once and stay as the asker leaves them."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, day_of(now)
        self.posts = {post.code: post for post in Post.objects.all()}
        self.sanctions = Sanctions(self.posts.values())
        self.units: dict[str, Unit] = {}
        self.chairs: dict[Place, Chairs] = {}
        self.known: dict[str, list[Person]] = {}
        self.users: dict[str, User] = {}
        self.alone: dict[tuple[int, str], Appointment] = {}

    def learn(self, rows: Sequence[Row]) -> None:
        """Ask the database about these rows."""
        codes = {row.unit for row in rows} - set(self.units)
        self.units |= {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
        self._learn_chairs(rows)
        phones = {row.phone for row in rows} - set(self.known)
        self.known |= {phone: [] for phone in phones}
        for person in Person.objects.filter(phone__in=phones).order_by("share"):
            self.known[person.phone].append(person)
        self.users |= {user.phone: user for user in User.objects.filter(phone__in=phones).select_related("person")}
        theirs = Appointment.objects.current(self.now).filter(person__phone__in=phones).exclude(only_one="")
        for held in theirs.select_related("person", "seat__post", "seat__unit"):
            self.alone[held.person_id, held.only_one] = held

    def of(self, unit: Unit, post: Post) -> Chairs:
        return self.chairs[unit.pk, post.pk]

    def person(self, phone: str, name: str) -> Person | None:
        """Whom we know on this number by this name."""
        return next((person for person in self.known[phone] if people.alike(person.name, name)), None)

    def _learn_chairs(self, rows: Iterable[Row]) -> None:
        pairs = [(self.units.get(row.unit), self.posts.get(row.post)) for row in rows]
        new = {(unit.pk, post.pk): (unit, post) for unit, post in pairs if unit and post and unit.level == post.level}
        new = {place: pair for place, pair in new.items() if place not in self.chairs}
        told = {"unit__in": {unit for unit, _post in new}, "post__in": {post for _unit, post in new}}
        sat: dict[int, list[Appointment]] = defaultdict(list)
        rows_of = Appointment.objects.filter(**{f"seat__{name}": among for name, among in told.items()})
        for appointment in rows_of.select_related("person").order_by("since"):
            sat[appointment.seat_id].append(appointment)
        self.chairs |= {place: Chairs() for place in new}
        for seat in Seat.objects.open().filter(**told).order_by("number"):
            if (seat.unit_id, seat.post_id) in new:
                self._add(self.chairs[seat.unit_id, seat.post_id], seat, sat[seat.pk])
        for place, (unit, post) in new.items():
            chairs = self.chairs[place]
            lacking = max(0, self.sanctions.of(unit, post).seats - chairs.count)
            chairs.count += lacking
            chairs.free += [Chair(0)] * lacking

    def _add(self, chairs: Chairs, seat: Seat, sat: list[Appointment]) -> None:
        chairs.count += 1
        last = max(sat, key=self._end, default=None)
        if last is None:
            chairs.free.append(Chair(seat.pk))
        elif self._end(last) <= self.now:
            chairs.free.append(Chair(seat.pk, self._end(last), last.person.name))
        else:
            chairs.held[last.person_id] = last

    def _end(self, appointment: Appointment) -> datetime:
        """When it is over; a term ends at the midnight after its last day also when nobody came to say so."""
        if appointment.until is not None:
            return appointment.until
        if appointment.term_ends is not None and appointment.term_ends < self.today:
            return beginning_of(appointment.term_ends + timedelta(days=1))
        return datetime.max.replace(tzinfo=timezone.get_default_timezone())


def beginning_of(day: date) -> datetime:
    """Its midnight, as we count days."""
    return timezone.make_aware(datetime.combine(day, time.min))
