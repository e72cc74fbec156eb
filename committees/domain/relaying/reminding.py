"""Who has not read a message is reminded once, then the person above is told. Both by day, and not in a silence."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from committees import broadcasting, silences
from committees.days import day_of
from committees.domain.relaying import telling
from committees.models import Broadcast, Relay
from committees.moments import UNREAD, UNREAD_ABOVE
from portal import addresses, audit, outbox
from portal.models import Person

CHUNK = 1000
REMIND_AFTER, ABOVE_AFTER = -UNREAD.before, -UNREAD_ABOVE.before


class TooSoon(Exception):
    """They were reminded within the last hours, or all have read it, or it is over."""


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due. Safe to run as often as you like."""
    done = Counter(reminded=0, told_above=0)
    if outbox.quiet_until(now):
        return dict(done)
    for broadcast in broadcasting.live(now).select_related("unit", "made_by__person").prefetch_related("texts"):
        while some := _remind_some(broadcast, now):
            done["reminded"] += some
        done["told_above"] += _tell_above(broadcast, now)
    return dict(done)


@transaction.atomic
def remind_below(*, relay: Relay, now: datetime) -> int:
    """The person above asks theirs, once in ``REMIND_AFTER``. Returns how many. Raises ``TooSoon``."""
    broadcast = relay.broadcast
    if not broadcasting.live(now).filter(pk=broadcast.pk).exists():
        raise TooSoon(str(relay.pk))
    mine = list(_unread(broadcast, now).filter(above=relay).filter(not_reminded(now)).select_related("person"))
    fresh = Relay.objects.filter(not_reminded(now), pk__in=[row.pk for row in mine], acknowledged_at=None)
    if not fresh.update(reminded_at=now):
        raise TooSoon(str(relay.pk))
    outbox.queue(telling.reminders(broadcast, mine, now, when=f"{now:%Y%m%d%H%M}"))
    audit.record("reminded those below", relay, by=None, now=now, count=len(mine))
    return len(mine)


def not_reminded(now: datetime) -> Q:
    """Whom another word does not annoy yet."""
    return Q(reminded_at=None) | Q(reminded_at__lte=now - REMIND_AFTER)


def _unread(broadcast: Broadcast, now: datetime) -> QuerySet[Relay]:
    return Relay.objects.filter(broadcast=broadcast, acknowledged_at=None, told_at__lt=now)


@transaction.atomic
def _remind_some(broadcast: Broadcast, now: datetime) -> int:
    """A thousand of those who are silent for six hours; the update says whose turn it is, the other sweep waits."""
    if not broadcasting.live(now).filter(pk=broadcast.pk).update(number=F("number")):
        return 0
    silent = _unread(broadcast, now).filter(told_at__lte=now - REMIND_AFTER, reminded_at=None)
    silent = silent.exclude(silences.where(now, "unit", since=REMIND_AFTER))
    some = list(silent.select_related("person").order_by("told_at", "pk")[:CHUNK])
    Relay.objects.filter(pk__in=[relay.pk for relay in some]).update(reminded_at=now)
    outbox.queue(telling.reminders(broadcast, some, now))
    return len(some)


@transaction.atomic
def _tell_above(broadcast: Broadcast, now: datetime) -> int:
    """One notice a day to each who stands above silent ones; who stands above nobody's is the writer."""
    if not broadcasting.live(now).filter(pk=broadcast.pk).update(number=F("number")):
        return 0
    silent = _unread(broadcast, now).filter(told_at__lte=now - ABOVE_AFTER, escalated_at=None)
    silent = silent.exclude(silences.where(now, "unit", since=ABOVE_AFTER))
    counted = Counter(silent.values_list("above", flat=True))
    told_today = _told_today(broadcast, now)
    notices, keys = [], [key for key in counted if key not in told_today]
    above = Relay.objects.filter(pk__in=[key for key in keys if key]).select_related("person").in_bulk()
    for key in keys:
        person = above[key].person if key else broadcast.made_by.person
        page, occasion = _page(broadcast, above.get(key), person), f"{key or 0}:{day_of(now)}"
        notices.append(
            telling.above_notice(
                broadcast=broadcast, person=person, silent=counted[key], page=page, occasion=occasion, now=now
            )
        )
    outbox.queue(notices)
    whose = Q(above__in=[key for key in keys if key]) | (Q(above=None) if None in keys else Q(pk__in=[]))
    silent.filter(whose).update(escalated_at=now)
    return len(notices)


def _told_today(broadcast: Broadcast, now: datetime) -> set[int | None]:
    """To whose part somebody was told today already: the rest of theirs waits for tomorrow."""
    since = now - timedelta(days=1)
    lately = Relay.objects.filter(broadcast=broadcast, escalated_at__gt=since)
    rows = lately.values_list("above", "escalated_at").distinct()
    return {above for above, at in rows if at and day_of(at) == day_of(now)}


def _page(broadcast: Broadcast, above: Relay | None, person: Person) -> str:
    """Their own page names who is silent; the writer's is the page of numbers."""
    if above is not None:
        return addresses.whole("committees:message-own", above.link_key, language=person.language)
    return addresses.whole("committees:message-status", str(broadcast.number), language=person.language)
