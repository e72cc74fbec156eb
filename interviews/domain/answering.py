"""A panel member's own word to the call: cannot come, or comes after all. No word means: comes."""

from datetime import datetime

from django.db import transaction

from interviews.domain import hours, panels
from interviews.domain.telling import Duty
from interviews.models import PanelMember, Pause
from portal import audit, names


class TooLate(Exception):
    """The day is over, or does not take place."""


def absences(duty: Duty) -> list[Pause]:
    """The announced absences that cover a whole stay of this person: the own no, or the office's."""
    rows = Pause.objects.filter(panel__day=duty.day, person=duty.person).select_related("panel__day")
    return [pause for pause in rows if any(covers(pause, stay) for stay in duty.stays)]


@transaction.atomic
def cannot_come(*, duty: Duty, why: str = "", now: datetime) -> None:
    """An absence for each stay: nobody is given a time on the strength of this person. Said twice, once.

    Raises ``TooLate``.
    """
    _open_or_raise(duty, now)
    away = absences(duty)
    for stay in duty.stays:
        if not any(covers(pause, stay) for pause in away):
            span = {"starts_at": stay.starts_at, "ends_at": stay.ends_at}
            panels.pause(panel=stay.panel, person=duty.person, why=names.clean(why), **span, by=None, now=now)
    _note(duty, comes=False, now=now)
    audit.record("said no to the panel", duty.day, by=None, now=now, person=duty.person.pk)


@transaction.atomic
def can_come(*, duty: Duty, now: datetime) -> None:
    """Comes, or comes after all: absences noted for whole stays are gone. Raises ``TooLate``."""
    _open_or_raise(duty, now)
    for pause in absences(duty):
        panels.end_pause(pause=pause, by=None, now=now)
    _note(duty, comes=True, now=now)
    audit.record("said yes to the panel", duty.day, by=None, now=now, person=duty.person.pk)


def covers(pause: Pause, stay: PanelMember) -> bool:
    """Is this person away for the whole of this stay?"""
    if pause.person_id != stay.person_id:
        return False
    until = pause.ends_at or panels.whole_date(pause.panel.date)[1]
    return pause.panel_id == stay.panel_id and pause.starts_at <= stay.starts_at and until >= stay.ends_at


def _note(duty: Duty, *, comes: bool, now: datetime) -> None:
    """What the planner shows beside the name."""
    PanelMember.objects.filter(pk__in=[stay.pk for stay in duty.stays]).update(comes=comes, answered_at=now)


def _open_or_raise(duty: Duty, now: datetime) -> None:
    day = duty.day
    if day.cancelled_at or day.locked_at or now >= hours.moment(day.date, day.ends):
        raise TooLate(str(day))
