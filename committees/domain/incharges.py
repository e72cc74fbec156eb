"""Who looks after a unit: in-charges, assigned by the level above."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from committees.domain import forming, seats
from committees.levels import Role
from committees.models import Appointment, Seat, Unit
from portal import people
from portal.models import Person, User


class Nobody(Exception):
    """Neither a person nor a newcomer was named."""


class NoSuchPost(Exception):
    """No post of this level is an in-charge's."""


@transaction.atomic
def assign(
    *,
    district: Unit,
    person: Person | None,
    term_ends: date | None,
    by: User | None,
    now: datetime,
    form_by: date | None = None,
    instead_because: str = "",
    newcomer: tuple[str, str] | None = None,
) -> Appointment:
    """Make ``person`` the in-charge of this unit; without one the ``newcomer`` (phone, name).

    With ``instead_because`` the present in-charge is relieved for that
    reason first; without it ``seats.SeatTaken`` is raised when there is one.
    Raises as ``seats.seat`` does, ``people.AnotherName``, and ``NoSuchPost``.
    """
    if person is None:
        if newcomer is None:
            raise Nobody(district.pk)
        person = people.know(phone=newcomer[0], name=newcomer[1], now=now)
    chair = chair_of(district)
    if chair is None:
        forming.make_seats(unit=district, by=by, now=now)
        chair = chair_of(district)
    if chair is None:
        raise NoSuchPost(district.level)
    if instead_because:
        for present in Appointment.objects.filter(seat=chair, until=None).select_related("letter"):
            seats.end(appointment=present, reason=instead_because, by=by, now=now)
    return seats.seat(person=person, seat=chair, by=by, now=now, term_ends=term_ends, form_by=form_by)


def chair_of(unit: Unit) -> Seat | None:
    """The in-charge's chair of this unit."""
    chairs = unit.seats.filter(post__role=Role.INCHARGE).select_related("post", "unit__district")
    return chairs.order_by("post__order", "number").first()


def candidates(district: Unit) -> QuerySet[Person]:
    """People who sit somewhere now, with what speaks for and against each.

    ``load`` counts units they look after already; ``at_home`` their seats in
    this very unit. Those with the least load come first.
    """
    open_ones = Q(appointments__until=None)
    sits = Person.objects.filter(appointments__isnull=False, appointments__until=None).values("pk")
    return (
        Person.objects.filter(pk__in=sits)
        .annotate(
            load=Count(
                "appointments", filter=open_ones & Q(appointments__seat__post__role=Role.INCHARGE), distinct=True
            ),
            at_home=Count("appointments", filter=open_ones & district.reach("appointments__seat__unit"), distinct=True),
        )
        .order_by("load", "name_key", "pk")
    )
