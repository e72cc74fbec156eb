"""What people were told before they agreed, word for word, and what they agreed to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    APPLICATION = "application", _("this application")
    MESSAGES = "messages", _("later messages")


class ConsentText(models.Model):
    """One version of the notice in one language. The database lets nobody change or remove it."""

    version = models.CharField(_("notice version"), max_length=20)
    language = models.CharField(_("language"), max_length=3)
    body = models.JSONField(_("words as shown"))
    digest = models.CharField(_("digest of the words"), max_length=64)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("consent notice")
        verbose_name_plural = _("consent notices")
        ordering = ["-since", "language"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="one_notice_a_version_and_language"),
            models.CheckConstraint(condition=~Q(version="") & ~Q(digest=""), name="a_notice_has_version_and_digest"),
        ]

    def __str__(self):
        return f"{self.version} ({self.language})"


class Consent(models.Model):
    """One yes to one purpose, under the words of ``text``. Taken back, it stays as the proof of both."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="consents", verbose_name=_("application")
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("consent notice"))
    given_at = models.DateTimeField(_("consent given"))
    withdrawn_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_standing_consent_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="a_consent_ends_after_it_was_given",
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.purpose}"
