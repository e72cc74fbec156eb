"""Who sits where: appoint, accept, decline, end. The database lets one person sit in a seat."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import sanctions
from committees.days import day_of
from committees.domain import letters
from committees.levels import Exclusive, Role
from committees.models import Appointment, Post, Seat
from committees.models.seats import EndedHow
from committees.rights import reaches, right_to_fill, rights_of
from portal import audit, documents
from portal.accounts.opening import open_for
from portal.models import Person, User

VERBS: dict[str, str] = {EndedHow.DECLINED: "declined", EndedHow.TERM: "term over"}
ANYWHERE = "all"  # ``only_one`` of a post that stands alone everywhere


class CannotSit(Exception):
    """This person cannot be seated here; ``words`` say why to whoever tried."""

    @property
    def words(self) -> str:
        return _("Someone was quicker. Please look again.")


class SeatTaken(CannotSit):
    """Someone sits here already, or was quicker."""


class SeatClosed(CannotSit):
    """The chair is no longer sanctioned."""

    @property
    def words(self) -> str:
        return _("This post is no longer sanctioned here.")


class NoneLeft(CannotSit):
    """A deputy has filled all the seats that were lent."""

    @property
    def words(self) -> str:
        return _("You have filled all the seats that were given to you to fill.")


class HoldsAnother(CannotSit):
    """One person, one such post: ``other`` is the appointment that stands in the way."""

    def __init__(self, other: Appointment) -> None:
        super().__init__(str(other.pk))
        self.other = other

    @property
    def words(self) -> str:
        seat = self.other.seat
        told = {"name": self.other.person.name, "post": seat.post.name, "unit": seat.unit.title}
        return _("%(name)s is already %(post)s, %(unit)s. One person holds one such post.") % told


class DoubleHolders(Exception):
    """These people hold two posts that are to exclude each other: ``people``."""

    def __init__(self, people: list[Person]) -> None:
        super().__init__(", ".join(str(person.pk) for person in people))
        self.people = people


class TermPassed(Exception):
    """The term would end before it begins."""


class Ended(Exception):
    """This appointment is over."""


class AlreadyAccepted(Exception):
    """The person said yes before; leaving now is an end, not a no."""


class NoReason(Exception):
    """An end needs a reason in words."""


@transaction.atomic
def seat(
    *,
    person: Person,
    seat: Seat,
    by: User | None,
    now: datetime,
    term_ends: date | None = None,
    form_by: date | None = None,
) -> Appointment:
    """Appoint ``person`` to ``seat``, issue the letter and promise the news.

    ``form_by`` is the day by which the person is to form the committees
    below. A post that carries rights also opens a sign-in. A holder whose
    term is over makes room, and so does the person's own time elsewhere.
    Raises ``CannotSit``, ``TermPassed`` or ``opening.PhoneTaken``; then nothing
    at all has changed.
    """
    if term_ends is not None and term_ends < day_of(now):
        raise TermPassed(str(term_ends))
    alone = only_one_of(seat.post)
    close_what_is_over(Q(seat=seat) | Q(person=person, only_one=alone) & ~Q(only_one=""), now)
    _hold(seat)
    _use_what_was_lent(seat, by, now)
    times = {"since": now, "term_ends": term_ends, "form_by": form_by}
    appointment = Appointment(person=person, seat=seat, only_one=alone, **times)
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
    except IntegrityError:
        raise _what_refused(appointment) from None
    if seat.post.role != Role.MEMBER:
        open_for(person=person, by=by, now=now)
    appointment.letter = letters.write(appointment=appointment, by=by, now=now)
    appointment.save(update_fields=["letter"])
    letters.tell(appointment=appointment, now=now)
    audit.record("appointed", appointment, by=by, now=now, seat=seat.pk)
    return appointment


@transaction.atomic
def accept(*, appointment: Appointment, now: datetime) -> None:
    """The person's own yes. A second yes changes nothing. Raises ``Ended``."""
    waiting = Appointment.objects.filter(pk=appointment.pk, until=None, accepted_at=None)
    if waiting.update(accepted_at=now):
        appointment.accepted_at = now
        letters.take_back(appointment, only_asking=True)
        audit.record("accepted", appointment, by=None, now=now)
    elif not Appointment.objects.filter(pk=appointment.pk, until=None).exists():
        raise Ended(str(appointment.pk))


@transaction.atomic
def decline(*, appointment: Appointment, reason: str, now: datetime) -> None:
    """The person's own no, with a reason. The seat is free again. Raises ``AlreadyAccepted`` or ``Ended``."""
    unanswered = Appointment.objects.filter(pk=appointment.pk, until=None, accepted_at=None)
    if not unanswered.update(ended_how=EndedHow.DECLINED):  # holds the row against a yes of this moment
        still = Appointment.objects.filter(pk=appointment.pk, until=None).exists()
        raise (AlreadyAccepted if still else Ended)(str(appointment.pk))
    _close(appointment, reason, EndedHow.DECLINED, None, now)


@transaction.atomic
def end(*, appointment: Appointment, reason: str, by: User | None, now: datetime, how: str = EndedHow.RELIEVED) -> None:
    """The person's time is over: rights and letter end with it, and the seat is vacant.

    A chair more than the strength sanctions goes with its holder. ``how`` is one of ``EndedHow``; whether it
    takes two persons is decided in ``domain.leaving``. Raises ``Ended`` or ``NoReason``.
    """
    _close(appointment, reason, how, by, now)


