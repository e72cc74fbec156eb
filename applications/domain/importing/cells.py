"""One answer at a time: dates in two orders, ages, yes and no, as people in India write them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from applications.models.answers import CanCome, Followers, Since, SocialGroup
from committees.levels import Level
from portal import dates, names
from portal.models.people import Gender

DAY_FIRST, MONTH_FIRST = "day", "month"
EXCEL_BEGINS = datetime(1899, 12, 30, tzinfo=ZoneInfo("UTC"))
SERIAL = re.compile(r"[1-6][0-9]{4}(\.[0-9]+)?")  # a day as Excel counts: 1927 to 2091
WHEN = re.compile(
    r"(?P<a>\d{1,4}) ?(?P<sign>[./-]|,? ) ?(?P<b>\d{1,2}|[^\W\d_][^\d]*?) ?(?:[./-]|,? ) ?(?P<c>\d{1,4})"
    r"(?:(?:,? |T)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?"
    r" ?(?P<half>am|pm|a\.m\.|p\.m\.|पूर्वाह्न|अपराह्न)?"
    r" ?(?:GMT|UTC|Z)?(?P<zone>[+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
AFTERNOON = {"pm", "p.m.", "अपराह्न"}
ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
HINDI = "जन फर मार अप्र मई जून जुल अग सित अक्ट नव दिस".split()
NOTHING = {
    "", "-", "--", ".", "na", "n a", "n/a", "nil", "none", "no", "not applicable", "0", "null",
    "नहीं", "नही", "नहीं है", "नही है", "कोई नहीं", "कुछ नहीं", "निल", "लागू नहीं",
}  # fmt: skip
YES: tuple[str, ...] = ("yes", "y", "हां", "हाँ", "जी", "agree", "i agree", "i consent", "accept", "सहमत", "मैं सहमत")
YES += ("स्वीकार", "true", "✓", "✔", "ok")
NO = ("no", "n", "नहीं", "नही", "disagree", "असहमत", "false", "not ")
MANY = re.compile(r"(\d+(?:\.\d+)?)\s*(k\b|thousand|हजार|lakh|लाख|m\b)?")
THOUSANDS = dict.fromkeys(["k", "thousand", "हजार"], 1_000) | {"lakh": 100_000, "लाख": 100_000, "m": 10**6}
EDGE = "of age only by the year"


class Day(NamedTuple):
    """A moment as it was written, and whether day and month could also be the other way round."""

    at: datetime
    has_time: bool
    is_ambiguous: bool


def ascii_digits(text: str) -> str:
    """Hindi and full-width digits as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def is_nothing(text: str) -> bool:
    """An answer that says there is nothing to say."""
    return names.clean(text).casefold().strip(" .।!") in NOTHING


def order_of(texts: Iterable[str]) -> tuple[str, bool]:
    """Which of day and month stands first in a column, and whether its own dates say so; else as in India."""
    first = second = 0
    for text in texts:
        match = _dated(text)
        if match and match["b"].isdigit() and len(match["a"]) <= 2:
            first += int(match["a"]) > 12 >= int(match["b"])
            second += int(match["b"]) > 12 >= int(match["a"])
    return MONTH_FIRST if second and not first else DAY_FIRST, bool(first) != bool(second)


def day(text: str, order: str, now: datetime) -> Day | None:
    """A date with or without a time; ``None`` when it is none, or one that never was."""
    plain = ascii_digits(names.clean(text))
    if SERIAL.fullmatch(plain):
        at = (EXCEL_BEGINS + timedelta(days=float(plain))).replace(microsecond=0)
        return Day(at.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)), "." in plain, is_ambiguous=False)
    match = _dated(plain)
    if not match:
        return None
    year, month, day_, ambiguous = _parts(match, order, now)
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].lower() in AFTERNOON)
    clock = hour, int(match["minute"] or 0), int(match["second"] or 0)
    try:
        at = datetime(year, month, day_, *clock, tzinfo=_zone(match))
    except ValueError:
        return None
    return Day(at, match["hour"] is not None, ambiguous)


