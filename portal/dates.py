"""Dates and times in words, in Hindi and English, always as the clock in India shows them.

Django's own Hindi misspells our months and knows no part of the day, so the
words stand here. Every function speaks the active language unless told one.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AGO_UP_TO = 7 * DAY  # what is older is told by its date


class Words(NamedTuple):
    """What one language needs."""

    months: list[str]
    weekdays: list[str]  # from Monday
    units: dict[timedelta, tuple[str, str]]  # one, more
    units_before: dict[timedelta, tuple[str, str]]  # the same before "पहले"
    left: str
    under_a_minute: str
    over: str
    ago: str
    minutes_ago: str
    just_now: str


_HINDI_UNITS = {DAY: ("दिन", "दिन"), HOUR: ("घंटा", "घंटे"), MINUTE: ("मिनट", "मिनट")}
_ENGLISH_UNITS = {DAY: ("day", "days"), HOUR: ("hour", "hours"), MINUTE: ("minute", "minutes")}
HINDI = Words(
    months="जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split(),
    weekdays="सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार".split(),
    units=_HINDI_UNITS,
    units_before=_HINDI_UNITS | {HOUR: ("घंटे", "घंटे")},
    left="{} बाकी",
    under_a_minute="1 मिनट से कम बाकी",
    over="समय पूरा हुआ",
    ago="{} पहले",
    minutes_ago="अभी {} पहले",
    just_now="अभी-अभी",
)
ENGLISH = Words(
    months="January February March April May June July August September October November December".split(),
    weekdays="Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    units=_ENGLISH_UNITS,
    units_before=_ENGLISH_UNITS,
    left="{} left",
    under_a_minute="less than a minute left",
    over="time is over",
    ago="{} ago",
    minutes_ago="{} ago",
    just_now="just now",
)


def long_date(when: date | datetime, lang: str | None = None) -> str:
    """``रविवार, 16 नवंबर 2025`` or ``Sunday, 16 November 2025``."""
    day = _day(when)
    return f"{_words(lang).weekdays[day.weekday()]}, {short_date(day, lang)}"


def short_date(when: date | datetime, lang: str | None = None) -> str:
    """For tables: ``16 नवंबर 2025`` or ``16 November 2025``."""
    day = _day(when)
    return f"{day.day} {_words(lang).months[day.month - 1]} {day.year}"


def clock(when: datetime, lang: str | None = None) -> str:
    """``शाम 5:00 बजे`` or ``5:00 pm``."""
    here = _here(when)
    twelve = f"{here.hour % 12 or 12}:{here.minute:02}"
    if _words(lang) is ENGLISH:
        return f"{twelve} {'am' if here.hour < 12 else 'pm'}"
    return f"{_part_of_day(here.hour)} {twelve} बजे"


def moment(when: datetime, lang: str | None = None) -> str:
    """``शनिवार, 15 नवंबर 2025, रात 11:59 बजे`` or ``Saturday, 15 November 2025, 11:59 pm``."""
    return f"{long_date(when, lang)}, {clock(when, lang)}"


def remaining(until: datetime, now: datetime, lang: str | None = None) -> str:
    """``2 दिन 6 घंटे बाकी``: the two largest units, rounded down, so that it never promises too much."""
    words = _words(lang)
    span = until - now
    if span <= timedelta(0):
        return words.over
    if span < MINUTE:
        return words.under_a_minute
    return words.left.format(_spelled(span, words.units, parts=2))


def lasting(span: timedelta, lang: str | None = None) -> str:
    """``2 घंटे 5 मिनट``, at least one minute."""
    return _spelled(max(span, MINUTE), _words(lang).units, parts=2)


def ago(then: datetime, now: datetime, lang: str | None = None) -> str:
    """``अभी 20 मिनट पहले``, ``3 घंटे पहले``; after a week the date."""
    words = _words(lang)
    span = now - then
    if span < MINUTE:
        return words.just_now
    if span < HOUR:
        return words.minutes_ago.format(_spelled(span, words.units_before, parts=1))
    if span < AGO_UP_TO:
        return words.ago.format(_spelled(span, words.units_before, parts=1))
    return short_date(then, lang)


def _spelled(span: timedelta, units: dict[timedelta, tuple[str, str]], parts: int) -> str:
    """The span in at most this many neighbouring units: ``2 दिन 6 घंटे`` but ``2 दिन`` for 2 d 0 h 5 min."""
    sizes = list(units)
    first = next(place for place, size in enumerate(sizes) if span >= size)
    spelled = []
    for size in sizes[first : first + parts]:
        count, span = divmod(span, size)
        if count:
            spelled.append(f"{count} {units[size][count > 1]}")
    return " ".join(spelled)


def _part_of_day(hour: int) -> str:
    if 5 <= hour < 12:
        return "सुबह"
    if 12 <= hour < 16:
        return "दोपहर"
    if 16 <= hour < 20:
        return "शाम"
    return "रात"


def _words(lang: str | None) -> Words:
    return ENGLISH if (lang or get_language() or "hi").startswith("en") else HINDI


def _here(when: datetime) -> datetime:
    """On the clock of the installation. Raises ``ValueError`` for a naive time."""
    return timezone.localtime(when, timezone.get_default_timezone())


def _day(when: date | datetime) -> date:
    return _here(when).date() if isinstance(when, datetime) else when
