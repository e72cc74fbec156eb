"""A deputy: somebody is given part of one's rights, at a place, for some seats, until a day.

A lending is an appointment to a deputy's seat. It carries what was lent and
what the giver still has (``committees.rights``), ends with its last day, with
the giver's own time, or by a press.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from committees import rights as known
from committees.days import day_of
from committees.domain import seats
from committees.levels import Level, Role
from committees.models import Appointment, Post, Seat, Unit
from committees.models.seats import EndedHow
from committees.rights import Right
from portal import addresses, audit, dates, outbox, people, personal
from portal.accounts.opening import open_for
from portal.models import Person, User

LONGEST = timedelta(days=183)  # half a year; then it is given anew, with a look at who it is
TELL_FOR = timedelta(days=14)
NAMES = {  # level → what its deputy is called
    Level.STATE: ("प्रदेश सहायक", "State deputy"),
    Level.DISTRICT: ("जिला सहायक", "District deputy"),
    Level.ASSEMBLY: ("विधानसभा सहायक", "Assembly deputy"),
    Level.BLOCK: ("ब्लॉक सहायक", "Block deputy"),
    Level.MANDAL: ("मंडल सहायक", "Mandal deputy"),
    Level.BOOTH: ("बूथ सहायक", "Booth deputy"),
}


class Wider(Exception):
    """More than the giver has, or than may be lent at all: another place, or another right."""


class TooLong(Exception):
    """The last day lies before today, after the giver's own term, or more than half a year away."""


class ToOneself(Exception):
    """Giver and deputy are one person."""


class NotToAuditors(Exception):
    """Who reads the log acts for nobody whose acts stand in it."""


class AlreadyLent(Exception):
    """The same person is the giver's deputy at this place."""


@transaction.atomic
def lend(
    *,
    giver: Appointment,
    unit: Unit,
    rights: Collection[str],
    fill: int,
    until: date,
    by: User | None,
    now: datetime,
    person: Person | None = None,
    newcomer: tuple[str, str] | None = None,
) -> Appointment:
    """Give ``rights`` at ``unit`` and below to ``person`` (or a ``newcomer``: phone, name) until the end of a day.

    ``fill`` is how many seats the deputy may fill. Looking at units goes along
    with every right. Raises ``Wider``, ``TooLong``, ``ToOneself``,
    ``NotToAuditors``, ``AlreadyLent``, ``seats.Ended``, ``people.AnotherName``
    and ``opening.PhoneTaken``; then nothing has changed.
    """
    _check(giver, unit, rights, until, now)
    if person is None:
        phone, name = newcomer or ("", "")
        person = people.know(phone=phone, name=name, now=now)
    _check_person(giver, unit, person, now)
    lending = Appointment.objects.create(
        seat=_chair(unit),
        person=person,
        since=now,
        term_ends=until,
        lent_by=giver,
        lent_rights=[right for right in known.LENDABLE if right in {*rights, Right.VIEW}],
        lent_seats=fill if Right.FORM in rights else 0,
    )
    open_for(person=person, by=by, now=now)
    audit.record("lent", lending, by=by, now=now, giver=giver.pk, rights=lending.lent_rights, seats=lending.lent_seats)
    _tell(lending, "lent", now)
    return lending


@transaction.atomic
def revoke(*, lending: Appointment, reason: str, by: User | None, now: datetime) -> None:
    """Take back what was lent, from the deputy's next request on. Raises ``seats.Ended`` or ``seats.NoReason``."""
    seats.end(appointment=lending, reason=reason, by=by, now=now, how=EndedHow.RELIEVED)
    outbox.cancel(f"lent:{lending.pk}:")
    _tell(lending, "lending_ended", now)


def _check(giver: Appointment, unit: Unit, rights: Collection[str], until: date, now: datetime) -> None:
    if not Appointment.objects.current(now).filter(pk=giver.pk).exists():
        raise seats.Ended(str(giver.pk))
    if not rights or not set(rights) <= set(known.lendable(giver)) or not known.reaches(giver, unit):
        raise Wider(str(giver.pk))
    last = min(giver.term_ends or date.max, day_of(now) + LONGEST)
    if not day_of(now) <= until <= last:
        raise TooLong(str(until))


def _check_person(giver: Appointment, unit: Unit, person: Person, now: datetime) -> None:
    if person.pk == giver.person_id:
        raise ToOneself(str(person.pk))
    theirs = Appointment.objects.current(now).filter(person=person)
    if theirs.with_role(Role.AUDITOR).exists():
        raise NotToAuditors(str(person.pk))
    if theirs.filter(lent_by=giver, seat__unit=unit).exists():
        raise AlreadyLent(str(person.pk))


def _chair(unit: Unit) -> Seat:
    """A new deputy's chair here; it goes with who sits in it. The post is made when the level has none yet."""
    hindi, english = NAMES[Level(unit.level)]
    post, _is_new = Post.objects.get_or_create(
        code=f"deputy-{unit.level}",
        defaults={
            "level": unit.level,
            "name_hi": hindi,
            "name_en": english,
            "role": Role.DEPUTY,
            "seats_per_unit": 0,
            "in_committee": False,
            "order": 90,
        },
    )
    for _try in range(5):
        last = Seat.objects.filter(unit=unit, post=post).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return Seat.objects.create(unit=unit, post=post, number=last + 1)
        except IntegrityError:  # a colleague lends here too
            continue
    raise seats.SeatTaken(str(unit.pk))


def _tell(lending: Appointment, template: str, now: datetime) -> None:
    person, giver, last = lending.person, lending.lent_by, lending.term_ends
    notice = personal.sms(
        person,
        occasion=f"{template}:{lending.pk}",
        template=template,
        words=lambda: {
            "giver": giver.person.name if giver else "",
            "unit": lending.seat.unit.title,
            "date": dates.short_date(last) if last else "",
            "url": addresses.whole("committees:lendings", language=person.language),
        },
        now=now,
        useful_until=now + TELL_FOR,
    )
    outbox.queue([notice])
