"""What people take with them and say afterwards: materials, the quiz, their opinion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.bilingual import Spoken
from training.models.series import Series
from training.models.workshops import Enrolment, Workshop


class Material(models.Model):
    """Something to read or watch, of a series or of one workshop: a file, or a link to elsewhere."""

    series = models.ForeignKey(
        Series, models.CASCADE, null=True, blank=True, related_name="materials", verbose_name=_("series")
    )
    workshop = models.ForeignKey(
        Workshop, models.CASCADE, null=True, blank=True, related_name="materials", verbose_name=_("workshop")
    )
    title = Spoken()
    title_hi = models.CharField(_("title in Hindi"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    url = models.URLField(_("link"), blank=True)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    media_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    content = models.BinaryField(_("content"), null=True, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(
                condition=Q(series=None, workshop__isnull=False) | Q(series__isnull=False, workshop=None),
                name="a_material_belongs_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(url="", content__isnull=False) | (~Q(url="") & Q(content=None)),
                name="a_material_is_a_file_or_a_link",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def kilobytes(self):
        """Of the file, rounded up: what a person on a thin line wants to know."""
        return -(-self.size // 1024)

    @property
    def kind(self):
        """PDF, MP3, MP4 or a picture."""
        ending = self.file_name.rpartition(".")[2]
        return _("picture") if self.media_type.startswith("image/") else ending.upper()


class QuizQuestion(models.Model):
    """One question of a series' quiz, with one right choice."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="questions", verbose_name=_("series"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = Spoken()
    text_hi = models.CharField(_("question in Hindi"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of quizzes")
        ordering = ["series", "number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="questions_of_a_quiz_are_counted")]

    def __str__(self):
        return self.text


class QuizChoice(models.Model):
    """One answer to choose."""

    question = models.ForeignKey(QuizQuestion, models.CASCADE, related_name="choices", verbose_name=_("question"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = Spoken()
    text_hi = models.CharField(_("answer in Hindi"), max_length=200)
    text_en = models.CharField(_("answer in English"), max_length=200, blank=True)
    is_right = models.BooleanField(_("right"), default=False)

    class Meta:
        verbose_name = _("answer of a quiz")
        verbose_name_plural = _("answers of quizzes")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answers_of_a_question_are_counted"),
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_right=True), name="one_right_answer_a_question"
            ),
        ]

    def __str__(self):
        return self.text


MOST_TRIES = 3  # at one quiz


class QuizTry(models.Model):
    """A try at the quiz. ``answers`` holds the chosen answer of each question, by their keys; ``score`` in percent."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="tries", verbose_name=_("enrolment"))
    number = models.PositiveSmallIntegerField(_("number"))
    answers = models.JSONField(_("answers"), default=dict)
    score = models.PositiveSmallIntegerField(_("percent right"))
    at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("try at a quiz")
        verbose_name_plural = _("tries at quizzes")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="tries_of_a_person_are_counted"),
            models.CheckConstraint(condition=Q(score__lte=100), name="a_try_is_in_percent"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST_TRIES)), name="nobody_tries_more_often"),
        ]

    def __str__(self):
        return f"{self.enrolment} · {self.number}"


class Worth(models.IntegerChoices):
    HARD = 1, _("hard to use")
    ALL_RIGHT = 2, _("all right")
    VERY = 3, _("of much use")


class Feedback(models.Model):
    """What one person thought of a workshop: three taps and a line."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="feedback", verbose_name=_("enrolment"))
    content = models.PositiveSmallIntegerField(_("what was taught"), choices=Worth)
    teaching = models.PositiveSmallIntegerField(_("how it was taught"), choices=Worth)
    place = models.PositiveSmallIntegerField(_("place and time"), choices=Worth)
    words = models.CharField(_("in your own words"), max_length=300, blank=True)
    at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("opinion of a workshop")
        verbose_name_plural = _("opinions of workshops")

    def __str__(self):
        return str(self.enrolment)
