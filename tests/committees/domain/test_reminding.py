"""Reminders of in-charges: once each, in time, and never for nothing."""

from datetime import date, timedelta

import pytest

from committees.domain import reminding, seats
from portal import wording
from portal.models import Notice
from tests.factories.committees import make_holder


@pytest.fixture
def appointment(units, now):
    return make_holder("district-incharge", units["SKR"], now, term_ends=date(2027, 3, 31), form_by=date(2025, 11, 30))


def reminders(appointment, template):
    rows = Notice.objects.filter(key__startswith=f"{template}:{appointment.pk}:", status="QUEUED")
    return list(rows.order_by("key").values_list("key", flat=True))


def sweep(now, days):
    """Every hour of so many days."""
    for hour in range(24 * days):
        reminding.remind(now=now + timedelta(hours=hour))


def test_silence_of_two_days_is_asked_once(appointment, now):
    reminding.remind(now=now + timedelta(hours=47))
    assert reminders(appointment, "appointed_reminder") == []

    sweep(now + timedelta(days=2), days=4)

    assert reminders(appointment, "appointed_reminder") == [f"appointed_reminder:{appointment.pk}:sms"]


def test_an_answer_ends_the_asking(appointment, now):
    reminding.remind(now=now + timedelta(days=2))

    seats.accept(appointment=appointment, now=now + timedelta(days=2, hours=1))
    reminding.remind(now=now + timedelta(days=3))

    assert reminders(appointment, "appointed_reminder") == []


def test_the_date_of_the_committees_is_told_a_week_and_two_days_before(appointment, now):
    sweep(now, days=25)

    assert reminders(appointment, "forming_reminder") == [
        f"forming_reminder:{appointment.pk}:2d:sms", f"forming_reminder:{appointment.pk}:7d:sms",
    ]  # fmt: skip
    week = Notice.objects.get(key=f"forming_reminder:{appointment.pk}:7d:sms")
    assert (week.due_at.isoformat(), week.context["date"]) == ("2025-11-23T03:30:00+00:00", "30 नवंबर 2025")
    assert week.useful_until.date() == date(2025, 11, 30)
    assert week.context["url"].endswith("/my/")


def test_a_sweep_that_comes_late_still_tells(appointment, now):
    reminding.remind(now=now + timedelta(days=15))

    assert reminders(appointment, "forming_reminder") == [f"forming_reminder:{appointment.pk}:7d:sms"]


def test_an_appointment_of_the_last_days_is_not_told_at_once_again(units, now):
    soon = now.date() + timedelta(days=5)
    late = make_holder("district-incharge", units["SKR"], now, term_ends=date(2027, 3, 31), form_by=soon)

    reminding.remind(now=now)

    assert reminders(late, "forming_reminder") == []


def test_formed_committees_need_no_reminder(appointment, units, now):
    for code in ("AC036", "AC034"):
        for _ in range(3):
            make_holder("assembly-member", units[code], now, accepted=True)
        for post in ("assembly-president", "assembly-social-media"):
            make_holder(post, units[code], now, accepted=True)
        make_holder("assembly-secretary", units[code], now, accepted=True)

    sweep(now, days=25)

    assert reminders(appointment, "forming_reminder") == []


def test_the_end_of_an_appointment_ends_its_reminders(appointment, now):
    reminding.remind(now=now + timedelta(days=14))
    assert reminders(appointment, "forming_reminder") != []

    seats.end(appointment=appointment, reason="त्यागपत्र", by=None, now=now + timedelta(days=14))

    assert reminders(appointment, "forming_reminder") == []


@pytest.mark.parametrize("template", ["appointed", "appointed_reminder", "forming_reminder"])
@pytest.mark.parametrize("language", ["hi", "en"])
def test_each_notice_fits_into_two_messages(appointment, template, language):
    notice = Notice.objects.get(key=f"appointed:{appointment.pk}:sms")
    notice.template, notice.language = template, language
    notice.context |= {
        "organisation": "प्रदेश सोशल मीडिया विभाग", "post": "विधानसभा अध्यक्ष", "unit": "36 दांतारामगढ़",
        "url": "http://testserver/my/" if template == "forming_reminder" else "http://testserver/s/5k~aBcDeFgHiJkLmNoP/",
    }  # fmt: skip

    text = wording.of(notice).text

    longer_address = len("https://srijan.example.in") - len("http://testserver")
    assert len(text) + longer_address <= (134 if language == "hi" else 306)
