"""Files that are handed out: known by what is in them, never by their name. Pictures are made anew."""

import re

from applications.domain import files
from applications.domain.files import BadFile, HasProgram, Received, TooHeavy, TooManyPixels, WrongKind

__all__ = ["MOST_MEGABYTES", "BadFile", "HasProgram", "Received", "TooHeavy", "TooManyPixels", "WrongKind", "receive"]

MOST_MEGABYTES = files.MOST_MEGABYTES
FILM = re.compile(rb".{4}ftyp(isom|iso[2-6]|mp4[12]|avc1|M4[AV] |MSNV|dash|3gp[4-7])", re.DOTALL)
# A tag before the sound, or its first frame: layer III, a known bit rate.
SOUND = re.compile(rb"ID3[\x02-\x04]|\xff[\xfa\xfb\xf2\xf3\xe2\xe3][^\x00-\x0f\xf0-\xff]")


def receive(name: str, content: bytes) -> Received:
    """A PDF, a picture (made anew), an MP3 or an MP4, of at most 5 MB.

    Raises ``TooHeavy``, ``TooManyPixels``, ``WrongKind`` or ``HasProgram``.
    """
    if len(content) > MOST_MEGABYTES * files.MEGABYTE:
        raise TooHeavy(str(len(content)))
    stem = files.stem(name)
    if FILM.match(content):
        return Received(f"{stem}.mp4", "video/mp4", content)
    if SOUND.match(content):
        return Received(f"{stem}.mp3", "audio/mpeg", content)
    return files.receive(name, content)
