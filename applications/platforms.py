"""What social network a link or a name belongs to, however people write it."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from portal import names

HOSTS = {
    "facebook.com": "Facebook", "fb.com": "Facebook", "fb.me": "Facebook", "fb.watch": "Facebook",
    "instagram.com": "Instagram", "instagr.am": "Instagram",
    "x.com": "X", "twitter.com": "X",
    "youtube.com": "YouTube", "youtu.be": "YouTube",
    "whatsapp.com": "WhatsApp", "wa.me": "WhatsApp",
    "t.me": "Telegram", "telegram.me": "Telegram",
    "sharechat.com": "ShareChat", "linkedin.com": "LinkedIn", "threads.net": "Threads", "threads.com": "Threads",
}  # fmt: skip
PAGES = {  # where a bare name lives
    "Facebook": "https://www.facebook.com/{}", "Instagram": "https://www.instagram.com/{}",
    "X": "https://x.com/{}", "YouTube": "https://www.youtube.com/@{}", "Telegram": "https://t.me/{}",
}  # fmt: skip
WORDS = {
    "facebook": "Facebook", "fb": "Facebook", "फेसबुक": "Facebook", "instagram": "Instagram", "insta": "Instagram",
    "ig": "Instagram", "इंस्टा": "Instagram", "इंस्टाग्राम": "Instagram", "x": "X", "twitter": "X", "ट्विटर": "X",
    "एक्स": "X", "youtube": "YouTube", "yt": "YouTube", "यूट्यूब": "YouTube", "telegram": "Telegram",
}  # fmt: skip
NAME = re.compile(r"@?[A-Za-z0-9._-]{2,60}")
HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}")
LONGEST = 200


class NotALink(ValueError):
    """Neither a link nor a name."""


class Account(NamedTuple):
    """``platform`` is empty when we do not know it, ``url`` when only a name was given."""

    platform: str
    text: str
    url: str


def recognise(typed: str) -> Account:
    """The account that a person meant: a link with or without https, ``@name``, ``insta name``. Raises ``NotALink``."""
    text = names.clean(typed)
    if len(text) > LONGEST:
        raise NotALink(typed)
    word, _gap, rest = text.replace(":", " ", 1).partition(" ") if "://" not in text else (text, "", "")
    platform = WORDS.get(word.casefold(), "")
    if platform and NAME.fullmatch(rest.strip()):
        return _named(platform, rest.strip())
    if text.startswith("@") and NAME.fullmatch(text):
        return Account("", text, "")
    return _linked(text)


def _named(platform: str, name: str) -> Account:
    bare = name.lstrip("@")
    return Account(platform, f"@{bare}", PAGES[platform].format(bare))


def _linked(text: str) -> Account:
    try:
        link = urlsplit(text if "://" in text else f"https://{text}")
        host = (link.hostname or "").lower()
    except ValueError:
        raise NotALink(text) from None
    if link.scheme not in {"http", "https"} or " " in text or not HOST.fullmatch(host):
        raise NotALink(text)
    known = next((name for end, name in HOSTS.items() if host == end or host.endswith(f".{end}")), "")
    path = f"{link.path}{'?' if link.query else ''}{link.query}"
    return Account(known, f"{host.removeprefix('www.').removeprefix('m.')}{path}".rstrip("/"), f"https://{host}{path}")