def birth(*, text: str, order: str, asked: datetime, now: datetime) -> tuple[int, str] | None:
    """(year of birth, doubt) from a year, a date or an age; ``None`` when it is none of them.

    The doubt is ``EDGE`` when the year alone does not tell whether the person
    was 18 at ``asked``, "young" below 18, "order" when day and month may be swapped.
    """
    plain = ascii_digits(names.clean(text))
    number = re.search(r"(?<!\d)\d{1,4}(?:\.0)?(?!\d)", plain)
    written = None if number and number[0] == plain else day(text, order, now)
    if written:
        born = written.at
        age = asked.year - born.year - ((asked.month, asked.day) < (born.month, born.day))
        swapped = written.is_ambiguous and age in (17, 18)
        return (born.year, "young" if age < 18 else "order" if swapped else "") if _lived(born.year, asked) else None
    if not number or len(re.findall(r"\d+", plain)) > 1 + (".0" in plain):
        return None
    value = int(number[0].removesuffix(".0"))
    if value < 150:
        return (asked.year - value, "young" if value < 18 else "") if 1 <= value <= 110 else None
    gap = asked.year - value
    return (value, "young" if gap < 18 else EDGE if gap == 18 else "") if _lived(value, asked) else None


def says_yes(text: str) -> bool | None:
    """Yes, no, or neither."""
    plain = names.clean(text).casefold().strip(" .।!,")
    if any(plain == word or plain.startswith((f"{word} ", f"{word},")) for word in NO) or "असहमत" in plain:
        return False
    if "नहीं" in plain or "नही " in f"{plain} ":
        return False
    return True if any(plain.startswith(word) or f" {word}" in plain for word in YES) else None


def gender(text: str) -> str | None:
    plain = names.clean(text).casefold()
    if any(word in plain for word in ("महिला", "स्त्री", "female", "woman", "women")) or plain in {"f", "w", "म"}:
        return Gender.WOMAN
    if any(word in plain for word in ("पुरुष", "पुरूष", "male", "man")) or plain in {"m", "पु"}:
        return Gender.MAN
    if any(word in plain for word in ("अन्य", "other", "trans", "ट्रांस")):
        return Gender.OTHER
    return Gender.UNSAID if is_nothing(text) or "prefer" in plain else None


def group(text: str) -> str | None:
    plain = re.sub(r"[.\s()/-]+", " ", names.clean(text).casefold())
    words = {
        SocialGroup.SC: ("अनुसूचित जाति", "scheduled caste", " sc ", "एससी", "दलित"),
        SocialGroup.ST: ("अनुसूचित जनजाति", "scheduled tribe", " st ", "एसटी", "आदिवासी"),
        SocialGroup.OBC: ("पिछड़ा", "पिछडा", "backward", " obc ", " mbc ", "ओबीसी"),
        SocialGroup.MINORITY: ("अल्पसंख्यक", "minority"),
        SocialGroup.GENERAL: ("सामान्य", "general", " gen ", "जनरल"),
    }
    found = [value for value, forms in words.items() if any(form in f" {plain} " for form in forms)]
    return str(found[0]) if len(found) == 1 else str(SocialGroup.UNSAID) if is_nothing(text) else None


def since(text: str, asked: datetime) -> str | None:
    """The bucket of a number of years, or of the year in which somebody joined."""
    plain = ascii_digits(names.clean(text)).casefold()
    by_label = _since_labels(get_language() or "")
    if plain in by_label:
        return by_label[plain]
    if any(word in plain for word in ("अभी जुड", "नया", "नए", "new", "just join", "माह", "महीने", "month")):
        return Since.NEW if "month" not in plain and "म" not in plain else Since.UNDER_2
    numbers = [int(number) for number in re.findall(r"\d{1,4}", plain)]
    if len(numbers) != 1:
        return None
    years = asked.year - numbers[0] if 1900 <= numbers[0] <= asked.year else numbers[0]
    if not 0 <= years <= 90:
        return None
    limits = ((2, Since.UNDER_2), (5, Since.UNDER_5), (10, Since.UNDER_10))
    return str(next((bucket for limit, bucket in limits if years < limit), Since.OVER_10))


@lru_cache
def _since_labels(language: str) -> dict[str, str]:
    """The form's own answers, as their words and as they are kept."""
    return {word.casefold(): str(choice) for choice in Since for word in (str(choice.value), str(choice.label))}


