"""Who looks after the districts: suggested, chosen, laid before a second person, and only then told."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from committees.domain import candidacy, forming, proposing, publishing, staffing
from committees.domain.candidacy import APPLIED, PASSED, Known
from committees.domain.matching import Choice, Reason, Rules
from committees.domain.staffing import Chair, Table
from committees.levels import Level, Role
from committees.models import Appointment, Nomination, Proposal, Seat, Unit
from committees.models.formation import Purpose
from committees.states import WRITABLE
from portal import people
from portal.models import Person, User


class Nobody(Exception):
    """Nobody is left who could be named here, or nobody was named."""


class NoSuchPost(Exception):
    """No post of this level is an in-charge's."""


class NoReason(Exception):
    """Who sits in the chair leaves it for a reason, or not at all."""


@transaction.atomic
def fill(*, top: Unit, rules: Rules, anew: bool = False, by: User, now: datetime) -> int:
    """Write the best choice for the whole into the empty lines of the list; how many.

    ``anew`` also gives the lines again that nobody locked or chose by hand.
    Raises ``proposing.Fixed`` when the list is with those who approve.
    """
    proposal = proposing.begin(unit=top, purpose=Purpose.INCHARGES, by=by, now=now)
    if proposal.status not in WRITABLE:
        raise proposing.Fixed(str(proposal.pk))
    for district in Unit.objects.under(top).filter(level=Level.DISTRICT).exclude(seats__post__role=Role.INCHARGE):
        forming.make_seats(unit=district, by=by, now=now)
    written = proposal.nominations.filter(is_locked=False, person__isnull=False) if anew else []
    loose = {line.pk: line for line in written}
    found = staffing.table(top=top, rules=rules, user=by, now=now, freed=loose)
    former = {line.seat_id: line for line in loose.values()}
    chosen = found.suggest([chair for chair in found.chairs if chair.is_vacant])
    for chair in found.chairs:
        line, choice = former.get(chair.seat.pk), chosen.get(chair.seat.pk)
        if choice is not None:
            known = found.known[choice.candidate.key]
            _write(proposal, chair, known, _kept(choice.reasons, line), by=by, now=now, is_locked=False)
        elif line is not None:
            proposing.drop(nomination=line, by=by, now=now)
    return len(chosen)


@transaction.atomic
def choose(*, top: Unit, seat: Seat, key: str, rules: Rules, note: str = "", by: User, now: datetime) -> Nomination:
    """Write this candidate (``Known`` by key) into the list by hand: suggestions leave the line alone from now on.

    Raises ``Nobody`` when the key is nobody's, ``NoReason`` without a
    ``note`` for a chair in which somebody sits, and as ``proposing.nominate``.
    """
    found = staffing.table(top=top, rules=rules, user=by, now=now)
    chair, known = _chair(found, seat.pk), found.known.get(key)
    if known is None:
        raise Nobody(key)
    if chair.holder is not None and not note.strip():
        raise NoReason(str(seat.pk))
    proposal = proposing.begin(unit=top, purpose=Purpose.INCHARGES, by=by, now=now)
    reasons = _kept(found.explain(chair, known.candidate), chair.line)
    return _write(proposal, chair, known, reasons, by=by, now=now, is_locked=True, note=note.strip())


@transaction.atomic
def swap(*, one: Nomination, other: Nomination, rules: Rules, by: User, now: datetime) -> None:
    """These two people change districts. Raises ``Nobody`` and as ``proposing.nominate``."""
    found = staffing.table(top=one.proposal.unit, rules=rules, user=by, now=now, freed=[one.pk, other.pk])
    persons = {one.seat_id: other.person, other.seat_id: one.person}
    for line in (one, other):
        person = persons[line.seat_id]
        known = found.known.get(candidacy.key_of(person)) if person else None
        if known is None:
            raise Nobody(str(line.pk))
        chair = _chair(found, line.seat_id)
        reasons = _kept(found.explain(chair, known.candidate), line)
        _write(line.proposal, chair, known, reasons, by=by, now=now, is_locked=True, note=line.note)


@transaction.atomic
def lock(*, line: Nomination, locked: bool, by: User, now: datetime) -> None:
    """Keep the line when suggestions are made again, or let it go. Raises as ``proposing.nominate``."""
    words = {"note": line.note, "reasons": line.reasons, "is_locked": locked}
    proposing.nominate(proposal=line.proposal, seat=line.seat, person=line.person, by=by, now=now, **words)


@transaction.atomic
def pass_over(*, line: Nomination, rules: Rules, by: User, now: datetime) -> Choice | None:
    """Not this person here: the next best takes the line, or nobody. Raises as ``proposing.nominate``."""
    gone = [*candidacy.passed_over(line), *([line.person_id] if line.person_id else [])]
    line.reasons = [{"what": PASSED, "people": gone}]
    found = staffing.table(top=line.proposal.unit, rules=rules, user=by, now=now, freed=[line.pk])
    chair = _chair(found, line.seat_id)
    barred = {f"p{pk}" for pk in gone}
    best = next((one for one in found.best(chair, len(gone) + 1) if one.candidate.key not in barred), None)
    if best is None:
        proposing.drop(nomination=line, by=by, now=now)
        return None
    reasons = _kept(best.reasons, line)
    known = found.known[best.candidate.key]
    _write(line.proposal, chair, known, reasons, by=by, now=now, is_locked=False, note=line.note)
    return best


