"""What is taught, when and to whom, and what came of it."""

from training.models.learning import Feedback, Material, QuizChoice, QuizQuestion, QuizTry
from training.models.series import Series, Session
from training.models.workshops import Answer, Attendance, Enrolment, Workshop

__all__ = [
    "Answer",
    "Attendance",
    "Enrolment",
    "Feedback",
    "Material",
    "QuizChoice",
    "QuizQuestion",
    "QuizTry",
    "Series",
    "Session",
    "Workshop",
]
