"""Files that answer a question: known by what is in them, never by their name."""

import re
import zlib
from typing import NamedTuple

from applications.domain import photos
from portal import names

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 5
LONGEST_NAME = 80
TRAILER = 1024  # bytes at the end in which a PDF says that it is whole
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
BY_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name, as a PDF may also write it
STREAM, AT_ITS_END = re.compile(rb"(?<!end)stream\r?\n"), b"endstream"
UNPACKED = 20 * MEGABYTE  # of a PDF's packed objects
HEAD = 1024  # bytes before a stream that may say what it is


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
        if ACTIVE.search(_spelled(content)) or ACTIVE.search(_spelled(_packed(content))):
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


def _spelled(content: bytes) -> bytes:
    """With each letter of a name as itself: a viewer reads /J#61vaScript as /JavaScript."""
    return BY_NUMBER.sub(lambda letter: bytes.fromhex(letter[1].decode()), content)


def _packed(content: bytes) -> bytes:
    """The objects of a PDF that lie packed in streams. Raises ``HasProgram`` where nobody can look into one."""
    found, left, end = [], UNPACKED, 0
    while begins := STREAM.search(content, end):
        end = content.find(AT_ITS_END, begins.end())
        if end < 0:  # of none after it either: looking for each would take the square of the time
            break
        head = _spelled(content[max(0, begins.start() - HEAD) : begins.start()]).rpartition(b" obj")[2]
        if b"/ObjStm" in head and b"/Filter" in head:
            found.append(_unpacked(content[begins.end() : end], left))
            left -= len(found[-1])
            if b"/DecodeParms" in head:
                raise HasProgram
    return b"\n".join(found)


def _unpacked(stream: bytes, most: int) -> bytes:
    try:
        found = zlib.decompressobj().decompress(stream, most + 1)
    except zlib.error:
        raise HasProgram from None
    if len(found) > most:
        raise HasProgram
    return found


def _picture(content: bytes) -> bytes:
    try:
        return photos.remake(content).image
    except photos.TooManyPixels:
        raise TooManyPixels from None
    except photos.BadPhoto:
        raise WrongKind from None
