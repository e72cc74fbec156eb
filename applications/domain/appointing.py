"""From a selected application to a seat in a committee."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction

from applications.domain import reviewing
from applications.models import Application
from applications.states import MOVES, Status
from committees.domain import seats
from committees.models import Appointment, Nomination, Seat
from portal import people, transitions
from portal.models import Person, User
from portal.transitions import move

NOTED_WITHIN = timedelta(days=2)
FAMILY = (1, 2, 3)  # shares of a phone that its own person has lent


@transaction.atomic
def appoint(
    *,
    application: Application,
    seat: Seat,
    term_ends: date | None = None,
    shares_phone: bool = False,
    by: User | None,
    now: datetime,
) -> Appointment:
    """Seat the applicant; the letter and the news come from ``seats.seat``, in place of a result still to be sent.

    ``shares_phone`` is the answer to ``people.AnotherName``: yes, they live
    together. Raises that, ``seats.SeatTaken``, ``seats.TermPassed``,
    ``opening.PhoneTaken``, ``transitions.NotAllowed`` or ``Stale``; then
    nothing at all has changed.
    """
    person = _known(application, FAMILY if shares_phone else (application.share,), now)
    move(application, to=Status.APPOINTED, table=MOVES, by=by, now=now, person=person)
    reviewing.take_back_news(applications=[application], now=now)
    return seats.seat(person=person, seat=seat, term_ends=term_ends, by=by, now=now)


def note_appointed(*, now: datetime) -> int:
    """Selected applicants who came into a seat by a committee's list are appointed; how many were noted.

    Safe to run as often as you like. Who is still to be decided on stays so:
    a seat at a booth is no answer to an application for the state's team.
    """
    lately = Nomination.objects.filter(appointment__since__gte=now - NOTED_WITHIN).exclude(reasons=[])
    lines = {key: line for line in lately.select_related("person", "by") for key in _applications(line)}
    rows = Application.objects.filter(pk__in=lines, status=Status.SELECTED)
    done = 0
    for application in rows:
        line = lines[application.pk]
        with suppress(transitions.Stale), transaction.atomic():
            move(application, to=Status.APPOINTED, table=MOVES, by=line.by, now=now, person=line.person)
            reviewing.take_back_news(applications=[application], now=now)
            done += 1
    return done


def _applications(line: Nomination) -> list[int]:
    """Which applications spoke for this line."""
    return [int(reason["key"][1:]) for reason in line.reasons if reason.get("what") == "applicant"]


def _known(application: Application, shares: tuple[int, ...], now: datetime) -> Person:
    """The applicant as a person: on the first share of a family's phone that is free or theirs already."""
    *tried, last = shares
    for share in tried:
        with suppress(people.AnotherName):
            return _on(application, share, now)
    return _on(application, last, now)


def _on(application: Application, share: int, now: datetime) -> Person:
    return people.know(
        phone=application.phone,
        name=application.name,
        share=share,
        gender=application.gender,
        birth_year=application.birth_year,
        language=application.language,
        now=now,
    )