@transaction.atomic
def send(
    *,
    proposal: Proposal,
    term_ends: date | None,
    form_by: date | None,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Lay the list before a second person, with the dates that hold for all. Raises as ``proposing.send``."""
    proposal.term_ends, proposal.form_by = term_ends, form_by
    proposal.save(update_fields=["term_ends", "form_by"])
    proposing.send(proposal=proposal, by=by, now=now, seen=seen)


@transaction.atomic
def release(*, proposal: Proposal, by: User, now: datetime, seen: int | None = None) -> list[Appointment]:
    """The second person's yes: letters leave, each is asked to accept. Raises as ``approve`` and ``publish``."""
    proposing.approve(proposal=proposal, by=by, now=now, seen=seen)
    return publishing.publish(proposal=proposal, by=by, now=now)


@transaction.atomic
def propose_one(
    *,
    district: Unit,
    who: Person | Known | tuple[str, str],
    term_ends: date | None,
    by: User,
    now: datetime,
    form_by: date | None = None,
    instead_because: str = "",
    reasons: Iterable[Reason] = (),
    seat: Seat | None = None,
) -> Proposal:
    """One district's in-charge, laid before a second person: somebody known, a candidate, or (phone, name).

    Without ``seat`` the chair that ``chair_of`` names. Raises ``NoReason`` when somebody sits there and no
    reason is given, ``NoSuchPost``, ``people.AnotherName`` and as ``proposing.nominate``.
    """
    chair = seat or chair_of(district)
    if chair is None:
        forming.make_seats(unit=district, by=by, now=now)
        chair = chair_of(district)
    if chair is None:
        raise NoSuchPost(district.level)
    if not instead_because.strip() and Appointment.objects.current(now).filter(seat=chair).exists():
        raise NoReason(str(chair.pk))
    proposal = proposing.begin(unit=district, purpose=Purpose.INCHARGES, by=by, now=now)
    proposing.nominate(
        proposal=proposal,
        seat=chair,
        person=_person(who, now),
        note=instead_because.strip(),
        reasons=[*reasons, *_applied(who)],
        is_locked=True,
        by=by,
        now=now,
    )
    send(proposal=proposal, term_ends=term_ends, form_by=form_by, by=by, now=now)
    return proposal


def chair_of(unit: Unit) -> Seat | None:
    """The in-charge's chair of this unit: the first one without anybody, else the first."""
    chairs = Seat.objects.open().filter(unit=unit, post__role=Role.INCHARGE).select_related("post", "unit__district")
    order = "post__order", "number"
    return chairs.vacant().order_by(*order).first() or chairs.order_by(*order).first()


def _chair(found: Table, seat: int) -> Chair:
    chair = next((chair for chair in found.chairs if chair.seat.pk == seat), None)
    if chair is None:
        raise proposing.WrongSeat(str(seat))
    return chair


def _kept(reasons: Iterable[Reason], line: Nomination | None) -> list[Reason]:
    """Reasons of the new choice; whom the office passed over in this line stays known."""
    gone = candidacy.passed_over(line) if line else []
    return [*reasons, *([{"what": PASSED, "people": gone, "points": 0}] if gone else [])]


def _write(
    proposal: Proposal, chair: Chair, known: Known, reasons: list[Reason], *, by: User, now: datetime,
    is_locked: bool, note: str = "",
) -> Nomination:  # fmt: skip
    return proposing.nominate(
        proposal=proposal,
        seat=chair.seat,
        person=_person(known, now),
        note=note,
        reasons=[*reasons, *_applied(known)],
        is_locked=is_locked,
        by=by,
        now=now,
    )


def _applied(who: Person | Known | tuple[str, str]) -> list[Reason]:
    """The application by which the person came: it is answered when the line has become an appointment."""
    if isinstance(who, Known) and who.applicant is not None:
        return [{"what": APPLIED, "key": who.applicant.key, "points": 0}]
    return []


def _person(who: Person | Known | tuple[str, str], now: datetime) -> Person:
    """An applicant, or a newcomer, becomes a person with the first line that names them."""
    if isinstance(who, Person):
        return who
    if isinstance(who, tuple):
        return people.know(phone=who[0], name=who[1], now=now)
    if who.person is not None:
        return who.person
    if who.applicant is None:
        raise Nobody(who.candidate.key)
    one = who.applicant
    details = {"gender": one.gender, "birth_year": one.birth_year, "language": one.language}
    return people.know(phone=one.phone, name=one.name, share=one.share, now=now, **details)
