from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from portal import dates

DEADLINE = datetime(2025, 11, 15, 18, 29, tzinfo=UTC)  # 23:59 in India
NOON = datetime(2025, 11, 16, 6, 30, tzinfo=UTC)


def at(hour, minute=0):
    """This hour in India on 16 November 2025."""
    return datetime(2025, 11, 16, tzinfo=UTC) - timedelta(hours=5, minutes=30) + timedelta(hours=hour, minutes=minute)


def test_dates_in_hindi_and_english():
    assert dates.moment(DEADLINE, "hi") == "शनिवार, 15 नवंबर 2025, रात 11:59 बजे"
    assert dates.moment(DEADLINE, "en") == "Saturday, 15 November 2025, 11:59 pm"
    assert dates.long_date(NOON, "hi") == "रविवार, 16 नवंबर 2025"
    assert dates.long_date(NOON, "en-gb") == "Sunday, 16 November 2025"
    assert dates.short_date(NOON, "hi") == "16 नवंबर 2025"
    assert dates.short_date(date(2026, 2, 1), "en") == "1 February 2026"


def test_the_active_language_speaks():
    with translation.override("en"):
        assert dates.clock(at(17)) == "5:00 pm"
    with translation.override("hi"):
        assert dates.clock(at(17)) == "शाम 5:00 बजे"


def test_the_day_is_that_of_india():
    assert dates.short_date(datetime(2025, 12, 31, 18, 30, tzinfo=UTC), "hi") == "1 जनवरी 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "told", "english"),
    [
        (0, 0, "रात 12:00 बजे", "12:00 am"),
        (4, 59, "रात 4:59 बजे", "4:59 am"),
        (5, 0, "सुबह 5:00 बजे", "5:00 am"),
        (11, 0, "सुबह 11:00 बजे", "11:00 am"),
        (11, 59, "सुबह 11:59 बजे", "11:59 am"),
        (12, 0, "दोपहर 12:00 बजे", "12:00 pm"),
        (15, 59, "दोपहर 3:59 बजे", "3:59 pm"),
        (16, 0, "शाम 4:00 बजे", "4:00 pm"),
        (19, 59, "शाम 7:59 बजे", "7:59 pm"),
        (20, 0, "रात 8:00 बजे", "8:00 pm"),
    ],
)
def test_the_parts_of_the_day(hour, minute, told, english):
    assert dates.clock(at(hour, minute), "hi") == told
    assert dates.clock(at(hour, minute), "en") == english


@pytest.mark.parametrize(
    ("span", "hindi", "english"),
    [
        (timedelta(days=2, hours=6, minutes=50), "2 दिन 6 घंटे बाकी", "2 days 6 hours left"),
        (timedelta(days=2, minutes=50), "2 दिन बाकी", "2 days left"),
        (timedelta(days=1, hours=1), "1 दिन 1 घंटा बाकी", "1 day 1 hour left"),
        (timedelta(hours=3, minutes=20), "3 घंटे 20 मिनट बाकी", "3 hours 20 minutes left"),
        (timedelta(minutes=35, seconds=59), "35 मिनट बाकी", "35 minutes left"),
        (timedelta(minutes=1), "1 मिनट बाकी", "1 minute left"),
        (timedelta(seconds=59), "1 मिनट से कम बाकी", "less than a minute left"),
        (timedelta(0), "समय पूरा हुआ", "time is over"),
        (timedelta(days=-3), "समय पूरा हुआ", "time is over"),
    ],
)
def test_what_remains(span, hindi, english):
    assert dates.remaining(NOON + span, NOON, "hi") == hindi
    assert dates.remaining(NOON + span, NOON, "en") == english


@pytest.mark.parametrize(
    ("span", "hindi", "english"),
    [
        (timedelta(seconds=-5), "अभी-अभी", "just now"),
        (timedelta(seconds=59), "अभी-अभी", "just now"),
        (timedelta(minutes=20), "अभी 20 मिनट पहले", "20 minutes ago"),
        (timedelta(hours=1, minutes=59), "1 घंटे पहले", "1 hour ago"),
        (timedelta(hours=23), "23 घंटे पहले", "23 hours ago"),
        (timedelta(days=6, hours=23), "6 दिन पहले", "6 days ago"),
        (timedelta(days=7), "9 नवंबर 2025", "9 November 2025"),
    ],
)
def test_how_long_ago(span, hindi, english):
    assert dates.ago(NOON - span, NOON, "hi") == hindi
    assert dates.ago(NOON - span, NOON, "en") == english


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        dates.moment(NOON.replace(tzinfo=None))


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=400)))
def test_never_more_is_promised_than_remains(span):
    words = dates.remaining(NOON + span, NOON, "en").removesuffix(" left").split()
    sizes = {"day": dates.DAY, "hour": dates.HOUR, "minute": dates.MINUTE}
    told = sum(
        (int(n) * sizes[unit.rstrip("s")] for n, unit in zip(words[::2], words[1::2], strict=True)), timedelta(0)
    )

    assert told <= span < told + (dates.HOUR if span >= dates.DAY else dates.MINUTE)


@pytest.mark.parametrize(
    ("lang", "day", "with_time", "number"),
    [
        ("hi", "16 नवंबर 2025", "16 नवंबर 2025, 12:00", "12,34,567"),
        ("en", "16 November 2025", "16 November 2025, 12:00 PM", "12,34,567"),
    ],
)
def test_djangos_own_formats_are_indian(lang, day, with_time, number):
    with translation.override(lang):
        noon = dates.timezone.localtime(NOON)
        assert formats.date_format(noon, "DATE_FORMAT") == day
        assert formats.date_format(noon, "DATETIME_FORMAT") == with_time
        assert formats.number_format(1234567, use_l10n=True, force_grouping=True) == number


def test_how_long_something_took_is_told_in_two_units():
    spans = [timedelta(seconds=3), timedelta(minutes=65), timedelta(days=1, hours=2, minutes=5)]

    assert [dates.lasting(span, "hi") for span in spans] == ["1 मिनट", "1 घंटा 5 मिनट", "1 दिन 2 घंटे"]
