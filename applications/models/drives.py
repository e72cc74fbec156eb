"""One call for applications, and what it looks at."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.querysets import DriveQuerySet
from applications.steps import ROOT
from committees.levels import Level
from portal.bilingual import Spoken
from portal.kept import Shown

GRACE = timedelta(minutes=15)  # only for drafts that had taken root before the deadline


class RanksBy(models.TextChoices):
    """How several sheets of one applicant become one total."""

    MEAN = "mean", _("the mean of the totals")
    MEDIAN = "median", _("the median of the totals")
    TRIMMED = "trimmed", _("the mean without the highest and the lowest")


class Drive(Shown):
    """One call for applications, for a unit, open by its dates.

    ``opens_at`` ≤ t < ``closes_at``; a draft that had name, number and area
    before the deadline may be handed in for ``GRACE`` longer. ``interviews`` is off for levels whose
    in-charge selects without interviews.
    """

    unit = models.ForeignKey("committees.Unit", models.PROTECT, related_name="drives", verbose_name=_("for the unit"))
    slug = models.SlugField(_("word in the address"), max_length=60, unique=True)
    title_hi = models.CharField(_("title in Hindi"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    purpose_hi = models.CharField(_("purpose in one line, in Hindi"), max_length=240)
    purpose_en = models.CharField(_("purpose in one line, in English"), max_length=240, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closing date"))
    interview_on = models.DateField(_("interview day"), null=True, blank=True)
    interview_place_hi = models.CharField(_("interview place in Hindi"), max_length=200, blank=True)
    interview_place_en = models.CharField(_("interview place in English"), max_length=200, blank=True)
    interview_map = models.URLField(_("map of the interview place"), max_length=300, blank=True)
    result_on = models.DateField(_("result by"), null=True, blank=True)
    training_on = models.DateField(_("training from"), null=True, blank=True)
    interviews = models.BooleanField(_("selects by interview"), default=True)
    asks_representation = models.BooleanField(_("asks for gender and social group"), default=False)
    serve_at = models.CharField(_("lowest level to serve at"), max_length=8, choices=Level, default=Level.BOOTH)
    posts = models.ManyToManyField(
        "committees.Post",
        blank=True,
        related_name="drives",
        verbose_name=_("posts to choose from"),
        help_text=_("Applicants name up to three of these, the dearest first. Empty: they are not asked."),
    )
    signed_hi = models.CharField(_("who signs the drive, in Hindi"), max_length=200, blank=True)
    signed_en = models.CharField(_("who signs the drive, in English"), max_length=200, blank=True)
    least_shares = models.JSONField(
        _("least shares"), null=True, blank=True, help_text=_("Percent of those selected, by group.")
    )
    reads_blind = models.BooleanField(
        _("readers see no name, photo or group"), default=False, help_text=_("For the reading before the interviews.")
    )
    ranks_by = models.CharField(_("ranks by"), max_length=7, choices=RanksBy, default=RanksBy.MEAN)
    rubric_locked_at = models.DateTimeField(_("criteria fixed"), null=True, blank=True, editable=False)
    readers_each = models.PositiveSmallIntegerField(_("readers of each application"), default=2)
    title = Spoken()
    purpose = Spoken()
    interview_place = Spoken()
    signed = Spoken()

    objects = DriveQuerySet.as_manager()

    class Meta:
        verbose_name = _("drive")
        verbose_name_plural = _("drives")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="a_drive_closes_after_it_opens"),
        ]

    def __str__(self):
        return self.title

    def is_open(self, now):
        return self.opens_at <= now < self.closes_at

    @property
    def grace_until(self):
        return self.closes_at + GRACE

    def takes(self, draft, now):
        """May this draft, or a new application (``None``), be handed in now? The one place that decides."""
        if self.is_open(now):
            return True
        return draft is not None and self.closes_at <= now < self.grace_until and self.has_root(draft)

    def has_root(self, draft):
        """Did it have name, number and area before the deadline? What came later bears the time as ``late``."""
        begun = self.opens_at <= draft.begun_at < self.closes_at
        return begun and bool(draft.phone) and all(self._came_in_time(draft.answers.get(step)) for step in ROOT)

    def _came_in_time(self, saved):
        late = saved and saved.get("late")
        return bool(saved) and (not late or datetime.fromisoformat(late) < self.closes_at)


class Criterion(Shown):
    """One thing the drive looks at, scored 1 to 5, with its weight."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="criteria", verbose_name=_("drive"))
    order = models.PositiveSmallIntegerField(_("order"))
    name_hi = models.CharField(_("name in Hindi"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    tie_order = models.PositiveSmallIntegerField(
        _("place among what breaks ties"),
        null=True,
        blank=True,
        help_text=_("1 decides first. Empty: does not decide."),
    )
    is_read = models.BooleanField(_("also marked by readers of the written application"), default=False)
    name = Spoken()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["drive", "order"]
        constraints = [
            models.UniqueConstraint(fields=["drive", "order"], name="criteria_stand_in_one_order"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_criterion_has_weight"),
        ]

    def __str__(self):
        return self.name


class Anchor(models.Model):
    """What a mark means for a criterion, in words."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="anchors", verbose_name=_("criterion"))
    mark = models.PositiveSmallIntegerField(_("mark"))
    text_hi = models.CharField(_("text in Hindi"), max_length=300)
    text_en = models.CharField(_("text in English"), max_length=300, blank=True)
    text = Spoken()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        ordering = ["criterion", "mark"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "mark"], name="one_anchor_a_mark"),
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="an_anchor_is_for_one_to_five"),
        ]

    def __str__(self):
        return f"{self.mark}: {self.text}"


class Prompt(Shown):
    """A subject for the writing sample."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="prompts", verbose_name=_("drive"))
    order = models.PositiveSmallIntegerField(_("order"))
    text_hi = models.CharField(_("text in Hindi"), max_length=240)
    text_en = models.CharField(_("text in English"), max_length=240, blank=True)
    text = Spoken()

    class Meta:
        verbose_name = _("writing prompt")
        verbose_name_plural = _("writing prompts")
        ordering = ["drive", "order"]
        constraints = [models.UniqueConstraint(fields=["drive", "order"], name="prompts_stand_in_one_order")]

    def __str__(self):
        return self.text
