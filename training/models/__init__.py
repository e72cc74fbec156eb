"""What is taught, when and to whom, and what came of it."""

from training.models.attendance import Attendance, How
from training.models.learning import Feedback, Material, QuizChoice, QuizQuestion, QuizTry
from training.models.series import Series, Session, Subject
from training.models.workshops import MOST_ABSENT, USUAL_ABSENT, Answer, Enrolment, Workshop

__all__ = [
    "MOST_ABSENT",
    "USUAL_ABSENT",
    "Answer",
    "Attendance",
    "Enrolment",
    "Feedback",
    "How",
    "Material",
    "QuizChoice",
    "QuizQuestion",
    "QuizTry",
    "Series",
    "Session",
    "Subject",
    "Workshop",
]
