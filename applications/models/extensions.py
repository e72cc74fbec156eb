"""More time for everyone, asked by one person and agreed to by another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.drives import Drive
from applications.querysets import ExtensionQuerySet


class Extension(models.Model):
    """A later closing date. It holds from ``agreed_at`` on; before, it is a proposal."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="extensions", verbose_name=_("drive"))
    was = models.DateTimeField(_("closed until now"))
    closes_at = models.DateTimeField(_("new closing date"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    asked_at = models.DateTimeField(_("proposed"))
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed to by")
    )
    agreed_at = models.DateTimeField(_("agreed to"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension of a deadline")
        verbose_name_plural = _("extensions of deadlines")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("was")), name="an_extension_gives_more_time"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_persons_extend_a_deadline"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None) | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="an_agreement_has_a_person_and_a_time",
            ),
            models.UniqueConstraint(
                fields=["drive"], condition=Q(agreed_at=None, dropped_at=None), name="one_proposal_a_drive_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.drive_id} → {self.closes_at:%d.%m. %H:%M}"
