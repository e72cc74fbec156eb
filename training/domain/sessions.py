"""The parts of a workshop: each with its time, its room and who teaches there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from portal import audit
from portal.models import Person, User
from training.models import Attendance, Session, Workshop

APART = 1000  # numbers that no workshop has: room to count anew


class Marked(Exception):
    """Somebody was already marked at a session that is to go."""


@dataclass(frozen=True)
class Part:
    """What is planned of one session. ``pk`` names the session that is changed; a new one has none."""

    starts_at: datetime
    ends_at: datetime
    title_hi: str = ""
    title_en: str = ""
    room: str = ""
    trainer: Person | None = None
    pk: int | None = None


def arrange(*, workshop: Workshop, parts: Sequence[Part], by: User | None, now: datetime) -> None:
    """Make the workshop's sessions these, counted by their time; the workshop lasts from the first to the last.

    Those that are not named go. Raises ``Marked`` when somebody was at one of them.
    """
    parts = sorted(parts, key=lambda part: (part.starts_at, part.ends_at))
    kept = {part.pk for part in parts if part.pk}
    leaving = workshop.sessions.exclude(pk__in=kept)
    if Attendance.objects.filter(session__in=leaving).exists():
        raise Marked(workshop.slug)
    leaving.delete()
    workshop.sessions.update(number=F("number") + APART)
    for number, part in enumerate(parts, start=1):
        told = {name: value for name, value in vars(part).items() if name != "pk"}
        session = workshop.sessions.filter(pk=part.pk or 0).first() or Session(workshop=workshop)
        for field, value in {**told, "number": number}.items():
            setattr(session, field, value)
        session.save()
    audit.record("sessions set", workshop, by=by, now=now, sessions=len(parts))


def span(parts: Sequence[Part]) -> dict[str, datetime]:
    """From when to when a workshop of these parts lasts."""
    return {"starts_at": min(part.starts_at for part in parts), "ends_at": max(part.ends_at for part in parts)}