def can_come(text: str) -> str | None:
    plain = names.clean(text).casefold()
    if any(word in plain for word in ("दूसरे दिन", "अन्य दिन", "किसी और", "another day", "other day")):
        return CanCome.OTHER_DAY
    said = None if any(word in plain for word in ("पता नहीं", "शायद", "not sure", "may be", "maybe")) else says_yes(text)
    return None if said is None else str(CanCome.YES if said else CanCome.NO)


def level(text: str) -> str | None:
    plain = names.clean(text).casefold()
    words = {
        Level.STATE: ("प्रदेश", "राज्य", "state"), Level.DISTRICT: ("जिला", "ज़िला", "district"),
        Level.ASSEMBLY: ("विधानसभा", "assembly"), Level.BLOCK: ("ब्लॉक", "ब्लाक", "block"),
        Level.MANDAL: ("मंडल", "मण्डल", "mandal"), Level.BOOTH: ("बूथ", "booth"),
    }  # fmt: skip
    found = [value for value, forms in words.items() if any(form in plain for form in forms)]
    return str(found[0]) if len(found) == 1 else None


def followers(text: str) -> str | None:
    """The band of a number (१२००, 1.5k, 2 हज़ार), of a range within one band, or of a band's own words."""
    plain = _count_words(text)
    if plain in (labels := _follower_labels(get_language() or "")):
        return labels[plain]
    numbers = sorted(float(number) * THOUSANDS.get(unit, 1) for number, unit in MANY.findall(plain))
    if not numbers or len(numbers) > 2:
        return None
    is_more = any(word in plain for word in ("+", "more than", "over ", "से ज्यादा", "से अधिक"))
    least = numbers[0] + (is_more or len(numbers) == 2)
    return _band(least) if _band(least) == _band(max(least, numbers[-1])) else None


@lru_cache
def _follower_labels(language: str) -> dict[str, str]:
    return {_count_words(word): str(band) for band in Followers for word in (str(band.value), str(band.label))}


def _count_words(text: str) -> str:
    return ascii_digits(names.clean(text)).casefold().replace(",", "").replace("\u093c", "")


def _band(number: float) -> str:
    edges = {500: Followers.FEW, 2_000: Followers.SOME, 10_000: Followers.MANY}
    return str(next((band for edge, band in edges.items() if number <= edge), Followers.CROWD))


def _dated(text: str) -> re.Match[str] | None:
    return WHEN.fullmatch(ascii_digits(names.clean(text)).replace("'", ""))


def _parts(match: re.Match[str], order: str, now: datetime) -> tuple[int, int, int, bool]:
    """Year, month, day, and whether the last two could be swapped."""
    a, c = int(match["a"]), int(match["c"])
    if not match["b"].isdigit():
        year, day_ = (a, c) if len(match["a"]) == 4 else (_year(match["c"], now), a)
        return year, _month(match["b"]), day_, False
    b = int(match["b"])
    if len(match["a"]) == 4:
        return a, b, c, False
    swap = (order == MONTH_FIRST and b <= 31 and a <= 12) or b > 12
    first, second = (b, a) if swap else (a, b)
    return _year(match["c"], now), second, first, a <= 12 and b <= 12 and a != b


def _month(text: str) -> int:
    """The month of a name; 0, which no date has, when it is none."""
    plain = text.strip(" .,").casefold()
    for number, (english, hindi, whole) in enumerate(zip(ENGLISH, HINDI, dates.HINDI.months, strict=True), start=1):
        if plain.startswith((english, hindi)) or plain == whole:
            return number
    return 2 if plain.startswith("फ़र") else 0


def _year(text: str, now: datetime) -> int:
    if len(text) > 2:
        return int(text)
    return int(text) + (2000 if int(text) <= now.year % 100 else 1900)


def _lived(year: int, asked: datetime) -> bool:
    return asked.year - 110 <= year <= asked.year


def _zone(match: re.Match[str]) -> tzinfo:
    """The clock of India, which is what our forms run on; another one only when it is written out."""
    if not match["zone"]:
        return ZoneInfo(settings.TIME_ZONE)
    hours, _colon, minutes = match["zone"][1:].partition(":")
    hours, minutes = (hours[:-2], hours[-2:]) if len(hours) > 2 else (hours, minutes)
    gap = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(gap if match["zone"].startswith("+") else -gap)
