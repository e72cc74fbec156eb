"""The words in which people are told, as the office wrote them; and what the office holds back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NoticeTemplate(models.Model):
    """One version of the office's own words for a notice, in place of those of the product.

    In force is the one that a second person approved and nobody replaced or turned
    off; without one the words in ``templates/notices/`` are used. ``registered`` is
    the text as the operators' register (DLT) holds it, with ``{#var#}`` for each value.
    While ``is_trial`` only people who sit in the state office get it.
    """

    template = models.CharField(_("template"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=[("hi", _("Hindi")), ("en", _("English"))])
    number = models.PositiveIntegerField(_("version"), default=1)
    subject = models.CharField(_("subject (e-mail)"), max_length=120, blank=True)
    text = models.TextField(_("text"), help_text=_("Values stand in double brackets, as in ((name))."))
    dlt_id = models.CharField(_("DLT template id"), max_length=30, blank=True)
    registered = models.TextField(_("text as registered (DLT)"), blank=True)
    is_trial = models.BooleanField(_("trial: to the office alone"), default=False)
    made_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    made_at = models.DateTimeField(_("written at"))
    approved_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("replaced or turned off at"), null=True, blank=True)

    class Meta:
        verbose_name = _("words of a notice")
        verbose_name_plural = _("words of notices")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "language"],
                condition=Q(approved_at__isnull=False, ended_at=None),
                name="one_text_in_force_a_template_and_language",
            ),
            models.UniqueConstraint(fields=["template", "language", "number"], name="versions_of_a_text_are_counted"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(made_by=None) | ~Q(approved_by=F("made_by")),
                name="two_persons_put_a_text_in_force",
            ),
        ]

    def __str__(self):
        return f"{self.template} ({self.language}) {self.number}"


class Hold(models.Model):
    """Notices of one template wait until somebody lets them go; what is too late by then is not sent."""

    template = models.CharField(_("template"), max_length=60)
    reason = models.CharField(_("reason"), max_length=200)
    held_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("held back by"))
    held_at = models.DateTimeField(_("held back at"))
    ended_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("let go by")
    )
    ended_at = models.DateTimeField(_("let go at"), null=True, blank=True)

    class Meta:
        verbose_name = _("hold of notices")
        verbose_name_plural = _("holds of notices")
        constraints = [
            models.UniqueConstraint(fields=["template"], condition=Q(ended_at=None), name="one_hold_a_template"),
        ]

    def __str__(self):
        return self.template
