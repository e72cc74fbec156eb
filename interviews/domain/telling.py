"""What panel members are told of their day: when, where and in which room; that it changed; that it is off.

A person who changes rooms is told of the whole day in one message. What
somebody was last told stands in ``told_as`` of each of the own stays.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.utils import translation

from interviews.domain import hours
from interviews.models import InterviewDay, Panel, PanelMember
from portal import addresses, dates, organisation, outbox, personal_links, wording
from portal.bilingual import spoken
from portal.models import Notice, Person

SALT = "interviews.telling"
LONGEST = 300  # what ``told_as`` holds
THINK_AGAIN = timedelta(minutes=10)  # who is put back within these hears nothing
ROOM = {"hi": "कक्ष", "en": "room"}


class BadLink(Exception):
    """Not a personal link of ours, or one whose person got a new key or sits there no more."""


class Part(NamedTuple):
    """From when until when somebody sits in which room."""

    begins: datetime
    ends: datetime
    room: str


class Duty(NamedTuple):
    """One person's day on the panels, and what the person was told of it so far."""

    day: InterviewDay
    person: Person
    stays: list[PanelMember]

    @property
    def parts(self) -> list[Part]:
        """The stays within the hours of the day and of the rooms; those that lie outside are none."""
        found = []
        for stay in sorted(self.stays, key=lambda one: one.starts_at):
            begins = hours.moment(self.day.date, stay.panel.opens or self.day.starts)
            ends = hours.moment(self.day.date, stay.panel.closes or self.day.ends)
            begins, ends = max(begins, stay.starts_at), min(ends, stay.ends_at)
            if begins < ends:
                found.append(Part(begins, ends, stay.panel.room))
        return found

    @property
    def told(self) -> str:
        """What the person was told last; empty before the first call."""
        return max(stay.told_as for stay in self.stays)

    @property
    def said(self) -> str:
        """The day as it stands, as ``told_as`` keeps it; empty when there is nothing to do any more."""
        parts = self.rooms("hi")
        return f"{self.day.date} {parts} {self.day.place_hi}"[:LONGEST] if parts else ""

    @property
    def spans(self) -> str:
        """The same in the language of the page."""
        return self.rooms(translation.get_language() or "hi")

    def rooms(self, language: str) -> str:
        """``11:00–14:00 कक्ष अ, 14:00–17:00 कक्ष ब``."""
        zone, word = ZoneInfo(settings.TIME_ZONE), ROOM.get(language, ROOM["en"])
        spans = [(*(f"{at.astimezone(zone):%H:%M}" for at in part[:2]), part.room) for part in self.parts]
        return ", ".join(f"{begins}–{ends} {word} {room}" for begins, ends, room in spans)


class News(NamedTuple):
    """What the next release would tell panel members."""

    new: list[Duty]
    changed: list[Duty]
    gone: list[Duty]

    @property
    def is_empty(self) -> bool:
        return not any(self)


def duties(day: InterviewDay, panels: Iterable[Panel] | None = None) -> list[Duty]:
    """Everyone who sits on this day. ``panels`` are its panels as read with ``memberships__person``, if they were."""
    rows = Panel.objects.filter(day=day).prefetch_related("memberships__person") if panels is None else panels
    stays: dict[Person, list[PanelMember]] = defaultdict(list)
    for panel in rows:
        for stay in panel.memberships.all():
            stays[stay.person].append(stay)
    return [Duty(day, person, own) for person, own in stays.items()]


def diff(day: InterviewDay, panels: Iterable[Panel] | None = None) -> News:
    """Who was not called yet, whose day is another than they were told, and who is not needed any more.

    Of a day that is closed or cancelled there is no news.
    """
    news = News([], [], [])
    for duty in duties(day, panels) if not (day.locked_at or day.cancelled_at) else []:
        if duty.said and not duty.told:
            news.new.append(duty)
        elif duty.told and not duty.said:
            news.gone.append(duty)
        elif duty.said != duty.told:
            news.changed.append(duty)
    return news


