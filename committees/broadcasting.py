"""Messages down the tree, read: whom they reach, which words hold, which of them live."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from committees import reports
from committees.days import day_of
from committees.levels import ANCESTORS, ORDER, Level, Role
from committees.models import Appointment, Broadcast, BroadcastText, Unit
from committees.models.broadcasts import Carriers
from committees.querysets import AppointmentQuerySet, UnitQuerySet
from portal import addresses, organisation, wording
from portal.bilingual import spoken
from portal.models import Notice

LONGEST = 700  # signs of a message
HEADLINE = 30  # signs of it that an SMS has room for: what an operator grants a value
CODE_SIGNS = 10
SOON_AFTER = timedelta(hours=1)  # the last opened pages are counted too
FOR_NEWCOMERS = timedelta(days=14)  # after it was told to all: whoever sits later meets no pile of old messages


@dataclass
class Reach:
    """Whom a message reaches at one level. ``vacant``: units whose part the person above gets."""

    level: Level
    people: int = 0
    units: int = 0
    led: int = 0

    @property
    def vacant(self) -> int:
        return self.units - self.led


@dataclass
class Estimate:
    """Whom a message would reach now; each person once. ``paise`` is what the SMS cost."""

    rows: list[Reach]
    people: int
    parts: int
    paise: int

    @property
    def rupees(self) -> int:
        """Rounded up: nobody is told too little."""
        return -(-self.paise // 100)


def leads() -> Q:
    """The appointments that lead a unit: the chair of its committee, and its in-charge."""
    return Q(seat__post__in=reports.chairs()) | Q(seat__post__role=Role.INCHARGE)


def receivers(broadcast: Broadcast, now: datetime) -> AppointmentQuerySet:
    """Who sits where the message goes, said yes and still is somebody: the leads, or all."""
    sitting = Appointment.objects.current(now).accepted().under(broadcast.unit)
    sitting = sitting.filter(seat__unit__level__in=broadcast.levels, person__erased_at=None)
    if broadcast.carriers == Carriers.HEADS:
        return sitting.filter(leads())
    return sitting.filter(Q(seat__post__in_committee=True) | Q(seat__post__role=Role.INCHARGE))


def units_of(broadcast: Broadcast, now: datetime) -> UnitQuerySet:
    """The units whose committees the message is for."""
    return Unit.objects.under(broadcast.unit).on(day_of(now)).filter(level__in=broadcast.levels)


def estimate(broadcast: Broadcast, now: datetime) -> Estimate:
    """How many people at each level, and what it costs to tell them by SMS."""
    rows = {level: Reach(level) for level in ORDER if level in broadcast.levels}
    found = receivers(broadcast, now)
    for level, people in found.values_list("seat__unit__level").annotate(n=Count("person", distinct=True)).order_by():
        rows[Level(level)].people = people
    for level, units in units_of(broadcast, now).values_list("level").annotate(n=Count("pk")).order_by():
        rows[Level(level)].units = units
    led = found.filter(leads()).values_list("seat__unit__level").annotate(n=Count("seat__unit", distinct=True))
    for level, units in led.order_by():
        rows[Level(level)].led = units
    people = found.aggregate(n=Count("person", distinct=True))["n"]
    parts = wording.segments(sample(broadcast))
    return Estimate(list(rows.values()), people, parts, people * parts * organisation.current().sms_paise)


def sample(broadcast: Broadcast) -> str:
    """The SMS as it reaches somebody."""
    notice = Notice(template=template_of(broadcast), language="hi", context=words_of_the_sms(broadcast, "hi"))
    notice.context["url"] = addresses.whole("committees:message-own", "X" * 22)
    return wording.of(notice).text


def words_of_the_sms(broadcast: Broadcast, language: str) -> dict[str, str]:
    """What the SMS says to everybody; the name and the link are each person's own."""
    ours = spoken(organisation.current(), "name", language)
    return {"organisation": ours, "headline": shortened(latest_text(broadcast).text)}


def template_of(broadcast: Broadcast) -> str:
    return "message_now" if broadcast.is_urgent else "message"


def headline(text: str) -> str:
    """The first line."""
    return text.strip().partition("\n")[0].strip()


def shortened(text: str) -> str:
    """The first line as far as an SMS has room for it, cut between two words."""
    first = headline(text)
    if len(first) <= HEADLINE:
        return first
    return f"{first[: HEADLINE - 1].rpartition(' ')[0] or first[: HEADLINE - 1]}…"


def latest_text(broadcast: Broadcast) -> BroadcastText:
    """The words that hold: the last that two people agreed to; before that, the last that were written."""
    texts = sorted(broadcast.texts.all(), key=lambda text: text.number)
    return next((text for text in reversed(texts) if text.approved_at), texts[-1])


def is_corrected(broadcast: Broadcast) -> bool:
    """Did two people agree to other words after it had gone out?"""
    return sum(text.approved_at is not None for text in broadcast.texts.all()) > 1


def waiting_text(broadcast: Broadcast) -> BroadcastText | None:
    """A correction that waits for the second person."""
    if not broadcast.approved_at or broadcast.recalled_at:
        return None
    holds = latest_text(broadcast).number
    return next((text for text in broadcast.texts.all() if text.number > holds), None)


def live(now: datetime) -> QuerySet[Broadcast]:
    """Approved, on their way or there, and still of use."""
    gone_out = Broadcast.objects.filter(approved_at__isnull=False, recalled_at=None, goes_at__lte=now)
    return gone_out.filter(valid_until__gt=now)


def open_until(broadcast: Broadcast) -> datetime | None:
    """Until when whoever accepts a seat gets it too: while it is valid, and two weeks after it was told to all."""
    if broadcast.carried_at is None or broadcast.recalled_at is not None:
        return None
    return min(broadcast.valid_until, broadcast.carried_at + FOR_NEWCOMERS)


def open_to_newcomers(now: datetime) -> QuerySet[Broadcast]:
    """The messages of which ``open_until`` is ahead."""
    return live(now).filter(carried_at__gt=now - FOR_NEWCOMERS)


def counted(now: datetime) -> QuerySet[Broadcast]:
    """Those that may still change: also shortly after they ended."""
    gone_out = Broadcast.objects.filter(approved_at__isnull=False, goes_at__lte=now)
    return gone_out.filter(valid_until__gt=now - SOON_AFTER)


def covering(unit: Unit) -> Q:
    """The messages that were sent to this unit or to one above it."""
    line = {unit.pk, *(getattr(unit, f"{level}_id") for level in ANCESTORS)}
    return Q(unit__in=[pk for pk in line if pk])
