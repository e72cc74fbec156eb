"""A series with its quiz, a workshop of it in three sessions, and people on the way to the certificate."""

from datetime import timedelta

from tests.factories.training import make_invited
from training.domain import attending, inviting, quizzing, teaching
from training.domain.quizzing import Choice
from training.domain.sessions import Part

AHEAD = timedelta(days=10)


def make_series(now, *, questions=0, slug="tools", **details):
    """A series that asks for three quarters of the sessions, and where it has questions for 60 percent in the quiz."""
    values = {"title_hi": "नए डिजिटल साधन", "title_en": "New digital tools", "subject": "tools"}
    values["quiz_pass"] = 60 if questions else None
    series = teaching.begin(slug=slug, by=None, now=now, **values | details)
    ask(series, questions, now)
    return series


def ask(series, questions, now):
    """So many questions more; the second of three answers is right."""
    choices = [Choice(text, "", text == "सही") for text in ("एक", "सही", "तीन")]
    for number in range(questions):
        quizzing.write(series=series, text_hi=f"प्रश्न {number + 1}", text_en="", choices=choices, by=None, now=now)


def make_class(unit, now, people, series, sessions=3, **details):
    """A workshop of the series: each session takes an hour, on days one after the other. All invited come."""
    days = [now + AHEAD + timedelta(days=day) for day in range(sessions)]
    parts = [Part(day, day + timedelta(hours=1)) for day in days]
    workshop, enrolments = make_invited(unit, now, people, series=series, parts=parts, **details)
    for enrolment in enrolments:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    return workshop, enrolments


def was_at(enrolment, by, *numbers):
    """The person was at these sessions."""
    for session in enrolment.workshop.sessions.filter(number__in=numbers):
        attending.mark(enrolment=enrolment, session=session, by=by, now=session.starts_at)


def answers(enrolment, number, right):
    """What one hands in who knows so many of the drawn questions."""
    drawn = quizzing.drawn(enrolment, number)
    chosen = {}
    for place, question in enumerate(drawn):
        wanted = place < right
        chosen[question.pk] = next(choice.pk for choice in question.choices.all() if choice.is_right == wanted)
    return chosen


def try_quiz(enrolment, now, right=5):
    """Hand in the next try with so many right."""
    number = enrolment.tries.count() + 1
    return quizzing.hand_in(enrolment=enrolment, number=number, chosen=answers(enrolment, number, right), now=now)
