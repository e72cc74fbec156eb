"""Who has met the rule of a series, and what a person still lacks.

The rule (``Series``): at so many percent of the workshop's sessions, so many percent right in the quiz, and a valid
certificate of the series that comes before. A workshop without a series asks only that one was there.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from training.models import Attendance, Enrolment, Feedback, QuizTry, Series, Session
from training.models.learning import MOST_TRIES
from training.querysets import EnrolmentQuerySet


@dataclass(frozen=True)
class Standing:
    """How far one person is: sessions they were at of those that are held, best of the tries, what must come first.

    The quiz opens when the last session begins, at ``quiz_from``; ``spoke`` says that an opinion was given.
    """

    there: int
    held: int
    tries: int
    best: int | None
    series: Series | None
    knows_first: bool
    quiz_from: datetime
    spoke: bool

    @property
    def needed(self) -> int:
        """Sessions to be at."""
        return ceil(self.held * self.series.attendance_share / 100) if self.series else 1

    @property
    def was_enough(self) -> bool:
        return 0 < self.needed <= self.there

    @property
    def has_quiz(self) -> bool:
        return self.series is not None and self.series.quiz_pass is not None

    @property
    def passed(self) -> bool:
        """Right enough in the quiz, or none is asked for."""
        wanted = self.series.quiz_pass if self.series else None
        return wanted is None or (self.best is not None and self.best >= wanted)

    @property
    def tries_left(self) -> int:
        return MOST_TRIES - self.tries

    def may_try(self, now: datetime) -> bool:
        return self.has_quiz and not self.passed and self.tries_left > 0 and self.quiz_from <= now

    @property
    def lacks_first(self) -> Series | None:
        """The series whose certificate is needed before this one's."""
        return self.series.prerequisite if self.series and not self.knows_first else None

    @property
    def is_met(self) -> bool:
        return self.was_enough and self.passed and self.lacks_first is None


def with_standing(rows: EnrolmentQuerySet, now: datetime) -> EnrolmentQuerySet:
    """With what ``standing`` needs."""
    begins = Session.objects.filter(workshop=OuterRef("workshop"))
    tries = QuizTry.objects.filter(enrolment=OuterRef("pk"))
    return (
        _with_facts(rows, now)
        .select_related("workshop__series__prerequisite")
        .annotate(
            tried=Coalesce(_one(tries, "enrolment", Count("pk")), 0),
            quiz_from=Coalesce(_one(begins, "workshop", Max("starts_at")), F("workshop__starts_at")),
            spoke=Exists(Feedback.objects.filter(enrolment=OuterRef("pk"))),
        )
    )


def standing(row: Enrolment) -> Standing:
    """Of a row that was asked ``with_standing``."""
    return Standing(
        there=row.there,
        held=row.held,
        tries=row.tried,
        best=row.best,
        series=row.workshop.series,
        knows_first=row.knows_first,
        quiz_from=row.quiz_from,
        spoke=row.spoke,
    )


def standing_of(enrolment: Enrolment, now: datetime) -> Standing:
    """Of one person, asked now."""
    return standing(with_standing(Enrolment.objects.filter(pk=enrolment.pk), now).get())


def met(rows: EnrolmentQuerySet, now: datetime) -> EnrolmentQuerySet:
    """Of these, who meets the rule: the same as ``Standing.is_met``, said to the database."""
    series, reached = "workshop__series", F("there") * 100
    asked = _with_facts(rows, now).alias(reached=reached, wanted=F("held") * F(f"{series}__attendance_share"))
    came = Q(**{series: None}, there__gte=1)
    sessions = Q(**{f"{series}__isnull": False}, held__gte=1, reached__gte=F("wanted"))
    quiz = Q(**{f"{series}__quiz_pass": None}) | Q(best__gte=F(f"{series}__quiz_pass"))
    first = Q(**{f"{series}__prerequisite": None}) | Q(knows_first=True)
    return asked.filter(came | (sessions & quiz & first))


def _with_facts(rows: EnrolmentQuerySet, now: datetime) -> EnrolmentQuerySet:
    mine, theirs = {"enrolment": OuterRef("pk")}, {"workshop": OuterRef("workshop")}
    before = Enrolment.objects.certified(now).filter(
        person=OuterRef("person"), workshop__series=OuterRef("workshop__series__prerequisite")
    )
    return rows.annotate(
        there=Coalesce(_one(Attendance.objects.filter(**mine), "enrolment", Count("pk")), 0),
        held=Coalesce(_one(Session.objects.filter(**theirs), "workshop", Count("pk")), 0),
        best=_one(QuizTry.objects.filter(**mine), "enrolment", Max("score")),
        knows_first=Exists(before),
    )


def _one(rows: QuerySet, by: str, number: Count | Max) -> Subquery:
    """One number of all these rows."""
    return Subquery(rows.order_by().values(by).annotate(number=number).values("number"))
