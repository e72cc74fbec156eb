"""Papers with a public code: appointment letters and certificates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    LETTER = "LETTER", _("appointment letter")
    CERTIFICATE = "CERTIFICATE", _("certificate")


class Document(models.Model):
    """A letter or certificate whose code anyone may check.

    What the public check shows is kept here as printed, so that a later
    change of a name or unit does not change what the paper says. The PDF is
    drawn from ``printed`` whenever it is asked for.
    """

    code = models.CharField(_("code"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="documents", verbose_name=_("person"))
    holder = models.CharField(_("name as printed"), max_length=120)
    title = models.CharField(_("post or workshop as printed"), max_length=200)
    place = models.CharField(_("unit or place as printed"), max_length=300, blank=True)
    printed = models.JSONField(_("all that is printed"), default=dict)
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""), name="cancelling_a_document_needs_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.title} · {self.holder}"
