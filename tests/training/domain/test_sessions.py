"""The parts of a workshop."""

from datetime import timedelta

import pytest

from tests.factories.training import make_workshop
from training.domain import attending, planning, sessions
from training.domain.sessions import Part

HOUR = timedelta(hours=1)


@pytest.fixture
def parts(now):
    """Two mornings, given in the wrong order."""
    first = now + timedelta(days=10)
    second = first + timedelta(days=1)
    return [Part(second, second + HOUR, title_hi="दूसरा"), Part(first, first + HOUR, title_hi="पहला", room="ब")]


def told(workshop):
    return list(workshop.sessions.values_list("number", "title_hi"))


def test_a_workshop_lasts_from_its_first_session_to_its_last(sikar, now, parts):
    workshop = make_workshop(sikar, now, parts=parts)

    assert told(workshop) == [(1, "पहला"), (2, "दूसरा")]
    assert (workshop.starts_at, workshop.ends_at) == (parts[1].starts_at, parts[0].ends_at)


def test_without_parts_it_is_one_session(sikar, now):
    workshop = make_workshop(sikar, now)

    whole = workshop.sessions.get()
    assert (whole.number, whole.starts_at, whole.ends_at) == (1, workshop.starts_at, workshop.ends_at)


def test_sessions_are_moved_put_before_each_other_and_left_out(sikar, now, office, parts):
    workshop = make_workshop(sikar, now, parts=parts)
    stays = workshop.sessions.get(number=2)
    early = now + timedelta(days=9)

    planning.change(
        workshop=workshop,
        trainers=[],
        parts=[Part(stays.starts_at, stays.ends_at, title_hi="वही", pk=stays.pk), Part(early, early + HOUR)],
        by=office,
        now=now,
    )

    assert told(workshop) == [(1, ""), (2, "वही")]
    assert workshop.sessions.get(number=2).pk == stays.pk
    workshop.refresh_from_db()
    assert workshop.starts_at == early


def test_a_session_at_which_somebody_was_stays(sikar, now, office, parts):
    workshop = make_workshop(sikar, now, parts=parts)
    enrolment = workshop.enrolments.create(person=office.person, invited_at=now)
    first, second = workshop.sessions.order_by("number")
    attending.mark(enrolment=enrolment, session=first, by=office, now=first.starts_at)

    with pytest.raises(sessions.Marked):
        planning.change(workshop=workshop, trainers=[], parts=[_as_it_is(second)], by=office, now=first.ends_at)

    assert told(workshop) == [(1, "पहला"), (2, "दूसरा")]


def _as_it_is(session):
    return Part(session.starts_at, session.ends_at, title_hi=session.title_hi, pk=session.pk)
