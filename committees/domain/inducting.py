"""Seats a person by mobile number: someone we know, or someone we meet here for the first time."""

from datetime import date, datetime

from django.db import transaction

from committees.domain import seats
from committees.models import Appointment, Seat
from portal import people
from portal.models import Person, User

SHARES = 4  # people on one phone


class PhoneFull(Exception):
    """Four people are known on this phone already."""


@transaction.atomic
def induct(
    *,
    seat: Seat,
    phone: str,
    share: int | None,
    name: str = "",
    gender: str = "U",
    birth_year: int | None = None,
    by: User | None,
    now: datetime,
    term_ends: date | None = None,
) -> Appointment:
    """Appoint the person ``share`` of this phone; with ``share=None`` a new person called ``name``.

    Raises ``PhoneFull`` and whatever ``seats.seat`` raises; then the new
    person is not kept either.
    """
    person = meet(phone=phone, share=share, name=name, gender=gender, birth_year=birth_year, now=now)
    return seats.seat(person=person, seat=seat, by=by, now=now, term_ends=term_ends)


def meet(
    *, phone: str, share: int | None, name: str = "", gender: str = "U", birth_year: int | None = None, now: datetime
) -> Person:
    """The person ``share`` of this phone; with ``share=None`` a new one called ``name``. Raises ``PhoneFull``."""
    known = {person.share: person for person in on_phone(phone)}
    if share is not None and share in known:
        return known[share]
    free = next((number for number in range(SHARES) if number not in known), None)
    if free is None:
        raise PhoneFull(phone)
    return people.know(phone=phone, name=name, share=free, now=now, gender=gender, birth_year=birth_year)


def on_phone(phone: str) -> list[Person]:
    """Whom we know on this phone (one spelling), the phone's own person first."""
    return list(Person.objects.filter(phone=phone).order_by("share"))