def _hold(seat: Seat) -> None:
    """Nobody closes the chair, or moves it to another unit, until somebody sits in it. Raises ``SeatClosed``."""
    there = Seat.objects.open().filter(pk=seat.pk, unit=seat.unit_id).select_for_update(no_key=True)
    if there.values_list("pk", flat=True).first() is None:
        raise SeatClosed(str(seat.pk))


def _use_what_was_lent(seat: Seat, by: User | None, now: datetime) -> None:
    """Who seats people as a deputy alone has one seat less to fill; who may by a post of their own is not counted."""
    mine = Appointment.objects.current(now).filter(person=by.person_id) if by else Appointment.objects.none()
    rows = mine.with_rights()
    giving = [row for row in rows if reaches(row, seat.unit) and right_to_fill(seat.post) in rights_of(row, now)]
    if not giving or any(row.lent_by_id is None for row in giving):
        return
    left = Appointment.objects.filter(pk__in=[row.pk for row in giving], lent_seats__gt=0)
    if not any(left.filter(pk=row.pk).update(lent_seats=F("lent_seats") - 1) for row in giving):
        raise NoneLeft(str(seat.pk))


def only_one_of(post: Post) -> str:
    """Among which posts this one stands alone: what the database compares; empty when it does not."""
    return {Exclusive.LEVEL: post.level, Exclusive.ALL: ANYWHERE}.get(Exclusive(post.exclusive), "")


def doubles(*, post: Post, now: datetime) -> list[Person]:
    """Who would hold two posts that exclude each other, if ``post`` stood as it says now."""
    alone = only_one_of(post)
    if not alone:
        return []
    ours = Appointment.objects.current(now).filter(Q(only_one=alone) | Q(seat__post=post))
    twice = ours.values("person").annotate(n=Count("pk")).filter(n__gt=1)
    return list(Person.objects.filter(pk__in=twice.values("person")).order_by("name_key", "pk"))


@transaction.atomic
def restate_only_one(*, post: Post, now: datetime) -> None:
    """The open appointments of a post repeat what it says of other posts. Raises ``DoubleHolders``."""
    alone = only_one_of(post)
    stale = Appointment.objects.filter(seat__post=post, until=None).exclude(only_one=alone)
    beside = Q(only_one=alone, person__in=stale.values("person")) if alone else Q(pk=None)
    close_what_is_over(Q(seat__post=post) | beside, now)
    try:
        with transaction.atomic():
            stale.update(only_one=alone)
    except IntegrityError:
        raise DoubleHolders(doubles(post=post, now=now)) from None


def _what_refused(appointment: Appointment) -> CannotSit:
    """Why the database let nobody in: someone sits here, or the person sits elsewhere."""
    if not Appointment.objects.filter(seat=appointment.seat_id, until=None).exists() and appointment.only_one:
        same = Appointment.objects.filter(person=appointment.person_id, only_one=appointment.only_one, until=None)
        other = same.select_related("person", "seat__post", "seat__unit").first()
        if other is not None:
            return HoldsAnother(other)
    return SeatTaken(str(appointment.seat_id))


def close_what_is_over(whose: Q, now: datetime) -> None:
    """Those whose last day has passed were over at its midnight, also when nobody came to say so."""
    over = Appointment.objects.filter(whose, until=None, term_ends__lt=day_of(now))
    for appointment in over.select_related("letter", "seat__post", "seat__unit"):
        _close(appointment, _("The term is over."), EndedHow.TERM, None, now)


def _close(appointment: Appointment, reason: str, how: str, by: User | None, now: datetime) -> None:
    if not reason.strip():
        raise NoReason(str(appointment.pk))
    until = _end_of(appointment) if how == EndedHow.TERM else now
    still = Appointment.objects.filter(pk=appointment.pk, until=None)
    if not still.update(until=until, ended_because=reason.strip(), ended_how=how):
        raise Ended(str(appointment.pk))
    appointment.until, appointment.ended_because, appointment.ended_how = until, reason.strip(), how
    letter = appointment.letter
    if letter is not None and letter.revoked_at is None and how != EndedHow.TERM:
        documents.revoke(document=letter, reason=reason.strip(), by=by, now=now)
    letters.take_back(appointment)
    _close_surplus(appointment.seat, now)
    audit.record(VERBS.get(how, "ended"), appointment, by=by, now=now, how=how)


def _end_of(appointment: Appointment) -> datetime:
    """The midnight after the last day of the term, or the beginning where it began later still."""
    after = (appointment.term_ends or date.max) + timedelta(days=1)
    return max(appointment.since, timezone.make_aware(datetime.combine(after, time.min)))


def _close_surplus(seat: Seat, now: datetime) -> None:
    """Nobody follows in a chair that is more than its unit is to have."""
    chairs = Seat.objects.open().filter(unit=seat.unit_id, post=seat.post_id)
    if chairs.count() > sanctions.strength(seat.unit, seat.post).seats:
        chairs.filter(pk=seat.pk).update(closed_on=day_of(now))
