"""What a drive asks beyond the common fields, and how it words each step."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models.drives import Drive
from applications.steps import STEPS
from portal.bilingual import Spoken, spoken
from portal.kept import Shown


class QuestionKind(models.TextChoices):
    CHOICE = "choice", _("one of several")
    SEVERAL = "several", _("any of several")
    LINE = "line", _("a line of text")
    TEXT = "text", _("a longer text")
    NUMBER = "number", _("a number")
    LINK = "link", _("a link")
    FILE = "file", _("a file")


class StepText(Shown):
    """How one drive words one step, or that it leaves the step out."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="step_texts", verbose_name=_("drive"))
    step = models.CharField(_("step"), max_length=10, choices=[(step, step) for step in STEPS])
    is_on = models.BooleanField(_("is asked"), default=True)
    title_hi = models.CharField(_("heading in Hindi"), max_length=120, blank=True)
    title_en = models.CharField(_("heading in English"), max_length=120, blank=True)
    lead_hi = models.CharField(_("line below it, in Hindi"), max_length=300, blank=True)
    lead_en = models.CharField(_("line below it, in English"), max_length=300, blank=True)
    title = Spoken()
    lead = Spoken()

    class Meta:
        verbose_name = _("step of the form")
        verbose_name_plural = _("steps of the form")
        constraints = [
            models.UniqueConstraint(fields=["drive", "step"], name="one_wording_a_step"),
            models.CheckConstraint(
                condition=Q(is_on=True) | ~Q(step__in=["name", "area"]), name="name_and_place_are_always_asked"
            ),
        ]

    def __str__(self):
        return self.step


class Question(Shown):
    """One question that a drive adds to a step.

    ``options_*`` hold one option a line, the same number in both languages;
    an answer is kept as the number of its line. ``least`` and ``most`` bound
    the words of a text, the value of a number, the choices of "several" and
    the megabytes of a file. Shown only when ``shown_when`` has the answer
    ``shown_value``.
    """

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="questions", verbose_name=_("drive"))
    step = models.CharField(_("step"), max_length=10, choices=[(step, step) for step in STEPS], default="work")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind, default=QuestionKind.LINE)
    label_hi = models.CharField(_("question in Hindi"), max_length=200)
    label_en = models.CharField(_("question in English"), max_length=200, blank=True)
    hint_hi = models.CharField(_("hint in Hindi"), max_length=300, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    options_hi = models.TextField(_("options in Hindi, one a line"), blank=True)
    options_en = models.TextField(_("options in English, one a line"), blank=True)
    is_needed = models.BooleanField(_("must be answered"), default=False)
    least = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    most = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    shown_when = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="opens", verbose_name=_("shown only after")
    )
    shown_value = models.PositiveSmallIntegerField(_("when its answer is option number"), null=True, blank=True)
    is_for_panel = models.BooleanField(_("the panel sees the answer"), default=True)
    label = Spoken()
    hint = Spoken()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["drive", "order"]
        constraints = [
            models.UniqueConstraint(fields=["drive", "order"], name="questions_stand_in_one_order"),
            models.CheckConstraint(
                condition=Q(shown_when=None, shown_value=None) | Q(shown_when__isnull=False, shown_value__isnull=False),
                name="a_condition_names_question_and_answer",
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=models.F("most")),
                name="at_least_is_not_above_at_most",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def options(self):
        """The options as the page shows them, in order."""
        return spoken(self, "options").splitlines()


class Attachment(models.Model):
    """A file that answers a question. It belongs to a draft, then to the application."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="attachments", verbose_name=_("question"))
    draft = models.ForeignKey(
        "applications.Draft", models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name=_("draft")
    )
    application = models.ForeignKey(
        "applications.Application",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("application"),
    )
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(_("kind of file"), max_length=40)
    content = models.BinaryField(_("content"))
    made_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(fields=["draft", "question"], name="one_file_a_draft_and_question"),
            models.UniqueConstraint(fields=["application", "question"], name="one_file_an_application_and_question"),
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(application__isnull=False), name="a_file_belongs_somewhere"
            ),
        ]

    def __str__(self):
        return self.name
