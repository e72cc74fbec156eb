"""Workshops and their people, built with the real domain."""

from datetime import timedelta

from committees.domain import seats
from committees.levels import Role
from tests.factories.committees import make_person
from training.domain import attending, inviting, planning


def make_workshop(unit, now, *, starts_in=timedelta(days=10), capacity=50, **details):
    """A workshop of six hours, ten days ahead, already inviting."""
    starts = now + starts_in
    values = {
        "title_hi": "सोशल मीडिया के नए साधन",
        "title_en": "New social media tools",
        "level": "",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=6),
        "place_hi": "टाउन हॉल, सीकर",
        "place_en": "Town hall, Sikar",
        "capacity": capacity,
        "invites_from": now,
        "by": None,
    }
    return planning.plan(unit=unit, now=now, **values | details)


def seat_members(unit, now, count, **person):
    """So many people on the first free chairs of the unit's committee that carry no rights."""
    chairs = unit.seats.vacant(now).of_committee().filter(post__role=Role.MEMBER).order_by("post__order", "pk")
    return [
        seats.seat(person=make_person(now, **person), seat=chair, by=None, now=now) for chair in list(chairs[:count])
    ]


def make_invited(unit, now, people, **details):
    """A workshop to which so many people are invited. Returns it and their enrolments in order."""
    seat_members(unit, now, people)
    workshop = make_workshop(unit, now, **details)
    inviting.invite_new_members(now=now)
    return workshop, list(workshop.enrolments.select_related("person", "workshop").order_by("pk"))


def mark(enrolment, now, by, **how):
    """The person was there: at the session that people come to at this time."""
    session = attending.session_of(sessions=enrolment.workshop.sessions.all(), now=now)
    attending.mark(enrolment=enrolment, session=session, by=by, now=now, **how)
