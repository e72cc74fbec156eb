"""Calendar files: one event a file, at the wall clock of Asia/Kolkata, with a reminder the day before."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Alarm, Calendar, Event

REMIND_BEFORE = timedelta(days=1)


def event_ics(  # everything by name: nine texts and times in a row are easily swapped
    *,
    uid: str,
    title: str,
    starts: datetime,
    ends: datetime,
    place: str,
    description: str,
    url: str,
    now: datetime,
    sequence: int | None = None,
) -> bytes:
    """One appointment as a calendar file (``text/calendar``, RFC 5545).

    The same ``uid`` with a higher ``sequence`` (without one, with a later
    ``now``) replaces the former event in the reader's calendar, so a moved
    interview does not stand there twice. Raises ``ValueError`` for times
    without a zone and for an end not after the start.
    """
    if any(moment.tzinfo is None for moment in (starts, ends, now)):
        raise ValueError("Times of an event need a time zone.")
    if ends <= starts:
        raise ValueError("An event must end after it starts.")
    zone, written = ZoneInfo(settings.TIME_ZONE), now.astimezone(UTC)
    event = Event()
    for word, value in {
        "uid": uid,
        "dtstamp": written,
        "last-modified": written,
        "sequence": int(now.timestamp()) if sequence is None else sequence,
        "dtstart": starts.astimezone(zone),
        "dtend": ends.astimezone(zone),
        "summary": title,
        "location": place,
        "description": description,
        "url": url,
    }.items():
        event.add(word, value)
    event.add_component(_alarm(title))
    return _file(event, "PUBLISH")


def cancelled_ics(*, uid: str, title: str, starts: datetime | date, sequence: int, now: datetime) -> bytes:
    """What takes the event of this ``uid`` out of the reader's calendar (RFC 5546, 3.2.5).

    ``starts`` is its time, or its date where the time is not known any more;
    ``sequence`` is higher than that of the event.
    """
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED")
    event.add("dtstart", starts.astimezone(ZoneInfo(settings.TIME_ZONE)) if isinstance(starts, datetime) else starts)
    event.add("summary", title)
    return _file(event, "CANCEL")


def _file(event: Event, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Srijan//Calendar//HI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMIND_BEFORE)
    alarm.add("description", title)
    return alarm
