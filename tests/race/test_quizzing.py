"""One person's two fingers hand in one try at the same moment, with the rule in the database and without it."""

from threading import Barrier

import pytest

from tests.factories.committees import make_tree
from tests.factories.learning import answers, make_class, make_series
from tests.race.barrier import run_together
from tests.race.test_training import without
from training.domain import quizzing
from training.models import Enrolment, QuizTry

FINGERS = 6


@pytest.fixture
def taught(transactional_db, now):
    """Somebody on the way to the certificate, and the moment the quiz opens."""
    units = make_tree(now)
    workshop, (enrolment,) = make_class(units["SKR"], now, 1, make_series(now, questions=5), sessions=1)
    return enrolment, workshop.starts_at


def test_six_fingers_hand_in_one_try(taught):
    enrolment, opens = taught
    chosen = answers(enrolment, 1, 2)
    own = [Enrolment.objects.opened().get(pk=enrolment.pk) for _finger in range(FINGERS)]

    outcomes = run_together(
        FINGERS, lambda finger: quizzing.hand_in(enrolment=own[finger], number=1, chosen=chosen, now=opens)
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["QuizTry"] + ["TriedAlready"] * (FINGERS - 1)
    assert list(enrolment.tries.values_list("number", "score")) == [(1, 40)]


def test_without_the_rule_each_finger_would_have_a_try(taught):
    """The twin: all look before anyone writes, and nothing in the table says no."""
    enrolment, opens = taught
    all_have_looked = Barrier(FINGERS)

    def look_then_write(_finger):
        number = quizzing.next_try(enrolment, opens)
        all_have_looked.wait(timeout=30)
        QuizTry.objects.create(enrolment=enrolment, number=number, answers={}, score=0, at=opens)

    with without(QuizTry, "tries_of_a_person_are_counted"):
        run_together(FINGERS, look_then_write)

        assert QuizTry.objects.filter(number=1).count() == FINGERS
