"""Leaving a post: who goes alone says so; relief and removal take two persons, and who is removed is heard first."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from committees import above
from committees.days import day_of
from committees.domain import letters, seats
from committees.levels import Role
from committees.models import Appointment, Ending
from committees.models.seats import EndedHow
from portal import addresses, audit, outbox
from portal.models import User

REPLY_FOR = timedelta(days=7)  # as the notices leaving_asked say
TELL_FOR = timedelta(days=14)  # afterwards the news is none
ASKED, DROPPED, OVER, VACANT = "leaving_asked", "leaving_dropped", "post_ended", "post_vacant"


class AlreadyAsked(Exception):
    """This leaving is on its way already."""


class OwnPost(Exception):
    """Nobody relieves themselves, or agrees to it: who wants to go resigns."""


class SamePerson(Exception):
    """Who asked cannot be the one who agrees."""


class StillHeard(Exception):
    """The person may still answer; ``until`` is the last day."""

    def __init__(self, until: date) -> None:
        super().__init__(str(until))
        self.until = until


class Decided(Exception):
    """It was decided, or answered, before."""


class TooLate(Exception):
    """The days for an answer are over."""


class NotAccepted(Exception):
    """The person has not said yes yet: the answer is a no, or the office takes the offer back."""


class Accepted(Exception):
    """The person said yes: from now on it takes two."""


@transaction.atomic
def take_back(*, appointment: Appointment, reason: str, by: User, now: datetime) -> None:
    """One person takes back what was not accepted yet, and the person is told. Raises ``Accepted`` or ``Ended``."""
    waiting = Appointment.objects.filter(pk=appointment.pk, until=None, accepted_at=None)
    if not waiting.update(ended_how=EndedHow.RELIEVED):  # holds the row against a yes of this moment
        if Appointment.objects.filter(pk=appointment.pk, until=None).exists():
            raise Accepted(str(appointment.pk))
        raise seats.Ended(str(appointment.pk))
    seats.end(appointment=appointment, reason=reason, by=by, now=now)
    _tell(appointment, OVER, now)


@transaction.atomic
def ask(*, appointment: Appointment, kind: str, reason: str, by: User, now: datetime) -> Ending:
    """Propose that somebody leaves; another person decides. Who is to be removed hears of it and has a week to answer.

    Raises ``OwnPost``, ``AlreadyAsked``, or ``Ended`` and ``NoReason`` of ``domain.seats``.
    """
    if not reason.strip():
        raise seats.NoReason(str(appointment.pk))
    if by.person_id == appointment.person_id:
        raise OwnPost(str(appointment.pk))
    if not Appointment.objects.filter(pk=appointment.pk, until=None).exists():
        raise seats.Ended(str(appointment.pk))
    heard = kind == Ending.Kind.REMOVED
    ending = Ending(appointment=appointment, kind=kind, reason=reason.strip(), asked_by=by, asked_at=now)
    ending.reply_by = day_of(now) + REPLY_FOR if heard else None
    try:
        with transaction.atomic():
            ending.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAsked(str(appointment.pk)) from None
    if heard:
        _tell(appointment, ASKED, now, ending)
    audit.record("asked for a leaving", ending, by=by, now=now, appointment=appointment.pk, kind=kind)
    return ending


@transaction.atomic
def resign(*, appointment: Appointment, reason: str, now: datetime) -> Ending:
    """The person goes, at once. Raises ``NotAccepted``, or ``Ended`` and ``NoReason`` of ``domain.seats``."""
    if Appointment.objects.filter(pk=appointment.pk, until=None, accepted_at=None).exists():
        raise NotAccepted(str(appointment.pk))
    seats.end(appointment=appointment, reason=reason, by=None, now=now, how=EndedHow.RESIGNED)
    told = {"asked_at": now, "decided_at": now, "agreed": True, "needs_second": False}
    ending = Ending.objects.create(
        appointment=appointment, kind=Ending.Kind.RESIGNED, reason=appointment.ended_because, **told
    )
    _tell_of_the_end(appointment, now)
    return ending


@transaction.atomic
def answer(*, ending: Ending, words: str, now: datetime) -> None:
    """What the person says to it, once. Raises ``TooLate``, ``Decided`` or ``seats.NoReason`` without a word."""
    if not words.strip():
        raise seats.NoReason(str(ending.pk))
    if ending.reply_by is None or ending.reply_by < day_of(now):
        raise TooLate(str(ending.pk))
    waiting = Ending.objects.filter(pk=ending.pk, decided_at=None, replied_at=None, appointment__until=None)
    if not waiting.update(reply=words.strip(), replied_at=now):
        raise Decided(str(ending.pk))
    audit.record("answered a leaving", ending, by=None, now=now)


@transaction.atomic
def decide(*, ending: Ending, agreed: bool, by: User, now: datetime) -> None:
    """The second person's word; a yes ends the appointment, and those whom it concerns are told.

    Raises ``SamePerson``, ``OwnPost``, ``StillHeard``, ``Decided``, or ``Ended`` of ``domain.seats``.
    """
    appointment = ending.appointment
    if ending.asked_by is not None and ending.asked_by.person_id == by.person_id:
        raise SamePerson(str(ending.pk))
    if appointment.person_id == by.person_id:
        raise OwnPost(str(ending.pk))
    if agreed and (until := still_heard_until(ending, now)):
        raise StillHeard(until)
    if not _close(ending, now, decided_by=by, agreed=agreed):
        raise Decided(str(ending.pk))
    audit.record("agreed to a leaving" if agreed else "refused a leaving", ending, by=by, now=now)
    if agreed:
        seats.end(appointment=appointment, reason=ending.reason, by=by, now=now, how=ending.kind)
        _tell_of_the_end(appointment, now)
    elif ending.reply_by:
        _tell(appointment, DROPPED, now, ending)


@transaction.atomic
def withdraw(*, ending: Ending, by: User, now: datetime) -> None:
    """Who asked takes it back. Raises ``SamePerson`` when it is another, or ``Decided``."""
    if ending.asked_by_id != by.pk:
        raise SamePerson(str(ending.pk))
    if not _close(ending, now, agreed=False):
        raise Decided(str(ending.pk))
    audit.record("took back a leaving", ending, by=by, now=now)
    if ending.reply_by:
        _tell(ending.appointment, DROPPED, now, ending)


def tell_relieved(*, appointment: Appointment, now: datetime) -> None:
    """The news for somebody whose post another one takes over by a list that two agreed to."""
    _tell(appointment, OVER, now)


def heard_about(appointment: Appointment) -> Ending | None:
    """What is proposed about this person and what they know of."""
    return appointment.endings.filter(decided_at=None, reply_by__isnull=False).first()


def still_heard_until(ending: Ending, now: datetime) -> date | None:
    """The last day on which the person may answer, while that is to be waited for."""
    waits = ending.reply_by is not None and ending.replied_at is None and ending.reply_by >= day_of(now)
    return ending.reply_by if waits else None


def _close(ending: Ending, now: datetime, **values: object) -> bool:
    outbox.cancel(f"{ASKED}:{ending.appointment_id}:{ending.pk}")
    return bool(Ending.objects.filter(pk=ending.pk, decided_at=None).update(decided_at=now, **values))


def _tell(appointment: Appointment, template: str, now: datetime, ending: Ending | None = None) -> None:
    """The person, with the personal link."""
    told = letters.notice(
        appointment=appointment,
        template=template,
        now=now,
        useful_until=now + TELL_FOR,
        when=str(ending.pk) if ending else "",
        day=ending.reply_by if ending else None,
    )
    outbox.queue([told])


def _tell_of_the_end(appointment: Appointment, now: datetime) -> None:
    """The person; and of the chair of a committee whoever looks after the place."""
    _tell(appointment, OVER, now)
    seat = appointment.seat
    near = above.incharges(seat.unit, now) if seat.post.role == Role.CONVENER else []
    if not near:
        return
    after = near[0]
    page = addresses.whole("committees:committee", seat.unit.path, language=after.person.language)
    told = letters.notice(
        appointment=after,
        template=VACANT,
        now=now,
        useful_until=now + TELL_FOR,
        when=str(appointment.pk),
        page=page,
        seat=seat,
    )
    outbox.queue([told])
