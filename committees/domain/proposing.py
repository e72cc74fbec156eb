"""A proposal on its way: lines are written, it is sent, sent back with reasons, approved.

Consent of those proposed stands in ``consenting``, their appointment in ``publishing``.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from committees.domain import telling
from committees.levels import Level, Role
from committees.models import Appointment, Nomination, Proposal, Seat, Unit
from committees.models.formation import Purpose
from committees.states import MOVES, OPEN, WRITABLE, ProposalStatus
from portal import audit, outbox, transitions
from portal.models import Person, User

NO_LINE = datetime.min.replace(tzinfo=UTC)  # what was seen where no line stood
BY_TWO = (Level.STATE, Level.DISTRICT)  # whose committees a second person approves


class Fixed(Exception):
    """The proposal is with those who approve, or done: no line changes now."""


class Stale(Exception):
    """A colleague wrote in the meantime: what was seen no longer stands there."""


class WrongSeat(Exception):
    """This seat is no part of what is proposed."""


class AlreadyThere(Exception):
    """This person holds the seat already, or nobody does who could leave it."""


class LineDone(Exception):
    """The line has become an appointment; the next amendment may change it."""


class Empty(Exception):
    """There is no line that could be sent."""


class SamePerson(Exception):
    """Who made the proposal does not approve it."""


class NoReason(Exception):
    """Sending back needs a reason, for the whole or for a line."""


@transaction.atomic
def begin(
    *,
    unit: Unit,
    purpose: str,
    by: User,
    now: datetime,
    term_ends: date | None = None,
    form_by: date | None = None,
) -> Proposal:
    """The open proposal of this unit, or a new one numbered as the next amendment.

    The dates are those of a new one; an open one keeps its own. Two colleagues
    who begin at once work on the same.
    """
    open_one = open_of(unit, purpose)
    if open_one is not None:
        return open_one
    earlier = Proposal.objects.filter(unit=unit, purpose=purpose, status=ProposalStatus.PUBLISHED)
    proposal = Proposal(
        unit=unit,
        purpose=purpose,
        number=earlier.count(),
        needs_second=purpose == Purpose.INCHARGES or unit.level in BY_TWO,
        term_ends=term_ends,
        form_by=form_by,
        made_by=by,
        made_at=now,
    )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError:
        return Proposal.objects.select_related("unit").get(unit=unit, purpose=purpose, status__in=OPEN)
    audit.record("began", proposal, by=by, now=now, unit=unit.pk, number=proposal.number)
    return proposal


@transaction.atomic
def nominate(
    *,
    proposal: Proposal,
    seat: Seat,
    person: Person | None,
    by: User,
    now: datetime,
    note: str = "",
    reasons: Iterable[object] = (),
    is_locked: bool = False,
    seen: datetime | None = None,
) -> Nomination:
    """Write the line of this seat, in place of an earlier one; without ``person`` the seat is to be emptied.

    Another person starts without an answer. ``seen`` is when the line that
    the writer saw was made, or ``NO_LINE``. Raises ``Fixed``, ``WrongSeat``, ``AlreadyThere``,
    ``LineDone``, and ``Stale`` when the line is another one than was seen.
    """
    _write(proposal)
    _check_seat(proposal, seat)
    holder = Appointment.objects.current(now).filter(seat=seat).values_list("person", flat=True).first()
    if holder == (person.pk if person else None):
        raise AlreadyThere(str(seat.pk))
    line = Nomination.objects.filter(proposal=proposal, seat=seat).first()
    if line is not None and line.appointment_id is not None:
        raise LineDone(str(line.pk))
    if seen is not None and seen != (line.made_at if line else NO_LINE):
        raise Stale(str(seat.pk))
    if line is None or line.person_id != (person.pk if person else None):
        former = line
        line = Nomination(proposal=proposal, seat=seat, person=person)
        if former is not None:
            _take_back_question(former)
            line.pk = former.pk
    line.note, line.reasons, line.is_locked, line.returned_because = note, list(reasons), is_locked, ""
    line.by, line.made_at = by, now
    line.save()
    audit.record("nominated", line, by=by, now=now, seat=seat.pk)
    return line


@transaction.atomic
def set_term(*, proposal: Proposal, term_ends: date | None, by: User, now: datetime) -> None:
    """Until when those proposed are to serve. Raises ``Fixed``."""
    if proposal.term_ends == term_ends:
        return
    _write(proposal)
    proposal.term_ends = term_ends
    proposal.save(update_fields=["term_ends"])
    audit.record("set the term", proposal, by=by, now=now)


@transaction.atomic
def drop(*, nomination: Nomination, by: User, now: datetime, seen: int | None = None) -> None:
    """Take the line out of the list as it was ``seen`` (its version). Raises ``Stale``, ``Fixed`` or ``LineDone``."""
    _as_seen(nomination.proposal, seen)
    _write(nomination.proposal)
    _take_back_question(nomination)
    audit.record("dropped", nomination, by=by, now=now, seat=nomination.seat_id)
    gone, _kinds = Nomination.objects.filter(pk=nomination.pk, appointment=None).delete()
    if not gone:
        raise LineDone(str(nomination.pk))


@transaction.atomic
def send(*, proposal: Proposal, by: User, now: datetime, seen: int | None = None) -> None:
    """Lay the proposal before those who approve. The sender answers for it from now on.

    What was set aside for an earlier wording is not for this one. Whose time somewhere it would end is not for
    one person to decide: such a list needs a second one at every level.

    ``seen`` is the version the sender saw. Raises ``Empty``, ``Stale``,
    ``transitions.NotAllowed`` or ``transitions.Stale``.
    """
    _as_seen(proposal, seen)
    lines = left(proposal)
    if not lines.exists():
        raise Empty(str(proposal.pk))
    if lines.filter(seat__appointments__in=Appointment.objects.current(now).accepted()).exists():
        proposal.needs_second = True
    proposal.nominations.exclude(returned_because="").update(returned_because="")
    values = {"made_by": by, "sent_at": now, "returned_because": "", "decided_by": None, "decided_at": None}
    values |= {"needs_second": proposal.needs_second, "override_reason": "", "override_by": None}
    transitions.move(proposal, to=ProposalStatus.SENT, table=MOVES, by=by, now=now, **values)


@transaction.atomic
def take_back(*, proposal: Proposal, by: User, now: datetime) -> None:
    """Back to a draft: before the answer, or to write anew what is left of a list published in part.

    Raises as ``transitions.move`` does.
    """
    values = {"sent_at": None, "decided_by": None, "decided_at": None}
    transitions.move(proposal, to=ProposalStatus.DRAFT, table=MOVES, by=by, now=now, **values)


@transaction.atomic
def send_back(
    *,
    proposal: Proposal,
    because: str,
    reasons: Mapping[int, str],
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Return the proposal: ``because`` for the whole, ``reasons`` by the key of each line. Its maker is told.

    Raises ``NoReason``, ``Stale`` and as ``transitions.move`` does.
    """
    told = {pk: words.strip() for pk, words in reasons.items() if words.strip()}
    if not because.strip() and not told:
        raise NoReason(str(proposal.pk))
    _as_seen(proposal, seen)
    values = {"decided_by": None, "decided_at": None, "returned_because": because.strip()}
    transitions.move(proposal, to=ProposalStatus.RETURNED, table=MOVES, by=by, now=now, **values)
    for line in proposal.nominations.filter(pk__in=told):
        Nomination.objects.filter(pk=line.pk).update(returned_because=told[line.pk])
    telling.tell_maker(proposal=proposal, template="proposal_returned", now=now)


