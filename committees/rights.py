"""What each post may do, and what a deputy was lent of it. Who reaches which rows by it: ``committees.access``."""

from enum import StrEnum

from django.utils import timezone

from committees.levels import Role


class Right(StrEnum):
    VIEW = "view"  # units, committees, own reports
    REVIEW = "review"  # applications: read, shortlist
    READ = "read"  # applications one was given: read and mark, nothing else
    DRIVE = "drive"  # open a drive, make share links and posters
    PLAN = "plan"  # interview days: panels, slots, calls
    RECEIVE = "receive"  # reception: check in, call next
    SCORE = "score"  # own sheets
    DECIDE = "decide"  # results
    FORM = "form"  # seats of committees
    NOMINATE = "nominate"  # write and send a list for a committee below one's own
    ASSIGN = "assign"  # district in-charges
    TRAIN = "train"  # workshops
    BROADCAST = "broadcast"  # messages down the tree; a second person agrees
    READ_NUMBERS = "read_numbers"  # full phone numbers
    ASK = "ask"  # questions to the state office: an in-charge's own, all for the office
    AUDIT = "audit"  # the log
    ADMINISTER = "administer"  # Django admin


RIGHTS: dict[str, set[Right]] = {
    Role.ADMIN: {Right.ADMINISTER},
    Role.STATE_OFFICE: {
        Right.VIEW,
        Right.REVIEW,
        Right.READ,
        Right.DRIVE,
        Right.PLAN,
        Right.RECEIVE,
        Right.DECIDE,
        Right.FORM,
        Right.ASSIGN,
        Right.TRAIN,
        Right.BROADCAST,
        Right.ASK,
        Right.READ_NUMBERS,
    },
    Role.INCHARGE: {
        Right.VIEW,
        Right.REVIEW,
        Right.READ,
        Right.DRIVE,
        Right.DECIDE,
        Right.FORM,
        Right.BROADCAST,
        Right.ASK,
        Right.READ_NUMBERS,
    },
    Role.CONVENER: {Right.VIEW, Right.NOMINATE},
    Role.RECEPTION: {Right.RECEIVE},
    Role.TRAINER: set(),  # own workshops are a duty: Workshop.DUTIES
    Role.AUDITOR: {Right.VIEW, Right.AUDIT},
    Role.MEMBER: set(),
    Role.DEPUTY: set(),  # only what was lent: ``rights_of``
}
# What may be lent to a deputy, in the order it is offered. Deciding, assigning and the log stay with the post.
LENDABLE = (
    Right.VIEW,
    Right.REVIEW,
    Right.READ_NUMBERS,
    Right.DRIVE,
    Right.FORM,
    Right.PLAN,
    Right.RECEIVE,
    Right.TRAIN,
)
# What an administrator may look at while a second person's word lasts (``portal.emergencies``).
IN_AN_EMERGENCY = {Right.REVIEW, Right.READ_NUMBERS, Right.DECIDE}


def rights_of(appointment, now=None):
    """All that this appointment carries: what its post does, or what was lent and the giver still has."""
    role = appointment.seat.post.role
    if role == Role.DEPUTY:
        return _lent(appointment, now)
    return RIGHTS[role] | IN_AN_EMERGENCY if getattr(appointment, "in_emergency", False) else RIGHTS[role]


def _lent(appointment, now):
    giver = appointment.lent_by
    if giver is None or not is_current(giver, now) or not reaches(giver, appointment.seat.unit):
        return set()
    if _is_shut_out(giver.person):
        return set()
    return {right for right in lendable(giver) if right in appointment.lent_rights}


def _is_shut_out(person):
    """Was the person's sign-in closed? Who never had one is not shut out."""
    user = getattr(person, "user", None)
    return user is not None and not user.is_active


def lendable(appointment):
    """What may be lent of this appointment, in the order it is offered; nothing of what was itself lent.

    An auditor's look is their own: they are named by the state office.
    """
    if appointment.seat.post.role == Role.AUDITOR:
        return []
    return [right for right in LENDABLE if right in RIGHTS[appointment.seat.post.role]]


def is_current(appointment, now=None):
    """Neither ended nor past its last day: the same as ``AppointmentQuerySet.current`` says of rows."""
    over = appointment.term_ends is not None and appointment.term_ends < timezone.localdate(now)
    return appointment.until is None and not over


def reaches(appointment, unit):
    """Does the unit lie at or below the appointment's?"""
    top = appointment.seat.unit
    return unit.pk == top.pk or getattr(unit, f"{top.level}_id", None) == top.pk


def right_to_fill(post):
    """Which right seats somebody on this post: rights are given away only by those who may.

    ``None`` for a deputy, who is seated by being lent something.
    """
    if post.in_committee:
        return Right.FORM
    if post.role == Role.DEPUTY:
        return None
    return Right.ASSIGN if post.role == Role.INCHARGE else Right.ADMINISTER
