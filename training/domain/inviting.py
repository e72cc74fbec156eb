"""Who is invited, who comes, and who moves up when a place becomes free.

Places are numbered from one to the workshop's capacity, and the database lets
one person hold a number. Whoever finds no free number waits. A batch of a series
invites some people more than it has seats, since some never answer.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q

from committees.models import Appointment
from portal import audit, outbox
from training.domain import qualifying, telling
from training.models import Answer, Enrolment, Workshop

A_SWEEP = 1000  # invitations to one workshop at a time; the next minute goes on
SAID = {Answer.NO: "not coming", Answer.WAITING: "waiting", Answer.OTHER: "another date"}
REMINDERS = ["workshop_2d", "workshop_2d_ask", "workshop_3h"]


class TooLate(Exception):
    """The workshop has begun, or will not be."""


class InAnother(Exception):
    """The person comes to another batch of the series."""


def invite_new_members(*, now: datetime) -> dict[str, int]:
    """Invite all who sit under a workshop's unit now and were not invited yet.

    A batch of a series invites as many as fill its seats (``_room``), of those who are to learn that
    (``qualifying.lacking``); everybody is in one batch of a series only, and gives it free by silence.
    Safe to run at any time, any number of times, side by side: one enrolment
    for a person and workshop. Also gives away places that two people's
    crossing answers left free.
    """
    done = {"invited": 0, "moved_up": 0, "lapsed": qualifying.lapse(now=now)}
    qualifying.let_go(now=now)
    for workshop in Workshop.objects.inviting(now).select_related("unit", "series").order_by("starts_at", "pk"):
        done["invited"] += _invite(workshop, now)
        done["moved_up"] += fill_places(workshop=workshop, now=now)
    return done


@transaction.atomic
def _invite(workshop: Workshop, now: datetime) -> int:
    people = whom(workshop=workshop, now=now)
    Enrolment.objects.bulk_create(
        [Enrolment(workshop=workshop, person_id=person, invited_at=now, batch_of=workshop.series) for person in people],
        ignore_conflicts=True,
    )
    invited = workshop.enrolments.filter(person__in=people, invited_at=now).select_related("person", "workshop")
    _tell(invited, "workshop_invited", now)
    return len(people)


def whom(*, workshop: Workshop, now: datetime) -> list[int]:
    """The people whom the next sweep invites, by key: those who sit longest come first."""
    sitting = Appointment.objects.current(now).under(workshop.unit)
    if workshop.level:
        sitting = sitting.filter(seat__unit__level=workshop.level)
    known = Enrolment.objects.filter(workshop=workshop, person=OuterRef("person"))
    rows, room = sitting.exclude(Exists(known)), A_SWEEP
    if workshop.series:
        rows = qualifying.lacking(sitting=rows, series=workshop.series, now=now)
        room = _room(workshop)
    people = rows.order_by("since", "pk").values_list("person", flat=True)
    return list(dict.fromkeys(people[:A_SWEEP]))[:room]


def _room(workshop: Workshop) -> int:
    """So many more invitations fill the seats that nobody has said yes to, when the expected share stays silent."""
    said_yes = Count("pk", Q(answer__in=[Answer.YES, Answer.WAITING]))
    numbers = workshop.enrolments.aggregate(said_yes=said_yes, asked=Count("pk", Q(answer=Answer.NONE, lapsed_at=None)))
    wanted = (workshop.capacity - numbers["said_yes"]) * 100 // (100 - workshop.absent_share)
    return max(0, min(A_SWEEP, wanted - numbers["asked"]))


@transaction.atomic
def answer(*, enrolment: Enrolment, coming: bool, now: datetime) -> Enrolment:
    """The person's own yes or no, as often as they change their mind.

    A yes takes the lowest free place; when there is none, the person waits,
    and a no lets the longest waiting move up. The same answer again changes
    nothing. Raises ``TooLate`` or ``InAnother``.
    """
    in_time(enrolment=enrolment, now=now)
    if coming and enrolment.answer not in {Answer.YES, Answer.WAITING}:
        _hold(enrolment)
        if not _take_place(enrolment, now, answered_at=now):
            _set(enrolment, Answer.WAITING, now)
    elif not coming:
        leave(enrolment=enrolment, to=Answer.NO, now=now)
    return enrolment


def in_time(*, enrolment: Enrolment, now: datetime) -> None:
    """Raises ``TooLate`` when the answer can no longer be changed; else looks how it stands now."""
    workshop = enrolment.workshop
    if workshop.cancelled_at or workshop.starts_at <= now:
        raise TooLate(workshop.slug)
    enrolment.refresh_from_db(fields=["answer", "place_number", "batch_of"])


@transaction.atomic
def leave(*, enrolment: Enrolment, to: Answer, now: datetime) -> None:
    """The person does not come, or wants another date (``to``): the place is free for who waits longest."""
    if enrolment.answer == to:
        return
    _set(enrolment, to, now)
    for template in [*REMINDERS, "workshop_place"]:  # whoever said no is not reminded
        outbox.cancel(telling.prefix(template, enrolment.workshop, enrolment))
    if to == Answer.OTHER:
        Enrolment.objects.filter(pk=enrolment.pk).update(batch_of=None)
        enrolment.batch_of_id = None
    fill_places(workshop=enrolment.workshop, now=now)


def _hold(enrolment: Enrolment) -> None:
    """Make this the person's batch of the series again. Raises ``InAnother``.

    Also where it is theirs as far as we know: what lapses at this moment waits for this row, then finds an answer.
    """
    series = enrolment.workshop.series_id
    if series is None:
        return
    try:
        with transaction.atomic():
            Enrolment.objects.filter(pk=enrolment.pk).update(batch_of=series)
    except IntegrityError:
        raise InAnother(enrolment.workshop.slug) from None
    enrolment.batch_of_id = series


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
    audit.record(SAID[to], enrolment, by=None, now=now)


def _tell(enrolments: Iterable[Enrolment], template: str, now: datetime, occasion: str = "") -> None:
    outbox.queue(
        telling.notice(
            enrolment=enrolment,
            template=template,
            now=now,
            useful_until=enrolment.workshop.starts_at,
            occasion=occasion,
        )
        for enrolment in enrolments
    )
