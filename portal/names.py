"""How a person's name is cleaned, shortened, counted and sorted.

Devanagari is cut by what a reader sees as one letter (a grapheme cluster),
never by code points: the first letter of श्रीमाल is श्री.
"""

import unicodedata

import regex

HONORIFICS = {"श्री", "श्रीमती", "सुश्री", "डॉ", "shri", "smt", "dr", "mr", "mrs", "ms"}

_CLUSTER = regex.compile(r"\X")
# Signs that draw nothing (bidi controls, zero-width space, soft hyphen, fillers) and control characters.
_UNSEEN = regex.compile(r"[[\p{DI}\p{Cc}\p{Cs}]--[\u200c\u200d\s]]", regex.V1)
# ZWJ and ZWNJ choose between half and joined forms: they mean something only after a virama, before a letter.
_LETTER = r"[\u0904-\u0939\u0978-\u097f]"
_IDLE_JOINER = regex.compile(rf"(?<!{_LETTER}\u093c?\u094d)[\u200c\u200d]|[\u200c\u200d](?!{_LETTER})")
_WORD_SIGN = r"[\p{L}\p{M}\p{N}\u200c\u200d]"
_INNER = r"(?:[-\u2010\u2011'’]|(?<=\p{N})[.,:/](?=\p{N}))"
_WORD = regex.compile(rf"\w+://\S+|[\p{{L}}\p{{N}}]{_WORD_SIGN}*(?:{_INNER}{_WORD_SIGN}+)*")
_KEYCAP = regex.compile(r"[0-9#*]\ufe0f?\u20e3")
_LATIN = regex.compile(r"\p{Latin}")
_LOOKS_LATIN = regex.compile(r"[\p{Cyrillic}\p{Greek}]")


def clean(text: str) -> str:
    """One spelling for what looks the same: NFC, single spaces, nothing invisible.

    Joiners stay where Hindi needs them, after a virama and before a letter,
    and go everywhere else. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    if "\u200c" in composed or "\u200d" in composed:
        composed = unicodedata.normalize("NFC", _IDLE_JOINER.sub("", composed))
    return " ".join(composed.split())


def paragraphs(text: str) -> str:
    """What somebody wrote in lines: NFC, no blanks at the ends of lines, at most one empty line on end."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip()


def first_and_initial(name: str) -> str:
    """What a board in a hall may show: ``सुनीता मी.``"""
    words = _called(name)
    if len(words) < 2:
        return " ".join(words)
    return f"{words[0]} {_first_letter(words[-1])}."


def initial(name: str) -> str:
    """What stands for a face: सु of सुश्री सुनीता मीणा; nothing for no name."""
    words = _called(name)
    return _first_letter(words[0]) if words else ""


def word_count(text: str) -> int:
    """How many words a reader would count: dandas, punctuation and emoji are none."""
    return len(_WORD.findall(_KEYCAP.sub(" ", text)))


def mixed_scripts(name: str) -> bool:
    """True when Latin stands beside Cyrillic or Greek, whose letters look the same."""
    return bool(_LATIN.search(name) and _LOOKS_LATIN.search(name))


def sort_key(name: str) -> str:
    """A key whose plain order is the order of a Hindi dictionary: क्ष under क, ज्ञ under ज.

    Code points already stand in that order once nukta and joiners are out of
    the way and chandrabindu counts as anusvara (W3C, "Devanagari Layout
    Requirements", sorting). The key is ASCII, two or more signs a letter, so
    that SQLite and any PostgreSQL collation order it alike: digits, Latin,
    Devanagari, the rest.
    """
    decomposed = unicodedata.normalize("NFKD", clean(name)).casefold()
    return "".join(_place(sign) for sign in decomposed.replace("\u0901", "\u0902"))


def _called(name: str) -> list[str]:
    """The words of a name, without the honorific when a name is left after it."""
    words = clean(name).split()
    if len(words) > 1 and words[0].rstrip(".").casefold() in HONORIFICS:
        return words[1:]
    return words


def _first_letter(word: str) -> str:
    """The first of its clusters that is a letter: ब of (बबली)."""
    clusters = _CLUSTER.findall(word)
    return next((cluster for cluster in clusters if cluster[0].isalpha()), clusters[0])


def _place(sign: str) -> str:
    """Where one sign stands: space 0, digits 1x, Latin 2x, Devanagari d.., others z.. by code point."""
    if sign == " ":
        return "0"
    if sign.isdecimal():
        return f"1{unicodedata.decimal(sign)}"
    if "a" <= sign <= "z":
        return f"2{sign}"
    if sign == "\u093c" or not (sign.isalnum() or unicodedata.category(sign) in {"Mn", "Mc"}):
        return ""
    if "\u0900" <= sign <= "\u097f":
        return f"d{ord(sign) - 0x900:02x}"
    return "" if ord(sign) < 0x370 else f"z{ord(sign):06x}"
