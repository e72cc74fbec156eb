"""Breaking the glass: an administrator sees for an hour what is hidden from the post, when a second person agreed.

Asked for with a reason, agreed to by somebody else, over by itself after an
hour or by a press. Everybody who watches is told by SMS when it is asked for
and when it begins. What it lets one see stands in ``committees.rights``; that
each page is written down is done by ``portal.accounts.emergency``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from portal import addresses, audit, outbox, personal
from portal.models import BreakGlass, Notice, Person, User

LASTS = timedelta(minutes=60)
WAITS = timedelta(hours=24)  # for a second person; then it is asked anew
TELL_FOR = timedelta(days=2)


class SamePerson(Exception):
    """Who asked cannot be the one who agrees."""


class NotWaiting(Exception):
    """Somebody agreed already, it was withdrawn, or its time is over."""


class AlreadyAsked(Exception):
    """This administrator has an emergency that waits or goes on."""


@transaction.atomic
def ask(*, reason: str, watchers: Iterable[Person], by: User, now: datetime) -> BreakGlass:
    """Ask for an hour; ``watchers`` are told and one of them may agree. Raises ``AlreadyAsked``."""
    if waiting(now).filter(user=by).exists() or going_on(now).filter(user=by).exists():
        raise AlreadyAsked(str(by.pk))
    glass = BreakGlass.objects.create(user=by, reason=reason.strip(), asked_at=now)
    audit.record("asked for an emergency", glass, by=by, now=now)
    _tell(glass, "emergency_asked", watchers, now)
    return glass


@transaction.atomic
def agree(*, glass: BreakGlass, watchers: Iterable[Person], by: User, now: datetime) -> None:
    """The second person's word: the hour begins. Raises ``SamePerson`` or ``NotWaiting``."""
    if by.pk == glass.user_id or by.person_id == glass.user.person_id:
        raise SamePerson(str(glass.pk))
    agreed = {"agreed_by": by, "agreed_at": now, "until": now + LASTS}
    if not waiting(now).filter(pk=glass.pk).update(**agreed):
        raise NotWaiting(str(glass.pk))
    for name, value in agreed.items():
        setattr(glass, name, value)
    audit.record("agreed to an emergency", glass, by=by, now=now)
    _tell(glass, "emergency_begun", watchers, now)


@transaction.atomic
def end(*, glass: BreakGlass, by: User, now: datetime) -> None:
    """Over before its time, or withdrawn before anybody agreed; a second press changes nothing."""
    if BreakGlass.objects.filter(pk=glass.pk, ended_at=None).update(ended_at=now):
        glass.ended_at = now
        audit.record("ended an emergency", glass, by=by, now=now)


def looked(*, glass: BreakGlass, page: str, path: str, by: User, now: datetime) -> None:
    """A page was opened while it lasted."""
    audit.record("looked in an emergency", glass, by=by, now=now, page=page, path=path)


def waiting(now: datetime) -> QuerySet[BreakGlass]:
    """That nobody has agreed to yet."""
    return BreakGlass.objects.filter(agreed_by=None, ended_at=None, asked_at__gt=now - WAITS)


def going_on(now: datetime) -> QuerySet[BreakGlass]:
    """In whose hour it is now."""
    return BreakGlass.objects.filter(Q(ended_at=None), until__gt=now)


def _tell(glass: BreakGlass, template: str, watchers: Iterable[Person], now: datetime) -> None:
    others = [person for person in watchers if person.pk != glass.user.person_id]
    outbox.queue([_notice(glass, template, person, now) for person in others])


def _notice(glass: BreakGlass, template: str, person: Person, now: datetime) -> Notice:
    address = addresses.whole("committees:emergencies", language=person.language)
    return personal.sms(
        person,
        occasion=f"{template}:{glass.pk}:{person.pk}",
        template=template,
        words=lambda: {"who": glass.user.person.name, "url": address},
        now=now,
        useful_until=now + TELL_FOR,
    )
