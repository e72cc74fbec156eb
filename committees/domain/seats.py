"""Who sits where: appoint, accept, decline, end. The database lets one person sit in a seat."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from committees.days import day_of
from committees.domain import letters
from committees.levels import Role
from committees.models import Appointment, Seat
from portal import audit, documents
from portal.accounts.opening import open_for
from portal.models import Person, User


class SeatTaken(Exception):
    """Someone sits here already, or was quicker."""


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
    term is over makes room. Raises ``SeatTaken``, ``TermPassed`` or
    ``opening.PhoneTaken``; then nothing at all has changed.
    """
    if term_ends is not None and term_ends < day_of(now):
        raise TermPassed(str(term_ends))
    _make_room(seat, now)
    appointment = Appointment(person=person, seat=seat, since=now, term_ends=term_ends, form_by=form_by)
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
    except IntegrityError:
        raise SeatTaken(str(seat.pk)) from None
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
    if Appointment.objects.filter(pk=appointment.pk, until=None, accepted_at__isnull=False).exists():
        raise AlreadyAccepted(str(appointment.pk))
    _close(appointment, reason, "declined", None, now)


@transaction.atomic
def end(*, appointment: Appointment, reason: str, by: User | None, now: datetime) -> None:
    """Relieve the person: the seat is vacant, rights and letter end. Raises ``Ended`` or ``NoReason``."""
    _close(appointment, reason, "ended", by, now)


@transaction.atomic
def reissue_letter(*, appointment: Appointment, by: User | None, now: datetime) -> None:
    """A new letter in place of a cancelled one. Raises ``Ended``."""
    if not Appointment.objects.filter(pk=appointment.pk, until=None).exists():
        raise Ended(str(appointment.pk))
    appointment.letter = letters.write(appointment=appointment, by=by, now=now)
    appointment.save(update_fields=["letter"])


def _make_room(seat: Seat, now: datetime) -> None:
    over = Appointment.objects.filter(seat=seat, until=None, term_ends__lt=day_of(now))
    for appointment in over.select_related("letter"):
        _close(appointment, _("The term is over."), "term over", None, now)


def _close(appointment: Appointment, reason: str, verb: str, by: User | None, now: datetime) -> None:
    if not reason.strip():
        raise NoReason(str(appointment.pk))
    still = Appointment.objects.filter(pk=appointment.pk, until=None)
    if not still.update(until=now, ended_because=reason.strip()):
        raise Ended(str(appointment.pk))
    appointment.until, appointment.ended_because = now, reason.strip()
    letter = appointment.letter
    if letter is not None and letter.revoked_at is None and verb != "term over":
        documents.revoke(document=letter, reason=reason.strip(), by=by, now=now)
    letters.take_back(appointment)
    audit.record(verb, appointment, by=by, now=now)
