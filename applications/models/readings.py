"""Reading before the interviews: who read an application, and what they found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.querysets import ReadingMarkQuerySet


class Reading(models.Model):
    """One application given to one reader; read once ``read_at`` is set."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="readings", verbose_name=_("application")
    )
    reader = models.ForeignKey("portal.User", models.PROTECT, related_name="readings", verbose_name=_("reader"))
    given_at = models.DateTimeField(_("given"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(fields=["application", "reader"], name="one_reading_a_reader"),
        ]
        indexes = [models.Index(fields=["reader", "read_at"])]

    def __str__(self):
        return f"{self.application_id} {self.reader_id}"


class ReadingMark(models.Model):
    """What a reader gave for one criterion, 1 to 5."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="marks", verbose_name=_("reading"))
    criterion = models.ForeignKey(
        "applications.Criterion", models.PROTECT, related_name="reading_marks", verbose_name=_("criterion")
    )
    mark = models.PositiveSmallIntegerField(_("mark"))

    objects = ReadingMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of a reader")
        verbose_name_plural = _("marks of readers")
        constraints = [
            models.UniqueConstraint(fields=["reading", "criterion"], name="one_reading_mark_a_criterion"),
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="a_reading_mark_is_one_to_five"),
        ]

    def __str__(self):
        return str(self.mark)
