"""Who was there: one row for a person and a session."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.models.series import Session
from training.models.workshops import Enrolment


class How(models.TextChoices):
    TAP = "tap", _("ticked on the list")
    QR = "qr", _("scanned the code at the door")
    PASS = "pass", _("showed the pass")
    PAPER = "paper", _("signed on paper")


class Attendance(models.Model):
    """Someone was there. ``marked_by`` is empty when the person scanned the code at the door."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances", verbose_name=_("session"))
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendances", verbose_name=_("enrolment"))
    how = models.CharField(_("how"), max_length=8, choices=How, default=How.TAP)
    marked_at = models.DateTimeField(_("marked"))
    marked_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="one_mark_a_person_and_session"),
        ]

    def __str__(self):
        return str(self.enrolment)
