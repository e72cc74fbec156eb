"""Reading a whole mobile number: with a reason, written down, and noticed when it is very many."""

from datetime import datetime, timedelta

from django.db import models, transaction

from committees.levels import Role
from committees.models import Appointment
from portal import audit, outbox, personal
from portal.models import Event, Notice, Person, User

LOOKED_UP = "looked up by number"
READ = "read the number"
ALARM = "read very many numbers"
MANY = 50  # numbers within an hour that need no question
SPAN = timedelta(hours=1)
TELL_FOR = timedelta(days=1)


def watchers(*, now: datetime) -> list[Person]:
    """Who is told when something out of the ordinary happens: auditors and the state office."""
    rows = Appointment.objects.current(now).with_role(Role.AUDITOR, Role.STATE_OFFICE)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("pk"))


@transaction.atomic
def looked_up(*, persons: list[Person], by: User, now: datetime) -> None:
    """A number was typed, and names of those on it were shown: written down with each."""
    audit.record_many(LOOKED_UP, persons, by=by, now=now)


@transaction.atomic
def read_number(*, thing: models.Model, phone: str, why: str, words: str = "", by: User, now: datetime) -> str:
    """The whole number that belongs to ``thing``; who read it and why is written down.

    ``why`` is one of ``committees.forms.numbers.Why``, ``words`` its explanation.
    More than ``MANY`` within an hour alarm those who watch, once an hour.
    """
    audit.record(READ, thing, by=by, now=now, why=why, **({"words": words} if words else {}))
    count = Event.objects.filter(verb=READ, by=by, at__gt=now - SPAN).count()
    if count > MANY:
        _alarm(by, count, now)
    return phone


def _alarm(by: User, count: int, now: datetime) -> None:
    if Event.objects.filter(verb=ALARM, by=by, at__gt=now - SPAN).exists():
        return
    audit.record(ALARM, by, by=by, now=now, count=count)
    outbox.queue([_notice(by, count, person, now) for person in watchers(now=now) if person.pk != by.person_id])


def _notice(by: User, count: int, person: Person, now: datetime) -> Notice:
    return personal.sms(
        person,
        occasion=f"many_numbers:{by.pk}:{now:%Y%m%d%H%M}:{person.pk}",
        template="many_numbers",
        words=lambda: {"who": by.person.name, "count": count},
        now=now,
        useful_until=now + TELL_FOR,
    )
