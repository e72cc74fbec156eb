"""Those proposed are asked by a personal link, and answer there: yes, or no with a reason."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from committees.days import day_of
from committees.models import Nomination
from committees.states import OPEN
from portal import addresses, audit, outbox, personal, personal_links
from portal.models import Notice, Person, User

SALT = "committees.nomination"
ASK_FOR = timedelta(days=7)


class BadLink(Exception):
    """Not a personal link of ours, or the line has another name by now."""


class NotAsked(Exception):
    """There is nobody to ask, or nothing to ask any more."""


class Over(Exception):
    """The line has become an appointment, or the proposal was given up."""


class NoReason(Exception):
    """A no needs a reason in words."""


def token_of(nomination: Nomination) -> str:
    """What a personal link carries: which line, and a proof that we wrote it for this person."""
    return personal_links.token(nomination.pk, person_key=_person(nomination).link_key, salt=SALT)


def link_for(nomination: Nomination) -> str:
    """The address of the personal page on which this person says yes or no."""
    return addresses.whole("committees:consent", token_of(nomination), language=_person(nomination).language)


def nomination_of(token: str) -> Nomination:
    """The line a personal link leads to. Raises ``BadLink``."""
    try:
        [pk] = personal_links.numbers_of(token)
    except ValueError:
        raise BadLink(token) from None
    rows = Nomination.objects.select_related(
        "person", "proposal", "seat__post", "seat__unit__district", "appointment__person"
    )
    nomination = rows.filter(pk=pk, person__isnull=False).first()
    if nomination is None:
        raise BadLink(token)
    if not personal_links.holds(token, pk, person_key=_person(nomination).link_key, salt=SALT):
        raise BadLink(token)
    return nomination


@transaction.atomic
def ask(*, nomination: Nomination, by: User, now: datetime) -> None:
    """Promise the person the question, once a day at most. Raises ``NotAsked`` when it is answered or done."""
    asked = _waiting(nomination).filter(says_yes=None, person__isnull=False).update(asked_at=now)
    if not asked:
        raise NotAsked(str(nomination.pk))
    nomination.asked_at = now
    outbox.queue([_question(nomination, now)])
    audit.record("asked for consent", nomination, by=by, now=now)


@transaction.atomic
def answer(*, nomination: Nomination, yes: bool, because: str, now: datetime) -> None:
    """The person's own word, which may change until it is published. Raises ``NoReason`` or ``Over``."""
    because = "" if yes else because.strip()
    if not yes and not because:
        raise NoReason(str(nomination.pk))
    if not _waiting(nomination).update(says_yes=yes, answered_at=now, no_because=because):
        raise Over(str(nomination.pk))
    nomination.says_yes, nomination.answered_at, nomination.no_because = yes, now, because
    outbox.cancel(f"nomination:{nomination.pk}")
    audit.record("agreed to stand" if yes else "refused to stand", nomination, by=None, now=now)


def _waiting(nomination: Nomination) -> QuerySet[Nomination]:
    """The line as long as it can be answered by this very person."""
    rows = Nomination.objects.filter(pk=nomination.pk, person=nomination.person_id, appointment=None)
    return rows.filter(proposal__status__in=OPEN)


def _question(nomination: Nomination, now: datetime) -> Notice:
    person, seat = _person(nomination), nomination.seat
    return personal.sms(
        person,
        occasion=f"nomination:{nomination.pk}:{person.pk}:{day_of(now):%y%m%d}",
        template="consent",
        words=lambda: {"post": seat.post.name, "unit": seat.unit.title, "url": link_for(nomination)},
        now=now,
        useful_until=now + ASK_FOR,
    )


def _person(nomination: Nomination) -> Person:
    if nomination.person is None:
        raise NotAsked(str(nomination.pk))
    return nomination.person