@transaction.atomic
def approve(*, proposal: Proposal, by: User, now: datetime, override_reason: str = "", seen: int | None = None) -> None:
    """Say yes to the proposal; with ``override_reason`` the least representation is set aside. Its maker is told.

    Raises ``SamePerson`` when a second person is needed, ``Stale``, and as
    ``transitions.move`` does.
    """
    if proposal.needs_second and by.pk == proposal.made_by_id:
        raise SamePerson(str(proposal.pk))
    _as_seen(proposal, seen)
    values = {"decided_by": by, "decided_at": now}
    transitions.move(proposal, to=ProposalStatus.APPROVED, table=MOVES, by=by, now=now, **values)
    if override_reason.strip():
        set_aside(proposal=proposal, reason=override_reason, by=by, now=now)
    if by.pk != proposal.made_by_id:
        telling.tell_maker(proposal=proposal, template="proposal_approved", now=now)


@transaction.atomic
def set_aside(*, proposal: Proposal, reason: str, by: User, now: datetime) -> None:
    """Let this approved list be published without the least representation, for a reason.

    Raises ``NoReason``, ``SamePerson`` as ``approve`` does, and ``Stale`` when the list is not approved any more.
    """
    if not reason.strip():
        raise NoReason(str(proposal.pk))
    if proposal.needs_second and by.pk == proposal.made_by_id:
        raise SamePerson(str(proposal.pk))
    said = {"override_reason": reason.strip(), "override_by": by}
    if not Proposal.objects.filter(pk=proposal.pk, status=ProposalStatus.APPROVED).update(**said):
        raise Stale(str(proposal.pk))
    proposal.override_reason, proposal.override_by = reason.strip(), by
    audit.record("set the rules aside", proposal, by=by, now=now)


