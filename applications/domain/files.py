"""Files that answer a question: known by what is in them, never by their name."""

import re
from typing import NamedTuple

from applications.domain import photos
from portal import names

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 5
LONGEST_NAME = 80
TRAILER = 1024  # bytes at the end in which a PDF says that it is whole
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia)\b")


class BadFile(Exception):
    """The file cannot be taken."""


class TooHeavy(BadFile):
    """More megabytes than the question takes."""


class TooManyPixels(BadFile):
    """A picture so large that decoding it would cost too much memory."""


class WrongKind(BadFile):
    """Neither PDF nor JPG nor PNG nor WebP, or broken."""


class HasProgram(BadFile):
    """A PDF that carries a program or another file inside."""


class Received(NamedTuple):
    """A file as we keep it: pictures made anew, PDFs as they came."""

    name: str
    media_type: str
    content: bytes


def receive(name: str, content: bytes, *, most: int = MOST_MEGABYTES) -> Received:
    """Look into the file. ``most`` is in megabytes.

    Raises ``TooHeavy``, ``TooManyPixels``, ``WrongKind`` or ``HasProgram``.
    """
    if len(content) > most * MEGABYTE:
        raise TooHeavy(str(len(content)))
    plain = stem(name)
    if content.startswith(PICTURES):
        return Received(f"{plain}.webp", "image/webp", _picture(content))
    if re.match(rb"%PDF-[12]\.\d", content) and _is_whole(content):
        if ACTIVE.search(content):
            raise HasProgram(plain)
        return Received(f"{plain}.pdf", "application/pdf", content)
    raise WrongKind(plain)


def stem(name: str) -> str:
    """The name without its ending and without signs that mean something in a path or a header."""
    plain = re.sub(r'[\\/:*?"<>|;%]+', " ", names.clean(name))
    return names.clean(plain.rpartition(".")[0] or plain)[:LONGEST_NAME].strip(" .") or "file"


def _is_whole(content: bytes) -> bool:
    _body, end, rest = content[-TRAILER:].rpartition(b"%%EOF")
    return bool(end) and not rest.strip(b"\r\n\t \x00")


def _picture(content: bytes) -> bytes:
    try:
        return photos.remake(content).image
    except photos.TooManyPixels:
        raise TooManyPixels from None
    except photos.BadPhoto:
        raise WrongKind from None
