"""Who comes without an application: written down at the desk, onto the list and into the line, in one go."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from applications.domain import on_the_spot, reviewing
from applications.domain.assisting import OutOfReach
from applications.domain.on_the_spot import Told
from applications.models import Application
from committees import access
from committees.access import Right
from interviews.domain import queueing
from interviews.models import Interview, InterviewDay
from portal.models import User


class NotToday(Exception):
    """People are taken on the date of the day alone, as long as the day is open."""


class CalledAlone(Exception):
    """The office set this day up for those who were called."""


class DriveClosed(Exception):
    """The drive takes nobody any more; on its interview day only who plans the day may still take somebody."""


def check(*, day: InterviewDay, by: User, now: datetime) -> None:
    """May this person take somebody without an application on this day?

    Raises ``NotToday``, ``CalledAlone`` or ``DriveClosed``.
    """
    still = InterviewDay.objects.filter(pk=day.pk, locked_at=None, cancelled_at=None).first()
    if day.date != now.astimezone(timezone.get_default_timezone()).date() or still is None:
        raise NotToday(str(day))
    if not still.takes_walk_ins:
        raise CalledAlone(str(day))
    if not day.drive.is_open(now) and not access.may(by, Right.PLAN, day.unit):
        raise DriveClosed(day.drive.slug)


@transaction.atomic
def admit(
    *,
    day: InterviewDay,
    told: Told,
    consent_version: str,
    read_in: str,
    wants_messages: bool,
    language: str,
    by: User,
    now: datetime,
) -> Interview:
    """From nothing to a token. All or nothing.

    Raises ``OutOfReach`` for a place outside the day's unit, and what ``check``,
    ``on_the_spot.write_down`` and ``queueing.walk_in`` raise.
    """
    check(day=day, by=by, now=now)
    if getattr(told.unit, f"{day.unit.level}_id") != day.unit_id:
        raise OutOfReach(told.unit.code)
    application = on_the_spot.write_down(
        drive=day.drive,
        told=told,
        consent_version=consent_version,
        read_in=read_in,
        wants_messages=wants_messages,
        language=language,
        by=by,
        now=now,
    )
    return take_in(day=day, application=application, by=by, now=now)


@transaction.atomic
def take_in(*, day: InterviewDay, application: Application, by: User, now: datetime) -> Interview:
    """Somebody who applied and is not on the list yet: onto it and into the line.

    Raises what ``check``, ``reviewing.shortlist`` and ``queueing.walk_in`` raise.
    """
    check(day=day, by=by, now=now)
    reviewing.shortlist(application=application, by=by, now=now)
    application.refresh_from_db()
    return queueing.walk_in(day=day, application=application, by=by, now=now)
