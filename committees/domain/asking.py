"""An in-charge asks the state office; both write on until one closes it. Nobody is left without an answer."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from committees.levels import Role
from committees.models import Appointment, Thread, ThreadLine, Unit
from portal import addresses, audit, names, outbox, personal
from portal.models import Notice, Person, User

LONGEST = 1000
TELL_FOR = timedelta(days=7)
ANSWERED = "office_answered"


class Empty(Exception):
    """Not a word."""


class Closed(Exception):
    """Somebody closed the question before."""


class Unanswered(Exception):
    """The office closes no question that waits for its answer."""


@transaction.atomic
def ask(*, unit: Unit, about: Unit | None, words: str, key: str, by: User, now: datetime) -> Thread:
    """Ask from the unit that one looks after. ``key`` came with the form: sent again it is the same question.

    Raises ``Empty``.
    """
    try:
        with transaction.atomic():
            thread = Thread.objects.create(unit=unit, about=about, asked_by=by, asked_at=now, seen_at=now)
            _line(thread, words, key, by, now, from_office=False)
    except IntegrityError:
        return Thread.objects.get(lines__key=_key(key, by))
    audit.record("asked the state office", thread, by=by, now=now, unit=unit.pk)
    return thread


@transaction.atomic
def write(*, thread: Thread, words: str, key: str, from_office: bool, by: User, now: datetime) -> None:
    """One more line, once a ``key``; the office's is told to whoever asked. Raises ``Closed`` or ``Empty``."""
    held = _held(thread)
    if held.lines.filter(key=_key(key, by)).exists():
        return
    if held.closed_at is not None:
        raise Closed(str(thread.pk))
    _line(thread, words, key, by, now, from_office=from_office)
    if from_office:
        _tell(thread, now)
        audit.record("answered a question", thread, by=by, now=now)
    else:
        audit.record("wrote on in a question", thread, by=by, now=now)


@transaction.atomic
def close(*, thread: Thread, from_office: bool, by: User, now: datetime) -> None:
    """Nothing is written any more. Raises ``Closed``, or ``Unanswered`` of the office."""
    if _held(thread).closed_at is not None:
        raise Closed(str(thread.pk))
    if from_office and thread.lines.unanswered().exists():
        raise Unanswered(str(thread.pk))
    Thread.objects.filter(pk=thread.pk).update(closed_at=now, closed_by=by)
    audit.record("closed a question", thread, by=by, now=now)


def see(*, thread: Thread, now: datetime) -> None:
    """Who asked looked at it: what was answered is no news any more, and no SMS has to tell of it."""
    if Thread.objects.news().filter(pk=thread.pk).exists():
        Thread.objects.filter(pk=thread.pk).update(seen_at=now)
        outbox.cancel(f"{ANSWERED}:{thread.pk}:")


def _line(thread: Thread, words: str, key: str, by: User, now: datetime, *, from_office: bool) -> None:
    said = names.paragraphs(words)[:LONGEST]
    if not said:
        raise Empty(str(thread.pk))
    ThreadLine.objects.create(key=_key(key, by), thread=thread, by=by, from_office=from_office, words=said, made_at=now)


def _key(key: str, by: User) -> str:
    return f"{by.pk}:{key}"[:60]


def _held(thread: Thread) -> Thread:
    """The row as it is, held: nobody closes it or presses again meanwhile."""
    return Thread.objects.select_for_update().get(pk=thread.pk)


def _tell(thread: Thread, now: datetime) -> None:
    """One SMS for each time that somebody asked, however many lines the office needs."""
    asked = thread.lines.filter(from_office=False).latest("pk")
    outbox.queue(_notice(thread, asked, person, now) for person in _who_asks(thread, now))


def _notice(thread: Thread, asked: ThreadLine, person: Person, now: datetime) -> Notice:
    page = addresses.whole("committees:thread", str(thread.pk), language=person.language)
    return personal.sms(
        person,
        occasion=f"{ANSWERED}:{thread.pk}:{asked.pk}:{person.pk}",
        template=ANSWERED,
        words=lambda: {"url": page},
        now=now,
        useful_until=now + TELL_FOR,
    )


def _who_asks(thread: Thread, now: datetime) -> list[Person]:
    """Who asked, while they look after the unit; then those who came after them."""
    rows = Appointment.objects.current(now).with_role(Role.INCHARGE).filter(seat__unit=thread.unit)
    there = [row.person for row in rows.select_related("person").order_by("pk")]
    asker = thread.asked_by.person
    return [asker] if asker in there else there