def tell(*, day: InterviewDay, news: News, now: datetime) -> int:
    """Promise these people their news, and remember what they were told. Returns how many people."""
    notices: list[Notice] = []
    for template, group in zip(("panel_call", "panel_changed", "panel_off"), news, strict=True):
        for duty in group:
            rows = PanelMember.objects.filter(pk__in=[stay.pk for stay in duty.stays])
            rows.update(told_as=duty.said, told_version=F("told_version") + 1)
            if not withdraw(duty=duty):
                notices += notices_to(duty=duty, template=template, now=now)
            elif duty.said:
                notices += notices_to(duty=duty, template="panel_call", now=now)
    outbox.queue(notices)
    return sum(map(len, news))


def take_off(*, member: PanelMember, now: datetime) -> None:
    """The row of a member is about to go: who was told and sits nowhere else that day hears of it, in ten minutes."""
    duty = Duty(member.panel.day, member.person, [member])
    others = PanelMember.objects.filter(panel__day=duty.day, person=member.person_id).exclude(pk=member.pk)
    if duty.told and not others.exists() and not withdraw(duty=duty):
        outbox.queue(notices_to(duty=duty, template="panel_off", now=now, due_at=now + THINK_AGAIN))


def withdraw(*, duty: Duty) -> bool:
    """Take back what has not left yet. True when not even the first call has: the person knows of nothing."""
    unheard = outbox.cancel(_key("panel_call", duty))
    outbox.cancel(_key("panel_changed", duty))
    outbox.cancel(_key("panel_off", duty))
    return bool(unheard)


def notices_to(
    *, duty: Duty, template: str, now: datetime, due_at: datetime | None = None, **more: str
) -> list[Notice]:
    """One promise by SMS, with an e-mail in its place should it fail; nothing once the day is over."""
    day, person = duty.day, duty.person
    language, due, over = person.language, due_at or now, hours.moment(day.date, day.ends)
    if due >= over:
        return []
    context = {
        "organisation": spoken(organisation.current(), "name", language),
        "date": dates.short_date(day.date, language),
        "rooms": duty.rooms(language),
        "place": spoken(day, "place", language),
        "url": addresses.whole("interviews:duty", token_of(duty), language=language),
        **more,
    }
    key = f"{_key(template, duty)}:{now:%Y%m%d%H%M%S}"
    common = {"language": language, "template": template, "context": context, "due_at": due, "useful_until": over}
    return [Notice(key=key, phone=person.phone, spare_email=person.email, **common)]


def samples(news: News, now: datetime) -> list[tuple[str, str]]:
    """One message of each kind that the next release would send: to whom, and its words."""
    told = []
    for template, group in zip(("panel_call", "panel_changed", "panel_off"), news, strict=True):
        for duty in group[:1]:
            notices = notices_to(duty=duty, template=template, now=now)
            told += [(duty.person.name, wording.of(notice, wording.of_the_office()).text) for notice in notices[:1]]
    return told


def token_of(duty: Duty) -> str:
    """What a personal link carries: which day, who, and a proof that we wrote it for this person."""
    return personal_links.token(duty.day.pk, duty.person.pk, person_key=duty.person.link_key, salt=SALT)


def duty_of(token: str) -> Duty:
    """The person's day that a personal link leads to. Raises ``BadLink``."""
    try:
        day, person = personal_links.numbers_of(token, 2)
    except ValueError:
        raise BadLink(token) from None
    stays = list(
        PanelMember.objects.filter(panel__day=day, person=person).select_related("person", "panel__day__drive")
    )
    if not stays:
        raise BadLink(token)
    duty = Duty(stays[0].panel.day, stays[0].person, stays)
    if not personal_links.holds(token, day, person, person_key=duty.person.link_key, salt=SALT):
        raise BadLink(token)
    return duty


def _key(template: str, duty: Duty) -> str:
    return f"{template}:{duty.day.pk}:{duty.person.pk}"
