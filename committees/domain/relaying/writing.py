"""A message is written, and changed as long as nobody approved it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from committees import broadcasting
from committees.levels import ORDER, Level
from committees.models import Broadcast, BroadcastText, Unit
from portal import audit, names
from portal.models import User

TRIES = 5


class TooLong(Exception):
    """More than ``broadcasting.LONGEST`` signs, or none."""


class NoLevel(Exception):
    """It goes to no level at or below its unit."""


class BadTimes(Exception):
    """It would be useless before it goes out, or is useless already."""


class NotYours(Exception):
    """Only who wrote it changes it."""


class Decided(Exception):
    """Somebody approved it or called it back before."""


@dataclass(frozen=True)
class Told:
    """What the writer says. Without ``goes_at``: as soon as a second person approved it."""

    unit: Unit
    text: str
    audience: str
    carriers: str
    levels: list[str]
    valid_until: datetime
    goes_at: datetime | None = None
    link: str = ""
    picture: bytes | None = None
    is_urgent: bool = False
    wants_reply: bool = False


@transaction.atomic
def write(*, told: Told, by: User, now: datetime) -> Broadcast:
    """A new message that waits for the second person. Raises ``TooLong``, ``NoLevel`` or ``BadTimes``."""
    values = _checked(told, now)
    broadcast = _numbered(Broadcast(made_by=by, made_at=now, **values))
    BroadcastText.objects.create(broadcast=broadcast, text=tidy(told.text), made_by=by, made_at=now)
    audit.record("wrote a message", broadcast, by=by, now=now, unit=told.unit.pk)
    return broadcast


@transaction.atomic
def change(*, broadcast: Broadcast, told: Told, by: User, now: datetime) -> None:
    """Write it anew before it was approved. Raises ``NotYours``, ``Decided``, and what ``write`` raises."""
    if broadcast.made_by_id != by.pk:
        raise NotYours(str(broadcast.pk))
    values = _checked(told, now)
    waiting = Broadcast.objects.filter(pk=broadcast.pk, approved_at=None, recalled_at=None)
    if not waiting.update(**values):
        raise Decided(str(broadcast.pk))
    add_text(broadcast=broadcast, text=told.text, by=by, now=now)
    audit.record("changed a message", broadcast, by=by, now=now)


def tidy(text: str) -> str:
    """As ``names.paragraphs`` writes it. Raises ``TooLong``."""
    tidied = names.paragraphs(text)
    if not 0 < len(tidied) <= broadcasting.LONGEST:
        raise TooLong(str(len(tidied)))
    return tidied


def add_text(*, broadcast: Broadcast, text: str, by: User, now: datetime) -> BroadcastText:
    """The next version of the words."""
    last = broadcast.texts.aggregate(last=Max("number"))["last"] or 0
    return BroadcastText.objects.create(broadcast=broadcast, number=last + 1, text=tidy(text), made_by=by, made_at=now)


def _checked(told: Told, now: datetime) -> dict[str, object]:
    values = {name: value for name, value in vars(told).items() if name != "text"}
    tidy(told.text)
    below = ORDER[Level(told.unit.level).depth :]
    values["levels"] = [str(level) for level in below if level in told.levels]
    if not values["levels"]:
        raise NoLevel(str(told.levels))
    values["goes_at"] = told.goes_at or now
    if told.valid_until <= max(now, values["goes_at"]):
        raise BadTimes(str(told.valid_until))
    return values


def _numbered(broadcast: Broadcast) -> Broadcast:
    """With the next free number; two at one moment get two."""
    for left in reversed(range(TRIES)):
        broadcast.number = (Broadcast.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                broadcast.save(force_insert=True)
                break
        except IntegrityError:
            if not left:
                raise
    return broadcast
