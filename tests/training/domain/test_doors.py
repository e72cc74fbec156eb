"""The code at the door, minute by minute; the pass."""

from datetime import timedelta

import pytest

from tests.factories.training import make_invited, make_workshop
from training.domain import doors, passes
from training.models import Enrolment

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("later", "counts"), [(0, True), (59, True), (60, True), (119, True), (120, False)])
def test_a_code_counts_in_its_minute_and_the_next(sikar, now, later, counts):
    workshop = make_workshop(sikar, now)
    minute = now.replace(second=0, microsecond=0)
    code = doors.code(session=workshop.sessions.get(), now=minute)

    try:
        found = doors.session_by(workshop=workshop, code=code, now=minute + timedelta(seconds=later))
    except doors.Worn:
        found = None

    assert found == (workshop.sessions.get() if counts else None)


def test_a_code_of_another_door_a_made_up_one_and_one_of_the_future_do_not_count(sikar, now):
    workshop, other = make_workshop(sikar, now), make_workshop(sikar, now)
    wrong = [
        doors.code(session=other.sessions.get(), now=now),
        doors.code(session=workshop.sessions.get(), now=now + MINUTE),
        "1-0000000000000000",
        "1-",
        "x",
    ]

    for code in wrong:
        with pytest.raises(doors.Worn):
            doors.session_by(workshop=workshop, code=code, now=now)


def test_a_pass_is_its_persons_alone(sikar, now):
    _workshop, (first, second) = make_invited(sikar, now, 2)
    token = passes.token(first)
    forged = token[:-1] + ("y" if token.endswith("x") else "x")

    assert passes.enrolment_of(token) == first
    for wrong in (forged, passes.token(second).replace("~", "~A", 1), "~", "x", f"zzzzzzzzzzzzz{token[1:]}"):
        with pytest.raises(Enrolment.DoesNotExist):
            passes.enrolment_of(wrong)