@transaction.atomic
def discard(*, proposal: Proposal, by: User, now: datetime, seen: int | None = None) -> None:
    """Give the proposal up; nobody is asked any more. Raises ``Stale`` and as ``transitions.move`` does."""
    _as_seen(proposal, seen)
    transitions.move(proposal, to=ProposalStatus.DROPPED, table=MOVES, by=by, now=now)
    for line in proposal.nominations.filter(appointment=None):
        _take_back_question(line)


def open_of(unit: Unit, purpose: str = Purpose.COMMITTEE) -> Proposal | None:
    """The proposal of this unit that is on its way."""
    return Proposal.objects.filter(unit=unit, purpose=purpose, status__in=OPEN).select_related("unit").first()


def left(proposal: Proposal) -> QuerySet[Nomination]:
    """The lines that have become nothing yet: somebody to be seated, or to be taken out of a seat."""
    sits = Exists(Appointment.objects.filter(seat=OuterRef("seat"), until=None))
    rows = proposal.nominations.filter(Q(appointment=None, person__isnull=False) | Q(person=None) & sits)
    return rows.select_related("person", "seat__post", "seat__unit").order_by("seat__post__order", "seat__number", "pk")


def _check_seat(proposal: Proposal, seat: Seat) -> None:
    """A committee's own chairs; or an in-charge's chair at or below the unit."""
    if proposal.purpose == Purpose.COMMITTEE:
        fits = seat.unit_id == proposal.unit_id and seat.post.in_committee
    else:
        fits = seat.post.role == Role.INCHARGE and Unit.objects.under(proposal.unit).filter(pk=seat.unit_id).exists()
    if not fits:
        raise WrongSeat(str(seat.pk))


def _write(proposal: Proposal) -> None:
    """Note that a line changes, and hold others off this proposal until that is done. Raises ``Fixed``."""
    writable = Proposal.objects.filter(pk=proposal.pk, status__in=WRITABLE)
    if not writable.update(version=F("version") + 1):
        raise Fixed(str(proposal.pk))


def _as_seen(proposal: Proposal, seen: int | None) -> None:
    """Raises ``Stale`` when a line changed since the version that was seen."""
    as_seen = Proposal.objects.filter(pk=proposal.pk, **({} if seen is None else {"version": seen}))
    if not as_seen.update(version=F("version") + 1):
        raise Stale(str(proposal.pk))


def _take_back_question(nomination: Nomination) -> None:
    outbox.cancel(f"nomination:{nomination.pk}")
