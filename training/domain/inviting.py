"""Who is invited, who comes, and who moves up when a place becomes free.

Places are numbered from one to the workshop's capacity, and the database lets
one person hold a number. Whoever finds no free number waits.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from committees.models import Appointment
from portal import audit, outbox
from training.domain import telling
from training.models import Answer, Enrolment, Workshop

A_SWEEP = 1000  # invitations to one workshop at a time; the next minute goes on
REMINDERS = ["workshop_2d", "workshop_2d_ask", "workshop_3h"]


class TooLate(Exception):
    """The workshop has begun, or will not be."""


def invite_new_members(*, now: datetime) -> dict[str, int]:
    """Invite all who sit under a workshop's unit now and were not invited yet.

    Safe to run at any time, any number of times, side by side: one enrolment
    for a person and workshop. Also gives away places that two people's
    crossing answers left free.
    """
    done = {"invited": 0, "moved_up": 0}
    for workshop in Workshop.objects.inviting(now).select_related("unit"):
        done["invited"] += _invite(workshop, now)
        done["moved_up"] += fill_places(workshop=workshop, now=now)
    return done


@transaction.atomic
def _invite(workshop: Workshop, now: datetime) -> int:
    people = _to_invite(workshop, now)
    Enrolment.objects.bulk_create(
        [Enrolment(workshop=workshop, person_id=person, invited_at=now) for person in people], ignore_conflicts=True
    )
    invited = workshop.enrolments.filter(person__in=people, invited_at=now).select_related("person", "workshop")
    _tell(invited, "workshop_invited", now)
    return len(people)


def _to_invite(workshop: Workshop, now: datetime) -> list[int]:
    """The people, by key: those who sit longest come first."""
    sitting = Appointment.objects.current(now).under(workshop.unit)
    if workshop.level:
        sitting = sitting.filter(seat__unit__level=workshop.level)
    known = Enrolment.objects.filter(workshop=workshop, person=OuterRef("person"))
    rows = sitting.exclude(Exists(known)).order_by("since", "pk").values_list("person", flat=True)
    return list(dict.fromkeys(rows[:A_SWEEP]))


@transaction.atomic
def answer(*, enrolment: Enrolment, coming: bool, now: datetime) -> Enrolment:
    """The person's own yes or no, as often as they change their mind.

    A yes takes the lowest free place; when there is none, the person waits,
    and a no lets the longest waiting move up. The same answer again changes
    nothing. Raises ``TooLate``.
    """
    workshop = enrolment.workshop
    if workshop.cancelled_at or workshop.starts_at <= now:
        raise TooLate(workshop.slug)
    enrolment.refresh_from_db(fields=["answer", "place_number"])
    if coming and enrolment.answer not in {Answer.YES, Answer.WAITING}:
        if not _take_place(enrolment, now, answered_at=now):
            _set(enrolment, Answer.WAITING, now)
    elif not coming and enrolment.answer != Answer.NO:
        _set(enrolment, Answer.NO, now)
        _take_back(enrolment)
        fill_places(workshop=workshop, now=now)
    return enrolment


@transaction.atomic
def fill_places(*, workshop: Workshop, now: datetime) -> int:
    """Let those who wait move up into free places and tell them. Returns how many did."""
    moved = 0
    for enrolment in workshop.enrolments.waiting_longest_first().select_related("person", "workshop"):
        if not _take_place(enrolment, now):
            break
        _tell([enrolment], "workshop_place", now, occasion=f"{now:%Y%m%d%H%M%S}")
        moved += 1
    return moved


def _take_place(enrolment: Enrolment, now: datetime, **also: datetime) -> bool:
    """Take the lowest free number; whoever is second at one number tries the next. False when all are taken."""
    while (place := _lowest_free(enrolment.workshop)) is not None:
        mine = Enrolment.objects.filter(pk=enrolment.pk).exclude(answer=Answer.YES)
        try:
            with transaction.atomic():
                taken = mine.update(answer=Answer.YES, place_number=place, **also)
        except IntegrityError:  # someone was quicker at this number
            continue
        if taken:
            audit.record("coming", enrolment, by=None, now=now)
        enrolment.refresh_from_db(fields=["answer", "answered_at", "place_number"])
        return True
    return False


def _lowest_free(workshop: Workshop) -> int | None:
    taken = set(workshop.enrolments.coming().values_list("place_number", flat=True))
    return next((number for number in range(1, workshop.capacity + 1) if number not in taken), None)


def _set(enrolment: Enrolment, to: Answer, now: datetime) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(answer=to, place_number=None, answered_at=now)
    enrolment.refresh_from_db(fields=["answer", "answered_at", "place_number"])
    audit.record("not coming" if to == Answer.NO else "waiting", enrolment, by=None, now=now)


def _take_back(enrolment: Enrolment) -> None:
    """Whoever said no is not reminded."""
    for template in [*REMINDERS, "workshop_place"]:
        outbox.cancel(telling.prefix(template, enrolment.workshop, enrolment))


def _tell(enrolments: Iterable[Enrolment], template: str, now: datetime, occasion: str = "") -> None:
    outbox.queue(
        notice
        for enrolment in enrolments
        for notice in telling.notices(
            enrolment=enrolment,
            template=template,
            now=now,
            useful_until=enrolment.workshop.starts_at,
            occasion=occasion,
        )
    )
