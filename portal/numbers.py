"""Numbers as India writes and says them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

LAKH = 100_000
CRORE = 100 * LAKH
WORDS = {"hi": ("लाख", "करोड़"), "en": ("lakh", "crore")}


def lakh(number: int | Decimal) -> str:
    """Grouped by three, then by two: ``1,23,45,678``."""
    whole, point, rest = f"{abs(number)}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ("-" if number < 0 else "") + ",".join([*reversed(pairs), tail]) + point + rest


def spoken(number: int, lang: str | None = None) -> str:
    """As one says it, to one decimal: ``2.5 लाख``. Below a lakh the number itself."""
    lakh_word, crore_word = WORDS["en" if (lang or get_language() or "hi").startswith("en") else "hi"]
    size = abs(number)
    if size < LAKH:
        return lakh(number)
    tenths = _tenths(size, LAKH)
    if tenths < CRORE // LAKH:
        unit = lakh_word
    else:
        tenths, unit = _tenths(size, CRORE), crore_word
    return f"{'-' if number < 0 else ''}{_short(tenths)} {unit}"


def _tenths(size: int, unit: int) -> Decimal:
    return (Decimal(size) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _short(number: Decimal) -> str:
    return lakh(int(number)) if number == int(number) else lakh(number)
