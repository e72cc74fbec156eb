"""What a person has promised to be at: asked of every app that knows such times (``settings.DUTIES``)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Duty:
    """A time at which a person is expected. ``key`` names the thing, so that it is not said to clash with itself."""

    key: str
    says: str
    starts_at: datetime
    ends_at: datetime


class Knows(Protocol):
    """What an app offers: the duties of this person (by key) that touch this time."""

    def __call__(self, *, person: int, starts: datetime, ends: datetime) -> list[Duty]: ...


def at(*, person: int, starts: datetime, ends: datetime, but: str = "") -> list[Duty]:
    """All that this person is expected at between the two moments, in the order of time; not the thing ``but``."""
    found: list[Duty] = []
    for path in settings.DUTIES:
        knows: Knows = import_string(path)
        found += [duty for duty in knows(person=person, starts=starts, ends=ends) if duty.key != but]
    return sorted(found, key=lambda duty: (duty.starts_at, duty.key))
