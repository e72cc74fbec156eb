"""The quiz: drawn for each try, scored at once, three tries, the best counts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.models import Document
from tests.factories.learning import answers, ask, make_class, make_series, try_quiz, was_at
from training import rule
from training.domain import inviting, quizzing
from training.models import QuizTry


@pytest.fixture
def taught(sikar, now, office):
    """Somebody who comes to a workshop with a quiz of seven questions; the moment the last session begins."""
    workshop, (enrolment,) = make_class(sikar, now, 1, make_series(now, questions=7))
    return enrolment, workshop.sessions.get(number=3).starts_at


def test_five_questions_are_drawn_and_stay_drawn_for_a_try(taught):
    enrolment, _opens = taught

    drawn = [quizzing.drawn(enrolment, number) for number in range(20)]
    again = [quizzing.drawn(enrolment, number) for number in range(20)]

    assert {len(questions) for questions in drawn} == {5}
    assert drawn == again
    assert len({frozenset(question.pk for question in questions) for questions in drawn}) > 1


def test_the_quiz_opens_when_the_last_session_begins(taught):
    enrolment, opens = taught

    with pytest.raises(quizzing.NotYet):
        quizzing.next_try(enrolment, opens - timedelta(minutes=1))

    assert quizzing.next_try(enrolment, opens) == 1


def test_the_best_of_three_tries_counts_and_there_is_no_fourth(taught):
    enrolment, opens = taught

    scores = [try_quiz(enrolment, opens, right=right).score for right in (2, 0, 1)]

    assert scores == [40, 0, 20]
    assert rule.standing_of(enrolment, opens).best == 40
    with pytest.raises(quizzing.NoMoreTries):
        try_quiz(enrolment, opens)
    with pytest.raises(IntegrityError, match="nobody_tries_more_often"), transaction.atomic():
        QuizTry.objects.create(enrolment=enrolment, number=4, score=0, at=opens)


def test_who_passed_needs_no_other_try_and_sees_what_was_wrong(taught):
    enrolment, opens = taught

    done = try_quiz(enrolment, opens, right=4)

    assert [question.pk for question in quizzing.wrong(quizzing.drawn(enrolment, 1), done.answers)] == [
        quizzing.drawn(enrolment, 1)[4].pk
    ]
    with pytest.raises(quizzing.NoMoreTries):
        quizzing.next_try(enrolment, opens)


def test_a_question_left_out_or_answered_from_another_is_no_try(taught):
    enrolment, opens = taught
    chosen = answers(enrolment, 1, 5)
    first, second, *_rest = chosen

    for broken in ({key: chosen[key] for key in chosen if key != first}, chosen | {first: chosen[second]}):
        with pytest.raises(quizzing.Unanswered) as left:
            quizzing.hand_in(enrolment=enrolment, number=1, chosen=broken, now=opens)
        assert left.value.questions == [first]

    assert not QuizTry.objects.exists()


def test_the_same_page_handed_in_twice_is_one_try(taught):
    enrolment, opens = taught
    try_quiz(enrolment, opens, right=2)

    with pytest.raises(quizzing.TriedAlready):
        quizzing.hand_in(enrolment=enrolment, number=1, chosen=answers(enrolment, 1, 5), now=opens)

    assert list(enrolment.tries.values_list("number", "score")) == [(1, 40)]


def test_who_stays_away_is_not_asked(taught, now):
    enrolment, opens = taught
    inviting.answer(enrolment=enrolment, coming=False, now=now)

    with pytest.raises(quizzing.NotTaught):
        quizzing.next_try(enrolment, opens)


def test_the_last_thing_that_was_lacking_brings_the_certificate_at_once(taught, office):
    enrolment, opens = taught
    was_at(enrolment, office, 1, 2, 3)

    try_quiz(enrolment, opens + timedelta(days=1))

    assert Document.objects.get(kind="CERTIFICATE").person == enrolment.person


def test_another_wording_takes_the_place_and_leaves_scores_as_they_were(taught, now):
    enrolment, opens = taught
    done = try_quiz(enrolment, opens, right=2)
    series = enrolment.workshop.series
    old = quizzing.drawn(enrolment, 1)[0]

    ask(series, 1, now)
    new = quizzing.write(
        series=series,
        text_hi="नया",
        text_en="",
        choices=[quizzing.Choice("हाँ", "", is_right=True), quizzing.Choice("नहीं", "", is_right=False)],
        instead_of=old,
        by=None,
        now=now,
    )

    done.refresh_from_db()
    assert (new.number, series.questions.count(), done.score) == (old.number, 8, 40)
