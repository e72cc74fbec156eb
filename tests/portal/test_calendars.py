"""The calendar file of a call or a workshop, read back as a phone would read it."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from portal.calendars import event_ics

NOW = datetime(2025, 11, 14, 6, 0, tzinfo=UTC)
ELEVEN = datetime(2025, 11, 16, 5, 30, tzinfo=UTC)  # 11:00 in Jaipur


def invitation(**changes):
    words = {
        "uid": "interview-27@srijan.example.org",
        "title": "साक्षात्कार, प्रदेश कार्यालय",
        "starts": ELEVEN,
        "ends": ELEVEN + timedelta(minutes=20),
        "place": "प्रदेश कार्यालय, जयपुर; कक्ष 2",
        "description": "अपना टोकन स्वागत डेस्क से लें।\nBEGIN:VALARM",
        "url": "https://srijan.example.org/a/7K3QX",
        "now": NOW,
    }
    return event_ics(**{**words, **changes})


def test_a_phone_reads_what_was_meant():
    (event,) = Calendar.from_ical(invitation()).walk("VEVENT")

    assert event["summary"] == "साक्षात्कार, प्रदेश कार्यालय"
    assert event["location"] == "प्रदेश कार्यालय, जयपुर; कक्ष 2"
    assert event["description"] == "अपना टोकन स्वागत डेस्क से लें।\nBEGIN:VALARM"
    assert event["url"] == "https://srijan.example.org/a/7K3QX"
    assert event["uid"] == "interview-27@srijan.example.org"
    assert event.decoded("dtstamp") == NOW
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=20)


def test_the_time_is_the_wall_clock_of_india_with_its_zone_in_the_file():
    calendar = Calendar.from_ical(invitation())
    (event,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")

    assert event["dtstart"].to_ical() == b"20251116T110000"
    assert event["dtstart"].params["TZID"] == "Asia/Kolkata"
    assert event.decoded("dtstart") == ELEVEN
    assert zone["TZID"] == "Asia/Kolkata"


def test_one_alarm_the_day_before():
    (alarm,) = Calendar.from_ical(invitation()).walk("VALARM")

    assert alarm.decoded("trigger") == timedelta(days=-1)
    assert alarm["action"] == "DISPLAY"


def test_a_moved_event_replaces_the_former_one():
    moved = invitation(
        starts=ELEVEN + timedelta(hours=2), ends=ELEVEN + timedelta(hours=3), now=NOW + timedelta(hours=1)
    )

    (before,) = Calendar.from_ical(invitation()).walk("VEVENT")
    (after,) = Calendar.from_ical(moved).walk("VEVENT")

    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


def test_lines_keep_to_75_octets_and_end_as_the_rfc_asks():
    lines = invitation(description="बहुत लंबा विवरण " * 40).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""


@pytest.mark.parametrize(
    "changes",
    [{"starts": ELEVEN.replace(tzinfo=None)}, {"ends": ELEVEN}, {"ends": ELEVEN - timedelta(minutes=1)}],
)
def test_a_time_without_zone_or_order_is_refused(changes):
    with pytest.raises(ValueError, match=r"time zone|end after"):
        invitation(**changes)
