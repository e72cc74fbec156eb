"""The quiz of a series: its questions, and the tries of those who were taught."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max

from portal import audit
from portal.models import User
from training import rule
from training.domain import certifying
from training.models import Answer, Enrolment, QuizChoice, QuizQuestion, QuizTry, Series

DRAWN = 5  # questions a try


class NoQuiz(Exception):
    """The series asks for no quiz, or has no questions yet."""


class NotYet(Exception):
    """The last session has not begun."""


class NotTaught(Exception):
    """Who is not coming and was not there is not asked."""


class NoMoreTries(Exception):
    """All tries are used, or the quiz is passed."""


class TriedAlready(Exception):
    """This try was handed in before, perhaps a moment ago by the same finger."""


class Unanswered(Exception):
    """Questions without an answer, by their keys."""

    def __init__(self, questions: Sequence[int]) -> None:
        super().__init__(questions)
        self.questions = questions


class Choice(NamedTuple):
    """One answer to choose, in both languages."""

    text_hi: str
    text_en: str
    is_right: bool


@transaction.atomic
def write(
    *,
    series: Series,
    text_hi: str,
    text_en: str,
    choices: Sequence[Choice],
    instead_of: QuizQuestion | None = None,
    by: User | None,
    now: datetime,
) -> QuizQuestion:
    """A new question at the end, or a new one in another's place. What was scored stays as it was scored."""
    number = instead_of.number if instead_of else _next_number(series)
    if instead_of:
        QuizQuestion.objects.filter(pk=instead_of.pk).delete()
    question = QuizQuestion.objects.create(series=series, number=number, text_hi=text_hi, text_en=text_en)
    QuizChoice.objects.bulk_create(
        QuizChoice(question=question, number=place, **choice._asdict()) for place, choice in enumerate(choices, 1)
    )
    audit.record("question written", question, by=by, now=now)
    return question


@transaction.atomic
def drop(*, question: QuizQuestion, by: User | None, now: datetime) -> None:
    """It is asked no more."""
    audit.record("question dropped", question, by=by, now=now)
    QuizQuestion.objects.filter(pk=question.pk).delete()


def _next_number(series: Series) -> int:
    return (series.questions.aggregate(last=Max("number"))["last"] or 0) + 1


def next_try(enrolment: Enrolment, now: datetime) -> int:
    """The number of the try that is open. Raises ``NoQuiz``, ``NotTaught``, ``NotYet`` or ``NoMoreTries``."""
    standing, slug = rule.standing_of(enrolment, now), enrolment.workshop.slug
    if not standing.has_quiz or enrolment.workshop.cancelled_at:
        raise NoQuiz(slug)
    if enrolment.answer != Answer.YES and not standing.there:
        raise NotTaught(slug)
    if now < standing.quiz_from:
        raise NotYet(slug)
    if not standing.may_try(now):
        raise NoMoreTries(slug)
    return standing.tries + 1


def _is_next(number: int, enrolment: Enrolment, now: datetime) -> bool:
    try:
        return number == next_try(enrolment, now)
    except NoMoreTries:
        return False


def drawn(enrolment: Enrolment, number: int) -> list[QuizQuestion]:
    """The questions of one try with their choices: the same whenever this try is looked at. Raises ``NoQuiz``."""
    series = enrolment.workshop.series
    questions = list(series.questions.prefetch_related("choices")) if series else []
    if not questions:
        raise NoQuiz(enrolment.workshop.slug)

    def lot(question: QuizQuestion) -> str:
        return sha256(f"{enrolment.link_key}:{number}:{question.pk}".encode()).hexdigest()

    return sorted(sorted(questions, key=lot)[:DRAWN], key=lambda question: question.number)


@transaction.atomic
def hand_in(*, enrolment: Enrolment, number: int, chosen: Mapping[int, int], now: datetime) -> QuizTry:
    """Score one try. ``chosen``: question → choice, by their keys.

    The number is that of the page: who presses twice hands in once. A
    certificate for which only this was lacking is issued at once. Raises
    ``TriedAlready``, ``Unanswered`` and what ``next_try`` raises.
    """
    if not _is_next(number, enrolment, now):  # asked first: two fingers press at once
        raise TriedAlready(number) if enrolment.tries.filter(number=number).exists() else NoMoreTries(number)
    questions = drawn(enrolment, number)
    offered = {question.pk: {choice.pk for choice in question.choices.all()} for question in questions}
    missing = [pk for pk, choices in offered.items() if chosen.get(pk) not in choices]
    if missing:
        raise Unanswered(missing)
    answers = {str(pk): chosen[pk] for pk in offered}
    score = 100 * (len(questions) - len(wrong(questions, answers))) // len(questions)
    try:
        with transaction.atomic():
            row = QuizTry.objects.create(enrolment=enrolment, number=number, answers=answers, score=score, at=now)
    except IntegrityError:
        raise TriedAlready(number) from None
    audit.record("quiz handed in", enrolment, by=None, now=now, number=number)
    certifying.issue_at_once(enrolment=enrolment, now=now)
    return row


def wrong(questions: Sequence[QuizQuestion], answers: Mapping[str, int]) -> list[QuizQuestion]:
    """Of these questions, those that were answered wrongly; one that was changed since is left out."""
    return [
        question
        for question in questions
        if str(question.pk) in answers
        and answers[str(question.pk)] not in {choice.pk for choice in question.choices.all() if choice.is_right}
    ]
