"""Filters and tags of every template; loaded as builtins, so no page needs ``{% load %}``.

A filter of nothing is nothing: an empty field never breaks a page.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal import codes, dates, names, numbers, phones, qr, robots

register = template.Library()

CSS_STRING_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)

# How WhatsApp shows *bold*, _slanted_ and ~struck~ words: the sign touches the word and stands beside no other.
MARKS = [
    (re.compile(rf"(?<!\w){sign}(?=\S)([^{sign}\n]+)(?<=\S){sign}(?!\w)"), rf"<{tag}>\1</{tag}>")
    for sign, tag in ((r"\*", "b"), ("_", "em"), ("~", "s"))
]


@register.filter
def moment(when: datetime | None) -> str:
    """``शनिवार, 15 नवंबर 2025, रात 11:59 बजे``."""
    return dates.moment(when) if when else ""


@register.filter
def long_date(when: date | datetime | None) -> str:
    """``रविवार, 16 नवंबर 2025``."""
    return dates.long_date(when) if when else ""


@register.filter
def short_date(when: date | datetime | None) -> str:
    """``16 नवंबर 2025``."""
    return dates.short_date(when) if when else ""


@register.filter
def clock(when: datetime | None) -> str:
    """``शाम 5:00 बजे``."""
    return dates.clock(when) if when else ""


@register.filter
def remaining(until: datetime | None, now: datetime | None = None) -> str:
    """``2 दिन 6 घंटे बाकी``; pass the page's ``now`` when it has one."""
    return dates.remaining(until, now or timezone.now()) if until else ""


@register.filter
def ago(then: datetime | None, now: datetime | None = None) -> str:
    """``अभी 20 मिनट पहले``; pass the page's ``now`` when it has one."""
    return dates.ago(then, now or timezone.now()) if then else ""


@register.filter
def lakh(number: int | Decimal | None) -> str:
    """``12,34,567``."""
    return "" if number in (None, "") else numbers.lakh(number)


@register.filter
def spoken(number: int | None) -> str:
    """``2.5 लाख``."""
    return "" if number in (None, "") else numbers.spoken(number)


@register.filter
def phone(e164: str | None) -> str:
    """``98290 12345``."""
    return phones.grouped(e164) if e164 else ""


@register.filter
def masked(e164: str | None) -> str:
    """``98••• ••345``."""
    return phones.masked(e164) if e164 else ""


@register.filter
def pretty(code: str | None) -> str:
    """``K7Q2-9FXM``."""
    return codes.pretty(code) if code else ""


@register.filter
def first_and_initial(name: str | None) -> str:
    """``सुनीता मी.``"""
    return names.first_and_initial(name) if name else ""


@register.filter
def as_whatsapp(text: str | None) -> SafeString:
    """A message as WhatsApp shows it: lines, and words between its signs."""
    shown = escape(text or "")
    for pattern, with_tags in MARKS:
        shown = pattern.sub(with_tags, shown)
    return mark_safe(shown.replace("\n", "<br>"))  # escaped above; the signs become three tags of ours


@register.inclusion_tag("_trap.html", takes_context=True)
def trap(context) -> dict:
    """What tells programs from people, inside a form. ``quick`` in the context asks once more."""
    quick = context.get("quick", False)
    return {"made": context.get("page_made") or robots.stamp(second_time=quick), "quick": quick}


@register.simple_tag
def qr_svg(url: str, label: str = "") -> SafeString:
    """The QR of an address as inline SVG: ``{% qr_svg url %}``."""
    return mark_safe(qr.svg(url, label))  # built of numbers; the label is escaped there


@register.simple_tag
def inline_css(name: str) -> SafeString:
    """A style sheet of ``static/``, without its blanks, for ``<style nonce=…>``: one request less on slow phones."""
    return _from_disk(name) if settings.DEBUG else _remembered(name)


def _from_disk(name: str) -> SafeString:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return mark_safe(minified(Path(path).read_text(encoding="utf-8")))  # our own file, not anyone's text


_remembered = lru_cache(_from_disk)


def minified(css: str) -> str:
    """The same rules without comments and idle blanks; what stands in quotes is left alone."""
    strings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match[1] is None:
            return " "
        strings.append(match[1])
        return f'"{len(strings) - 1}"'

    bare = CSS_STRING_OR_COMMENT.sub(keep, css)
    bare = re.sub(r"\s+", " ", bare)
    bare = re.sub(r" ?([{};,]) ?", r"\1", bare)
    bare = bare.replace(": ", ":").replace(";}", "}").strip()
    return re.sub(r'"(\d+)"', lambda place: strings[int(place[1])], bare)
